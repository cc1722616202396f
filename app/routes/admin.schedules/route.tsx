import {
  json,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Said } from "../../components/control/said";
import { age, stamp } from "../../formats";
import { jobLook } from "../../job-words";
import { ScheduleTable } from "./table";

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const { schedules } = await loadAdmin(request, trpc.admin.schedules());
  const now = Date.now();
  return json(
    {
      schedules: schedules.map((one) => ({
        name: one.name,
        does: one.does,
        queue: one.queue,
        cron: one.cron,
        declaredCron: one.declaredCron,
        words: one.words,
        enabled: one.enabled,
        seen: one.changedAt?.toISOString() ?? "",
        edited: one.changedAt && { at: stamp(one.changedAt, "UTC"), by: one.changedBy },
        next: one.nextRunAt && {
          at: stamp(one.nextRunAt, "UTC"),
          in: age(Math.max(0, Math.round((one.nextRunAt.getTime() - now) / 1000))),
        },
        last:
          one.lastRunAt && one.lastResult
            ? {
                at: stamp(one.lastRunAt, "UTC"),
                look: jobLook(one.lastResult),
                error: one.lastError,
                jobId: one.lastJobId,
              }
            : null,
      })),
    },
    { headers: noStore },
  );
}

export const action = ({ request, context: { trpc } }: ActionFunctionArgs) => {
  type Field = (name: string) => string;
  const edit = async (field: Field, change: { cron?: string; enabled?: boolean }) => {
    const input = { name: field("name"), seen: field("seen"), ...change };
    return (await trpc.admin.editSchedule(input)).changed ? 1 : 0;
  };
  return actAdmin(request, {
    run: async (field) => ((await trpc.admin.runSchedule({ name: field("name") })).joined ? 0 : 1),
    on: (field) => edit(field, { enabled: true }),
    off: (field) => edit(field, { enabled: false }),
    cron: (field) => edit(field, { cron: field("cron") }),
  });
};

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction = () => [
  { title: "Schedules · TheSet" },
  { name: "robots", content: "noindex" },
];

const words: Record<string, (n: number) => string> = {
  run: (n) =>
    n === 0
      ? "It was waiting or running already; nothing was sent twice."
      : "Sent. A free worker takes it now.",
  on: (n) => (n === 0 ? "It was switched on already." : "Switched on. It runs when its time comes next."),
  off: (n) =>
    n === 0
      ? "It was switched off already."
      : "Switched off. It runs no more by itself until somebody switches it on.",
  cron: (n) =>
    n === 0 ? "It is so already; nothing was changed." : "Changed. It runs by the new time from now on.",
};

export default function SchedulesPage() {
  const { schedules } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>Schedules</h1>
      <Said words={words} />
      <p className="mt-2 max-w-[70ch]">
        All times are UTC. What comes due while no worker runs is made up for once, when the first one is
        back.
      </p>
      <ScheduleTable schedules={schedules} />
    </>
  );
}
