/** E1: what writing one big artist costs, new and again without a change, against a row at a time. */
import { benchDatabases, type BenchDatabases } from "../database.ts";
import { type Bench, type Cost, type Figure, inTurn, ratioFigure, spreadOf, timed } from "../frame.ts";
import { SHOWS, SONGS, VENUES } from "./artist.ts";
import { judgementMs } from "./judgement.ts";
import { makeArtist, writeOurShows, writeOurSongs } from "./ours.ts";
import { writeRowByRow } from "./row-by-row.ts";
import { countRows, markVersions, versionsSince } from "./versions.ts";

type Ours = {
  first: Cost;
  again: Cost;
  judged: { first: number; again: number };
  versions: Record<string, number>;
  rows: Record<string, number>;
};
type Theirs = {
  first: Cost;
  again: Cost;
  guideMs: number;
  guideAgainMs: number;
  rows: Record<string, number>;
};

export const writes: Bench = {
  about: `E1: ${SHOWS} shows, ${VENUES} venues, ${SONGS} songs into Postgres, and again without a change`,
  async run({ serverUrl, rounds, say }) {
    const databases = await benchDatabases(serverUrl);
    try {
      // What is compiled and planned for the first time is paid once a process, not once an artist.
      await ours(databases);
      await rowByRow(databases);
      const pairs = await inTurn(
        rounds,
        () => ours(databases),
        () => rowByRow(databases),
      );
      for (const [a, b] of pairs)
        say(
          `ours ${a.first.ms.toFixed(0)} and ${a.again.ms.toFixed(0)} ms, a row at a time ${b.first.ms.toFixed(0)} and ${b.again.ms.toFixed(0)} ms`,
        );
      return figures(pairs);
    } finally {
      await databases.end();
    }
  },
};

async function ours(databases: BenchDatabases): Promise<Ours> {
  const { db, drop } = await databases.create();
  try {
    const artist = await makeArtist(db);
    const work = async () => {
      await writeOurShows(db, artist);
      await writeOurSongs(db, artist);
    };
    const first = await timed(work);
    const rows = await countRows(db);
    const mark = await markVersions(db);
    const again = await timed(work);
    const versions = await versionsSince(db, mark);
    return { first, again, judged: await judgementMs(db, artist), versions, rows };
  } finally {
    await drop();
  }
}

async function rowByRow(databases: BenchDatabases): Promise<Theirs> {
  const { db, drop } = await databases.create();
  try {
    const artist = await makeArtist(db);
    let [guideMs, guideAgainMs] = [0, 0];
    const first = await timed(async () => (guideMs = await writeRowByRow(db, artist)));
    const again = await timed(async () => (guideAgainMs = await writeRowByRow(db, artist)));
    return { first, again, guideMs, guideAgainMs, rows: await countRows(db) };
  } finally {
    await drop();
  }
}

function figures(pairs: [Ours, Theirs][]): Figure[] {
  const side = (pick: (pair: [Ours, Theirs]) => Cost) => ({
    ms: spreadOf(pairs.map((pair) => pick(pair).ms)).median,
    cpuMs: spreadOf(pairs.map((pair) => pick(pair).cpuMs)).median,
  });
  const versions = pairs.map(([a]) => Object.values(a.versions).reduce((sum, count) => sum + count, 0));
  const { median, min, max } = spreadOf(versions);
  const [a, b] = pairs.at(-1)!;
  const unlike = Object.keys(a.rows).filter(
    (table) => table !== "release_walks" && a.rows[table] !== b.rows[table],
  );
  const written = Object.entries(a.versions).map(([table, count]) => `${table} ${count}`);
  return [
    ratioFigure(
      "E1 first write",
      { atLeast: 12 },
      pairs.map(([a, b]) => b.first.ms / a.first.ms),
      {
        ours: side(([a]) => a.first),
        rowByRow: side(([, b]) => b.first),
        ...(unlike.length > 0 && { note: `sides differ in ${unlike.join(", ")}` }),
        rows: a.rows,
      },
    ),
    ratioFigure(
      "E1 again, unchanged",
      { atLeast: 20 },
      pairs.map(([a, b]) => b.again.ms / a.again.ms),
      { ours: side(([a]) => a.again), rowByRow: side(([, b]) => b.again) },
    ),
    {
      name: "E1 row versions, again",
      goal: "0",
      reached: String(median),
      spread: `${min} – ${max}`,
      met: max === 0,
      ...(written.length > 0 && { note: written.join(", ") }),
      versions: a.versions,
    },
    // The guide judges nothing: writing against writing.
    ratioFigure(
      "E1 first, judging apart",
      undefined,
      pairs.map(([a, b]) => b.first.ms / (a.first.ms - a.judged.first)),
      { judgedMs: pairs.map(([a]) => a.judged.first) },
    ),
    ratioFigure(
      "E1 again, judging apart",
      undefined,
      pairs.map(([a, b]) => b.again.ms / (a.again.ms - a.judged.again)),
      { judgedMs: pairs.map(([a]) => a.judged.again) },
    ),
    // The guide keeps no addresses, listings, bills, releases or recordings: our whole work against its part.
    ratioFigure(
      "E1 first, its three tables",
      undefined,
      pairs.map(([a, b]) => b.guideMs / a.first.ms),
    ),
    ratioFigure(
      "E1 again, its three tables",
      undefined,
      pairs.map(([a, b]) => b.guideAgainMs / a.again.ms),
    ),
  ];
}
