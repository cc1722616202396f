import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { castVotes, miscounts, type CastVote } from "../../tests/cast-votes.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";
import { insertAccount, insertGuest } from "./fans.ts";
import { moveGuest } from "./guest-moves.ts";
import { deleteFan } from "./leaving.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

async function people() {
  const guestId = await insertGuest(app.db);
  const account = { email: "ada@example.org", name: "Ada", passwordHash: "none" };
  const accountId = (await insertAccount(app.db, account)) ?? "";
  return { guestId, accountId };
}

const move = (both: { guestId: string; accountId: string }) =>
  app.db.transaction().execute((trx) => moveGuest(trx, both));

/** Whose votes there are: fan, song's place, ballot and age in hours. */
async function votes(songs: string[]): Promise<unknown[]> {
  const rows = await app.db
    .selectFrom("votes")
    .select(["fan_id as fanId", "setlist_song_id as song", "ballot"])
    .select(sql<number>`round(extract(epoch from now() - created_at) / 3600)::int`.as("hoursAgo"))
    .execute();
  return rows
    .map(({ fanId, song, ballot, hoursAgo }) => [fanId, songs.indexOf(song), ballot, hoursAgo])
    .sort((a, b) => Number(a[1]) - Number(b[1]));
}

test("the same song on the same ballot is the account's one vote, as old as it was; the rest moves with its age", async () => {
  const both = await people();
  const { setlistSongIds: songs, showId } = await insertVotedShow(app.db, 4);
  const [one = "", two = "", three = ""] = songs;
  await castVotes(app.db, [
    { fanId: both.accountId, setlistSongId: one, hoursAgo: 3 },
    { fanId: both.guestId, setlistSongId: one, hoursAgo: 7 },
    { fanId: both.guestId, setlistSongId: two, ballot: "wish", hoursAgo: 30 },
    { fanId: both.guestId, setlistSongId: three, hoursAgo: 2 },
  ]);
  expect(await move(both)).toEqual({ dropped: 0, showIds: [showId] });
  expect(await votes(songs)).toEqual([
    [both.accountId, 0, "expect", 3],
    [both.accountId, 1, "wish", 30],
    [both.accountId, 2, "expect", 2],
  ]);
  expect(await miscounts(app.db)).toEqual([]);
});

test("above the caps of a show the oldest stay, whosever they were, and the others are counted as dropped", async () => {
  const both = await people();
  const { setlistSongIds: songs } = await insertVotedShow(app.db, 40);
  const other = await insertVotedShow(app.db, 1);
  const cast = (fanId: string, from: number, to: number, ballot: "expect" | "wish") =>
    songs.slice(from, to).map((setlistSongId, n) => ({ fanId, setlistSongId, ballot, hoursAgo: from + n }));
  await castVotes(app.db, [
    ...cast(both.accountId, 0, 20, "expect"),
    ...cast(both.guestId, 20, 40, "expect"),
    ...cast(both.guestId, 0, 5, "wish"),
    ...cast(both.accountId, 5, 8, "wish"),
    { fanId: both.guestId, setlistSongId: other.setlistSongIds[0]! },
  ]);
  expect((await move(both))?.dropped).toBe(15 + 3);
  const left = (await votes([...songs, ...other.setlistSongIds])) as [string, number, string, number][];
  const places = (ballot: string) => left.filter((vote) => vote[2] === ballot).map((vote) => vote[1]);
  expect(new Set(left.map(([fanId]) => fanId))).toEqual(new Set([both.accountId]));
  expect(places("expect")).toEqual([...Array.from({ length: 25 }, (_, n) => 15 + n), 40]);
  expect(places("wish")).toEqual([3, 4, 5, 6, 7]);
  expect(await miscounts(app.db)).toEqual([]);
});

test("suggestions, follows and the calendar's address move; the guest is gone", async () => {
  const both = await people();
  const show = await insertVotedShow(app.db, 2);
  const other = await insertVotedShow(app.db, 1);
  await sql`insert into suggestions (setlist_song_id, fan_id, show_id)
    select id, fan::uuid, ${show.showId}::uuid from unnest(${show.setlistSongIds}::uuid[]) with ordinality s(id, n),
      unnest(${[both.guestId, both.accountId]}::text[]) with ordinality f(fan, m) where n >= m`.execute(
    app.db,
  );
  await sql`insert into follows (fan_id, artist_id) values (${both.guestId}, ${show.artistId}),
    (${both.accountId}, ${show.artistId}), (${both.guestId}, ${other.artistId})`.execute(app.db);
  await sql`update fans set calendar_key = 'unguessable' where id = ${both.guestId}`.execute(app.db);
  await move(both);
  const counts = await sql`select fans.id, calendar_key as key,
    (select count(*)::int from suggestions where fan_id = fans.id) as suggestions,
    (select count(*)::int from follows where fan_id = fans.id) as follows from fans`.execute(app.db);
  expect(counts.rows).toEqual([{ id: both.accountId, key: "unguessable", suggestions: 2, follows: 2 }]);
});

