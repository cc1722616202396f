import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "../index.ts";
import { createTestDb } from "../../tests/database.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";
import { readTallies } from "./tallies.ts";

let database: Awaited<ReturnType<typeof createTestDb>>;
let db: Db;
beforeAll(async () => {
  database = await createTestDb();
  db = database.db;
});
afterAll(() => database.close());

const count = (showId: string, setlistSongId: string, votes: number, wishes = 0) =>
  db
    .insertInto("tallies")
    .values({ show_id: showId, setlist_song_id: setlistSongId, votes, wishes })
    .execute();
const change = (id: string, values: { probability?: number; hidden_at?: Date }) =>
  db.updateTable("setlist_songs").set(values).where("id", "=", id).execute();

test("every expected song is counted, in the setlist's order, those without a vote at zero", async () => {
  const { showId, setlistSongIds } = await insertVotedShow(db, 3);
  await count(showId, setlistSongIds[1]!, 4, 2);
  await insertVotedShow(db, 2);
  expect(await readTallies(db, showId)).toEqual({
    showId,
    at: expect.any(Date) as Date,
    songs: [
      { setlistSongId: setlistSongIds[0], votes: 0, wishes: 0 },
      { setlistSongId: setlistSongIds[1], votes: 4, wishes: 2 },
      { setlistSongId: setlistSongIds[2], votes: 0, wishes: 0 },
    ],
  });
});

test("a song no longer expected stays for its votes or who suggested it, and goes when an admin hides it", async () => {
  const { showId, setlistSongIds } = await insertVotedShow(db, 5);
  const [dropped, voted, wished, suggested, hidden] = setlistSongIds as [
    string,
    string,
    string,
    string,
    string,
  ];
  for (const id of setlistSongIds) await change(id, { probability: 0 });
  await count(showId, dropped, 0);
  await count(showId, voted, 1);
  await count(showId, wished, 0, 1);
  await count(showId, hidden, 7);
  await change(hidden, { hidden_at: new Date() });
  const fan = await db.insertInto("fans").defaultValues().returning("id").executeTakeFirstOrThrow();
  await db
    .insertInto("suggestions")
    .values({ setlist_song_id: suggested, fan_id: fan.id, show_id: showId })
    .execute();
  const songs = (await readTallies(db, showId))?.songs.map(({ setlistSongId }) => setlistSongId);
  expect(songs).toEqual([voted, wished, suggested]);
});

test("a show without a setlist has no songs; where there is no show there is nothing", async () => {
  const { showId } = await insertVotedShow(db, 1);
  await db.deleteFrom("setlists").where("show_id", "=", showId).execute();
  expect((await readTallies(db, showId))?.songs).toEqual([]);
  expect(await readTallies(db, randomUUID())).toBeUndefined();
});
