/** What is being imported, and why things failed. */
import { Link } from "@remix-run/react";
import { Press } from "../../components/control/press";
import { count, grouped } from "../../formats";
import { Cut } from "./cut";
import type { Overview } from "./use-overview";
import { moment, waited } from "./words";

export function ImportsNow({ overview: { imports, at } }: { overview: Overview }) {
  return (
    <section id="imports" aria-labelledby="imports-h">
      <h2 id="imports-h">Imports now</h2>
      <Cut part={imports}>
        {({ running, imports }) => (
          <>
            {running === 0 && (
              <p className="pt-2">
                Nothing is being imported. <Link to="/admin/imports">See all imports</Link>
              </p>
            )}
            <ul role="list">
              {imports.map(
                ({ importId, artistName, artistSlug, kind, stage, percentage, message, startedAt }) => (
                  <li key={importId} className="border-b border-line py-2">
                    <p className="flex flex-wrap justify-between gap-x-3">
                      <b>
                        <Link to={`/admin/imports/${importId}`}>
                          <bdi>{artistName ?? artistSlug}</bdi>
                        </Link>
                        {kind === "sync" && <span className="font-normal"> (one step)</span>}
                      </b>
                      <span className="text-ink-2">
                        {waited((Date.parse(at) - Date.parse(startedAt)) / 1000)}
                      </span>
                    </p>
                    <div
                      className="bar mb-0.5 mt-1 !h-2.5"
                      role="progressbar"
                      aria-valuenow={percentage}
                      aria-valuemin={0}
                      aria-valuemax={100}
                      aria-label={artistName ?? artistSlug}
                    >
                      <span className={`p${percentage}`} />
                    </div>
                    <p className="text-xs text-ink-2">
                      {percentage}% {stage}: <bdi>{message}</bdi>
                    </p>
                  </li>
                ),
              )}
            </ul>
            {running > imports.length && (
              <p className="pt-2">
                <Link to="/admin/imports?state=running">All {grouped(running)} that run</Link>
              </p>
            )}
          </>
        )}
      </Cut>
    </section>
  );
}

const services: Record<string, string> = {
  ticketmaster: "Ticketmaster",
  spotify: "Spotify",
  setlistfm: "setlist.fm",
  musicbrainz: "MusicBrainz",
};

export function Failures({ overview: { failures, at } }: { overview: Overview }) {
  return (
    <section id="failures" aria-labelledby="failures-h">
      <h2 id="failures-h">Why things failed in 24 hours</h2>
      <Cut part={failures}>
        {({ jobs, steps }) => (
          <>
            {jobs.length + steps.length === 0 && <p className="pt-2">Nothing has failed.</p>}
            <ul role="list">
              {jobs.map(({ queue, errorKey, error, count: n, failedNow, firstAt, lastAt }) => (
                <Reason
                  key={`${queue} ${errorKey}`}
                  n={n}
                  reason={error}
                  about={`${queue}, ${when(firstAt, lastAt, at)}`}
                >
                  {failedNow > 0 ? (
                    <Press
                      act="retryGroup"
                      fields={{ queue, errorKey }}
                      name={`Retry ${count(failedNow, "job")} of ${queue}: ${error}`}
                    >
                      Retry {grouped(failedNow)}
                    </Press>
                  ) : (
                    <span className="text-ink-2">none is failed now</span>
                  )}
                </Reason>
              ))}
              {steps.map(({ step, upstream, reason, count: n, firstAt, lastAt }) => (
                <Reason
                  key={`${step} ${upstream} ${reason}`}
                  n={n}
                  reason={reason}
                  about={`step ${step}${upstream ? ` from ${services[upstream] ?? upstream}` : ""}, ${when(firstAt, lastAt, at)}`}
                >
                  <Link to="/admin/imports?state=partial">See imports</Link>
                </Reason>
              ))}
            </ul>
          </>
        )}
      </Cut>
    </section>
  );
}

function Reason(props: { n: number; reason: string; about: string; children: React.ReactNode }) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line py-2">
      <b className="min-w-9 text-lg">{grouped(props.n)}×</b>
      <span className="break-words">
        <b>
          <bdi>{props.reason}</bdi>
        </b>
        <span className="block text-ink-2">{props.about}</span>
      </span>
      {props.children}
    </li>
  );
}

function when(firstAt: string, lastAt: string, now: string): string {
  const [first, last] = [moment(firstAt, now), moment(lastAt, now)];
  return first === last ? `at ${last}` : `last ${last}, first ${first}`;
}
