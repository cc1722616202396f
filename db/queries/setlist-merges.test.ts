import { afterAll, beforeAll, expect, it } from "vitest";
import { castVotes, miscounts } from "../../tests/cast-votes.ts";
import { createTestDb } from "../../tests/database.ts";
import { insertVotedShow, type VotedShow } from "../../tests/voted-show.ts";
import { insertGuest } from "./fans.ts";
import { findSetlist, upsertSetlists } from "./setlists.ts";
import { mergeSongs } from "./song-writes.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());

const guests = (count: number) => Promise.all(Array.from({ length: count }, () => insertGuest(test.db)));
const merge = (show: VotedShow, pairs: [from: number, into: number][]) =>
  test.db.transaction().execute((trx) =>
    mergeSongs(
      trx,
      pairs.map(([from, into]) => ({ from: show.songIds[from] ?? "", into: show.songIds[into] ?? "" })),
    ),
  );
const counts = async (show: VotedShow, fanId?: string) =>
  (await findSetlist(test.db, show.showId, { fanId }))?.songs.map(
    ({ setlistSongId, votes, wishes, myVote, myWish }) => [
      show.setlistSongIds.indexOf(setlistSongId),
      votes,
      wishes,
      myVote,
      myWish,
    ],
  );

it("moves the votes of a song that became another, each fan's once", async () => {
  const show = await insertVotedShow(test.db, 3);
  const [a = "", b = "", c = ""] = await guests(3);
  const [heir = "", twin = "", other = ""] = show.setlistSongIds;
  await castVotes(test.db, [
    { fanId: a, setlistSongId: heir },
    { fanId: a, setlistSongId: twin, hoursAgo: 30 },
    { fanId: a, setlistSongId: twin, ballot: "wish" },
    { fanId: b, setlistSongId: twin, hoursAgo: 5 },
    { fanId: c, setlistSongId: other },
  ]);
  await merge(show, [[1, 0]]);
  expect(await counts(show, a)).toEqual([
    [0, 2, 1, true, true],
    [2, 1, 0, false, false],
  ]);
  expect(await miscounts(test.db)).toEqual([]);
});

it("makes one row of several that became a song which is on no list, the oldest one", async () => {
  const show = await insertVotedShow(test.db, 3);
  const [a = "", b = ""] = await guests(2);
  const [first = "", second = "", third = ""] = show.setlistSongIds;
  const heir = await test.db
    .insertInto("songs")
    .values({ artist_id: show.artistId, title: "Heir", title_key: "heir", kind: "studio" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await castVotes(test.db, [
    { fanId: a, setlistSongId: first },
    { fanId: a, setlistSongId: second },
    { fanId: b, setlistSongId: second },
    { fanId: b, setlistSongId: third },
  ]);
  await test.db
    .insertInto("suggestions")
    .values([second, third].map((id) => ({ setlist_song_id: id, fan_id: b, show_id: show.showId })))
    .execute();
  await test.db.transaction().execute((trx) =>
    mergeSongs(
      trx,
      show.songIds.map((from) => ({ from, into: heir.id })),
    ),
  );
  const setlist = await findSetlist(test.db, show.showId, { fanId: b });
  expect(setlist?.songs).toMatchObject([
    { setlistSongId: [...show.setlistSongIds].sort()[0], songId: heir.id, votes: 2, mySuggestion: true },
  ]);
  expect(await miscounts(test.db)).toEqual([]);
});

it("leaves a song with votes on its list when it is predicted no longer, at the end and without odds", async () => {
  const show = await insertVotedShow(test.db, 2);
  const [a = ""] = await guests(1);
  await castVotes(test.db, [{ fanId: a, setlistSongId: show.setlistSongIds[0] ?? "" }]);
  const song = (at: number) => ({
    songId: show.songIds[at] ?? "",
    position: 1,
    isEncore: false,
    probability: 0.7,
    facts: {} as never,
  });
  await upsertSetlists(test.db, [
    { showId: show.showId, basis: "history", model: "m", expectedSongs: 1, showsKnown: 9, songs: [song(1)] },
  ]);
  expect(await counts(show, a)).toEqual([
    [1, 0, 0, false, false],
    [0, 1, 0, true, false],
  ]);
});
