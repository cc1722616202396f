import { Link } from "@remix-run/react";
import { ago } from "../../formats";
import type { Setlist, Show } from "../../types";

export type Sourced = {
  /** the artist's page at each service */
  sources: { source: string; url: string }[];
  showsReadAt: string | null;
  songsReadAt: string | null;
  pastSetlistsReadAt: string | null;
};

export type SourcedShow = Pick<Show, "artist" | "ticketUrl">;

/** Each figure's service, with a link that leads back and may be followed, and when it was read. */
export function ShowSources(props: Sourced & { show: SourcedShow; basis?: Setlist["basis"]; now: string }) {
  const { show, sources, basis, now } = props;
  const { artist, ticketUrl } = show;
  const urlAt = (name: string) => sources.find(({ source }) => source === name)?.url;
  const spotify = urlAt("spotify");
  return (
    <dl className="facts">
      <dt>Date, place, tickets</dt>
      <dd>
        <a href={ticketUrl ?? urlAt("ticketmaster") ?? "https://www.ticketmaster.com/"} rel="noopener">
          Ticketmaster
        </a>
        <Read at={props.showsReadAt} now={now} />
      </dd>
      {basis === "history" && (
        <>
          <dt>Past setlists</dt>
          <dd>
            <a href={urlAt("setlistfm") ?? "https://www.setlist.fm/"}>setlist.fm</a>
            <Read at={props.pastSetlistsReadAt} now={now} />
            {", "}
            <Link to={`/artists/${artist.slug}#past`}>all we know</Link>
          </dd>
        </>
      )}
      {basis && props.songsReadAt && (
        <>
          <dt>Songs</dt>
          <dd>
            {spotify ? (
              <a href={spotify}>Spotify</a>
            ) : (
              <a href={urlAt("musicbrainz") ?? "https://musicbrainz.org/"}>MusicBrainz</a>
            )}
            <Read at={props.songsReadAt} now={now} />
            {", "}
            <Link to={`/artists/${artist.slug}/songs`}>the list</Link>
          </dd>
        </>
      )}
    </dl>
  );
}

function Read({ at, now }: { at: string | null; now: string }) {
  return at && <>, read {ago(at, now)}</>;
}
