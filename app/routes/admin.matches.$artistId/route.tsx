import {
  type ActionFunctionArgs,
  type HeadersFunction,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Said } from "../../components/control/said";
import { sayMatch } from "./page.server";
import { ServiceMatch } from "./service";

export async function loader({ request, params, context: { trpc } }: LoaderFunctionArgs) {
  const artistId = params.artistId ?? "";
  const { artist, matches } = await loadAdmin(request, trpc.admin.match({ artistId }));
  const { id, slug } = artist;
  return json({ id, slug, name: artist.name ?? slug, matches: matches.map(sayMatch) }, { headers: noStore });
}

export const action = ({ request, params, context: { trpc } }: ActionFunctionArgs) => {
  const shown = (field: (name: string) => string) => ({
    artistId: params.artistId ?? "",
    source: field("source") as Parameters<typeof trpc.admin.chooseMatch>[0]["source"],
    seen: field("seen"),
  });
  const choose = async (field: (name: string) => string, sourceId: string | null) => {
    await trpc.admin.chooseMatch({ ...shown(field), sourceId });
  };
  return actAdmin(request, {
    choose: (field) => choose(field, field("sourceId")),
    confirm: (field) => choose(field, field("sourceId")),
    refuse: (field) => choose(field, null),
    release: async (field) => {
      await trpc.admin.releaseMatch(shown(field));
    },
  });
};

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `Who is ${data.name}` : "No such artist"} · TheSet` },
  { name: "robots", content: "noindex" },
];

const said = {
  choose: () => "Chosen. What follows from it is read again now; it takes a moment.",
  confirm: () => "Noted. No import changes it any more.",
  refuse: () =>
    "Noted: nobody there is this artist. What was read there is gone, and the odds are made again.",
  release: () => "The machine decides again now; it takes a moment. What follows from it is read then.",
};

export default function MatchPage() {
  const { id, slug, name, matches } = useLoaderData<typeof loader>();
  return (
    <>
      <p>
        <Link to="/admin/matches">Matches</Link>
      </p>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        <Link to={`/artists/${slug}`}>Their page</Link>
        <Link to={`/admin/matches/${id}/songs`}>Songs and their other names</Link>
        <Link to={`/admin/audit?subjectKind=artist&subjectId=${id}`}>What administrators did to them</Link>
      </p>
      <Said words={said} />
      {matches.map((match) => (
        <ServiceMatch key={match.source} match={match} artist={name} />
      ))}
    </>
  );
}
