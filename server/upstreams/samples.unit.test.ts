/** Every recorded answer of every service: the good ones are read by some reader, the bad ones mean what they mean. */
import { describe, expect, it } from "vitest";
import { haveSamples, listSamples, sampleBody, sampleJson, samplesNote } from "../../tests/samples.ts";
import { readEach } from "./lenient.ts";
import * as musicbrainz from "./musicbrainz/answers.ts";
import { readTooMany as musicbrainzTooMany } from "./musicbrainz/too-many.ts";
import { readOutcome } from "./outcome.ts";
import * as setlistfm from "./setlistfm/setlists.ts";
import { readTooMany as setlistfmTooMany } from "./setlistfm/too-many.ts";
import * as spotify from "./spotify/answers.ts";
import { readTooMany as spotifyTooMany } from "./spotify/too-many.ts";
import * as attractions from "./ticketmaster/attractions.ts";
import * as events from "./ticketmaster/events.ts";
import { readTooMany as ticketmasterTooMany } from "./ticketmaster/too-many.ts";
import { tokenAnswer } from "./token.ts";

/** How many entries were read and how many could not be. */
type Count = { read: number; unreadable: number };
type Reader = (body: never) => Count;

const each = (entries: unknown[], read: (entry: unknown) => unknown): Count => {
  const all = readEach(entries, 1000, read);
  return { read: all.read.length, unreadable: all.unreadable };
};
const one = (value: unknown): Count => ({ read: value ? 1 : 0, unreadable: value ? 0 : 1 });
const listings = (entries: unknown[]): Count => {
  const { listings, unreadable } = events.readListings(entries, 1000);
  return { read: listings.length, unreadable };
};
const setlists = (body: unknown): Count => {
  const { setlists, unreadable } = setlistfm.readSetlists(setlistfm.setlistsPage.parse(body).setlist, 1000);
  return { read: setlists.length, unreadable };
};
/** As a recording stands on a release; a film is read and left out. */
const recording = (body: { id: string; video?: boolean }): Count => {
  const releases = [{ id: body.id, media: [{ tracks: [{ recording: body }] }] }];
  const [release] = musicbrainz.releasesAnswer.parse({ releases }).releases;
  expect(release?.media[0]?.tracks).toHaveLength(1);
  return body.video ? { read: 1, unreadable: 0 } : each(musicbrainz.readRecordings(release!), (song) => song);
};

/** By service and kind of file. */
const readers: Record<string, Reader> = {
  "ticketmaster events[]": (body: unknown[]) => listings(body),
  "ticketmaster events page": (body) => listings(events.eventsPage.parse(body)._embedded?.events ?? []),
  "ticketmaster event": (body) => listings([body]),
  "ticketmaster event (dates only)": (body) => listings([body]),
  "ticketmaster attraction": (body) =>
    one(attractions.readAttraction(attractions.attractionAnswer.parse(body))),
  "ticketmaster attractions page": (body) =>
    each(attractions.attractionsPage.parse(body)._embedded?.attractions ?? [], attractions.readAttraction),
  "spotify artist": (body) => one(spotify.readArtist(spotify.artistAnswer.parse(body))),
  "spotify album": (body) =>
    each([body, ...spotify.albumAnswer.parse(body).tracks.items], (entry) =>
      entry === body ? spotify.readAlbum(entry) : spotify.readTrack(entry),
    ),
  "spotify albums page": (body) => each(spotify.albumsPage.parse(body).items, spotify.readAlbum),
  "spotify track": (body) => one(spotify.readTrack(body)),
  "spotify tracks page": (body) => each(spotify.tracksPage.parse(body).items, spotify.readTrack),
  // What is unknown is null there.
  "spotify tracks batch": (body) =>
    each(
      spotify.tracksAnswer.parse(body).tracks.filter((track) => track !== null),
      spotify.readTrack,
    ),
  "spotify search": (body: { artists?: object; albums?: object; tracks?: object }) => {
    if (body.artists) return each(spotify.artistsAnswer.parse(body).artists.items, spotify.readArtist);
    if (body.albums) return each(spotify.albumsPage.parse(body.albums).items, spotify.readAlbum);
    return each(spotify.tracksPage.parse(body.tracks).items, spotify.readTrack);
  },
  "spotify audio-features": (body: object) => {
    const answer = "audio_features" in body ? body : { audio_features: [body] };
    return one(spotify.readFeatures(spotify.featuresAnswer.parse(answer)).size);
  },
  "spotify token": (body) => one(tokenAnswer.parse(body).access_token),
  "setlistfm setlists page": setlists,
  "setlistfm setlist": (body) => one(setlistfm.readSetlist(body)),
  "setlistfm artist": (body) => one(setlistfm.readCandidate(setlistfm.artistAnswer.parse(body))),
  "setlistfm artists page": (body) => each(setlistfm.artistsPage.parse(body).artist, setlistfm.readCandidate),
  "musicbrainz artist": (body: { id: string | null }) => {
    const artist = musicbrainz.readArtist(musicbrainz.artistAnswer.parse(body));
    // Nothing but nulls is nobody.
    return body.id === null ? { read: artist ? 1 : 0, unreadable: 0 } : one(artist);
  },
  "musicbrainz artist search": (body) =>
    each(musicbrainz.artistsAnswer.parse(body).artists, musicbrainz.readArtist),
  "musicbrainz url search": (body: { urls: unknown[] }) =>
    each(body.urls, (url) => musicbrainz.readOwners(musicbrainz.urlAnswer.parse(url))[0]),
  "musicbrainz release-group": (body) => one(musicbrainz.readGroup(body)),
  "musicbrainz release": (body) => {
    const [release] = musicbrainz.releasesAnswer.parse({ releases: [body] }).releases;
    return one(musicbrainz.readRecordings(release!).length);
  },
  "musicbrainz recording": recording,
};
/** Good answers with nothing in them that we would keep. */
const empty = ["ticketmaster/events-empty.json", "spotify/search-empty.json", "musicbrainz/artist-null.json"];