test("the account's own calendar keeps its address", async () => {
  const both = await people();
  await sql`update fans set calendar_key = case when email is null then 'theirs' else 'ours' end`.execute(
    app.db,
  );
  await move(both);
  const { rows } = await sql`select calendar_key as key from fans`.execute(app.db);
  expect(rows).toEqual([{ key: "ours" }]);
});

test("of two sign-ins of one guest at once one moves it, and the other finds nobody", async () => {
  const both = await people();
  const { setlistSongIds: songs } = await insertVotedShow(app.db, 3);
  await castVotes(
    app.db,
    songs.map((setlistSongId) => ({ fanId: both.guestId, setlistSongId })),
  );
  const moves = await Promise.all([move(both), move(both)]);
  expect(moves.filter((moved) => moved !== undefined)).toHaveLength(1);
  expect(await votes(songs)).toHaveLength(3);
  expect(await miscounts(app.db)).toEqual([]);
});

test("whatever both voted, what is left is what the rules say, and every count is true", async () => {
  // Many rounds of chance against the rules written out plainly.
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 8; round++) {
    const both = await people();
    const shows = [await insertVotedShow(app.db, 34), await insertVotedShow(app.db, 34)];
    let hoursAgo = 0;
    const cast: (CastVote & { show: number })[] = [];
    for (const fanId of [both.guestId, both.accountId])
      for (const [show, { setlistSongIds }] of shows.entries())
        for (const ballot of ["expect", "wish"] as const) {
          const songs = [...setlistSongIds].sort(() => random(2) - 0.5);
          for (const setlistSongId of songs.slice(0, random(ballot === "expect" ? 26 : 6)))
            cast.push({ fanId, setlistSongId, ballot, hoursAgo: (hoursAgo += 0.4), show });
        }
    await castVotes(app.db, cast);
    const moved = await move(both);

    const key = (vote: CastVote) => `${vote.setlistSongId} ${vote.ballot}`;
    const ours = new Set(cast.filter((vote) => vote.fanId === both.accountId).map(key));
    const single = cast.filter((vote) => vote.fanId === both.accountId || !ours.has(key(vote)));
    const kept = [0, 1].flatMap((show) =>
      (["expect", "wish"] as const).flatMap((ballot) =>
        single
          .filter((vote) => vote.show === show && vote.ballot === ballot)
          .sort((a, b) => b.hoursAgo! - a.hoursAgo!)
          .slice(0, ballot === "expect" ? 25 : 5),
      ),
    );
    const left = await app.db
      .selectFrom("votes")
      .select(["setlist_song_id as setlistSongId", "ballot"])
      .execute();
    expect(left.map((vote) => key(vote as CastVote)).sort()).toEqual(kept.map(key).sort());
    expect(moved?.dropped).toBe(single.length - kept.length);
    expect(await miscounts(app.db)).toEqual([]);
    await app.clear();
  }
});

test("many sign-ins and leavings at once on the same songs end in true counts", async () => {
  const shows = [await insertVotedShow(app.db, 30), await insertVotedShow(app.db, 30)];
  const songs = shows.flatMap(({ setlistSongIds }) => setlistSongIds);
  const pairs = [];
  for (let n = 0; n < 8; n++) {
    const guestId = await insertGuest(app.db);
    const account = { email: `fan${n}@example.org`, name: "Fan", passwordHash: "none" };
    pairs.push({ guestId, accountId: (await insertAccount(app.db, account)) ?? "" });
  }
  const leaving = [];
  for (let n = 0; n < 8; n++) leaving.push(await insertGuest(app.db));
  // Each in an order and at hours of their own, so that whoever locks as the rows come meets somebody.
  const votesOf = (fanId: string, n: number, from: number) =>
    [0, 1].flatMap((show) =>
      Array.from({ length: 20 }, (_, m) => ({
        fanId,
        setlistSongId: songs[30 * show + ((from + m * (n % 2 ? 7 : 11)) % 30)]!,
        hoursAgo: n % 2 ? m : 30 - m,
      })),
    );
  await castVotes(app.db, [
    ...pairs.flatMap(({ guestId, accountId }, n) => [
      ...votesOf(guestId, n, n),
      ...votesOf(accountId, n, n + 9),
    ]),
    ...leaving.flatMap((fanId, n) => votesOf(fanId, n, 3 * n)),
  ]);
  const leave = (fanId: string) => app.db.transaction().execute((trx) => deleteFan(trx, fanId));
  await Promise.all([...pairs.map(move), ...leaving.map(leave)]);
  expect(await miscounts(app.db)).toEqual([]);
  expect(await app.db.selectFrom("fans").select("id").execute()).toHaveLength(8);
});
