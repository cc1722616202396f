import { ago } from "../../formats";
import type { Artist } from "../../types";

export const sourceNames: Record<string, string> = {
  ticketmaster: "Ticketmaster",
  setlistfm: "setlist.fm",
  musicbrainz: "MusicBrainz",
  spotify: "Spotify",
};

type Props = {
  artist: Pick<Artist, "matches" | "showsReadAt" | "songsReadAt" | "pastSetlistsReadAt">;
  now: string;
};

/** Who we think this is, at each source, so that a wrong match can be seen. */
export function Sources({ artist, now }: Props) {
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
      <p className="mt-2 text-sm text-ink-2">
        {artist.showsReadAt && <>Shows read {ago(artist.showsReadAt, now)}. </>}
        {artist.songsReadAt && <>Songs read {ago(artist.songsReadAt, now)}. </>}
        {artist.pastSetlistsReadAt && <>Past setlists read {ago(artist.pastSetlistsReadAt, now)}.</>}
      </p>
    </section>
  );
}
