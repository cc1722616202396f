import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { listGaps } from "#db/queries/sync-tries";
import { queueOfStep } from "#db/queue";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";
import { sweep } from "./sweep.ts";

const { saltmarsh } = worlds.small.artists;
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

async function importWithout(upstream: "setlistfm" | "ticketmaster", match?: string) {
  app.simulator.setFaults([{ upstream, kind: "500", ...(match ? { match } : {}) }]);
  const { artistId, slug, importId } = await app.caller.artist.import({
    tmAttractionId: saltmarsh.tmAttractionId,
  });
  await app.drain();
  expect(await app.caller.artist.importStatus({ artistId })).toMatchObject({ stage: "partial" });
  return { artistId, slug, importId };
}

async function closing(time: string) {
  await app.db
    .updateTable("upstream_state")
    .set({ closed_until: sql<Date>`now() + ${time}::interval` })
    .execute();
}

const queued = async (step: keyof typeof queueOfStep) =>
  (await app.boss.findJobs(queueOfStep[step], { queued: true })).length;

test("an import whose job is gone is sent again, however long ago it began", async () => {
  const { artistId } = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
  await app.boss.deleteAllJobs("artist-import");
  // More milliseconds than an int4 holds.
  const past = sql<Date>`now() - interval '40 days'`;
  await app.db.updateTable("imports").set({ started_at: past, updated_at: past }).execute();
  await sweep(app.jobs);
  await app.drain();
  expect(await app.caller.artist.importStatus({ artistId })).toMatchObject({ stage: "completed" });
});

test("a sync whose job is gone is sent again to the queue of its step", async () => {
  const { artistId } = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
  await app.drain();
  const past = sql<Date>`now() - interval '2 minutes'`;
  await app.db
    .insertInto("imports")
    .values({ artist_id: artistId, kind: "sync", step: "shows", message: "", updated_at: past })
    .execute();
  await sweep(app.jobs);
  expect(await queued("shows")).toBe(1);
  await app.drain();
  const live = await app.db.selectFrom("imports").select("id").where("completed_at", "is", null).execute();
  expect(live).toEqual([]);
});

test("a missing step fills itself in once its service is back, and the import stays as it ended", async () => {
  const { artistId, slug, importId } = await importWithout("setlistfm");
  const before = await app.caller.artist.importStatus({ artistId });
  await closing("1 minute");
  await sweep(app.jobs);
  expect(await queued("past-setlists")).toBe(0);

  app.simulator.setFaults([]);
  // Nobody knows whether it is back, so one artist and step tries; its answer opens the way for the rest.
  for (let minute = 0; minute < 3; minute++) {
    await closing("-1 second");
    await sweep(app.jobs);
    await app.drain();
  }
  const { artist, shows } = await app.caller.artist.bySlug({ slug });
  expect(artist.pastSetlists).toBeGreaterThan(20);
  expect(shows.every((show) => show.setlist !== null)).toBe(true);
  expect(await app.caller.artist.importStatus({ artistId })).toEqual(before);
  expect(before.importId).toBe(importId);

  await sweep(app.jobs);
  expect(await queued("past-setlists")).toBe(0);
  expect(await queued("identity")).toBe(0);
});

test("shows that were missing come with their odds", async () => {
  const { slug } = await importWithout("ticketmaster", "/events");
  app.simulator.setFaults([]);
  await closing("-1 second");
  await sweep(app.jobs);
  await app.drain();
  const { shows } = await app.caller.artist.bySlug({ slug });
  expect(shows.length).toBeGreaterThan(8);
  expect(shows.every((show) => show.setlist !== null)).toBe(true);
});

test("a step that fails again waits 5, 10, 20 … minutes, six hours at most", async () => {
  const { artistId } = await importWithout("ticketmaster", "/events");
  const gaps = async (failures: number, minutes: number) => {
    await sql`insert into sync_tries (artist_id, step, failures, tried_at)
      values (${artistId}, 'shows', ${failures}, now() - make_interval(mins => ${minutes}))
      on conflict (artist_id, step) do update set
        failures = excluded.failures, tried_at = excluded.tried_at`.execute(app.db);
    return (await listGaps(app.db, "ticketmaster", 9)).map(({ step }) => step);
  };
  // The import ended long before all of these tries.
  const past = sql<Date>`now() - interval '3 days'`;
  await app.db.updateTable("imports").set({ started_at: past, completed_at: past }).execute();
  for (const [failures, wait] of [
    [1, 5],
    [2, 10],
    [3, 20],
    [7, 320],
    [8, 360],
    [99, 360],
  ] as const) {
    expect(await gaps(failures, wait - 1)).toEqual([]);
    expect(await gaps(failures, wait + 1)).toEqual(["shows"]);
  }
  expect(await gaps(0, 1)).toEqual([]);
});

test("a refused key and a spent day are no time to ask again", async () => {
  await importWithout("ticketmaster", "/events");
  app.simulator.setFaults([]);
  await closing("-1 second");
  await app.db.updateTable("upstream_state").set({ refused: true }).execute();
  await sweep(app.jobs);
  expect(await queued("shows")).toBe(0);
  await app.db.updateTable("upstream_state").set({ refused: false }).execute();
  await app.db.updateTable("upstream_budgets").set({ used: 100_000 }).execute();
  await sweep(app.jobs);
  expect(await queued("shows")).toBe(0);
  await app.db
    .updateTable("upstream_budgets")
    .set({ day_started_at: sql<Date>`now() - interval '25 hours'` })
    .execute();
  await sweep(app.jobs);
  expect(await queued("shows")).toBe(1);
});
