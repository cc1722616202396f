import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { insertAccount, insertGuest } from "#db/queries/fans";
import { moveGuest } from "#db/queries/guest-moves";
import { deleteFan } from "#db/queries/leaving";
import { upsertPastSetlists } from "#db/queries/past-setlist-writes";
import { findResult } from "#db/queries/results";
import { mergeSongs } from "#db/queries/song-writes";
import { scoreOf, yesForecast } from "#rules/results/score";
import { castVotes } from "../../tests/cast-votes.ts";
import { createTestDb } from "../../tests/database.ts";
import { insertVotedShow, type VotedShow } from "../../tests/voted-show.ts";
import { scoreArtist } from "./results.ts";

let db: Awaited<ReturnType<typeof createTestDb>>["db"];
let close: () => Promise<void>;
beforeAll(async () => ({ db, close } = await createTestDb()));
afterEach(() => sql`truncate artists, fans cascade`.execute(db));
afterAll(() => close());

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

/** A show five days ago with songs 1 to n on its list, each less likely than the one before. */
async function playedShow(songs: number, localDate = daysAgo(5)): Promise<VotedShow> {
  const show = await insertVotedShow(db, songs, { localDate, localTime: "20:00" });
  await sql`update setlist_songs set probability = 1 - position / 10.0
    where id = any(${show.setlistSongIds}::uuid[])`.execute(db);
  return show;
}

type Written = { id?: string; version?: string; date?: string; place?: number; songs: (number | string)[] };

/** Writes down what was played: places of songs on the list, or other titles; "tape" is one. */
async function write(show: VotedShow, { id = "one", version = "v1", date, place, songs }: Written) {
  const entry = (song: number | string) => ({
    name: typeof song === "number" ? `Song ${song}` : song,
    titleKey: typeof song === "number" ? `song ${song}` : song,
    ...(typeof song === "number" && { songId: show.songIds[song - 1] }),
    tape: song === "tape",
  });
  const head = { sourceId: id, version, url: `https://www.setlist.fm/${id}`, localDate: date ?? daysAgo(5) };
  await upsertPastSetlists(db, show.artistId, [
    { ...head, ...(place !== undefined && { place }), songs: songs.map(entry) },
  ]);
}

const score = (show: VotedShow) => db.transaction().execute((trx) => scoreArtist(trx, show.artistId));
const scores = async (show: VotedShow) => {
  const rows = await db
    .selectFrom("scores")
    .where("show_id", "=", show.showId)
    .select(["scorer", "fan_id as fanId", "hits", "named", "played", "brier"])
    .orderBy("scorer")
    .execute();
  return rows.map(({ brier, ...row }) => ({ ...row, brier: Number(brier.toFixed(4)) }));
};
const of = async (show: VotedShow, scorer: string) =>
  (await scores(show)).find((row) => row.scorer === scorer);
const result = (show: VotedShow) =>
  db.selectFrom("show_results").selectAll().where("show_id", "=", show.showId).executeTakeFirst();
const guests = (count: number) => Promise.all(Array.from({ length: count }, () => insertGuest(db)));

