import { Link } from "@remix-run/react";
import { Grid } from "../../components/control/grid";
import { PauseForm } from "../../components/control/pause-form";
import { QueueState } from "../../components/control/queue-state";
import { grouped } from "../../formats";

export type QueueRow = {
  name: string;
  waiting: number;
  active: number;
  failed: number;
  oldestWaitingSeconds: number | null;
  oldest: string | null;
  paused: boolean;
};

export function QueueTable({ queues }: { queues: QueueRow[] }) {
  return (
    <Grid label="Queues, problems first">
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col" className="hidden tablet:table-cell">
            State
          </th>
          <th scope="col" className="num">
            Waiting
          </th>
          <th scope="col" className="num hidden tablet:table-cell">
            Active
          </th>
          <th scope="col" className="num">
            Failed
          </th>
          <th scope="col" className="num">
            Oldest
          </th>
          <th scope="col">
            <span className="sr-only">Pause or resume</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.name}>
            <th scope="row">
              <Link to={`/admin/queues/${queue.name}`} className="inline-flex min-h-6 items-center">
                {queue.name}
              </Link>
              <span className="block tablet:hidden">
                <QueueState queue={queue} />
              </span>
            </th>
            <td className="hidden tablet:table-cell">
              <QueueState queue={queue} />
            </td>
            <Figure queue={queue.name} state="waiting" n={queue.waiting} />
            <Figure queue={queue.name} state="active" n={queue.active} wide />
            <Figure queue={queue.name} state="failed" n={queue.failed} />
            <td className="num">{queue.oldest ?? "–"}</td>
            <td>
              <PauseForm queue={queue.name} paused={queue.paused} />
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

/** @param props.wide not on phones */
function Figure({ queue, state, n, wide }: { queue: string; state: string; n: number; wide?: boolean }) {
  return (
    <td className={`num ${wide ? "hidden tablet:table-cell" : ""}`}>
      {n === 0 ? (
        "0"
      ) : (
        <Link
          to={`/admin/queues/${queue}?state=${state}`}
          aria-label={`${grouped(n)} ${state} of ${queue}`}
          className="inline-flex min-h-6 items-center"
        >
          {grouped(n)}
        </Link>
      )}
    </td>
  );
}
