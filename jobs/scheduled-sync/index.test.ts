import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insertArtist } from "#db/queries/artists";
import { listActiveDue, listSetlistsDue, listStatusDue } from "#db/queries/due-syncs";
import { insertOrJoinImport, type SyncStep } from "#db/queries/imports";
import { queueOfStep } from "#db/queue";
import { testApp } from "../../tests/app.ts";
import { scheduledSync } from "./index.ts";

const { signal } = new AbortController();
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

const ago = (time: string) => sql<Date>`now() - ${time}::interval`;

/** An artist; `showIn` days from now, at a venue in Greenwich, where given. */
async function make(name: string, options: { showIn?: number; status?: string } = {}): Promise<string> {
  const facts = { name, nameKey: name };
  const { id } = await insertArtist(app.db, { tmAttractionId: `${name}-id`, facts, slugBases: [name] });
  if (options.showIn === undefined) return id;
  const day = sql<string>`(now() at time zone 'UTC')::date + ${options.showIn}::int`;
  const show = { artist_id: id, slug: `${name}-show`, name, tm_event_id: name, timezone: "UTC" };
  await app.db
    .insertInto("shows")
    .values({ ...show, status: options.status ?? "onsale", local_date: day })
    .execute();
  return id;
}

async function readAt(id: string, column: "shows" | "songs" | "past_setlists", time: string) {
  await app.db
    .updateTable("artists")
    .set({ [`${column}_read_at`]: ago(time) })
    .where("id", "=", id)
    .execute();
}

async function tried(id: string, step: SyncStep, time: string, failures: number) {
  await app.db
    .insertInto("sync_tries")
    .values({ artist_id: id, step, tried_at: ago(time), failures })
    .onConflict((conflict) =>
      conflict.columns(["artist_id", "step"]).doUpdateSet({ tried_at: ago(time), failures }),
    )
    .execute();
}

/** Artists of the jobs that wait in a step's queue. */
async function sent(step: SyncStep): Promise<string[]> {
  const jobs = await app.boss.findJobs(queueOfStep[step], { queued: true });
  return jobs.map((job) => (job.data as { artistId: string }).artistId);
}

describe("active artists", () => {
  test("have a coming show or were looked at within 30 days", async () => {
    const coming = await make("coming", { showIn: 100 });
    const viewed = await make("viewed");
    const viewedLongAgo = await make("long-ago");
    await make("past", { showIn: -20 });
    await make("cancelled", { showIn: 20, status: "cancelled" });
    const day = (days: number) => sql<string>`current_date - ${days}::int`;
    await app.db
      .insertInto("views")
      .values([
        { kind: "artist", target_id: viewed, day: day(29) },
        { kind: "artist", target_id: viewedLongAgo, day: day(31) },
      ])
      .execute();
    expect((await listActiveDue(app.db, "shows", 9)).sort()).toEqual([coming, viewed].sort());
    expect((await listActiveDue(app.db, "songs", 9)).sort()).toEqual([coming, viewed].sort());
  });

  test("are read again after six hours, their songs after a week; never read first, then by time", async () => {
    const artists = { fresh: "5 hours", week: "8 days", day: "1 day" };
    const ids = new Map<string, string>();
    for (const [name, time] of Object.entries(artists)) {
      const id = await make(name, { showIn: 3 });
      ids.set(id, name);
      await readAt(id, "shows", time);
      await readAt(id, "songs", time);
    }
    ids.set(await make("never", { showIn: 3 }), "never");
    const names = async (step: "shows" | "songs") =>
      (await listActiveDue(app.db, step, 9)).map((id) => ids.get(id));
    expect(await names("shows")).toEqual(["never", "week", "day"]);
    expect(await names("songs")).toEqual(["never", "week"]);
  });

  test("whom a service does not know leave a turn to the others", async () => {
    const unknown = await make("unknown", { showIn: 3 });
    await tried(unknown, "songs", "2 days", 0);
    expect(await listActiveDue(app.db, "songs", 1)).toEqual([]);
    await tried(unknown, "songs", "8 days", 0);
    expect(await listActiveDue(app.db, "songs", 1)).toEqual([unknown]);
  });

  test.each([
    [1, 6],
    [2, 12],
    [4, 48],
    [6, 7 * 24],
    [60, 7 * 24],
  ])("whose syncs failed %i times rest for %i hours", async (failures, hours) => {
    const id = await make("failing", { showIn: 3 });
    await tried(id, "shows", `${hours * 60 - 1} minutes`, failures);
    expect(await listActiveDue(app.db, "shows", 9)).toEqual([]);
    await tried(id, "shows", `${hours * 60 + 1} minutes`, failures);
    expect(await listActiveDue(app.db, "shows", 9)).toEqual([id]);
  });

  test("with a live import, or a live sync of that step, are left to it", async () => {
    const id = await make("busy", { showIn: 3 });
    await insertOrJoinImport(app.db, id, { kind: "sync", step: "songs", message: "" });
    expect(await listActiveDue(app.db, "shows", 9)).toEqual([id]);
    expect(await listActiveDue(app.db, "songs", 9)).toEqual([]);
    await insertOrJoinImport(app.db, id, { kind: "import", message: "" });
    expect(await listActiveDue(app.db, "shows", 9)).toEqual([]);
  });

  test("cost a quarter of the day at most, and nothing while the service is closed", async () => {
    const ids = [];
    for (const name of ["a", "b", "c", "d"]) ids.push(await make(name, { showIn: 3 }));
    const [account] = app.jobs.upstreams.accounts.filter(({ upstream }) => upstream === "ticketmaster");
    if (!account) throw new Error("no account");
    // 4 calls an artist: a quarter of 48 is three artists a day, one a run.
    const upstreams = { ...app.jobs.upstreams, accounts: [{ ...account, perDay: 48 }] };
    const jobs = { ...app.jobs, upstreams };
    const state = { upstream: "ticketmaster", key_hash: account.keyHash, refused: true };
    await app.db.insertInto("upstream_state").values(state).execute();
    await scheduledSync(jobs, { kind: "active" }, signal);
    expect(await sent("shows")).toEqual([]);

    await app.db.deleteFrom("upstream_state").execute();
    await scheduledSync(jobs, { kind: "active" }, signal);
    expect(await sent("shows")).toHaveLength(1);
    await app.boss.deleteAllJobs("ticketmaster-sync");
    for (const id of ids.slice(0, 3))
      await insertOrJoinImport(app.db, id, { kind: "sync", step: "shows", message: "" });
    await scheduledSync(jobs, { kind: "active" }, signal);
    expect(await sent("shows")).toEqual([]);
  });
});

