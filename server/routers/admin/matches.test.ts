import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { adminCaller } from "../../../tests/admin-caller.ts";
import { testApp } from "../../../tests/app.ts";

const { saltmarsh, vesper, vesperNamesake } = worlds.small.artists;
let app: Awaited<ReturnType<typeof testApp>>;
let admin: Awaited<ReturnType<typeof adminCaller>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
beforeEach(async () => {
  await app.clear();
  admin = await adminCaller(app);
});
afterAll(() => app.close());

async function imported(tmAttractionId = vesper.tmAttractionId) {
  const { artistId } = await app.caller.artist.import({ tmAttractionId });
  await app.drain();
  return artistId;
}

type Source = "spotify" | "musicbrainz" | "setlistfm";
async function at(artistId: string, source: Source) {
  return (await admin.match({ artistId })).matches.find((match) => match.source === source)!;
}
async function choose(artistId: string, source: Source, sourceId: string | null) {
  const { version: seen } = await at(artistId, source);
  return admin.chooseMatch({ artistId, source, sourceId, seen });
}

const urls = async (artistId: string) =>
  (await app.db.selectFrom("past_setlists").select("url").where("artist_id", "=", artistId).execute()).map(
    ({ url }) => url,
  );
const songTitles = async (artistId: string) =>
  (
    await app.db
      .selectFrom("songs")
      .select("title")
      .where("artist_id", "=", artistId)
      .where("kind", "=", "studio")
      .where("merged_into", "is", null)
      .orderBy("title")
      .execute()
  ).map(({ title }) => title);
const songCount = async (artistId: string) => (await songTitles(artistId)).length;
const audits = () => app.db.selectFrom("audit_log").select(["action", "summary"]).execute();

test("a match is shown with its evidence and who else was considered", async () => {
  const artistId = await imported();
  const { taken, others, version, doubt } = await at(artistId, "setlistfm");
  expect(taken).toMatchObject({ id: vesper.mbid, chosenBy: "machine" });
  expect(taken?.evidence).toContainEqual(expect.objectContaining({ text: "the ticket seller links to it" }));
  expect(others).toMatchObject([{ id: vesperNamesake.mbid, name: "Copper Vesper" }]);
  expect(version).toContain(vesper.mbid);
  expect(doubt).toBeLessThan(1);
});

test("the doubtful ones come first, and nobody taken is the greatest doubt", async () => {
  const sure = await imported();
  const unsure = await imported(saltmarsh.tmAttractionId);
  const { version: seen } = await at(sure, "spotify");
  await admin.chooseMatch({ artistId: sure, source: "spotify", sourceId: null, seen });
  await app.db
    .deleteFrom("artist_sources")
    .where("artist_id", "=", unsure)
    .where("source", "!=", "ticketmaster")
    .execute();
  await app.db.deleteFrom("match_reviews").where("artist_id", "=", unsure).execute();
  const { artists, cut } = await admin.matches({});
  expect(cut).toBe(false);
  expect(artists.map(({ artistId }) => artistId)).toEqual([unsure, sure]);
  expect(artists[0]!.services.map(({ sourceId, doubt }) => [sourceId, doubt])).toEqual([
    [null, 1],
    [null, 1],
    [null, 1],
  ]);
  // Nobody, by an administrator, is no doubt.
  expect(artists[1]!.services[0]).toMatchObject({ source: "spotify", refused: true, doubt: 0 });
  expect((await admin.matches({ q: "COPPER" })).artists).toMatchObject([{ artistId: sure }]);
});

test("another one chosen by hand: the old one's setlists go, the new one's are read, and it stays chosen", async () => {
  const artistId = await imported();
  const before = await urls(artistId);
  expect(before.length).toBeGreaterThan(0);
  await choose(artistId, "setlistfm", vesperNamesake.mbid);
  expect(await urls(artistId)).toEqual([]);
  await app.drain();
  const after = await urls(artistId);
  expect(after.filter((url) => before.includes(url))).toEqual([]);
  expect(await at(artistId, "setlistfm")).toMatchObject({
    taken: { id: vesperNamesake.mbid, chosenBy: "admin" },
    doubt: 0,
  });

  await imported();
  const now = await at(artistId, "setlistfm");
  expect(now).toMatchObject({ taken: { id: vesperNamesake.mbid, chosenBy: "admin" } });
  // One may go back to whom the machine had taken.
  expect(now.others.map(({ id }) => id)).toContain(vesper.mbid);
  await choose(artistId, "setlistfm", `https://musicbrainz.org/artist/${vesper.mbid}`);
  await app.drain();
  expect((await urls(artistId)).sort()).toEqual(before.sort());
  expect((await audits()).map(({ action }) => action)).toEqual(["admin.chooseMatch", "admin.chooseMatch"]);
});

test("nobody at a service: what was read there goes, and no import takes anybody again", async () => {
  const artistId = await imported();
  expect(await songCount(artistId)).toBeGreaterThan(10);
  await choose(artistId, "spotify", null);
  await choose(artistId, "musicbrainz", null);
  await choose(artistId, "setlistfm", null);
  expect(await songCount(artistId)).toBe(0);
  await app.drain();
  await imported();
  const { matches } = await admin.match({ artistId });
  expect(matches.map(({ taken, refused }) => [taken, refused])).toEqual([
    [undefined, true],
    [undefined, true],
    [undefined, true],
  ]);
  expect(await songCount(artistId)).toBe(0);
  expect(await app.db.selectFrom("songs").select("id").where("artist_id", "=", artistId).execute()).toEqual(
    [],
  );
  const setlists = await app.db
    .selectFrom("setlists")
    .innerJoin("shows", "shows.id", "setlists.show_id")
    .select("setlists.id")
    .where("artist_id", "=", artistId)
    .execute();
  expect(setlists).toEqual([]);
});

