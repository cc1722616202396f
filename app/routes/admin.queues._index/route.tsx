import {
  json,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { byProblem } from "#rules/queue-state";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { FailureGroups } from "../../components/control/failure-groups";
import { Paused } from "../../components/control/paused";
import { Said } from "../../components/control/said";
import { age, count, stamp } from "../../formats";
import { queueActs } from "../../queue-acts.server";
import { queueWords } from "../../queue-words";
import { QueueTable } from "./table";

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const [{ queues, deadLetters }, { groups }] = await loadAdmin(
    request,
    Promise.all([trpc.admin.queues(), trpc.admin.failureGroups({})]),
  );
  return json(
    {
      queues: byProblem(queues).map((queue) => ({
        ...queue,
        oldest: queue.oldestWaitingSeconds === null ? null : age(queue.oldestWaitingSeconds),
      })),
      paused: queues.flatMap(({ name, pausedAt, pausedBy, pauseReason }) =>
        pausedAt ? [{ name, at: stamp(pausedAt, "UTC"), by: pausedBy, reason: pauseReason }] : [],
      ),
      groups: groups.map(({ firstAt, lastAt, ...group }) => ({
        ...group,
        first: stamp(firstAt, "UTC"),
        last: stamp(lastAt, "UTC"),
      })),
      deadLetters,
    },
    { headers: noStore },
  );
}

export const action = ({ request, context: { trpc } }: ActionFunctionArgs) =>
  actAdmin(request, queueActs(trpc));

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction = () => [
  { title: "Queues · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function QueuesPage() {
  const { queues, paused, groups, deadLetters } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>Queues</h1>
      <Said words={queueWords} />
      <Paused queues={paused} />
      <QueueTable queues={queues} />
      <p className="mt-2 text-ink-2">
        Failed jobs are kept for a week to be looked at.{" "}
        {deadLetters === 0 ? (
          "No job was given up for good."
        ) : (
          <>
            <Link to="/admin/queues/dead-letter">{count(deadLetters, "dead letter")}</Link>: copies of jobs
            that were given up, kept for 30 days to be sent again.
          </>
        )}
      </p>
      <h2>Why things failed in the last seven days</h2>
      {groups.length === 0 ? (
        <p className="mt-2">Nothing failed. What a stop or a restart interrupted is not counted here.</p>
      ) : (
        <FailureGroups groups={groups} />
      )}
    </>
  );
}
