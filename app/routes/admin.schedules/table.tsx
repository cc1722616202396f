import { Form, Link } from "@remix-run/react";
import { Grid } from "../../components/control/grid";
import { Press } from "../../components/control/press";
import { State, type StateKind } from "../../components/control/state";

export type ShownSchedule = {
  name: string;
  does: string;
  queue: string;
  cron: string;
  declaredCron: string;
  words: string;
  enabled: boolean;
  seen: string;
  edited: { at: string; by: string | null } | null;
  next: { at: string; in: string } | null;
  last: { at: string; look: [StateKind, string]; error: string | null; jobId: string | null } | null;
};

export function ScheduleTable({ schedules }: { schedules: ShownSchedule[] }) {
  return (
    <Grid label="Schedules">
      <thead>
        <tr>
          <th scope="col">Schedule</th>
          <th scope="col">When</th>
          <th scope="col">Last run</th>
          <th scope="col">Next run</th>
          <th scope="col">
            <span className="sr-only">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {schedules.map((schedule) => (
          <tr key={schedule.name}>
            <th scope="row">
              {schedule.name}
              <p className="hidden max-w-[34ch] font-normal text-ink-2 tablet:block">{schedule.does}</p>
            </th>
            <td>
              <span className="block min-w-40">{schedule.words}</span>
              <code className="whitespace-nowrap">{schedule.cron}</code>
              {schedule.edited && (
                <span className="block text-ink-2">
                  changed {schedule.edited.at} by <bdi>{schedule.edited.by ?? "somebody who has left"}</bdi>
                </span>
              )}
            </td>
            <td>
              <Last schedule={schedule} />
            </td>
            <td>
              {schedule.next ? (
                <>
                  <span className="whitespace-nowrap">{schedule.next.at}</span>
                  <span className="block text-ink-2">in {schedule.next.in}</span>
                </>
              ) : (
                <State kind="paused">Switched off</State>
              )}
            </td>
            <td>
              <Buttons schedule={schedule} />
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

function Last({ schedule: { last, queue } }: { schedule: ShownSchedule }) {
  if (!last) return <span className="text-ink-2">none that is still kept</span>;
  return (
    <>
      <State kind={last.look[0]}>{last.look[1]}</State>
      <span className="block">
        {last.jobId ? (
          <Link to={`/admin/jobs/${queue}/${last.jobId}`} className="inline-flex min-h-6 items-center">
            {last.at}
          </Link>
        ) : (
          last.at
        )}
      </span>
      {last.error && (
        <span className="block text-ink-2">
          <bdi>{last.error}</bdi>
        </span>
      )}
    </>
  );
}

function Buttons({ schedule }: { schedule: ShownSchedule }) {
  const { name, seen, enabled } = schedule;
  return (
    <div className="flex min-w-44 flex-wrap items-start gap-2">
      <Press act="run" fields={{ name }} name={`Run ${name} now`}>
        Run now
      </Press>
      {enabled ? (
        <Press act="off" fields={{ name, seen }} name={`Switch ${name} off`}>
          Switch off
        </Press>
      ) : (
        <Press act="on" fields={{ name, seen }} name={`Switch ${name} on`}>
          Switch on
        </Press>
      )}
      <details className="ask">
        <summary className="btn">
          Change <span className="sr-only">{name}</span>
        </summary>
        <Form method="post" className="note grid min-w-56 gap-2">
          <input type="hidden" name="act" value="cron" />
          <input type="hidden" name="name" value={name} />
          <input type="hidden" name="seen" value={seen} />
          <label className="grid gap-1">
            Minute, hour, day, month, weekday
            <input
              name="cron"
              defaultValue={schedule.cron}
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              className="min-h-9 rounded border border-edge bg-sheet px-2 font-mono"
            />
          </label>
          <p className="text-ink-2">
            UTC. Empty: as declared, <code>{schedule.declaredCron}</code>.
          </p>
          <p>
            <button className="btn">Change {name}</button>
          </p>
        </Form>
      </details>
    </div>
  );
}