test("a catalogue chosen by hand is read in place of the old one", async () => {
  const artistId = await imported();
  const before = await songTitles(artistId);
  const { taken } = await at(artistId, "spotify");
  await choose(artistId, "spotify", null);
  await app.drain();
  await choose(artistId, "spotify", `https://open.spotify.com/artist/${taken!.id}?si=1`);
  await app.drain();
  expect(await at(artistId, "spotify")).toMatchObject({
    taken: { id: taken!.id, name: "Copper Vesper", chosenBy: "admin" },
    refused: false,
  });
  expect(await songTitles(artistId)).toEqual(before);
});

async function release(artistId: string, source: Source) {
  const { version: seen } = await at(artistId, source);
  return admin.releaseMatch({ artistId, source, seen });
}

test("let the machine decide again: whom it would not have taken goes at once, and it takes its own", async () => {
  const artistId = await imported();
  const before = await urls(artistId);
  await choose(artistId, "setlistfm", vesperNamesake.mbid);
  await app.drain();
  expect(await urls(artistId)).not.toEqual([]);
  await release(artistId, "setlistfm");
  expect(await urls(artistId)).toEqual([]);
  expect(await at(artistId, "setlistfm")).toMatchObject({ refused: false, doubt: 1 });
  await app.drain();
  expect(await at(artistId, "setlistfm")).toMatchObject({
    taken: { id: vesper.mbid, chosenBy: "machine" },
    reason: expect.any(String) as string,
  });
  expect((await urls(artistId)).sort()).toEqual(before.sort());
  expect((await audits()).at(-1)).toEqual({
    action: "admin.releaseMatch",
    summary: "Let the machine decide again who Copper Vesper is at setlist.fm",
  });
});

test("let the machine decide again where nobody was it: somebody is found, and what they have is read", async () => {
  const artistId = await imported();
  const [setlists, songs] = [await urls(artistId), await songTitles(artistId)];
  for (const source of ["spotify", "musicbrainz", "setlistfm"] as const) await choose(artistId, source, null);
  await app.drain();
  for (const source of ["spotify", "musicbrainz", "setlistfm"] as const) await release(artistId, source);
  await app.drain();
  expect((await urls(artistId)).sort()).toEqual(setlists.sort());
  expect(await songTitles(artistId)).toEqual(songs);
});

test("let the machine decide again about its own choice, confirmed: nothing is read again, and it may change", async () => {
  const artistId = await imported();
  const before = await urls(artistId);
  await choose(artistId, "setlistfm", vesper.mbid);
  await release(artistId, "setlistfm");
  expect(await at(artistId, "setlistfm")).toMatchObject({ taken: { id: vesper.mbid, chosenBy: "machine" } });
  expect(await urls(artistId)).toEqual(before);
  // Nobody's word is taken back twice.
  await release(artistId, "setlistfm");
  expect(await audits()).toHaveLength(2);
  await expect(admin.releaseMatch({ artistId, source: "setlistfm", seen: "nobody" })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("Somebody was faster"),
  });
});

test("of two administrators at once the later one sees what the first chose", async () => {
  const artistId = await imported();
  const { version: seen } = await at(artistId, "setlistfm");
  const [one, other] = await Promise.allSettled([
    admin.chooseMatch({ artistId, source: "setlistfm", sourceId: vesperNamesake.mbid, seen }),
    admin.chooseMatch({ artistId, source: "setlistfm", sourceId: null, seen }),
  ]);
  const refused = [one, other].filter(({ status }) => status === "rejected");
  expect(refused).toMatchObject([
    { reason: { code: "CONFLICT", message: expect.stringContaining("Somebody was faster") } },
  ]);
  expect(await audits()).toHaveLength(1);
});

test("what cannot be is refused with a sentence", async () => {
  const artistId = await imported();
  const other = await imported(saltmarsh.tmAttractionId);
  const theirs = (await at(other, "spotify")).taken!.id;
  await expect(choose(artistId, "spotify", theirs)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("Saltmarsh Radio"),
  });
  await expect(choose(artistId, "spotify", "copper vesper")).rejects.toMatchObject({ code: "BAD_REQUEST" });
  const missing = { source: "spotify", sourceId: null, seen: "nobody" } as const;
  for (const artistId of ["x", "00000000-0000-7000-8000-000000000000"]) {
    await expect(admin.chooseMatch({ artistId, ...missing })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(admin.match({ artistId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  await app.caller.artist.import({ tmAttractionId: vesper.tmAttractionId });
  await expect(choose(artistId, "spotify", null)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await audits()).toEqual([]);
});

test("choosing the machine's own choice makes it an administrator's and reads nothing again", async () => {
  const artistId = await imported();
  const before = await urls(artistId);
  await choose(artistId, "setlistfm", vesper.mbid);
  await choose(artistId, "setlistfm", vesper.mbid);
  expect(await at(artistId, "setlistfm")).toMatchObject({ taken: { chosenBy: "admin" }, doubt: 0 });
  expect(await urls(artistId)).toEqual(before);
  expect(await audits()).toHaveLength(1);
});

test("an id that the service does not know is kept, and the step says so", async () => {
  const artistId = await imported();
  const unknown = "0".repeat(22);
  await choose(artistId, "spotify", unknown);
  await app.drain();
  const report = await app.db
    .selectFrom("import_steps")
    .innerJoin("imports", "imports.id", "import_id")
    .select("reason")
    .where("kind", "=", "sync")
    .where("import_steps.step", "=", "identity")
    .executeTakeFirst();
  expect(report?.reason).toContain("has nobody under the id that was chosen by hand");
});
