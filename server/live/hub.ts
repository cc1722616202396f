/**
 * The hub: what many follow is read once. A notification is a hint: the topic's snapshot is read and given to all its
 * followers, at a pace of its own, so that no number of hints makes more readings. A lost connection may have lost hints,
 * so after every reconnect each followed topic is read again.
 */
import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "../log.ts";
import { createListener, type ListenerOptions } from "./listener.ts";

/** Something to follow: where its hints come from and how its snapshot is read. */
export type Topic<Snapshot> = {
  channel: string;
  id: string;
  read: () => Promise<Snapshot>;
  pace?: Pace;
};
export type Pace = {
  /** how long after the first hint is read, so that those of one burst become one reading */
  foldMs: number;
  /** the least time between two readings, and between two deliveries; the last hint is never lost to it */
  leastMs: number;
  /** Read again after so long without a hint: a process killed between its commit and its hint has told nobody. */
  mostMs?: number;
};
type Follower = { tell: (snapshot: unknown) => void; end: () => void };
type Entry = {
  topic: Topic<unknown>;
  followers: Set<Follower>;
  timer?: NodeJS.Timeout;
  /** of `mostMs` */
  quiet?: NodeJS.Timeout;
  reading: boolean;
  dirty: boolean;
  /** when the last reading began, and when its snapshot was delivered; of `performance.now()` */
  readAt: number;
  toldAt: number;
  /** how long it took to tell everybody, in ms */
  tookMs: number;
};

export type Hub = {
  /**
   * Calls `onSnapshot` with every snapshot read from now on (none at once: the follower reads the first itself), and
   * `onEnd` when the hub stops; at once when it has.
   */
  follow<Snapshot>(
    topic: Topic<Snapshot>,
    onSnapshot: (snapshot: Snapshot) => void,
    onEnd?: () => void,
  ): () => void;
  /**
   * Calls `onId` with every id said on a channel, and `onGap` when some may have been missed. For those who remember
   * something and have to forget it.
   */
  hear(channel: string, onId: (id: string) => void, onGap?: () => void): () => void;
  /** whether hints are being heard */
  listening(): boolean;
  followers(): number;
  /** `listening`, `lost`, `delivered`: named points for tests, so that none has to sleep */
  signals: EventEmitter;
  stop(): Promise<void>;
};

/** long enough to fold the writes of one step, short enough to feel at once */
const PACE: Pace = { foldMs: 60, leastMs: 60 };
const RETRY_MS = 1_000;

/** Starts listening. Resolves once the first connection listens, or was refused. */
export async function createHub(
  options: Pick<ListenerOptions, "url" | "channels" | "log" | "checks"> & { log: Logger },
): Promise<Hub> {
  const { log } = options;
  const entries = new Map<string, Entry>();
  const ears = new Set<{ channel: string; onId: (id: string) => void; onGap: () => void }>();
  const signals = new EventEmitter();
  let stopped = false;

  const listener = await createListener({
    ...options,
    signals,
    onHint(channel, id) {
      for (const ear of ears) if (ear.channel === channel) ear.onId(id);
      hint(keyOf({ channel, id }));
    },
    onListening() {
      for (const { onGap } of ears) onGap();
      for (const key of entries.keys()) hint(key);
    },
  });

  function hint(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entry.dirty = true;
    if (entry.reading || entry.timer) return;
    const { foldMs, leastMs } = entry.topic.pace ?? PACE;
    // Half of the time is for others: a crowd that takes longer to tell than the pace allows gets fewer snapshots.
    const next = entry.readAt + Math.max(leastMs, 2 * entry.tookMs);
    const delay = Math.max(foldMs, Math.ceil(next - performance.now()));
    entry.timer = setTimeout(() => void deliver(entry), delay);
  }

  async function deliver(entry: Entry): Promise<void> {
    const { topic } = entry;
    entry.timer = undefined;
    entry.reading = true;
    entry.dirty = false;
    entry.readAt = performance.now();
    try {
      const snapshot = await topic.read();
      // A reading that was quicker than the one before must not make two deliveries closer than promised.
      const early = Math.ceil(entry.toldAt + (topic.pace ?? PACE).leastMs - performance.now());
      if (early > 0) await wait(early);
      entry.toldAt = performance.now();
      for (const { tell } of [...entry.followers]) tell(snapshot);
      entry.tookMs = performance.now() - entry.toldAt;
      signals.emit("delivered", topic.id);
    } catch (error) {
      // The reconnect after a database outage reads again; until then the hint stays open.
      log.warn({ err: error, topic: topic.channel }, "snapshot could not be read");
      entry.dirty = true;
      await wait(RETRY_MS);
    } finally {
      entry.reading = false;
    }
    if (stopped || entry.followers.size === 0) return;
    if (entry.dirty) hint(keyOf(topic));
    else waitQuietly(entry);
  }

  function waitQuietly(entry: Entry): void {
    const { mostMs } = entry.topic.pace ?? PACE;
    clearTimeout(entry.quiet);
    if (mostMs !== undefined) entry.quiet = setTimeout(() => hint(keyOf(entry.topic)), mostMs);
  }

  return {
    follow(topic, onSnapshot, onEnd = () => undefined) {
      if (stopped) {
        queueMicrotask(onEnd);
        return () => undefined;
      }
      const key = keyOf(topic);
      const known = entries.get(key);
      const entry = known ?? entryOf(topic);
      if (!known) {
        entries.set(key, entry);
        waitQuietly(entry);
      }
      // An object of its own, so that the same callback may follow twice.
      const follower: Follower = { tell: (snapshot) => onSnapshot(snapshot as never), end: onEnd };
      entry.followers.add(follower);
      return () => {
        entry.followers.delete(follower);
        if (entry.followers.size > 0) return;
        clearTimeout(entry.timer);
        clearTimeout(entry.quiet);
        entry.timer = undefined;
        if (entries.get(key) === entry) entries.delete(key);
      };
    },
    hear(channel, onId, onGap = () => undefined) {
      const ear = { channel, onId, onGap };
      ears.add(ear);
      return () => ears.delete(ear);
    },
    listening: listener.listening,
    followers: () => [...entries.values()].reduce((sum, entry) => sum + entry.followers.size, 0),
    signals,
    // A promise, as everything that web.ts stops.
    stop() {
      stopped = true;
      const followers = [...entries.values()].flatMap((entry) => [...entry.followers]);
      for (const { timer, quiet } of entries.values()) {
        clearTimeout(timer);
        clearTimeout(quiet);
      }
      entries.clear();
      for (const { end } of followers) end();
      listener.stop();
      return Promise.resolve();
    },
  };
}

const keyOf = ({ channel, id }: Pick<Topic<unknown>, "channel" | "id">) => `${channel} ${id}`;

function entryOf(topic: Topic<unknown>): Entry {
  return {
    topic,
    followers: new Set(),
    reading: false,
    dirty: false,
    readAt: -Infinity,
    toldAt: -Infinity,
    tookMs: 0,
  };
}
