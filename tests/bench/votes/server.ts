/** The process that is measured: the product's application, and beside it a bare handler that calls the same function. */
import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { channels } from "#db/channels";
import { createDb } from "#db/index";
import { createSender } from "#db/queue";
import { createApp } from "#server/app";
import { createBallotBox } from "#server/ballot-box/index";
import type { Services } from "#server/context";
import { createLimits } from "#server/limits";
import { createHub } from "#server/live/hub";
import { createStreamLimits } from "#server/live/stream-limits";
import { createMetrics } from "#server/metrics/index";
import { createRecordBook } from "#server/record";
import { createSessionCookie } from "#server/session/cookie";
import { createSessions } from "#server/session/sessions";
import { createUpstreams } from "#server/upstreams/index";
import { answerParent } from "../live/child.ts";
import { SECRET } from "./http.ts";

const [url = ""] = process.argv.slice(2);
const log = pino({ level: "silent" });
const db = createDb(url, { queryMs: 4_500 });
const hub = await createHub({ url, channels: Object.values(channels), log });
const limits = createLimits({ db, secret: SECRET, on: false });
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
  sessions: createSessions({ db, hub, cookie: createSessionCookie({ secret: SECRET, secure: false }) }),
  upstreams: createUpstreams({ db, log, config: { contact: "bench" } }),
  settings: { keepDays: 30, simulated: true, guestVotes: true },
};
const product = createApp({ services, development: false, pages: (_req, res) => void res.status(404).end() });

const bare: RequestListener = (req, res) => {
  let body = "";
  req.setEncoding("utf8");
  req.on("data", (chunk: string) => (body += chunk));
  req.on("end", () => {
    const vote = JSON.parse(body) as { fanId: string; setlistSongId: string };
    void services.ballotBox
      .vote({ ...vote, ballot: "expect", cast: true, address: "127.0.0.1" })
      .then((counted) => res.setHeader("content-type", "application/json").end(JSON.stringify(counted)));
  });
};

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const urls = { product: await listen(product), bare: await listen(bare) };

/** processor time of this process so far, in ms */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const answers = { urls: () => urls, cpuMs };
export type ServerAnswers = typeof answers;
answerParent(answers);
