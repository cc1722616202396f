/** A page of jobs, to be ticked and acted on together. One form, without script too: each button says its act. */
import { Form, Link } from "@remix-run/react";
import { Grid } from "../../components/control/grid";
import { State, type StateKind } from "../../components/control/state";
import { count } from "../../formats";
import { actsOn } from "./acts";

/** On phones it stands below the job instead. */
const wide = "hidden tablet:table-cell";

export type ListedJob = {
  jobId: string;
  look: [StateKind, string];
  payload: string;
  sentBy: string;
  attempts: number;
  error: string | null;
  when: string;
};

export function JobList({
  label,
  jobs,
  queue,
  filter,
  letters,
}: {
  label: string;
  jobs: ListedJob[];
  queue: string;
  filter: { state: string };
  letters: boolean;
}) {
  const { retry, cancel, remove } = actsOn(filter.state, letters);
  return (
    <Form method="post">
      <Grid label={label}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Tick</span>
            </th>
            <th scope="col">Job</th>
            <th scope="col" className={wide}>
              State
            </th>
            <th scope="col" className={wide}>
              When
            </th>
            <th scope="col" className={`num ${wide}`}>
              Attempts
            </th>
            <th scope="col" className={wide}>
              Sent by
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.jobId}>
              <td>
                <label className="-m-1 inline-flex min-h-6 min-w-6 items-center p-1">
                  <input type="checkbox" name="jobId" value={job.jobId} className="h-4 w-4" />
                  <span className="sr-only">Tick {job.payload}</span>
                </label>
              </td>
              <th scope="row">
                <Link to={`/admin/jobs/${queue}/${job.jobId}`} className="inline-flex min-h-6 items-center">
                  <bdi>{job.payload}</bdi>
                </Link>
                <p className="font-normal tablet:hidden">
                  <State kind={job.look[0]}>{job.look[1]}</State> {job.when}, {count(job.attempts, "attempt")}
                  , sent by {job.sentBy}
                </p>
                {job.error && (
                  <p className="font-normal text-ink-2">
                    <bdi>{job.error}</bdi>
                  </p>
                )}
              </th>
              <td className={wide}>
                <State kind={job.look[0]}>{job.look[1]}</State>
              </td>
              <td className={wide}>{job.when}</td>
              <td className={`num ${wide}`}>{job.attempts}</td>
              <td className={wide}>{job.sentBy}</td>
            </tr>
          ))}
        </tbody>
      </Grid>
      <div className="mt-3 flex flex-wrap items-start gap-2">
        {retry && (
          <button className="btn" name="act" value="retry">
            Retry the ticked ones
          </button>
        )}
        {cancel && (
          <Sure summary="Cancel the ticked ones" act="cancel" button="Cancel them">
            They will not be worked on. What is running goes on to its end and is not tried again. Imports and
            syncs among them end as cancelled.
          </Sure>
        )}
        {remove && (
          <Sure summary="Delete the ticked ones" act="delete" button="Delete them for good">
            They are gone for good, with what is kept about their failures.
          </Sure>
        )}
      </div>
    </Form>
  );
}

/** Asks within the list's own form, so that its ticks go along. */
function Sure(props: { summary: string; act: string; button: string; children: string }) {
  return (
    <details className="ask">
      <summary className="btn">{props.summary}</summary>
      <div className="note note-bad grid gap-2">
        <p>{props.children}</p>
        <p>
          <button className="btn" name="act" value={props.act}>
            {props.button}
          </button>
        </p>
      </div>
    </details>
  );
}
