import {
  type ActionFunctionArgs,
  type HeadersFunction,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Pager } from "../../components/control/pager";
import { Said } from "../../components/control/said";
import { count, stamp } from "../../formats";
import type { Handle } from "../../root";
import { useLookAgain } from "../../use-look-again";
import { Filters } from "./filters";
import { ImportList } from "./list";
import { inputOf, isTextShort, readFilters, sayImport } from "./page.server";
import { Batch, Paste } from "./paste";

const LOOK_MS = 3_000;

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const filters = readFilters(params);
  const batchId = params.get("batch");
  const [{ cut, imports, running, nextCursor }, batch] = await loadAdmin(
    request,
    Promise.all([
      trpc.admin.imports(inputOf(filters, params.get("after") ?? undefined)),
      batchId ? trpc.admin.importBatch({ batchId }) : null,
    ]),
  );
  const now = new Date();
  const lines = batch?.lines.map((line) => ({ ...line, import: line.import && sayImport(line.import, now) }));
  return json(
    {
      filters,
      textShort: isTextShort(filters),
      cut,
      imports: imports.map((row) => sayImport(row, now)),
      running,
      nextCursor,
      batch: batch && { at: stamp(batch.at, "UTC"), lines: lines ?? [] },
    },
    { headers: noStore },
  );
}

export const action = ({ request, context: { trpc } }: ActionFunctionArgs) =>
  actAdmin(request, {
    async start(field) {
      const { batchId } = await trpc.admin.startImports({ lines: field("lines") });
      // Its own address: the answer can be looked at again, and reloading starts nothing.
      throw redirect(`/admin/imports?batch=${batchId}`, 303);
    },
  });

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction = () => [
  { title: "Imports · TheSet" },
  { name: "robots", content: "noindex" },
];

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** Something that is shown still moves. */
const isMoving = (data: Data) =>
  data.imports.some(({ running }) => running) ||
  (data.batch?.lines.some((line) => line.import?.running) ?? false);

export const handle: Handle = { lookAgain: (data) => (data && isMoving(data as Data) ? 5 : undefined) };

export default function ImportsPage() {
  const data = useLoaderData<typeof loader>();
  const { filters, imports, running, batch } = data;
  const refused = useActionData<typeof action>()?.refused;
  useLookAgain(isMoving(data) ? LOOK_MS : undefined);
  const syncs = filters.kind === "sync";
  return (
    <>
      <h1>Imports</h1>
      {running && (
        <p className="text-ink-2">
          Under way: {count(running.imports, "import")}, {count(running.syncs, "single step")}.
        </p>
      )}
      <Said words={{}} />
      <Paste key={batch?.at ?? ""} lines={refused?.typed["lines"] ?? ""} wrong={refused !== undefined} />
      {batch && <Batch at={batch.at} lines={batch.lines} />}
      <h2>{syncs ? "Single steps" : "All imports"}</h2>
      <Filters values={filters} />
      {data.textShort && <p className="note note-warn">Give three letters or more of its last words.</p>}
      {data.cut ? (
        <p className="note note-warn">
          This was cut off: the database needed longer than a second to find them. Filter more narrowly, by
          artist or by day.
        </p>
      ) : imports.length === 0 ? (
        <p className="mt-2">{syncs ? "No single step is like that." : "No import is like that."}</p>
      ) : (
        <ImportList imports={imports} syncs={syncs} />
      )}
      <Pager next={data.nextCursor} />
    </>
  );
}
