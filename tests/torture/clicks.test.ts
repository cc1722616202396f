/** R7, R3: however many click and whenever web dies, one artist has one import, one job and one set of questions. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { type Postgres, startPostgres } from "./databases.ts";
import { holdInserts } from "./hold.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, postImport, questions, type Rig, startImport, type StartedImport } from "./rig.ts";
import { figure, LONG, times } from "./round.ts";
import { seededRandom } from "./seed.ts";
import { differences, snapshot } from "./snapshot.ts";
import { until } from "./until.ts";

const { saltmarsh, vesper } = worlds.small.artists;
/** with two clicks each */
const KILLS = times(250, 10);
const PATIENCE_MS = 240_000;
const TIMEOUT = { timeout: LONG ? 5_400_000 : 900_000 };

let postgres: Postgres;
let rig: Rig | undefined;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterEach(async () => {
  await endProcesses();
  await rig?.close();
});
afterAll(() => postgres?.stop());

/** All answers, which must be 202. */
async function clickAtOnce(webs: Running[], count: number, tmAttractionId: string): Promise<StartedImport[]> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      postImport(webs[index % webs.length] as Running, tmAttractionId),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(count).fill(202));
  return Promise.all(answers.map(async (answer) => (await answer.json()) as StartedImport));
}

/** The id of the import that was promised, "" when it was refused, undefined when the connection broke. */
async function click(web: Running, tmAttractionId: string): Promise<string | undefined> {
  try {
    const response = await postImport(web, tmAttractionId);
    return response.status === 202 ? ((await response.json()) as StartedImport).importId : "";
  } catch {
    return undefined;
  }
}

const countImports = "select count(*)::int as n from imports";
const countJobs = "select count(*)::int as n from pgboss.job where name = 'artist-import'";
/** Both ways: what is owed a job and has none, and what has a job and does not exist. */
const orphans = `
  select 'import without a job' as what, imports.id::text from imports where not exists (
    select 1 from pgboss.job where name = 'artist-import' and data->>'importId' = imports.id::text)
  union all select 'job without an import', job.id::text from pgboss.job where name = 'artist-import' and not exists (
    select 1 from imports where imports.id::text = job.data->>'importId')`;

test("R7: 20 clicks at once are one import, one job and one set of upstream calls", TIMEOUT, async () => {
  rig = await createRig(postgres, "small");
  const { db, simulator } = rig;
  const [web] = await Promise.all([rig.startWeb(), rig.startWorker()]);
  const alone = await startImport(web, saltmarsh.tmAttractionId);
  expect((await rig.ended(web, alone.artistId, PATIENCE_MS)).stage).toBe("completed");
  const calm = { asked: questions(simulator), snapshot: await snapshot(db) };
  await rig.forget();

  // It must not end before the last click has come through: then that one would rightly start another.
  const hold = await holdInserts(db, "setlist_songs");
  const answers = await clickAtOnce([web], 20, saltmarsh.tmAttractionId);
  const [{ artistId }] = answers as [StartedImport];
  expect(new Set(answers.map(({ importId }) => importId)).size).toBe(1);
  expect(await db.row(countImports)).toEqual({ n: 1 });
  expect(await db.row(countJobs)).toEqual({ n: 1 });
  await hold.release();
  expect((await rig.ended(web, artistId, PATIENCE_MS)).stage).toBe("completed");
  expect(questions(simulator)).toEqual(calm.asked);
  expect(differences(calm.snapshot, await snapshot(db))).toEqual([]);

  // And by two processes, which share nothing but the database.
  const other = await rig.startWeb();
  await holdInserts(db, "setlist_songs");
  const many = await clickAtOnce([web, other], 100, vesper.tmAttractionId);
  expect(new Set(many.map(({ importId }) => importId)).size).toBe(1);
  expect(await db.row(countImports)).toEqual({ n: 2 });
  expect(await db.row(countJobs)).toEqual({ n: 2 });
  figure("R7", "20 clicks at one web process, 100 at two: 120 × 202, one import and one job each");
});

test(
  `R3: web killed during ${2 * KILLS} clicks leaves no import without a job, and every 202 ends`,
  TIMEOUT,
  async () => {
    rig = await createRig(postgres, "default");
    const { db, simulator, startWeb } = rig;
    const random = seededRandom();
    const artists = simulator.artists();
    const accepted: string[] = [];
    let cut = 0;
    let windowMs = 50;
    // Everybody knows this one: by clicking it each process gets warm, so that a click gets somewhere before it dies.
    const known = artists.pop()?.tmAttractionId ?? "";
    // The next one starts while this one dies.
    let next = startWeb();
    for (let kill = 0; kill < KILLS; kill++) {
      const web = await next;
      if (kill + 1 < KILLS) next = startWeb();
      accepted.push((await startImport(web, known)).importId);
      if (kill === 0) {
        const began = performance.now();
        accepted.push((await startImport(web, artists.pop()?.tmAttractionId ?? "")).importId);
        // Two at once beside a starting process take longer: so the kills fall before, into and after the writing.
        windowMs = Math.max(50, 4 * (performance.now() - began));
      }
      const clicks = [2 * kill, 2 * kill + 1].map((n) =>
        click(web, artists[n % artists.length]?.tmAttractionId ?? ""),
      );
      await sleep(random() * windowMs);
      await web.kill();
      for (const importId of await Promise.all(clicks)) {
        if (importId === undefined) cut += 1;
        else accepted.push(importId);
      }
    }
    // A transaction under way when its process died may still be ending.
    await until("their connections are gone", PATIENCE_MS, async () => {
      const open = await db.rows(
        "select 1 from pg_stat_activity where datname = current_database() and application_name like 'theset %' and application_name <> 'theset torture'",
      );
      return open.length === 0;
    });
    const { n: made } = await db.row<{ n: number }>(countImports);
    figure(
      "R3",
      `${2 * KILLS} clicks, web killed within ${Math.round(windowMs)} ms of each pair: ${accepted.length - KILLS - 1} answered, ${cut} cut off, ${made} imports made`,
    );
    expect(accepted).not.toContain("");
    expect(await db.rows(orphans)).toEqual([]);

    await rig.startWorker();
    await until("all imports end", PATIENCE_MS, async () => {
      const live = await db.rows("select 1 from imports where completed_at is null");
      return live.length === 0;
    });
    const ended = await db.rows<{ id: string }>("select id from imports where stage = 'completed'");
    expect(ended).toHaveLength(made);
    const ids = new Set(ended.map(({ id }) => id));
    expect(accepted.filter((id) => !ids.has(id))).toEqual([]);
  },
);
