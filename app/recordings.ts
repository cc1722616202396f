/** Where a recording stands at the service it is from, by the ids of our answers. */
const homes = {
  spotify: { name: "Spotify", url: "https://open.spotify.com/track/" },
  musicbrainz: { name: "MusicBrainz", url: "https://musicbrainz.org/recording/" },
};

export function recordingAt(source: string, id: string): { name: string; url: string } {
  const { name, url } = homes[source === "spotify" ? "spotify" : "musicbrainz"];
  return { name, url: url + id };
}
