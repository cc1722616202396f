/**
 * Pauses: which queues this worker takes jobs from. The law:
 * - A pause is a row. Each worker looks every second, and once before it takes its first job, so a restart keeps it.
 * - No job starts later than 5 s after the row: a look is a second away, and a worker that could not look for 3 s takes
 *   no jobs at all until it can, because it does not know.
 * - What runs goes on. Its slot ends after it, and is not made anew before that: after a quick pause and resume there are
 *   never more jobs of a queue at once than its concurrency.
 */
import type { PgBoss } from "pg-boss";
import { type QueueName, queueNames, queues } from "#db/queue";
import type { Logger } from "#server/log";

const LOOK_MS = 1_000;
const BLIND_MS = 3_000;

/** One job at a time of one queue. `ending`: it takes no more, and may still work on its last. */
type Slot = { queue: QueueName; state: "off" | "on" | "ending"; workId?: string };

export type PausesOptions = {
  boss: PgBoss;
  /** names of the queues that are paused */
  read: () => Promise<string[]>;
  /** how a slot begins to take jobs; the answer names it for `offWork` */
  work: (queue: QueueName) => Promise<string>;
  log: Logger;
};

/** @returns once every queue that is not paused takes jobs; `stop` ends the looking, and leaves the slots to the queue's own stop */
export async function followPauses({ boss, read, work, log }: PausesOptions): Promise<{ stop(): void }> {
  const slots = queueNames.flatMap((queue) =>
    Array.from({ length: queues[queue].concurrency }, (): Slot => ({ queue, state: "off" })),
  );
  let stopped = false;
  let looking = false;
  let paused = new Set(await read());
  let seenAt = performance.now();
  await Promise.all(slots.map((slot) => adjust(slot)));
  if (paused.size > 0) log.info({ queues: [...paused] }, "these queues are paused");

  const timer = setInterval(() => {
    void look();
    if (performance.now() - seenAt > BLIND_MS) for (const slot of slots) void adjust(slot, true);
  }, LOOK_MS);
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    const askedAt = performance.now();
    try {
      paused = new Set(await read());
      // From when it was asked: an answer that took long is an old one.
      seenAt = askedAt;
      await Promise.all(slots.map((slot) => adjust(slot)));
    } catch (error) {
      log.warn({ err: error }, "which queues are paused could not be read");
    } finally {
      looking = false;
    }
  }

  async function adjust(slot: Slot, blind = false): Promise<void> {
    const wanted = !stopped && !blind && !paused.has(slot.queue);
    if (wanted && slot.state === "off") {
      slot.state = "on";
      try {
        slot.workId = await work(slot.queue);
      } catch (error) {
        slot.state = "off";
        throw error;
      }
    } else if (!wanted && !stopped && slot.state === "on" && slot.workId) {
      slot.state = "ending";
      const ended = boss.offWork(slot.queue, { id: slot.workId, wait: true });
      // Not awaited here: its last job may take an hour. The next look makes it anew where it is wanted.
      void ended
        .finally(() => (slot.state = "off"))
        .catch((error: unknown) => log.warn({ err: error }, "queue"));
    }
  }
}
