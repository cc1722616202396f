import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sql } from "kysely";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";
import { artistImport } from "./index.ts";

const { saltmarsh, lido, vesper } = worlds.small.artists;
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

async function importArtist(tmAttractionId: string) {
  const started = await app.caller.artist.import({ tmAttractionId });
  await app.drain();
  return { started, status: await app.caller.artist.importStatus({ artistId: started.artistId }) };
}

/** The closings of the services are over, as they are minutes or a day later. */
async function forgiveServices(): Promise<void> {
  await app.db.deleteFrom("upstream_state").execute();
  await app.db.deleteFrom("upstream_budgets").execute();
}

/** Every row of the tables an import writes with the transaction that wrote it: the same text means that nothing was written. */
async function rowVersions(): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select md5(string_agg(v, ',' order by v)) as text from (
      select 'show' || id || xmin as v from shows union all select 'venue' || id || xmin from venues
      union all select 'source' || source_id || xmin from show_sources union all select 'bill' || show_id || position || xmin from show_bill
      union all select 'song' || id || xmin from songs union all select 'setlist' || id || xmin from setlists
      union all select 'row' || id || xmin from setlist_songs
      union all select 'played' || past_setlist_id || position || xmin from past_setlist_songs) all_rows`.execute(
    app.db,
  );
  return rows[0]?.text ?? "";
}

describe("an import", () => {
  test("brings shows, past setlists and a predicted setlist for every coming show", async () => {
    const { started, status } = await importArtist(saltmarsh.tmAttractionId);
    expect(started).toMatchObject({ slug: "saltmarsh-radio", name: "Saltmarsh Radio" });
    expect(status).toMatchObject({ stage: "completed", percentage: 100, error: null });
    expect(status.report.steps.map((step) => `${step.step} ${step.state}`)).toEqual([
      "identity done",
      "shows done",
      "songs done",
      "past-setlists done",
      "predictions done",
    ]);
    expect(status.phaseTimings).toHaveProperty("total");

    const { artist, shows: listed } = await app.caller.artist.bySlug({ slug: "saltmarsh-radio" });
    // One that has begun tonight, by the database's clock, is listed still and predicted no more.
    const shows = listed.filter(({ startsAt }) => startsAt === null || startsAt > new Date());
    expect(artist).toMatchObject({ mbid: saltmarsh.mbid, tmAttractionId: saltmarsh.tmAttractionId });
    expect(artist.pastSetlists).toBeGreaterThan(20);
    expect(shows.length).toBeGreaterThan(8);
    expect(shows.every((show) => show.setlist !== null)).toBe(true);

    const { show, setlist } = await app.caller.show.bySlug({ slug: shows[0]?.slug ?? "" });
    expect(show.slug).toMatch(/^saltmarsh-radio-[a-z-]+-\d{4}-\d{2}-\d{2}$/);
    expect(show.timezone).toMatch(/^[A-Z][a-z]+\//);
    expect(setlist).toMatchObject({ basis: "history", votingOpen: true });
    const list = setlist?.songs.slice(0, setlist.expectedSongs) ?? [];
    expect(list.map((song) => song.position)).toEqual(list.map((_, index) => index + 1));
    expect(list.some((song) => song.isEncore)).toBe(true);
  });

  test("again without news writes no row anew", async () => {
    await importArtist(saltmarsh.tmAttractionId);
    const before = await rowVersions();
    const { status } = await importArtist(saltmarsh.tmAttractionId);
    expect(await rowVersions()).toBe(before);
    expect(status.report.steps[1]).toMatchObject({ step: "shows", new: 0, changed: 0 });
    expect(status.report.steps[2]).toMatchObject({ step: "songs", new: 0, changed: 0 });
    expect(status.report.steps[3]).toMatchObject({ step: "past-setlists", new: 0, changed: 0 });
  });

  test("of an artist without history goes by the catalogue, and the next sync by history when there is one", async () => {
    const { started, status } = await importArtist(lido.tmAttractionId);
    expect(status.stage).toBe("completed");
    const before = await app.caller.artist.bySlug({ slug: started.slug });
    const coming = before.shows.filter(({ startsAt }) => startsAt === null || startsAt > new Date());
    expect(coming.length).toBeGreaterThan(0);
    const basis = async () => {
      const found = coming.map(({ slug }) => app.caller.show.bySlug({ slug }));
      return [...new Set((await Promise.all(found)).map(({ setlist }) => setlist?.basis))];
    };
    expect(await basis()).toEqual(["catalogue"]);

    // setlist.fm gets to know the first show; the hourly schedule finds that this artist is due.
    const mbid = vesper.mbid ?? "";
    await app.db
      .insertInto("artist_sources")
      .values({ artist_id: started.artistId, source: "setlistfm", source_id: mbid, score: 1 })
      .onConflict((conflict) => conflict.columns(["source", "source_id"]).doNothing())
      .execute();
    await app.db
      .deleteFrom("artist_sources")
      .where("source_id", "=", lido.mbid ?? "")
      .execute();
    await app.db
      .updateTable("imports")
      .set({ started_at: sql`now() - interval '7 hours'` })
      .execute();
    await app.services.queue.send(app.db, "scheduled-sync", { kind: "past-shows" });
    await app.drain();
    expect(await basis()).toEqual(["history"]);
    const importNow = await app.caller.artist.importStatus({ artistId: started.artistId });
    expect(importNow.importId).toBe(started.importId);
  });
});

describe("a service that fails", () => {
  test.each(["500", "429-quota", "hang"] as const)(
    "setlist.fm with %s ends partial, and the next import fills the gap",
    async (kind) => {
      app.simulator.setFaults([{ upstream: "setlistfm", kind }]);
      const { started, status } = await importArtist(saltmarsh.tmAttractionId);
      expect(status).toMatchObject({ stage: "partial", percentage: 100 });
      expect(status.error).toMatch(/setlist\.fm/);
      expect(status.error).not.toMatch(/http|simulator/);
      const { shows } = await app.caller.artist.bySlug({ slug: started.slug });
      expect(shows.length).toBeGreaterThan(8);

      app.simulator.setFaults([]);
      await forgiveServices();
      const again = await importArtist(saltmarsh.tmAttractionId);
      expect(again.status.stage).toBe("completed");
    },
  );

  test.each(["500", "429-quota", "hang"] as const)(
    "Ticketmaster with %s ends failed for an artist never seen, partial for a known one",
    async (kind) => {
      app.simulator.setFaults([{ upstream: "ticketmaster", kind }]);
      const unseen = await importArtist(vesper.tmAttractionId);
      expect(unseen.started).toMatchObject({ name: null });
      expect(unseen.started.slug).toMatch(/^artist-[a-z]{6}$/);
      expect(unseen.status).toMatchObject({ stage: "failed" });
      expect(unseen.status.error).toMatch(/Ticketmaster/);

      app.simulator.setFaults([]);
      await forgiveServices();
      const known = await importArtist(saltmarsh.tmAttractionId);
      const before = await rowVersions();
      await app.db.deleteFrom("upstream_cache").execute();
      app.simulator.setFaults([{ upstream: "ticketmaster", kind }]);
      const again = await importArtist(saltmarsh.tmAttractionId);
      expect(known.status.stage).toBe("completed");
      expect(again.status.stage).toBe("partial");
      expect(await rowVersions()).toBe(before);
    },
  );
});

describe("an artist whose name was not known at first", () => {
  test("gets name and permanent address from the import, and the first address still leads there", async () => {
    app.simulator.setFaults([{ upstream: "ticketmaster", kind: "hang", times: 1 }]);
    const started = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
    expect(started).toMatchObject({ name: null });
    await app.drain();
    const { artist, shows } = await app.caller.artist.bySlug({ slug: started.slug });
    expect(artist).toMatchObject({ slug: "saltmarsh-radio", name: "Saltmarsh Radio" });
    expect(shows.every((show) => show.slug.startsWith("saltmarsh-radio-"))).toBe(true);
  });
});

describe("the fence", () => {
  test("a worker that was taken over writes nothing more", async () => {
    const started = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
    app.simulator.setFaults([{ upstream: "ticketmaster", kind: "slow", ms: 300, match: "events" }]);
    const first = artistImport(app.jobs, { importId: started.importId }, new AbortController().signal);
    await expect
      .poll(() => app.simulator.requests().filter((r) => r.path.includes("events")).length)
      .toBeGreaterThan(0);
    const second = artistImport(app.jobs, { importId: started.importId }, new AbortController().signal);
    await Promise.all([first, second]);
    const { attempt } = await app.db.selectFrom("imports").select("attempt").executeTakeFirstOrThrow();
    expect(attempt).toBe(2);
    expect((await app.caller.artist.importStatus({ artistId: started.artistId })).stage).toBe("completed");
    await app.drain();
  });
});
