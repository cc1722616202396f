/**
 * B1–B5: what a vote costs through the ballot box and through HTTP. Each is answered after its commit, so the server is
 * one of our own whose fsync is on, whatever server the other benches use.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import pino from "pino";
import { channels } from "#db/channels";
import { startCluster } from "#db/embedded/index";
import type { Db } from "#db/index";
import { type BallotBox, createBallotBox } from "#server/ballot-box/index";
import { createLimits } from "#server/limits";
import { miscounts } from "../../cast-votes.ts";
import { benchDatabases } from "../database.ts";
import { type Bench, type BenchContext, type Figure, inTurn, ratioFigure, spreadOf } from "../frame.ts";
import { castAsTheGuide } from "./guide.ts";
import { FANS, fill, idOf, SHOWS, SONGS, voteOf } from "./hall.ts";
import { throughHttp } from "./http.ts";
import { load, type Load, medianOf, said } from "./loads.ts";
import { createPeer, type Peer } from "./pgbench.ts";

const CALLERS = 64;
const PEER_CALLERS = 16;
const WARM = 1_500;
/** votes a window: about two seconds of each */
const COUNTS = { many: 12_000, alone: 800, peer: 6_400, guide: 1_600 };

export const votes: Bench = {
  about: "B1–B5: votes a second, each answered after its durable commit, against pgbench and a bare handler",
  async run(context) {
    const dir = await mkdtemp(join(tmpdir(), "theset-bench-"));
    const cluster = await startCluster(join(dir, "data"), { fsync: true });
    const databases = await benchDatabases(cluster.url("postgres"));
    try {
      const { db, url, drop } = await databases.create();
      await fill(db, context.rounds + 1);
      const peer = await createPeer(url, dir);
      if (!peer) context.say("pgbench is not installed: B1 and B2 are not measured");
      const figures = [
        ...(await throughBox({ db, url, postgres: cluster.pid, peer }, context)),
        ...(await throughHttp({ db, url, postgres: cluster.pid }, context)),
        await counted(db),
      ];
      await drop();
      return figures;
    } finally {
      await databases.end();
      await cluster.stop("immediate");
      await rm(dir, { recursive: true, force: true });
    }
  },
};

type Hall = { db: Db; url: string; postgres: number; peer: Peer | undefined };

