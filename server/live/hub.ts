/**
 * The hub: one LISTEN connection a process, whoever follows. A notification is a hint: the hub waits a moment to fold a
 * burst, reads the topic's snapshot once and gives it to all its followers. A lost connection may have lost hints, so
 * after every reconnect each followed topic is read again.
 */
import { EventEmitter } from "node:events";
import pg from "pg";
import type { Logger } from "../log.ts";

/** Something to follow: where its hints come from and how its snapshot is read. */
export type Topic<Snapshot> = { channel: string; id: string; read: () => Promise<Snapshot> };
type Follower = { tell: (snapshot: unknown) => void; end: () => void };
type Entry = {
  topic: Topic<unknown>;
  followers: Set<Follower>;
  timer?: NodeJS.Timeout;
  reading: boolean;
  dirty: boolean;
};

export type Hub = {
  /**
   * Calls `onSnapshot` with every snapshot read from now on (none at once: the follower reads the first itself), and
   * `onEnd` when the hub stops.
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
  hear(channel: string, onId: (id: string) => void, onGap: () => void): () => void;
  /** whether hints are being heard */
  listening(): boolean;
  followers(): number;
  /** `listening`, `lost`, `delivered`: named points for tests, so that none has to sleep */
  signals: EventEmitter;
  stop(): Promise<void>;
};

/** long enough to fold the writes of one step, short enough to feel at once */
const FOLD_MS = 60;
/** Proxies and NATs let connections go deaf without an event: look every 10 s, give up after 5 s. */
const CHECK_MS = 10_000;
const CHECK_TIMEOUT_MS = 5_000;
const RETRY_MS = { first: 250, most: 5_000 };

/** Starts listening; reconnects for ever until stopped. Resolves once the first connection listens, or was refused. */
export async function createHub(options: {
  url: string;
  channels: readonly string[];
  log: Logger;
}): Promise<Hub> {
  const { url, channels, log } = options;
  const entries = new Map<string, Entry>();
  const ears = new Set<{ channel: string; onId: (id: string) => void; onGap: () => void }>();
  const signals = new EventEmitter();
  let client: pg.Client | undefined;
  let stopped = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let check: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: CHECK_TIMEOUT_MS,
      application_name: "theset hub",
    });
    const lost = (error?: Error) => {
      if (client !== next) return;
      client = undefined;
      clearInterval(check);
      void next.end().catch(() => undefined);
      if (stopped) return;
      signals.emit("lost");
      log.warn({ err: error }, "hub lost its connection; reconnecting");
      reconnect();
    };
    next.on("error", lost);
    next.on("end", () => lost());
    next.on("notification", ({ channel, payload = "" }) => {
      for (const ear of ears) if (ear.channel === channel) ear.onId(payload);
      hint(`${channel} ${payload}`);
    });
    try {
      await next.connect();
      for (const channel of channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      void next.end().catch(() => undefined);
      if (stopped) return;
      if (failures === 0) log.warn({ err: error }, "hub cannot listen; trying again");
      return reconnect();
    }
    if (stopped) return void next.end();
    client = next;
    failures = 0;
    check = setInterval(() => void alive(next, channels.length).catch(lost), CHECK_MS);
    // Whatever was said while nobody listened is lost: read everything that is followed.
    for (const { onGap } of ears) onGap();
    for (const key of entries.keys()) hint(key);
    signals.emit("listening");
  }

  function reconnect(): void {
    const delay = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** failures++) * (0.5 + Math.random() / 2);
    retry = setTimeout(() => void connect(), delay);
  }

  function hint(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    if (entry.reading) entry.dirty = true;
    else entry.timer ??= setTimeout(() => void deliver(entry), FOLD_MS);
  }

  async function deliver(entry: Entry): Promise<void> {
    entry.timer = undefined;
    entry.reading = true;
    entry.dirty = false;
    try {
      const snapshot = await entry.topic.read();
      for (const { tell } of [...entry.followers]) tell(snapshot);
      signals.emit("delivered", entry.topic.id);
    } catch (error) {
      // The reconnect after a database outage reads again; until then the hint stays open.
      log.warn({ err: error, topic: entry.topic.channel }, "snapshot could not be read");
      entry.dirty = true;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    } finally {
      entry.reading = false;
    }
    if (entry.dirty && entry.followers.size > 0) hint(`${entry.topic.channel} ${entry.topic.id}`);
  }

  await connect();
  return {
    follow(topic, onSnapshot, onEnd = () => undefined) {
      const key = `${topic.channel} ${topic.id}`;
      const entry = entries.get(key) ?? { topic, followers: new Set(), reading: false, dirty: false };
      entries.set(key, entry);
      // An object of its own, so that the same callback may follow twice.
      const follower: Follower = { tell: (snapshot) => onSnapshot(snapshot as never), end: onEnd };
      entry.followers.add(follower);
      return () => {
        entry.followers.delete(follower);
        if (entry.followers.size > 0) return;
        clearTimeout(entry.timer);
        entry.timer = undefined;
        if (entries.get(key) === entry) entries.delete(key);
      };
    },
    hear(channel, onId, onGap) {
      const ear = { channel, onId, onGap };
      ears.add(ear);
      return () => ears.delete(ear);
    },
    listening: () => client !== undefined,
    followers: () => [...entries.values()].reduce((sum, entry) => sum + entry.followers.size, 0),
    signals,
    async stop() {
      stopped = true;
      clearTimeout(retry);
      clearInterval(check);
      const followers = [...entries.values()].flatMap((entry) => [...entry.followers]);
      for (const entry of entries.values()) clearTimeout(entry.timer);
      entries.clear();
      for (const { end } of followers) end();
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}

async function alive(client: pg.Client, channels: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer in ${CHECK_TIMEOUT_MS / 1000} s`)),
      CHECK_TIMEOUT_MS,
    );
  });
  try {
    const asked = client.query<{ n: number }>("select count(*)::int as n from pg_listening_channels()");
    const { rows } = await Promise.race([asked, late]);
    if ((rows[0]?.n ?? 0) < channels) throw new Error("the connection no longer listens");
  } finally {
    clearTimeout(timer);
  }
}
