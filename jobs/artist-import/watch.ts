/**
 * Running imports of this process, looked at twice a second, all in one statement: whose row has ended (an administrator
 * cancelled it) or belongs to a newer attempt, its calls are stopped. Between the end's commit and the last call lie half
 * a second and one statement, so no call begins a second later.
 */
import type { Db } from "#db/index";
import { type Fence, FencedError, listLiveAttempts } from "#db/queries/import-runs";

const LOOK_MS = 500;

type Watched = { fence: Fence; stop: AbortController };
type Watch = { running: Set<Watched>; timer: NodeJS.Timeout | undefined };
const watches = new WeakMap<Db, Watch>();

/**
 * @param outer the job's own signal; its end is passed on
 * @returns a signal that also aborts, with a FencedError, when this attempt may not go on; `end` stops watching
 */
export function watchImport(
  db: Db,
  fence: Fence,
  outer: AbortSignal,
): { signal: AbortSignal; end: () => void } {
  const watch = watches.get(db) ?? { running: new Set(), timer: undefined };
  watches.set(db, watch);
  const watched: Watched = { fence, stop: new AbortController() };
  const onAbort = () => watched.stop.abort(outer.reason);
  outer.addEventListener("abort", onAbort, { once: true });
  if (outer.aborted) onAbort();
  watch.running.add(watched);
  lookLater(db, watch);
  return {
    signal: watched.stop.signal,
    end() {
      outer.removeEventListener("abort", onAbort);
      watch.running.delete(watched);
      if (watch.running.size > 0) return;
      clearTimeout(watch.timer);
      watch.timer = undefined;
    },
  };
}

function lookLater(db: Db, watch: Watch): void {
  if (watch.timer || watch.running.size === 0) return;
  const timer = setTimeout(() => {
    // Without a database no call begins anyway: its turn is a row.
    void look(db, watch)
      .catch(() => undefined)
      .finally(() => {
        if (watch.timer === timer) watch.timer = undefined;
        lookLater(db, watch);
      });
  }, LOOK_MS);
  timer.unref();
  watch.timer = timer;
}

async function look(db: Db, watch: Watch): Promise<void> {
  const seen = [...watch.running];
  const live = await listLiveAttempts(
    db,
    seen.map(({ fence }) => fence.importId),
  );
  for (const { fence, stop } of seen) {
    if (live.get(fence.importId) === fence.attempt) continue;
    stop.abort(
      new FencedError(`import ${fence.importId} was ended, or taken over from attempt ${fence.attempt}`),
    );
  }
}