test("a show that has begun becomes its setlist, and everybody is scored, once", async () => {
  const show = await playedShow(5);
  await write(show, { id: "before", date: daysAgo(9), songs: [1, 3, "Rare"] });
  await write(show, { songs: ["tape", 1, 2, "New", 2] });
  const fans = await guests(5);
  const [all = "", some = "", ...others] = fans;
  const vote = (fanId: string, ...songs: number[]) =>
    songs.map((song, nth) => ({ fanId, setlistSongId: show.setlistSongIds[song - 1]!, hoursAgo: 200 - nth }));
  await castVotes(db, [
    ...vote(all, 5, 2, 4, 1),
    ...vote(some, 1),
    ...others.flatMap((fanId) => vote(fanId, 3)),
  ]);
  await score(show);
  await score(show);
  // Played: 1, 2 and a new one. Odds were .9 .8 .7 .6 .5, so the machine named 1, 2 and 3.
  const machine = (0.01 + 0.04 + 0.49 + 0.36 + 0.25 + 1) / 3;
  // Of five voters three said 3, two 1, one each 5, 2, 4; the first named of those in favour is 5.
  const crowd = (0.36 + 0.6 ** 2 + 0.8 ** 2 + 0.04 + 0.04 + 1) / 3;
  expect(await of(show, "machine")).toMatchObject({
    hits: 2,
    named: 3,
    played: 3,
    brier: Number(machine.toFixed(4)),
  });
  expect(await of(show, "fans")).toMatchObject({ hits: 1, named: 3, brier: Number(crowd.toFixed(4)) });
  expect(await of(show, "last-show")).toMatchObject({ hits: 1, named: 3, brier: 1.3333 });
  const rows = await scores(show);
  expect(rows.map(({ scorer }) => scorer).sort()).toEqual(
    ["fan", "fan", "fan", "fan", "fan", "fans", "last-show", "last-ten", "machine"].sort(),
  );
  // The database scores a fan as the rule does, by the first names given.
  const played = new Set([...show.songIds.slice(0, 2), "new"]);
  const said = (songs: number[]) =>
    scoreOf(played, yesForecast(songs.map((song) => show.songIds[song - 1]!)));
  for (const [fanId, songs] of [
    [all, [5, 2, 4, 1]],
    [some, [1]],
    [others[0], [3]],
  ] as const) {
    const { brier, ...hits } = said([...songs]);
    expect(rows.find((row) => row.fanId === fanId)).toMatchObject({
      ...hits,
      brier: Number(brier.toFixed(4)),
    });
  }
  expect(await result(show)).toMatchObject({ played: 3, source_id: "one", version: "v1" });
});

test("a reader sees what was played in order, who named what, and after 30 days no more than the figures", async () => {
  const show = await playedShow(3);
  const [fanId = ""] = await guests(1);
  await castVotes(db, [{ fanId, setlistSongId: show.setlistSongIds[1]! }]);
  await write(show, { songs: ["tape", 2, "New", 2] });
  await score(show);
  const read = await findResult(db, show.showId, { fanId, keepDays: 30 });
  expect(
    read?.entries.map(({ title, tape, again, inList, mine, probability }) => [
      title,
      tape,
      again,
      inList,
      mine,
      probability,
    ]),
  ).toEqual([
    ["tape", true, false, false, false, null],
    ["Song 2", false, false, true, true, 0.8],
    ["New", false, false, false, false, 0],
    ["Song 2", false, true, true, true, 0.8],
  ]);
  expect(read?.songs.map(({ title, played, inList }) => [title, played, inList])).toEqual([
    ["Song 1", false, true],
    ["Song 2", true, true],
    ["Song 3", false, false],
    ["New", true, false],
  ]);
  await sql`update past_setlists set fetched_at = now() - interval '31 days'`.execute(db);
  const later = await findResult(db, show.showId, { fanId, keepDays: 30 });
  expect(later).toMatchObject({ isTold: false, entries: [], played: 2, settled: true });
  expect(later?.songs.map(({ title }) => title)).not.toContain("New");
  expect(later?.scores).toHaveLength(2);
});

test("a new version is scored anew; two readings an hour apart after the show settle it, or 72 hours", async () => {
  const show = await playedShow(4, daysAgo(2));
  const read = async (hours: number, version: string, songs: number[]) => {
    await write(show, { date: daysAgo(2), version, songs });
    await sql`update past_setlists set fetched_at = shows.voting_closes_at + make_interval(mins => ${60 * hours}::int)
      from shows where shows.id = ${show.showId}`.execute(db);
    await score(show);
    const { played, settled_at, readings } = (await result(show))!;
    return [played, readings, settled_at !== null];
  };
  // While it may still be going on nothing counts.
  expect(await read(1, "v1", [1])).toEqual([1, 1, false]);
  expect(await read(2.5, "v1", [1])).toEqual([1, 1, false]);
  expect(await read(5, "v2", [1, 2])).toEqual([2, 1, false]);
  expect(await read(5.2, "v2", [1, 2])).toEqual([2, 1, false]);
  expect(await read(6.1, "v3", [1, 2, 3])).toEqual([3, 1, false]);
  expect(await read(7.1, "v3", [1, 2, 3])).toEqual([3, 2, true]);
  expect(await read(9, "v4", [1, 2, 4])).toEqual([3, 1, false]);
  expect(await of(show, "machine")).toMatchObject({ hits: 2, played: 3 });
  await sql`update shows set local_date = local_date - 2`.execute(db);
  await sql`update past_setlists set local_date = local_date - 2`.execute(db);
  await score(show);
  expect((await result(show))?.settled_at).not.toBeNull();
});

