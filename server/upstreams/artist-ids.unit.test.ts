import { expect, test } from "vitest";
import { readArtistId } from "./artist-ids.ts";

const mbid = "5b11f4ce-a62d-471e-81fc-a69a8278c7da";
const spotifyId = "6olE6TJLqED3rqDCT0FyPh";

test.each([
  ["spotify", spotifyId, spotifyId],
  ["spotify", ` https://open.spotify.com/intl-de/artist/${spotifyId}?si=x `, spotifyId],
  ["spotify", `spotify:artist:${spotifyId}`, spotifyId],
  ["spotify", mbid, undefined],
  ["spotify", `https://open.spotify.com/album/${spotifyId}`, undefined],
  ["musicbrainz", mbid.toUpperCase(), mbid],
  ["musicbrainz", `https://musicbrainz.org/artist/${mbid}/releases`, mbid],
  ["musicbrainz", `https://evil.example/artist/${mbid}`, undefined],
  ["setlistfm", `https://musicbrainz.org/artist/${mbid}?x`, mbid],
  ["setlistfm", "https://www.setlist.fm/setlists/nirvana-7bd69ee8.html", undefined],
  ["setlistfm", "", undefined],
] as const)("%s reads %s", (service, text, expected) => {
  expect(readArtistId(service, text)).toBe(expected);
});
