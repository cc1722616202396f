import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { loadAdmin, noStore } from "../../admin.server";
import { Grid, Heads } from "../../components/control/grid";
import { Pager } from "../../components/control/pager";
import { stamp } from "../../formats";

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const input = Object.fromEntries(
    ["actor", "subjectKind", "subjectId"].flatMap((name) => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  const { entries, nextCursor } = await loadAdmin(
    request,
    trpc.admin.audit({ ...input, cursor: params.get("after") ?? undefined }),
  );
  const shown = entries.map(({ at, ...entry }) => ({ ...entry, at: stamp(at, "UTC") }));
  return json({ entries: shown, nextCursor, filtered: Object.keys(input).length > 0 }, { headers: noStore });
}

export const meta: MetaFunction = () => [
  { title: "What administrators did · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function AuditPage() {
  const { entries, nextCursor, filtered } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>What administrators did</h1>
      {filtered && (
        <p className="mt-2">
          <Link to="/admin/audit">Show all of it</Link>
        </p>
      )}
      {entries.length === 0 ? (
        <p className="mt-3">
          Nothing has been done here yet. Every action of an administrator is written down.
        </p>
      ) : (
        <Grid label="Actions, newest first">
          <Heads of={["When, UTC", "Who", "What", "To"]} />
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td className="whitespace-nowrap">{entry.at}</td>
                <td>
                  {entry.actor ? (
                    <Link to={`?actor=${entry.actor}`}>
                      <bdi>{entry.actorName ?? "no name"}</bdi>
                    </Link>
                  ) : (
                    "command line, or somebody who has left"
                  )}
                </td>
                <th scope="row" className="font-normal">
                  <bdi>{entry.summary}</bdi>
                </th>
                <td>
                  <Link
                    to={`?subjectKind=${entry.subjectKind}&subjectId=${encodeURIComponent(entry.subjectId)}`}
                  >
                    this {entry.subjectKind}
                  </Link>
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
