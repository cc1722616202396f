import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listSources, upsertMatch } from "#db/queries/artist-sources";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";

const { saltmarsh, vesper, vesperNamesake } = worlds.small.artists;
const { tmAttractionId } = saltmarsh;
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

async function source() {
  return app.db
    .selectFrom("artist_sources")
    .where("source_id", "=", tmAttractionId)
    .select(["name", "url"])
    .executeTakeFirst();
}

async function importArtist(attractionId: string) {
  const { artistId } = await app.caller.artist.import({ tmAttractionId: attractionId });
  await app.drain();
  const status = await app.caller.artist.importStatus({ artistId });
  const { steps } = status.report;
  return { artistId, stage: status.stage, identity: steps[0], steps };
}

const idsAt = async (artistId: string, service: string) =>
  (await listSources(app.db, artistId))
    .filter((row) => row.source === service)
    .map((row) => [row.sourceId, row.chosenBy]);

const match = (sourceId: string, more = {}) => ({
  source: "setlistfm" as const,
  sourceId,
  score: 0.7,
  evidence: [],
  runnersUp: [],
  ...more,
});

test("what Ticketmaster calls an artist is known whether it answered the click or only the import", async () => {
  await app.caller.artist.import({ tmAttractionId });
  const answered = await source();
  expect(answered).toMatchObject({ name: "Saltmarsh Radio", url: expect.stringMatching(/^https:/) });
  await app.clear();

  app.simulator.setFaults([{ upstream: "ticketmaster", kind: "hang", times: 1 }]);
  await app.caller.artist.import({ tmAttractionId });
  expect(await source()).toEqual({ name: null, url: null });
  await app.drain();
  expect(await source()).toEqual(answered);
});

describe("a match", () => {
  test("is the one that is linked, its namesake a runner-up with evidence", async () => {
    const { artistId } = await importArtist(vesper.tmAttractionId);
    expect(await idsAt(artistId, "setlistfm")).toEqual([[vesper.mbid, "machine"]]);
    const row = await app.db
      .selectFrom("artist_sources")
      .selectAll()
      .where("artist_id", "=", artistId)
      .where("source", "=", "setlistfm")
      .executeTakeFirstOrThrow();
    expect(row.evidence).toContainEqual(expect.objectContaining({ kind: "link", weight: 0.3 }));
    expect(row.runners_up).toMatchObject([{ id: vesperNamesake.mbid, name: "Copper Vesper" }]);
  });

  test("takes the place of whom the machine chose before", async () => {
    const { artistId } = await importArtist(vesper.tmAttractionId);
    await app.db.deleteFrom("artist_sources").where("source", "=", "setlistfm").execute();
    await upsertMatch(app.db, artistId, match(vesperNamesake.mbid));
    const { identity } = await importArtist(vesper.tmAttractionId);
    expect(await idsAt(artistId, "setlistfm")).toEqual([[vesper.mbid, "machine"]]);
    expect(identity).toMatchObject({ step: "identity", state: "done", new: 1 });
  });

  test("stays while its service is silent, and the step says which one was", async () => {
    const { artistId } = await importArtist(vesper.tmAttractionId);
    const before = await idsAt(artistId, "setlistfm");
    await app.db.deleteFrom("upstream_cache").execute();
    app.simulator.setFaults([{ upstream: "setlistfm", kind: "500" }]);
    const { stage, identity } = await importArtist(vesper.tmAttractionId);
    expect(stage).toBe("partial");
    expect(identity).toMatchObject({ missing: expect.stringContaining("setlist.fm"), upstream: "setlistfm" });
    expect(await idsAt(artistId, "setlistfm")).toEqual(before);
  });

  test("missing at two services is told of each where it matters", async () => {
    app.simulator.setFaults([
      { upstream: "setlistfm", kind: "500" },
      { upstream: "spotify", kind: "500" },
    ]);
    const { identity, steps } = await importArtist(vesper.tmAttractionId);
    expect(identity).toMatchObject({ missing: "Spotify, setlist.fm" });
    const past = steps.find(({ step }) => step === "past-setlists");
    expect(past).toMatchObject({ state: "failed", reason: "setlist.fm has not answered" });
  });

  test("of an admin stays", async () => {
    const { artistId } = await importArtist(vesper.tmAttractionId);
    await app.db.deleteFrom("artist_sources").where("source", "=", "setlistfm").execute();
    await upsertMatch(app.db, artistId, match(vesperNamesake.mbid));
    await app.db
      .updateTable("artist_sources")
      .set({ chosen_by: "admin" })
      .where("source", "=", "setlistfm")
      .execute();
    await importArtist(vesper.tmAttractionId);
    expect(await idsAt(artistId, "setlistfm")).toEqual([[vesperNamesake.mbid, "admin"]]);
  });

  test("leaves the ids that were merged into it behind it, and of two artists here the first one's", async () => {
    const one = await importArtist(vesper.tmAttractionId);
    const other = await app.caller.artist.import({ tmAttractionId });
    const { artistId } = one;
    expect(await upsertMatch(app.db, artistId, match("old"))).toBe(true);
    expect(await upsertMatch(app.db, artistId, match("new", { formerIds: ["old"] }))).toBe(true);
    expect(await idsAt(artistId, "setlistfm")).toEqual([
      ["new", "machine"],
      ["old", "machine"],
    ]);
    expect(await upsertMatch(app.db, other.artistId, match("new"))).toBe(false);
    expect(await upsertMatch(app.db, artistId, match("newest"))).toBe(true);
    expect(await idsAt(artistId, "setlistfm")).toEqual([["newest", "machine"]]);
    expect(await idsAt(artistId, "ticketmaster")).toHaveLength(1);
  });
});

describe("how well known they are", () => {
  const fame = (id: string) =>
    app.db.selectFrom("artists").select(["popularity", "followers"]).where("id", "=", id).executeTakeFirst();

  test("is kept where Spotify says it, and stays when it does not any more", async () => {
    app.simulator.setSpotify("full");
    const { artistId } = await importArtist(tmAttractionId);
    app.simulator.setSpotify("development");
    const known = await fame(artistId);
    expect(known).toEqual({
      popularity: expect.any(Number) as number,
      followers: expect.any(Number) as number,
    });
    await app.db.deleteFrom("upstream_cache").execute();
    await importArtist(tmAttractionId);
    expect(await fame(artistId)).toEqual(known);
  });

  test("is unknown with most keys", async () => {
    const { artistId } = await importArtist(tmAttractionId);
    expect(await fame(artistId)).toEqual({ popularity: null, followers: null });
  });
});