const services = [
  { name: "ticketmaster" as const, readTooMany: ticketmasterTooMany },
  { name: "spotify" as const, readTooMany: spotifyTooMany },
  { name: "setlistfm" as const, readTooMany: setlistfmTooMany },
  { name: "musicbrainz" as const, readTooMany: musicbrainzTooMany, tooManyStatus: 503 },
];

/** upstreams.md: 403 of Spotify means the question where the call is optional, which http.ts knows. */
const meanings: Record<string, string> = {
  "ticketmaster/error-400-date-format.json": "no rejected",
  "ticketmaster/error-400-paging-depth.json": "no rejected",
  "ticketmaster/error-400-size.json": "no rejected",
  "ticketmaster/error-401-invalid-key.json": "refused refused",
  "ticketmaster/error-404-not-found.json": "no not-found",
  "ticketmaster/error-429-quota.json": "day quota",
  "ticketmaster/error-429-spike.json": "rest busy",
  "spotify/error-400-invalid-client.json": "no rejected",
  "spotify/error-400-invalid-limit.json": "no rejected",
  "spotify/error-401.json": "refused refused",
  "spotify/error-403-audio-features.json": "refused refused",
  "spotify/error-403-closed-endpoint.json": "refused refused",
  "spotify/error-403-premium-owner.txt": "refused refused",
  "spotify/error-404.json": "no not-found",
  "spotify/error-429.json": "rest busy",
  "setlistfm/error-403-bad-key.json": "refused refused",
  "setlistfm/error-404-2017.json": "no not-found",
  "setlistfm/error-404-2026.json": "no not-found",
  "setlistfm/error-429-daily-quota.json": "day quota",
  "setlistfm/error-429-throttle.json": "rest busy",
  "setlistfm/error-504.json": "failed unavailable",
  "musicbrainz/error-400.json": "no rejected",
  "musicbrainz/error-404.json": "no not-found",
  "musicbrainz/error-503-shed.json": "rest busy",
  "musicbrainz/error-503.json": "rest busy",
};

describe.skipIf(!haveSamples).each(services)(`recorded answers of $name${samplesNote}`, (service) => {
  const samples = listSamples(service.name);

  it.each(samples.filter(({ status }) => status === 200))("$file is read", ({ file, kind }) => {
    const read = readers[`${service.name} ${kind}`];
    expect(read, `no reader of ${kind}`).toBeDefined();
    const count = read!(sampleJson(file) as never);
    expect(count.unreadable).toBe(0);
    expect(count.read === 0).toBe(empty.includes(file));
  });

  it.each(samples.filter(({ status }) => status !== 200))("$file is told apart", (sample) => {
    const headers = new Headers(sample.headers);
    const read = readOutcome(service, { status: sample.status, headers, body: sampleBody(sample.file) });
    const kind = "error" in read ? read.error.kind : "";
    expect(`${read.kind} ${kind}`).toBe(meanings[sample.file]);
  });
});

it.skipIf(!haveSamples)(`no recorded answer is left out${samplesNote}`, () => {
  const all = services.flatMap(({ name }) => listSamples(name));
  expect(all).toHaveLength(listSamples("").length);
  expect(
    all
      .filter(({ status }) => status !== 200)
      .map(({ file }) => file)
      .sort(),
  ).toEqual(Object.keys(meanings).sort());
});
