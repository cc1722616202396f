/**
 * What a scheduler outside may ask for: what our own schedules do, now. Ranking a full product may take longer than a
 * page's patience with the database (web.ts), so it has a connection of its own, opened for it alone.
 */
import type { Db } from "#db/index";
import { type Recalculated, recalculateTrends } from "#db/queries/trends";
import type { Services } from "./context.ts";

export type Cron = {
  trending: Recalculated;
  /** artists that are due are read again by a worker; false: that waits already */
  sync: { queued: boolean };
};

/** Who asks while a computation runs is answered by it: each would hold a connection only to wait for its turn. */
const running = new WeakMap<Db, Promise<Cron>>();

/** Answers when trends are ranked anew. */
export function runCron({
  db,
  patientDb,
  queue,
}: Pick<Services, "db" | "patientDb" | "queue">): Promise<Cron> {
  const joined = running.get(db);
  if (joined) return joined;
  const run = async (): Promise<Cron> => {
    const job = await queue.send(db, "scheduled-sync", { kind: "active", sentBy: "cron" }, { key: "active" });
    return { trending: await recalculateTrends(patientDb), sync: { queued: job !== null } };
  };
  const cron = run().finally(() => running.delete(db));
  running.set(db, cron);
  return cron;
}
