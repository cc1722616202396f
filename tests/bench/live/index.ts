/**
 * C1–C4: what one more reader of a show costs and how long a vote takes to be on every screen. Floor: one ready buffer
 * written to as many bare sockets, ten times a second. Server, readers and voters are processes of their own.
 */
import { setTimeout as wait } from "node:timers/promises";
import { until } from "../../torture/until.ts";
import { insertVotedShow, type VotedShow } from "../../voted-show.ts";
import { benchDatabases } from "../database.ts";
import { type Bench, type BenchContext, type Figure, inTurn, ratioFigure, spreadOf } from "../frame.ts";
import { type Child, startChild } from "./child.ts";
import type { Arrivals, Births, ReaderAnswers } from "./readers.ts";
import type { ServerAnswers } from "./server.ts";
import { createVoter, FIRST, type Voter } from "./votes.ts";

const SONGS = 25;
const WINDOW_MS = 2_500;
/** for what was sent to arrive */
const REST_MS = 300;
const PATIENCE_MS = 60_000;
const INTERVAL_MS = 100;
const VOTES = { few: 50, many: 300 };

export const live: Bench = {
  about: "C1–C4: a reader's cost, and how long a vote takes to be on every screen",
  async run(context) {
    const databases = await benchDatabases(context.serverUrl);
    try {
      const figures: Figure[] = [];
      for (const readers of [1_000, 5_000]) {
        const database = await databases.create();
        const show = await insertVotedShow(database.db, SONGS);
        const voter = await createVoter(database.url, show);
        const hall = await openHall(database.url, show, readers);
        figures.push(...(await measure(hall, voter, readers, context)));
        await hall.end();
        await voter.end();
        await database.drop();
      }
      return figures;
    } finally {
      await databases.end();
    }
  },
};

type Side = Arrivals & { cpuMs: number };
type Hall = {
  server: Child<ServerAnswers>;
  readers: Child<ReaderAnswers>;
  /** bytes that one more reader of the product takes of the server, resident and of its heap */
  perReader: { rss: number; heap: number };
  end(): Promise<void>;
};

/** Server and readers, with all sockets of both sides open. */
async function openHall(url: string, show: VotedShow, count: number): Promise<Hall> {
  const server = startChild<ServerAnswers>("server.ts", [url]);
  const readers = startChild<ReaderAnswers>("readers.ts");
  const urls = await server.ask("urls");
  const product = `${urls.product}/api/shows/${show.showId}/stream`;
  // Warm: what is made once is no reader's.
  await readers.ask("openAll", { group: "warm", url: product, count: 300 });
  await readers.ask("close", { group: "warm" });
  await wait(REST_MS);
  // The second half's: what the process grows by once, for the first of them, is no reader's either.
  const half = count / 2;
  await readers.ask("openAll", { group: "product", url: product, count: half });
  const before = await server.ask("memory");
  await readers.ask("openAll", { group: "product", url: product, count: half });
  const after = await server.ask("memory");
  await readers.ask("openAll", { group: "floor", url: urls.floor, count });
  return {
    server,
    readers,
    perReader: { rss: (after.rss - before.rss) / half, heap: (after.heap - before.heap) / half },
    async end() {
      await readers.end();
      await server.end();
    },
  };
}

async function window(
  { server, readers }: Hall,
  group: "product" | "floor",
  write: () => Promise<Births>,
): Promise<Side> {
  await readers.ask("reset", { group });
  const before = await server.ask("cpuMs");
  const births = await write();
  // A busy machine takes longer, but the last one always comes: no final state is lost.
  const [last = NaN] = births.at(-1) ?? [];
  await until("the last count is on every socket", PATIENCE_MS, async () => {
    return (await readers.ask("seenByAll", { group })) >= last;
  });
  const after = await server.ask("cpuMs");
  return { ...(await readers.ask("arrivals", { group, births })), cpuMs: after - before };
}

async function measure(
  hall: Hall,
  voter: Voter,
  count: number,
  { rounds, say }: BenchContext,
): Promise<Figure[]> {
  const frame = sampleFrame();
  const product = (perSecond: number) => window(hall, "product", () => voter.cast(perSecond, WINDOW_MS));
  const floor = () =>
    window(hall, "floor", () => hall.server.ask("writeFrames", { ms: WINDOW_MS, frame, first: FIRST }));
  await product(VOTES.few);
  await floor();

  const pairs = await inTurn(rounds, () => product(VOTES.few), floor);
  const perFrame = ({ cpuMs, frames }: Side) => (cpuMs / frames) * 1000;
  for (const [ours, theirs] of pairs) {
    const line = (side: Side) =>
      `${side.frames} frames, ${perFrame(side).toFixed(1)} µs each, p50 ${side.p50.toFixed(0)} p99 ${side.p99.toFixed(0)} ms`;
    say(`${count} readers: ${line(ours)} · floor: ${line(theirs)}`);
  }
  const busy = await inTurn(
    rounds,
    () => product(VOTES.few),
    () => product(VOTES.many),
  );
  return [
    ratioFigure(
      `C1 CPU a frame, ${count} readers`,
      { atMost: 1.15 },
      pairs.map(([ours, theirs]) => perFrame(ours) / perFrame(theirs)),
      { pairs },
    ),
    delay(`C2 vote → ${count} screens, p99`, pairs),
    ratioFigure(
      `C3 CPU at ${VOTES.many} votes a second, ${count} readers`,
      { atMost: 1.15 },
      busy.map(([few, many]) => many.cpuMs / few.cpuMs),
      { busy, note: `against ${VOTES.few}; a commit and a hint each` },
    ),
    memoryFigure(hall, count),
  ];
}

/** C2: what is over the interval, against 1.5 × the floor's. */
function delay(name: string, pairs: [Side, Side][]): Figure {
  const ours = spreadOf(pairs.map(([side]) => side.p99));
  const floor = spreadOf(pairs.map(([, side]) => side.p99));
  const p50 = spreadOf(pairs.map(([side]) => side.p50)).median;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return {
    name,
    goal: `≤ ${INTERVAL_MS} ms + 1.5 × ${ms(floor.median)}`,
    reached: ms(ours.median),
    spread: `${ms(ours.min)} – ${ms(ours.max)}`,
    met: ours.median <= INTERVAL_MS + 1.5 * floor.median,
    note: `p50 ${ms(p50)}`,
    ours,
    floor,
  };
}

function memoryFigure({ perReader }: Hall, count: number): Figure {
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  return {
    name: `C4 memory a reader, ${count} readers`,
    goal: "≤ 16.0 KB",
    reached: kb(perReader.rss),
    spread: "once",
    met: perReader.rss <= 16 * 1024,
    note: `resident; ${kb(perReader.heap)} of it heap`,
    perReader,
  };
}

/** As many bytes as the product writes, with the count in the same place. */
function sampleFrame(): string {
  const id = "01a20cee-196b-78b8-8c96-39a340f1e5dc";
  const songs = Array.from({ length: SONGS }, (_, n) => ({
    setlistSongId: id,
    votes: n === 0 ? FIRST : 0,
    wishes: 0,
  }));
  return `event: tally\ndata: ${JSON.stringify({ showId: id, at: new Date(), songs })}\n\n`;
}
