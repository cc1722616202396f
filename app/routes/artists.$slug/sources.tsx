import { Link } from "@remix-run/react";
import { ago } from "../../formats";
import type { Artist } from "../../types";

export const sourceNames: Record<string, string> = {
  ticketmaster: "Ticketmaster",
  setlistfm: "setlist.fm",
  musicbrainz: "MusicBrainz",
  spotify: "Spotify",
};

const homes = {
  ticketmaster: "https://www.ticketmaster.com/",
  setlistfm: "https://www.setlist.fm/",
  spotify: "https://open.spotify.com/",
  musicbrainz: "https://musicbrainz.org/",
};

type FromProps = {
  source: keyof typeof homes;
  artist: Pick<Artist, "matches">;
  readAt: string | null;
  now: string;
};
type Props = {
  artist: Pick<Artist, "matches" | "showsReadAt" | "songsReadAt" | "pastSetlistsReadAt">;
  now: string;
};

/** Who we think this is, at each source, so that a wrong match can be seen. */
export function Sources({ artist, now }: Props) {
  const { matches, showsReadAt, songsReadAt, pastSetlistsReadAt } = artist;
  if (matches.length === 0) return null;
  const read = [
    ["Shows", showsReadAt],
    ["Songs", songsReadAt],
    ["Past setlists", pastSetlistsReadAt],
  ].flatMap(([what, at]) => (what && at ? [`${what} read ${ago(at, now)}.`] : []));
  return (
    <section>
      <h2>Matched to</h2>
      <dl className="facts">
        {matches.map(({ source, name, url }) => (
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
        {read.join(" ")} <Link to="/about#sources">What comes from where</Link>
      </p>
    </section>
  );
}

/** Under a list: whose it is and how old. The link leads back and may be followed. */
export function From({ source, artist, readAt, now }: FromProps) {
  const url = artist.matches.find((match) => match.source === source && match.url)?.url;
  return (
    <p className="pt-2 text-sm text-ink-2">
      From <a href={url ?? homes[source]}>{sourceNames[source]}</a>
      {source === "musicbrainz" && " (CC0)"}
      {readAt && <>, read {ago(readAt, now)}</>}.
    </p>
  );
}
