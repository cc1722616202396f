import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../tests/app.ts";
import { setlistSync } from "./setlist-sync.ts";
import { ticketmasterSync } from "./ticketmaster-sync.ts";
import { spotifySync } from "./spotify-sync.ts";

const { saltmarsh } = worlds.small.artists;
const { signal } = new AbortController();
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

async function imported(): Promise<string> {
  const { artistId } = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
  await app.drain();
  app.simulator.clearRequests();
  return artistId;
}

/** Syncs with their steps, by the step they are for. */
async function syncs() {
  const rows = await app.db
    .selectFrom("imports")
    .innerJoin("import_steps", "import_steps.import_id", "imports.id")
    .select(["imports.step as of", "stage", "import_steps.step"])
    .where("kind", "=", "sync")
    .orderBy("imports.step")
    .orderBy("finished_at")
    .execute();
  return rows.map((row) => `${row.of} ${row.stage}: ${row.step}`);
}

const tries = () => app.db.selectFrom("sync_tries").select(["step", "failures"]).orderBy("step").execute();

test("two steps of one artist are synced side by side, and neither swallows the other", async () => {
  const artistId = await imported();
  await Promise.all([
    ticketmasterSync(app.jobs, { artistId }, signal),
    setlistSync(app.jobs, { artistId }, signal),
    spotifySync(app.jobs, { artistId }, signal),
  ]);
  expect(await syncs()).toEqual([
    "identity completed: identity",
    "past-setlists completed: past-setlists",
    "past-setlists completed: predictions",
    "shows completed: shows",
    "shows completed: predictions",
  ]);
  expect(await tries()).toEqual([
    { step: "identity", failures: 0 },
    { step: "past-setlists", failures: 0 },
    { step: "shows", failures: 0 },
  ]);
});

test("a sync whose service fails is counted, and the next whole one forgets it", async () => {
  const artistId = await imported();
  app.simulator.setFaults([{ upstream: "ticketmaster", kind: "500" }]);
  await ticketmasterSync(app.jobs, { artistId }, signal);
  await ticketmasterSync(app.jobs, { artistId }, signal);
  expect(await tries()).toEqual([{ step: "shows", failures: 2 }]);
  app.simulator.setFaults([]);
  await app.db.deleteFrom("upstream_state").execute();
  await ticketmasterSync(app.jobs, { artistId }, signal);
  expect(await tries()).toEqual([{ step: "shows", failures: 0 }]);
});

test("an artist who is gone meanwhile ends the job", async () => {
  await ticketmasterSync(app.jobs, { artistId: "019ac000-0000-7000-8000-000000000000" }, signal);
  expect(await syncs()).toEqual([]);
});
