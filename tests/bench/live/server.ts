/**
 * The process that is measured: the product's application, and beside it the floor, a bare node:http server that writes
 * one ready buffer to as many sockets ten times a second.
 */
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import pino from "pino";
import { channels } from "#db/channels";
import { createDb } from "#db/index";
import { createSender } from "#db/queue";
import { createApp } from "#server/app";
import { createBallotBox } from "#server/ballot-box/index";
import type { Services } from "#server/context";
import { createLimits } from "#server/limits";
import { createHub } from "#server/live/hub";
import { streamHeaders } from "#server/live/stream";
import { createStreamLimits } from "#server/live/stream-limits";
import { createMetrics } from "#server/metrics/index";
import { createRecordBook } from "#server/record";
import { createSessionCookie } from "#server/session/cookie";
import { createSessions } from "#server/session/sessions";
import { createUpstreams } from "#server/upstreams/index";
import { answerParent, clockMs } from "./child.ts";

const FRAME_MS = 100;
const [url = ""] = process.argv.slice(2);
const secret = "of a bench";
const log = pino({ level: "silent" });
const db = createDb(url, { queryMs: 4_500 });
const hub = await createHub({ url, channels: Object.values(channels), log });
const limits = createLimits({ db, secret, on: false });
const metrics = createMetrics();
const services: Services = {
  db,
  patientDb: db,
  metrics,
  recordBook: createRecordBook({ db }),
  hub,
  log,
  limits,
  ballotBox: createBallotBox({ db, limits, log, onVote: metrics.vote }),
  streams: createStreamLimits({ perAddress: limits.on }),
  queue: await createSender(db, () => undefined),
  sessions: createSessions({ db, hub, cookie: createSessionCookie({ secret, secure: false }) }),
  upstreams: createUpstreams({ db, log, config: { contact: "bench" } }),
  settings: { keepDays: 30, simulated: true, guestVotes: true },
};
const product = createApp({
  services,
  development: false,
  pages: (_req, res) => void res.status(404).end(),
});

const bare = new Set<ServerResponse>();
const floor: RequestListener = (_req, res) => {
  res.writeHead(200, streamHeaders);
  res.flushHeaders();
  bare.add(res);
  res.once("close", () => bare.delete(res));
};

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const urls = { product: await listen(product), floor: await listen(floor) };

/** @param frame the product's own bytes, with a number in them of always as many digits */
async function writeFrames({ ms, frame, first }: { ms: number; frame: string; first: number }) {
  const written: [number, number][] = [];
  const end = clockMs() + ms;
  for (let n = first + 1; clockMs() < end; n++) {
    const bytes = Buffer.from(frame.replace(String(first), String(n)));
    written.push([n, clockMs()]);
    for (const res of bare) res.write(bytes);
    await wait(FRAME_MS);
  }
  return written;
}

/** processor time of this process so far, in ms */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function memory() {
  for (let times = 0; times < 5; times++) {
    globalThis.gc?.();
    await wait(100);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

const answers = { urls: () => urls, cpuMs, memory, writeFrames };
export type ServerAnswers = typeof answers;
answerParent(answers);
