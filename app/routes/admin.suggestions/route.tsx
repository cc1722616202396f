import {
  type ActionFunctionArgs,
  type HeadersFunction,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Grid, Heads } from "../../components/control/grid";
import { Pager } from "../../components/control/pager";
import { Press } from "../../components/control/press";
import { Said } from "../../components/control/said";
import { State } from "../../components/control/state";
import { count, dayMonth, grouped, stamp } from "../../formats";
import { Slow } from "../admin.people._index/slow";
import { nameOf } from "../admin.people._index/words";

const states = ["new", "hidden", "all"] as const;

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const state = states.find((one) => one === params.get("state")) ?? "new";
  const cursor = params.get("after") ?? undefined;
  const { suggestions, cut, nextCursor } = await loadAdmin(
    request,
    trpc.admin.suggestions({ state, cursor }),
  );
  const shown = suggestions.map(({ suggestedAt, at: _at, ...row }) => ({
    ...row,
    show: `${row.artistName ?? row.showName}${row.localDate ? `, ${dayMonth(row.localDate)}` : ""}`,
    who: nameOf({ id: row.fanId, name: row.fanName, deletedAt: null }),
    when: stamp(suggestedAt, "UTC"),
  }));
  return json({ suggestions: shown, cut, nextCursor, state }, { headers: noStore });
}

export const action = ({ request, context: { trpc } }: ActionFunctionArgs) =>
  actAdmin(request, {
    async hide(field) {
      await trpc.setlist.hideSong({ setlistSongId: field("setlistSongId") });
    },
    async restore(field) {
      await trpc.setlist.restoreSong({ setlistSongId: field("setlistSongId") });
    },
  });

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction = () => [
  { title: "Suggestions · TheSet" },
  { name: "robots", content: "noindex" },
];

const said = {
  hide: () => "Taken off the list. Its votes are kept; under “Taken off” it can be put back.",
  restore: () => "It is on the list again.",
};

export default function SuggestionsPage() {
  const { suggestions, cut, nextCursor, state } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>Suggestions</h1>
      <p className="mt-2">Songs that fans missed on a show’s list and put on it, the newest first.</p>
      <Said words={said} />
      <Form className="filters" role="search" key={state}>
        <label>
          State
          <select name="state" defaultValue={state}>
            <option value="new">On a list</option>
            <option value="hidden">Taken off</option>
            <option value="all">Any</option>
          </select>
        </label>
        <button className="btn">Filter</button>
      </Form>
      {cut ? (
        <Slow />
      ) : suggestions.length === 0 ? (
        <p className="mt-3">
          {state === "hidden" ? "No suggested song was taken off a list." : "No fan has suggested a song."}
        </p>
      ) : (
        <Grid label="Suggested songs, the newest first">
          <Heads of={["Song", "Show", "By", "Will play, want", "State", "When, UTC", "Change"]} />
          <tbody>
            {suggestions.map((row) => (
              <tr key={row.setlistSongId}>
                <th scope="row" className="min-w-[110px] max-w-[220px]">
                  <bdi>{row.title}</bdi>
                </th>
                <td className="min-w-[140px]">
                  <Link to={`/shows/${row.showSlug}`}>
                    <bdi>{row.show}</bdi>
                  </Link>
                </td>
                <td>
                  <Link to={`/admin/people/${row.fanId}`}>
                    <bdi>{row.who}</bdi>
                  </Link>
                  {row.others > 0 && (
                    <span className="block text-ink-2">and {count(row.others, "other")}</span>
                  )}
                </td>
                <td className="num">
                  {grouped(row.votes)}, {grouped(row.wishes)}
                </td>
                <td>
                  <State kind={row.hidden ? "closed" : "fine"}>
                    {row.hidden ? "Taken off" : "On the list"}
                  </State>
                  {row.hidden && row.hiddenByName && (
                    <span className="block text-ink-2">
                      by <bdi>{row.hiddenByName}</bdi>
                    </span>
                  )}
                </td>
                <td className="whitespace-nowrap">{row.when}</td>
                <td>
                  <Press
                    act={row.hidden ? "restore" : "hide"}
                    fields={{ setlistSongId: row.setlistSongId, subject: row.setlistSongId }}
                    name={`${row.hidden ? "Put back" : "Take off"} ${row.title}`}
                  >
                    {row.hidden ? "Put back" : "Take off"}
                  </Press>
                </td>
              </tr>
            ))}
          </tbody>
        </Grid>
      )}
      <Pager next={nextCursor} />
    </>
  );
}
