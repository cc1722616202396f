import {
  json,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Ask } from "../../components/control/ask";
import { Press } from "../../components/control/press";
import { Said } from "../../components/control/said";
import { State } from "../../components/control/state";
import { queueActs } from "../../queue-acts.server";
import { queueWords } from "../../queue-words";
import { Attempts } from "./attempts";
import { readJobPage } from "./page.server";

const DEAD_LETTERS = "dead-letter";

export async function loader({ request, params, context: { trpc } }: LoaderFunctionArgs) {
  const page = await loadAdmin(request, readJobPage(trpc, params.queue ?? "", params.jobId ?? ""));
  return json(page, { headers: noStore });
}

export async function action({ request, params, context: { trpc } }: ActionFunctionArgs) {
  const act = (await request.clone().formData()).get("act");
  const answer = await actAdmin(request, queueActs(trpc));
  // What is deleted, and a letter that was sent again, has no page to come back to.
  const gone = act === "delete" || (act === "retry" && params.queue === DEAD_LETTERS);
  const to = gone && answer.status === 303 ? answer.headers.get("Location") : null;
  if (!to?.startsWith("/admin/")) return answer;
  return redirect(`/admin/queues/${params.queue}${new URL(to, request.url).search}`, 303);
}

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction<typeof loader> = ({ params }) => [
  { title: `Job of ${params.queue} · TheSet` },
  { name: "robots", content: "noindex" },
];

export default function JobPage() {
  const job = useLoaderData<typeof loader>();
  const fields = { jobId: job.jobId };
  return (
    <>
      <p>
        <Link to={`/admin/queues/${job.queue}`}>
          {job.letter ? "All dead letters" : `All jobs of ${job.queue}`}
        </Link>
      </p>
      <h1>Job of {job.source && job.letter ? job.source.queue : job.queue}</h1>
      <p className="mt-1">
        <State kind={job.look[0]}>{job.look[1]}</State>
      </p>
      <Said words={queueWords} />
      <div className="mt-3 flex flex-wrap items-start gap-2">
        {job.can.retry && (
          <Press act="retry" fields={fields}>
            {job.letter ? "Send it again" : "Retry"}
          </Press>
        )}
        {job.can.cancel && (
          <Ask
            summary="Cancel"
            act="cancel"
            fields={fields}
            button="Cancel this job"
            question="It will not be worked on. If it is running, it goes on to its end and is not tried again. An import or sync ends as cancelled with it."
          />
        )}
        {job.can.remove && (
          <Ask
            summary="Delete"
            act="delete"
            fields={fields}
            button="Delete it for good"
            question="The job is gone for good, with what is kept about its failures."
          />
        )}
      </div>
      <p className="mt-3">
        <Link to={`/admin/audit?subjectKind=job&subjectId=${job.jobId}`}>What administrators did to it</Link>
      </p>
      <h2>What is known</h2>
      <Facts job={job} />
      <h2>Attempts that failed</h2>
      <Attempts failures={job.failures} />
      <h2>Payload</h2>
      <Code label="Payload" text={job.payload} />
      {job.output && (
        <>
          <h2>What its last attempt left</h2>
          <Code label="Output" text={job.output} />
        </>
      )}
    </>
  );
}

type Job = ReturnType<typeof useLoaderData<typeof loader>>;

function Facts({ job }: { job: Job }) {
  const { subject } = job;
  return (
    <dl className="facts mt-3">
      <dt>Id</dt>
      <dd>
        <code>{job.jobId}</code>
      </dd>
      <dt>Sent by</dt>
      <dd>
        <bdi>{job.sender}</bdi>
      </dd>
      {subject && (
        <>
          <dt>About</dt>
          <dd>
            <Link to={`/artists/${subject.slug}`}>
              <bdi>{subject.name ?? "an artist without a name yet"}</bdi>
            </Link>
            {subject.importId && (
              <>
                , <Link to={`/admin/imports/${subject.importId}`}>this import ({subject.stage})</Link>
              </>
            )}
          </dd>
        </>
      )}
      <dt>Attempts</dt>
      <dd>{job.attempts}</dd>
      {job.run && (
        <>
          <dt>In hand</dt>
          <dd>
            {job.run.where}, attempt {job.run.attempt}, since {job.run.since} UTC
            {!job.run.live &&
              ". That worker is silent: the job is given to another one within 15 s of its last sign."}
          </dd>
        </>
      )}
      {job.next && (
        <>
          <dt>Next attempt</dt>
          <dd>{job.next}</dd>
        </>
      )}
      {job.times.map(([name, time]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd>{time}</dd>
        </div>
      ))}
      {job.source && (
        <>
          <dt>Came from</dt>
          <dd>
            <Link to={`/admin/jobs/${job.source.queue}/${job.source.jobId}`}>
              the failed job of {job.source.queue}
            </Link>
          </dd>
        </>
      )}
    </dl>
  );
}

function Code({ label, text }: { label: string; text: string }) {
  return (
    <pre
      role="region"
      aria-label={label}
      // A region that scrolls must be reachable, or nobody scrolls it without a pointer (WCAG 2.1.1).
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="mt-2 overflow-x-auto bg-sunk p-3 text-[13px]"
    >
      {text}
    </pre>
  );
}
