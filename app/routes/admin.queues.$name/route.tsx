import {
  json,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { FailureGroups } from "../../components/control/failure-groups";
import { PauseForm } from "../../components/control/pause-form";
import { Paused } from "../../components/control/paused";
import { Pager } from "../../components/control/pager";
import { QueueState } from "../../components/control/queue-state";
import { Said } from "../../components/control/said";
import { queueActs } from "../../queue-acts.server";
import { queueWords } from "../../queue-words";
import { All } from "./all";
import { Filters, Tabs } from "./filters";
import { JobList } from "./list";
import { readQueuePage } from "./page.server";

export async function loader({ request, params, context: { trpc } }: LoaderFunctionArgs) {
  const page = await loadAdmin(
    request,
    readQueuePage(trpc, params.name ?? "", new URL(request.url).searchParams),
  );
  return json(page, { headers: noStore });
}

export const action = ({ request, context: { trpc } }: ActionFunctionArgs) =>
  actAdmin(request, queueActs(trpc));

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction<typeof loader> = ({ params }) => [
  { title: `Queue ${params.name} · TheSet` },
  { name: "robots", content: "noindex" },
];

export default function QueuePage() {
  const page = useLoaderData<typeof loader>();
  const { name, letters, queue, filter, jobs, groups, nextCursor, lookedThrough } = page;
  return (
    <>
      <p>
        <Link to="/admin/queues">All queues</Link>
      </p>
      <h1>{letters ? "Dead letters" : name}</h1>
      <Said words={queueWords} />
      <Paused queues={page.paused} />
      {letters && (
        <p className="mt-2 max-w-[70ch]">
          Copies of jobs that were given up after their last attempt, kept for 30 days. Nobody works on them.
          Tried again, a letter becomes a new job of the queue it came from.
        </p>
      )}
      {queue && (
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          <QueueState queue={queue} />
          {queue.oldest && <span>The oldest job has waited for {queue.oldest}.</span>}
          {!queue.paused && <PauseForm queue={name} paused={false} />}
          <Link to={`/admin/audit?subjectKind=queue&subjectId=${name}`}>What administrators did to it</Link>
        </div>
      )}
      {!letters && <Tabs state={filter.state} queue={queue} />}
      <Filters filter={filter} />
      {groups.length > 0 && !filter.errorKey && (
        <>
          <h2>Why they failed</h2>
          <FailureGroups groups={groups} />
        </>
      )}
      <h2>Jobs</h2>
      {jobs.length === 0 ? (
        <p className="mt-2">{empty(page)}</p>
      ) : (
        <JobList
          label={`Jobs of ${name}, ${filter.state}`}
          jobs={jobs}
          queue={name}
          filter={filter}
          letters={letters}
        />
      )}
      {jobs.length > 0 && !lookedThrough && (
        <p className="mt-2">10,000 jobs are looked through at a time. “More” looks further back.</p>
      )}
      <All queue={name} filter={filter} meant={page.meant} letters={letters} />
      <Pager next={nextCursor} />
    </>
  );
}

function empty({
  filter,
  nextCursor,
}: {
  filter: { state: string; q: string; errorKey: string };
  nextCursor?: string;
}) {
  if (nextCursor) return "None among the 10,000 that were looked through. “More” looks further back.";
  if (filter.q || filter.errorKey) return "No job is so. Take a filter away to see more.";
  return filter.state === "waiting" ? "No job is waiting." : `No job is ${filter.state}.`;
}