async function throughBox(
  { db, url, postgres, peer }: Hall,
  { rounds, say }: BenchContext,
): Promise<Figure[]> {
  const log = pino({ level: "silent" });
  const box = createBallotBox({ db, limits: createLimits({ db, secret: "of a bench", on: false }), log });
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const hints = await countHints(url);
  // Numbers of votes are given out once: every vote is a new one.
  let given = 0;
  const take = (count: number) => (given += count) - count;
  const ours = (callers: number, count: number) =>
    load({ callers, count, first: take(count), postgres }, (n) => cast(box, voteOf(n)));
  const hot = (round: number) =>
    load({ callers: CALLERS, count: COUNTS.many, first: 0, postgres }, (n) =>
      cast(box, { fanId: idOf("fan", n % FANS), setlistSongId: idOf("song", SHOWS * SONGS + round) }),
    );
  const theirs = (callers: number, count: number) => {
    const each = Math.ceil(count / callers);
    return peer ? peer.run({ callers, each, first: take(callers * each) }) : Promise.resolve(NaN);
  };
  const guide = () =>
    load({ callers: CALLERS, count: COUNTS.guide, first: take(COUNTS.guide), postgres }, (n) =>
      castAsTheGuide(pool, n),
    );
  const tell = (what: string, one: Load, other: string) => say(`${what}: ${said(one)} · ${other}`);

  await ours(CALLERS, WARM);
  await theirs(PEER_CALLERS, WARM);
  const many = await inTurn(
    rounds,
    () => ours(CALLERS, COUNTS.many),
    () => theirs(PEER_CALLERS, COUNTS.peer),
  );
  for (const [a, b] of many) tell("64 callers", a, `pgbench ${b.toFixed(0)}/s`);
  const alone = await inTurn(
    rounds,
    () => ours(1, COUNTS.alone),
    () => theirs(1, COUNTS.alone),
  );
  for (const [a, b] of alone) tell("one caller", a, `pgbench ${b.toFixed(0)}/s`);
  const one = await inTurn(rounds, hot, () => ours(CALLERS, COUNTS.many));
  for (const [a, b] of one) tell("one song", a, said(b));
  const slow = await inTurn(rounds, () => ours(CALLERS, COUNTS.many), guide);
  for (const [a, b] of slow) tell("64 callers", a, `as the guide ${said(b)}`);
  await box.stop();
  await pool.end();

  const loads = [...many, ...slow].map(([a]) => a);
  const cpu = {
    note: `CPU ${medianOf(loads, "cpuUs").toFixed(0)} µs a vote here, ${medianOf(loads, "postgresCpuUs").toFixed(0)} µs in Postgres`,
  };
  const ratios = (pairs: [Load, number][]) => pairs.map(([a, b]) => a.perSecond / b);
  return [
    ...(peer
      ? [
          ratioFigure("B1 votes a second, 64 callers", { atLeast: 2 }, ratios(many), { pairs: many, ...cpu }),
          ratioFigure("B2 one caller alone", { atLeast: 0.6 }, ratios(alone), { pairs: alone }),
        ]
      : []),
    ratioFigure(
      "B3 all votes on one song",
      { atLeast: 0.9 },
      one.map(([a, b]) => a.perSecond / b.perSecond),
      { pairs: one },
    ),
    tail(loads, slow),
    await hints.figure(),
  ];
}

async function cast(box: BallotBox, vote: { fanId: string; setlistSongId: string }): Promise<void> {
  const { state } = await box.vote({ ...vote, ballot: "expect", cast: true, address: "192.0.2.1" });
  if (state !== "done") throw new Error(`a vote of the bench was ${state}`);
}

/** B4 */
function tail(loads: Load[], slow: [Load, Load][]): Figure {
  const ours = spreadOf(loads.map(({ p99 }) => p99));
  const guide = spreadOf(slow.map(([, { p99 }]) => p99)).median;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return {
    name: "B4 answer to 64 callers, p99",
    goal: "≤ 40 ms, or 0.1 × the guide's",
    reached: ms(ours.median),
    spread: `${ms(ours.min)} – ${ms(ours.max)}`,
    met: ours.median <= 40 || ours.median <= 0.1 * guide,
    note: `as the guide: ${ms(guide)}`,
    pairs: slow,
  };
}

/** A gate: at most ten hints a second for a show. */
async function countHints(url: string): Promise<{ figure(): Promise<Figure> }> {
  const client = new pg.Client({ connectionString: url });
  const heard = new Map<string, number[]>();
  await client.connect();
  client.on("notification", ({ payload = "" }) => {
    heard.set(payload, [...(heard.get(payload) ?? []), performance.now()]);
  });
  await client.query(`listen ${channels.tally}`);
  return {
    async figure() {
      await client.end();
      const most = Math.max(...[...heard.values()].map(mostInASecond));
      return {
        name: "gate: hints a second and show",
        goal: "≤ 10, and the leading one",
        reached: String(most),
        spread: `${heard.size} shows`,
        met: most <= 11,
      };
    },
  };
}

function mostInASecond(times: number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

/** A gate: whatever is counted is what is stored. */
async function counted(db: Db): Promise<Figure> {
  const { rows } = await sql<{ count: number }>`select count(*) from votes`.execute(db);
  const wrong = await miscounts(db);
  return {
    name: "gate: counts are count(*)",
    goal: "0 wrong",
    reached: `${wrong.length} wrong`,
    spread: `${rows[0]?.count} votes`,
    met: wrong.length === 0,
  };
}
