/** Failures by what they have in common, each with the button that tries its jobs again and names their number. */
import { Link } from "@remix-run/react";
import { count, grouped } from "../../formats";
import { Press } from "./press";

export type ShownGroup = {
  queue: string;
  errorKey: string;
  count: number;
  failedNow: number;
  sample: string;
  sampleStack: string | null;
  sampleJobId: string;
  /** "Fri 27 Nov, 14:02", by UTC */
  first: string;
  last: string;
};

export function FailureGroups({ groups }: { groups: ShownGroup[] }) {
  return (
    <ul>
      {groups.map((group) => (
        <li
          key={`${group.queue} ${group.errorKey}`}
          className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 border-b border-line py-2"
        >
          <b className="text-lg">{grouped(group.count)}×</b>
          <div>
            <p className="font-[650]">
              <bdi>{group.sample}</bdi>
            </p>
            <p className="text-ink-2">
              <Link
                to={`/admin/queues/${group.queue}?state=failed&error=${encodeURIComponent(group.errorKey)}`}
              >
                {group.queue}
              </Link>
              , {group.first === group.last ? "" : `first ${group.first}, `}last {group.last} UTC,{" "}
              <Link to={`/admin/jobs/${group.queue}/${group.sampleJobId}`}>the newest job</Link>
            </p>
            {group.sampleStack && (
              <details>
                <summary className="inline-flex min-h-6 items-center underline">Where it broke</summary>
                <pre
                  // A region that scrolls must be reachable, or nobody scrolls it without a pointer (WCAG 2.1.1).
                  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
                  tabIndex={0}
                  className="overflow-x-auto bg-sunk p-2 text-[13px]"
                >
                  {group.sampleStack}
                </pre>
              </details>
            )}
          </div>
          <div>
            {group.failedNow > 0 ? (
              <Press
                act="retryGroup"
                fields={{ queue: group.queue, errorKey: group.errorKey }}
                name={`Retry ${count(group.failedNow, "job")} of ${group.queue}: ${group.sample}`}
              >
                Retry {grouped(group.failedNow)}
              </Press>
            ) : (
              <span className="text-ink-2">none left</span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
