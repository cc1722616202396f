/**
 * `GET /api/admin/stream`: the dashboard, whole, every 2 s while an administrator looks at it; read once a process and
 * range, however many look. It ends with the session it was opened by, and when its reader is no administrator any more.
 */
import { channels } from "#db/channels";
import type { Services } from "../context.ts";
import type { Range } from "../overview/ranges.ts";
import { type Overview, readQuick, readSlow, type Slow, snapshot } from "../overview/read.ts";
import type { Topic } from "./hub.ts";
import type { Connection } from "./progress.ts";
import { streamResponse } from "./stream.ts";
import { tooManyStreams } from "./stream-limits.ts";

const EVERY_MS = 2_000;
/** What is added up over hours changes little in seconds, and costs the most. */
const SLOW_MS: Record<Range, number> = { "15m": 6_000, "1h": 10_000, "6h": 30_000, "24h": 60_000 };

type Needs = Pick<
  Services,
  "db" | "hub" | "streams" | "sessions" | "upstreams" | "settings" | "queue" | "log"
>;

/** @param reader whose session it is: the request's cookies. The caller has had its procedure let them in. */
export function adminStream(
  services: Needs,
  { address, ...connection }: Connection,
  reader: { cookies: string | undefined; range: Range },
): Response {
  const { hub, streams, sessions, log } = services;
  const leave = streams.enter(address, "admin");
  if (!leave) {
    const { status, retryAfter, ...error } = tooManyStreams();
    return Response.json({ error }, { status, headers: { "Retry-After": retryAfter } });
  }
  const topic = overviewTopic(services, reader.range);
  return streamResponse({
    ...connection,
    subscribe(push, end) {
      let fanId: string | undefined;
      /** Remembered by `sessions` until something of the fan changes, so it is no question to the database each time. */
      const mayLook = async (): Promise<boolean> => {
        const me = await sessions.read(reader.cookies);
        fanId = me?.id;
        if (me?.role === "admin" && !me.blocked) return true;
        end();
        return false;
      };
      const check = () => mayLook().catch((error: unknown) => log.warn({ err: error }, "admin stream"));
      const show = async (overview: Overview) => {
        if (await check()) push({ event: "overview", data: overview });
      };
      const unfollow = hub.follow(topic, (overview) => void show(overview), end);
      const unhear = hub.hear(channels.fan, (id) => id === fanId && void check());
      void topic.read().then(show, (error: unknown) => {
        // The hub asks again by itself, as it does for a database that is away.
        log.warn({ err: error }, "the dashboard could not be read");
      });
      return () => {
        unfollow();
        unhear();
        leave();
      };
    },
  });
}

/** Nobody says that the dashboard changed: the hub reads it again after a while without a hint. */
function overviewTopic(services: Needs, range: Range): Topic<Overview> {
  let slow: { at: number; read: Promise<Slow> } | undefined;
  return {
    channel: "overview",
    id: range,
    pace: { foldMs: 0, leastMs: EVERY_MS / 2, mostMs: EVERY_MS },
    async read() {
      const quick = await readQuick(services);
      if (!slow || performance.now() - slow.at > SLOW_MS[range]) {
        const read = readSlow(services, range);
        slow = { at: performance.now(), read };
        read.catch(() => (slow = undefined));
      }
      return snapshot(range, quick, await slow.read);
    },
  };
}
