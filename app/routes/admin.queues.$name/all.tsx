/** The same to all that the filter means, with their number said before. */
import { Ask } from "../../components/control/ask";
import { count, grouped } from "../../formats";
import { actsOn } from "./acts";

export function All({
  queue,
  filter,
  meant,
  letters,
}: {
  queue: string;
  filter: { state: string; q: string; errorKey: string };
  meant: { count: number; more: boolean };
  letters: boolean;
}) {
  if (meant.count < 2) return null;
  const { retry, cancel, remove } = actsOn(filter.state, letters);
  const fields = { queue, ...filter };
  const n = `${grouped(meant.count)}${meant.more ? " or more" : ""}`;
  const jobs = `${meant.more ? "more than " : ""}${count(meant.count, "job")}`;
  const some = meant.more ? " One press takes those among the first 10,000; press again for the rest." : "";
  return (
    <section aria-label="All that match">
      <h2>All that match: {n}</h2>
      <div className="mt-3 flex flex-wrap items-start gap-2">
        {retry && (
          <Ask
            summary={`Retry all ${n}`}
            act="retryAll"
            fields={fields}
            button={`Retry ${n}`}
            question={`${jobs} will be tried again; of those for the same artist only the newest.${some}`}
          />
        )}
        {cancel && (
          <Ask
            summary={`Cancel all ${n}`}
            act="cancelAll"
            fields={fields}
            button={`Cancel ${n}`}
            question={`${jobs} will not be worked on. Imports and syncs among them end as cancelled.${some}`}
          />
        )}
        {remove && (
          <Ask
            summary={`Delete all ${n}`}
            act="deleteAll"
            fields={fields}
            button={`Delete ${n} for good`}
            question={`${jobs} will be gone for good, with what is kept about their failures.${some}`}
          />
        )}
      </div>
    </section>
  );
}
