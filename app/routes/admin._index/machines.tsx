/** Workers, schedules and the database. */
import { Link } from "@remix-run/react";
import { span } from "#rules/problems";
import { Grid, Heads } from "../../components/control/grid";
import { State, type StateKind } from "../../components/control/state";
import { count, grouped } from "../../formats";
import { Cut } from "./cut";
import type { Overview } from "./use-overview";
import { bytes, moment, waited } from "./words";

type Worker = Extract<Overview["workers"], { cut: false }>["value"][number];
type Schedule = Extract<Overview["schedules"], { cut: false }>["value"][number];

export function Workers({ overview: { workers, at } }: { overview: Overview }) {
  return (
    <section id="workers" aria-labelledby="workers-h">
      <h2 id="workers-h">Workers</h2>
      <Cut part={workers}>
        {(all) => (
          <>
            {all.length === 0 && <p className="pt-2">No worker has been heard of within the last hour.</p>}
            <ul role="list">
              {all.map((worker) => (
                <WorkerLine key={worker.id} worker={worker} now={at} />
              ))}
            </ul>
          </>
        )}
      </Cut>
    </section>
  );
}

function WorkerLine({ worker, now }: { worker: Worker; now: string }) {
  const { pid, host, live, silentSeconds, memoryBytes, nodeVersion, startedAt, jobs, takenOver } = worker;
  const facts = [
    live ? `beat ${span(silentSeconds)} ago` : `silent for ${span(silentSeconds)}`,
    `on ${host}`,
    memoryBytes === null ? undefined : bytes(memoryBytes),
    `Node ${nodeVersion}`,
    `since ${moment(startedAt, now)}`,
    takenOver > 0 ? `${count(takenOver, "job")} it had in hand taken over` : undefined,
  ];
  return (
    <li className="border-b border-line py-2">
      <p className="flex flex-wrap gap-x-1.5">
        <State kind={live ? "fine" : "failed"}>{`Worker ${pid}`}</State>
        <span className="text-ink-2">{facts.filter(Boolean).join(", ")}</span>
      </p>
      {jobs.length === 0 ? (
        live && <span className="block text-ink-2">Nothing in hand.</span>
      ) : (
        <ul role="list" className="pl-6">
          {jobs.map((job) => (
            <li key={job.jobId}>
              <Link to={`/admin/jobs/${job.queue}/${job.jobId}`}>{job.queue}</Link>
              {job.importId && job.artistName ? (
                <>
                  {" "}
                  of{" "}
                  <Link to={`/admin/imports/${job.importId}`}>
                    <bdi>{job.artistName}</bdi>
                  </Link>
                </>
              ) : (
                job.artistName && (
                  <>
                    {" "}
                    of <bdi>{job.artistName}</bdi>
                  </>
                )
              )}
              <span className="text-ink-2">
                , {waited(Math.max(0, (Date.parse(now) - Date.parse(job.startedAt)) / 1000))}
                {job.attempt > 1 && `, attempt ${job.attempt}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const results: Record<string, [StateKind, string]> = {
  completed: ["fine", "Done"],
  failed: ["failed", "Failed"],
  active: ["busy", "Running"],
  retry: ["behind", "Tried again soon"],
  cancelled: ["idle", "Cancelled"],
};

export function Schedules({ overview: { schedules, at } }: { overview: Overview }) {
  return (
    <section id="schedules" aria-labelledby="schedules-h">
      <h2 id="schedules-h">
        <Link to="/admin/schedules">Schedules</Link>
      </h2>
      <Cut part={schedules}>
        {(all) => (
          <Grid label="Schedules: last run and next run">
            <Heads of={["Schedule", "Last run", "Next run"]} />
            <tbody>
              {all.map((schedule) => (
                <ScheduleRow key={schedule.name} schedule={schedule} now={at} />
              ))}
            </tbody>
          </Grid>
        )}
      </Cut>
    </section>
  );
}

function ScheduleRow({ schedule, now }: { schedule: Schedule; now: string }) {
  const { name, does, enabled, lastRunAt, lastResult, nextRunAt } = schedule;
  const [kind, word] = (lastResult && results[lastResult]) || (["idle", "Not run yet"] as const);
  return (
    <tr>
      <th scope="row" title={does}>
        {name}
      </th>
      <td>
        <span className="flex flex-wrap gap-x-1.5">
          <State kind={kind}>{word}</State>
          {lastRunAt && <span className="whitespace-nowrap text-ink-2">{moment(lastRunAt, now)}</span>}
        </span>
      </td>
      <td className="whitespace-nowrap">{enabled && nextRunAt ? moment(nextRunAt, now) : "switched off"}</td>
    </tr>
  );
}

export function Database({ overview: { database } }: { overview: Overview }) {
  return (
    <section id="database" aria-labelledby="database-h">
      <h2 id="database-h">Database</h2>
      <Cut part={database}>
        {({ notificationQueue, connections, connectionsMost, sizeBytes, oldestTransactionSeconds }) => (
          <dl className="facts pt-2">
            <dt>Connections</dt>
            <dd>
              {grouped(connections)} of {grouped(connectionsMost)}
            </dd>
            <dt>Notifications waiting</dt>
            <dd>{(notificationQueue * 100).toFixed(1)}% of what fits</dd>
            <dt>Size</dt>
            <dd>{bytes(sizeBytes)}</dd>
            <dt>Oldest transaction</dt>
            <dd>
              {oldestTransactionSeconds === null ? "none open" : `open for ${span(oldestTransactionSeconds)}`}
            </dd>
          </dl>
        )}
      </Cut>
    </section>
  );
}