test("early and late are told apart, and a setlist is taken from the show that it was not", async () => {
  const show = await playedShow(3);
  const late = await sql<{
    id: string;
  }>`insert into shows (artist_id, slug, tm_event_id, name, local_date, local_time,
      timezone, status, slot)
    select artist_id, slug || '-late', tm_event_id || 'l', name, local_date, '22:30', timezone, status, 1 from shows
    returning id`.execute(db);
  const lateId = late.rows[0]!.id;
  const matched = async () => {
    const rows = await db
      .selectFrom("show_results")
      .select(["show_id as id", "source_id as setlist"])
      .execute();
    return Object.fromEntries(rows.map(({ id, setlist }) => [id === lateId ? "late" : "early", setlist]));
  };
  await write(show, { id: "x", place: 0, songs: [1, 2] });
  await score(show);
  expect(await matched()).toEqual({});
  await write(show, { id: "y", place: 1, songs: [3] });
  await sql`update past_setlists set venue_name = 'Hall'`.execute(db);
  await sql`with hall as (insert into venues (source, source_id, slug, name) values ('ticketmaster', 'h', 'hall', 'Hall')
    returning id) update shows set venue_id = hall.id from hall`.execute(db);
  await score(show);
  expect(await matched()).toEqual({ early: "y", late: "x" });
  await sql`update past_setlists set place = 1 - place`.execute(db);
  await score(show);
  expect(await matched()).toEqual({ early: "x", late: "y" });
  await sql`update shows set status = 'cancelled' where id = ${lateId}`.execute(db);
  await sql`delete from past_setlists where source_id = 'x'`.execute(db);
  await score(show);
  expect(await matched()).toEqual({ early: "y" });
});

test("what becomes of songs and fans afterwards keeps the scores true", async () => {
  const show = await playedShow(4);
  const guestId = await insertGuest(db);
  const accountId = (await insertAccount(db, {
    email: "ada@example.org",
    name: "Ada",
    passwordHash: "none",
  }))!;
  const [one, two, three, four] = show.setlistSongIds as [string, string, string, string];
  await castVotes(db, [
    { fanId: guestId, setlistSongId: one },
    { fanId: guestId, setlistSongId: two },
    { fanId: accountId, setlistSongId: three },
  ]);
  await write(show, { songs: [1, 4] });
  await score(show);
  const fans = async () =>
    (await scores(show))
      .filter(({ fanId }) => fanId)
      .map(({ fanId, hits, named, brier }) => [fanId, hits, named, brier]);
  expect(await fans()).toContainEqual([guestId, 1, 2, 1]);
  expect(await fans()).toContainEqual([accountId, 0, 1, 1.5]);
  await db.transaction().execute((trx) => moveGuest(trx, { guestId, accountId }));
  // All were cast at once: of three names the two that count are whichever come first.
  expect((await fans()).map(([fanId, , named, brier]) => [fanId, named, brier])).toEqual([
    [accountId, 2, 1.5],
  ]);

  // Song 3 turns out to be song 4 by another name.
  await db
    .transaction()
    .execute((trx) => mergeSongs(trx, [{ from: show.songIds[3]!, into: show.songIds[2]! }]));
  expect((await fans()).map(([fanId, , named, brier]) => [fanId, named, brier])).toEqual([
    [accountId, 2, 0.5],
  ]);
  const kept = await db
    .selectFrom("scored_songs")
    .where("show_id", "=", show.showId)
    .select(["song_id as song", "setlist_song_id as row", "played", "votes"])
    .execute();
  expect(kept).toHaveLength(3);
  expect(kept).toContainEqual({ song: show.songIds[2], row: three, played: true, votes: 1 });
  expect(kept.map(({ row }) => row)).not.toContain(four);
  const before = await scores(show);
  await score(show);
  expect(await scores(show)).toEqual(before);

  await db.transaction().execute((trx) => deleteFan(trx, accountId));
  expect(await scores(show)).toEqual(before);
});
