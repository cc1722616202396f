import {
  type ActionFunctionArgs,
  type HeadersFunction,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Pager } from "../../components/control/pager";
import { Said } from "../../components/control/said";
import { Slow } from "../admin.people._index/slow";
import { SongGrid } from "./grid";
import { hangsOn } from "./words";

export async function loader({ request, params, context: { trpc } }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const artistId = params.artistId ?? "";
  const [q, merge] = [(search.get("q") ?? "").slice(0, 200), search.get("merge")];
  const [{ artist }, { songs, cut, nextCursor }, merging] = await loadAdmin(
    request,
    Promise.all([
      trpc.admin.match({ artistId }),
      trpc.admin.songs({ artistId, q, cursor: search.get("after") ?? undefined }),
      merge ? trpc.admin.song({ songId: merge }) : undefined,
    ]),
  );
  // Of another artist, or merged meanwhile: there is nothing to choose for.
  const song = merging?.song.artistId === artistId && merging.song.id === merge ? merging.song : undefined;
  const name = artist.name ?? artist.slug;
  return json({ artistId, name, songs, cut, nextCursor, q, merging: song }, { headers: noStore });
}

export const action = ({ request, params, context: { trpc } }: ActionFunctionArgs) => {
  const artistId = params.artistId ?? "";
  return actAdmin(request, {
    async merge(field) {
      await trpc.admin.mergeSongs({ songId: field("songId"), intoSongId: field("intoSongId") });
      // Back to the list: there is nothing left to merge.
      throw redirect(`/admin/matches/${encodeURIComponent(artistId)}/songs?done=merge`, 303);
    },
    async split(field) {
      await trpc.admin.splitAlias({ artistId, titleKey: field("titleKey") });
    },
  });
};

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `Songs of ${data.name}` : "No such artist"} · TheSet` },
  { name: "robots", content: "noindex" },
];

const said = {
  merge: () => "They are one song now, and stay so. The odds are made again; it takes a moment.",
  split: () => "It is a song of its own now, and stays so. The catalogue is read again; it takes a moment.",
};

export default function SongsPage() {
  const { artistId, name, songs, cut, nextCursor, q, merging } = useLoaderData<typeof loader>();
  return (
    <>
      <p>
        <Link to="/admin/matches">Matches</Link> / <Link to={`/admin/matches/${artistId}`}>{name}</Link>
      </p>
      <h1>Songs and their other names</h1>
      <Said words={said} />
      {merging ? (
        <div className="note">
          <p>
            Which song is{" "}
            <b>
              <bdi>{merging.title}</bdi>
            </b>{" "}
            really? It has {hangsOn(merging)}. Find the song below and press “The same”.
          </p>
          <p>
            <Link to={`/admin/matches/${artistId}/songs`}>None: leave it as it is</Link>
          </p>
        </div>
      ) : (
        <p className="mt-2">
          An import joins what is spelt alike. Where it could not know, say here that two titles are one song,
          or that one of a song’s names is another song. It stays so, whatever is read later.
        </p>
      )}
      <Form className="filters" role="search">
        {merging && <input type="hidden" name="merge" value={merging.id} />}
        <label>
          Title or other name has
          <input type="search" name="q" defaultValue={q} maxLength={200} key={q} />
        </label>
        <button className="btn">Show</button>
      </Form>
      {cut ? (
        <Slow />
      ) : songs.length === 0 ? (
        <p className="mt-3">
          {q ? "No song has that in its title." : "No song of theirs is known yet."}{" "}
          {q && <Link to={merging ? `?merge=${merging.id}` : "?"}>Show all</Link>}
        </p>
      ) : (
        <SongGrid songs={songs} merging={merging} />
      )}
      <Pager next={nextCursor} />
    </>
  );
}
