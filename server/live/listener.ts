/**
 * The one LISTEN connection of a process. Reconnects for ever until stopped. A connection may go deaf without an event,
 * so it is asked every 10 s what it listens to; one that does not answer is thrown away with its socket.
 */
import type { EventEmitter } from "node:events";
import { Socket } from "node:net";
import pg from "pg";
import type { Logger } from "../log.ts";

/** Proxies and NATs let connections go deaf: look every 10 s, give up after 5 s, connecting and listening included. */
const CHECKS = { everyMs: 10_000, timeoutMs: 5_000 };
/** A refused attempt costs nothing, and whoever watches a page waits for the longest pause after the database is back. */
const RETRY_MS = { first: 250, most: 1_000 };

export type ListenerOptions = {
  url: string;
  channels: readonly string[];
  log: Logger;
  /** emits `listening` and `lost`, for tests to wait for */
  signals: EventEmitter;
  onHint: (channel: string, payload: string) => void;
  /** Listening again, or for the first time: whatever was said before is lost. */
  onListening: () => void;
  /** for tests, which have less time than proxies */
  checks?: typeof CHECKS;
};
export type Listener = { listening(): boolean; stop(): void };

/** Resolves once the first connection listens, or was refused; it is tried again either way. */
export async function createListener(options: ListenerOptions): Promise<Listener> {
  const { url, channels, log, signals, checks = CHECKS } = options;
  /** the socket that listens */
  let current: Socket | undefined;
  let stopped = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let check: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    // Our own socket: pg's `end()` says goodbye and waits for an answer, which a half-open connection never gives.
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: url,
      stream: () => socket,
      keepAlive: true,
      connectionTimeoutMillis: checks.timeoutMs,
      query_timeout: checks.timeoutMs,
      application_name: "theset hub",
    });
    const lost = (error?: Error) => {
      if (current !== socket) return;
      current = undefined;
      clearInterval(check);
      socket.destroy();
      signals.emit("lost");
      log.warn({ err: error }, "hub lost its connection; reconnecting");
      reconnect();
    };
    client.on("error", lost);
    client.on("end", () => lost());
    client.on("notification", ({ channel, payload = "" }) => options.onHint(channel, payload));
    try {
      await client.connect();
      for (const channel of channels) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      socket.destroy();
      if (stopped) return;
      if (failures === 0) log.warn({ err: error }, "hub cannot listen; trying again");
      return reconnect();
    }
    if (stopped) return void socket.destroy();
    current = socket;
    failures = 0;
    check = setInterval(() => void stillListens(client, channels.length).catch(lost), checks.everyMs);
    options.onListening();
    signals.emit("listening");
  }

  function reconnect(): void {
    const delay = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** failures++) * (0.5 + Math.random() / 2);
    retry = setTimeout(() => void connect(), delay);
  }

  await connect();
  return {
    listening: () => current !== undefined,
    stop() {
      stopped = true;
      clearTimeout(retry);
      clearInterval(check);
      const last = current;
      current = undefined;
      last?.destroy();
    },
  };
}

/** @throws when it does not, or does not answer in the client's `query_timeout` */
async function stillListens(client: pg.Client, channels: number): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int as n from pg_listening_channels()",
  );
  if ((rows[0]?.n ?? 0) < channels) throw new Error("the connection no longer listens");
}
