import { json, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { load } from "../../call.server";
import { SongRows } from "../../components/song-rows";
import { ago } from "../../formats";
import { LeftOut } from "./left-out";
import { readSongsPage } from "./page.server";
import { Views } from "./views";

export async function loader({ params: { slug = "" }, request, context }: LoaderFunctionArgs) {
  const { searchParams, search } = new URL(request.url);
  const page = await load(
    readSongsPage(context.trpc, slug, searchParams.get("view"), searchParams.get("after") ?? undefined),
  );
  if (page.artist.slug !== slug) return redirect(`/artists/${page.artist.slug}/songs${search}`, 301);
  return json({ ...page, now: new Date(), origin: context.origin });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { name, slug } = data.artist;
  return [
    { title: `${name}: songs · TheSet` },
    { name: "description", content: `All studio songs of ${name}, and why other recordings are none.` },
    { tagName: "link", rel: "canonical", href: `${data.origin}/artists/${slug}/songs` },
  ];
};

export default function SongsPage() {
  const { artist, view, songs, leftOut, counts, more, later, now } = useLoaderData<typeof loader>();
  const page = `/artists/${artist.slug}/songs`;
  const here = view === "songs" ? `${page}?` : `${page}?view=${view}&`;
  return (
    <div className="max-w-[860px]">
      <p className="text-sm">
        <Link to={`/artists/${artist.slug}`} className="tap">
          <bdi>{artist.name}</bdi>
        </Link>
      </p>
      <h1 className="shout shout-s" id="list">
        Songs of <bdi>{artist.name}</bdi>
      </h1>
      <p className="lead">
        One entry a song, by the recording nearest to the studio. Live recordings, remixes and the like are
        left out where the song itself is listed.
      </p>
      <Views page={page} view={view} counts={{ ...counts, songs: artist.songs }} />
      {songs && songs.length > 0 && <SongRows songs={songs} label="list" />}
      {leftOut && leftOut.length > 0 && <LeftOut recordings={leftOut} />}
      {!songs?.length && !leftOut?.length && (
        <p className="pt-3 text-ink-2">{view === "songs" ? "No songs are known yet." : "None."}</p>
      )}
      {(more || later) && (
        <p className="flex gap-2 pt-4">
          {later && (
            <Link to={here.slice(0, -1)} className="btn">
              From the start
            </Link>
          )}
          {more && (
            <Link to={`${here}after=${encodeURIComponent(more)}`} className="btn">
              More
            </Link>
          )}
        </p>
      )}
      <p className="mt-6 text-sm text-ink-2">
        Titles, albums and lengths are from <a href="https://open.spotify.com/">Spotify</a>, or from{" "}
        <a href="https://musicbrainz.org/">MusicBrainz</a> (CC0) where Spotify was not read
        {artist.songsReadAt && <>; read {ago(artist.songsReadAt, now)}</>}.{" "}
        <Link to="/about#songs">How songs are told from other recordings</Link>
      </p>
    </div>
  );
}
