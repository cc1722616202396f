import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { listArtistsDueForSetlists } from "#db/queries/artist-lists";
import { insertArtist } from "#db/queries/artists";
import { insertOrJoinImport } from "#db/queries/imports";
import { worlds } from "#server/simulator/index";
import { testApp } from "../tests/app.ts";
import { cleanup } from "./cleanup.ts";
import { scheduledSync } from "./scheduled-sync.ts";

const { saltmarsh } = worlds.small.artists;
const { signal } = new AbortController();
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

test("an import whose job is gone is sent again, however long ago it began", async () => {
  const { artistId } = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
  await app.boss.deleteAllJobs("artist-import");
  // More milliseconds than an int4 holds.
  const past = sql<Date>`now() - interval '40 days'`;
  await app.db.updateTable("imports").set({ started_at: past, updated_at: past }).execute();
  await scheduledSync(app.jobs, {}, signal);
  await app.drain();
  expect(await app.caller.artist.importStatus({ artistId })).toMatchObject({ stage: "completed" });
});

test("artists whom setlist.fm does not know leave a turn to the others", async () => {
  const facts = (name: string) => ({ name, nameKey: name });
  const make = async (name: string, hoursAgo: number) => {
    const artist = await insertArtist(app.db, {
      tmAttractionId: name,
      facts: facts(name),
      slugBases: [name],
    });
    const show = { artist_id: artist.id, slug: `${name}-show`, name, status: "onsale", tm_event_id: name };
    await app.db
      .insertInto("shows")
      .values({ ...show, local_date: "2026-11-20" })
      .execute();
    await insertOrJoinImport(app.db, artist.id, { kind: "sync", message: "" });
    const then = sql<Date>`now() - make_interval(hours => ${hoursAgo})`;
    await app.db
      .updateTable("imports")
      .set({ started_at: then, completed_at: then, stage: "completed" })
      .where("artist_id", "=", artist.id)
      .execute();
    return artist.id;
  };
  const unknown = await make("unknown", 1);
  const known = await make("known", 7);
  await app.db
    .updateTable("shows")
    .set({ local_date: sql<string>`current_date + 30` })
    .execute();
  await app.db
    .updateTable("artists")
    .set({ past_setlists_read_at: sql<Date>`now() - interval '7 hours'` })
    .where("id", "=", known)
    .execute();
  expect(await listArtistsDueForSetlists(app.db, 5)).toEqual([known]);
  await app.db
    .updateTable("imports")
    .set({ started_at: sql<Date>`now() - interval '8 hours'` })
    .where("artist_id", "=", unknown)
    .execute();
  expect(await listArtistsDueForSetlists(app.db, 1)).toEqual([unknown]);
});

test("all expired answers go, and no other", async () => {
  await sql`insert into upstream_cache (upstream, request, body, expires_at)
    select 'ticketmaster', 'old' || n, ''::bytea, now() - interval '1 s' from generate_series(1, 2500) n
    union all select 'ticketmaster', 'new', ''::bytea, now() + interval '1 h'`.execute(app.db);
  await cleanup(app.jobs, {}, signal);
  const left = await app.db.selectFrom("upstream_cache").select("request").execute();
  expect(left.map((row) => row.request)).toEqual(["new"]);
});