test("the status of close and undated shows is due daily, the next show first", async () => {
  const far = await make("far", { showIn: 40 });
  const week = await make("week", { showIn: 7 });
  const tomorrow = await make("tomorrow", { showIn: 1 });
  const undated = await make("undated", { showIn: 1, status: "postponed" });
  await app.db.updateTable("shows").set({ local_date: null }).where("artist_id", "=", undated).execute();
  expect(await listStatusDue(app.db, 9)).toEqual([tomorrow, week, undated]);
  expect(await listStatusDue(app.db, 9)).not.toContain(far);
  await scheduledSync(app.jobs, { kind: "status" }, signal);
  expect((await sent("shows")).sort()).toEqual([tomorrow, week, undated].sort());
});

describe("past setlists", () => {
  test("of a show just played are awaited: first in line, every hour, until its setlist has settled", async () => {
    const coming = await make("coming", { showIn: 10 });
    const played = await make("played", { showIn: -1 });
    await make("played-long-ago", { showIn: -9 });
    await readAt(coming, "past_setlists", "9 hours");
    await readAt(played, "past_setlists", "1 hour");
    expect(await listSetlistsDue(app.db, 9)).toEqual([played, coming]);
    await readAt(played, "past_setlists", "40 minutes");
    expect(await listSetlistsDue(app.db, 9)).toEqual([coming]);

    await readAt(played, "past_setlists", "1 hour");
    await sql`insert into show_results (show_id, artist_id, source, source_id, url, played)
      select id, artist_id, 'setlistfm', 'one', '', 20 from shows where artist_id = ${played}`.execute(
      app.db,
    );
    expect(await listSetlistsDue(app.db, 9)).toEqual([played, coming]);
    await app.db.updateTable("show_results").set({ settled_at: new Date() }).execute();
    expect(await listSetlistsDue(app.db, 9)).toEqual([coming]);
  });

  test("are sent for by the hour", async () => {
    const coming = await make("coming", { showIn: 10 });
    await scheduledSync(app.jobs, { kind: "past-shows" }, signal);
    // The job that waits is the only one.
    await scheduledSync(app.jobs, { kind: "past-shows" }, signal);
    expect(await sent("past-setlists")).toEqual([coming]);
  });
});
