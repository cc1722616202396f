import {
  type ActionFunctionArgs,
  type HeadersFunction,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { ProgressBar } from "../../components/control/progress-bar";
import { Said } from "../../components/control/said";
import { State } from "../../components/control/state";
import type { Handle } from "../../root";
import { Deeds } from "./deeds";
import { Timeline } from "./drawing";
import { type SaidPage, sayPage } from "./page.server";
import { Steps } from "./steps";
import { useFollow } from "./use-follow";

export async function loader({ request, params, context: { trpc } }: LoaderFunctionArgs) {
  const found = await loadAdmin(request, trpc.admin.import({ importId: params.importId ?? "" }));
  return json(sayPage(found), { headers: noStore });
}

export const action = ({ request, context: { trpc } }: ActionFunctionArgs) =>
  actAdmin(request, {
    async cancel(field) {
      await trpc.admin.cancelImport({ importId: field("importId") });
    },
    // Both lead to the page of what was started.
    async again(field) {
      const { importId } = await trpc.admin.retryImport({ importId: field("importId") });
      throw redirect(`/admin/imports/${importId}?done=again`, 303);
    },
    async sync(field) {
      const step = field("step") as Parameters<typeof trpc.admin.syncArtist>[0]["step"];
      const { importId } = await trpc.admin.syncArtist({ artistId: field("artistId"), step });
      throw redirect(`/admin/imports/${importId}?done=sync`, 303);
    },
  });

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `Import of ${data.name}` : "No such import"} · TheSet` },
  { name: "robots", content: "noindex" },
];

export const handle: Handle = {
  lookAgain: (data) => ((data as SaidPage | undefined)?.running ? 5 : undefined),
};

const said = {
  cancel: () => "Cancelled. No service is asked for it any more; what was read stays.",
  again: () => "Started. This is the new import.",
  sync: () => "Asked for. This is the step, alone.",
};

export default function ImportPage() {
  const page = useLoaderData<typeof loader>();
  useFollow(page);
  return (
    <>
      <p>
        <Link to="/admin">Overview</Link> / <Link to="/admin/imports">Imports</Link>
      </p>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <h1>
          <bdi>{page.name}</bdi>
          {page.step && <>, {page.step.toLowerCase()}</>}
        </h1>
        <State kind={page.look[0]}>{page.look[1]}</State>
      </div>
      <p className="mt-1 text-ink-2">
        {page.when} {page.who}{" "}
        {page.newer && <Link to={`/admin/imports/${page.newer}`}>There is a newer one.</Link>}
      </p>
      {page.running && (
        <div className="mt-2 grid max-w-[520px] gap-1">
          <ProgressBar percentage={page.percentage} of={`Import of ${page.name}`} />
          <p>{page.message}</p>
        </div>
      )}
      <Said words={said} />
      {page.problem && <Problem problem={page.problem} gaps={page.gaps} />}
      <Deeds page={page} />
      {page.drawn ? (
        <Timeline drawn={page.drawn} total={page.took} />
      ) : (
        <p className="mt-3 text-ink-2">
          {page.running
            ? "Where its time goes is drawn here once a worker has begun."
            : "Where its time went was not recorded."}
        </p>
      )}
      <section aria-labelledby="steps">
        <h2 id="steps">Steps</h2>
        <Steps steps={page.steps} />
      </section>
      <p className="mt-4">
        <Link to={`/admin/audit?subjectKind=import&subjectId=${page.importId}`}>
          What administrators did to it
        </Link>
      </p>
    </>
  );
}

/** What it means, what happened, and when it is made up for. */
function Problem({ problem, gaps }: { problem: NonNullable<SaidPage["problem"]>; gaps: string[] }) {
  return (
    <div className={`note ${problem.bad ? "note-bad" : "note-warn"}`}>
      <p>
        <b>{problem.lead}</b> {problem.text}
      </p>
      {gaps.length > 0 && (
        <ul>
          {gaps.map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
