import { ago } from "../../formats";
import type { Artist } from "../../types";

export const sourceNames: Record<string, string> = {
  ticketmaster: "Ticketmaster",
  setlistfm: "setlist.fm",
  musicbrainz: "MusicBrainz",
  spotify: "Spotify",
};

/** Who we think this is, at each source, so that a wrong match can be seen. */
export function Sources({
  artist,
  now,
}: {
  artist: Pick<Artist, "matches" | "pastSetlistsReadAt">;
  now: string;
}) {
  if (artist.matches.length === 0) return null;
  return (
    <section>
      <h2>Matched to</h2>
      <dl className="facts">
        {artist.matches.map(({ source, name, url }) => (
          <div key={`${source} ${url}`} className="contents">
            <dt>{sourceNames[source] ?? source}</dt>
            <dd>
              {url ? (
                <a href={url}>{name ? <bdi>{name}</bdi> : "their page"}</a>
              ) : (
                <bdi>{name ?? "known"}</bdi>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {artist.pastSetlistsReadAt && (
        <p className="mt-2 text-sm text-ink-2">Past setlists read {ago(artist.pastSetlistsReadAt, now)}.</p>
      )}
    </section>
  );
}
