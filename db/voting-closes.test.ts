/** When voting closes is a generated column: what it makes of dates, times and zones. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb } from "../tests/database.ts";
import { insertVotedShow } from "../tests/voted-show.ts";

let database: Awaited<ReturnType<typeof createTestDb>>;
let showId: string;
beforeAll(async () => {
  database = await createTestDb();
  ({ showId } = await insertVotedShow(database.db, 1));
});
afterAll(() => database.close());

test.each([
  [
    "the time of the show, by the venue's clock",
    "2026-11-27",
    "20:45",
    "Europe/Berlin",
    "2026-11-27T19:45:00Z",
  ],
  ["the same in summer", "2026-07-01", "20:45", "Europe/Berlin", "2026-07-01T18:45:00Z"],
  ["after midnight in UTC", "2026-11-27", "19:00", "America/Los_Angeles", "2026-11-28T03:00:00Z"],
  ["eight in the evening where no time is known", "2026-11-27", null, "Asia/Tokyo", "2026-11-27T11:00:00Z"],
  [
    "where no zone is, as early as the date's evening is anywhere",
    "2026-11-27",
    null,
    null,
    "2026-11-27T06:00:00Z",
  ],
  ["a time without a zone", "2026-11-27", "21:30", null, "2026-11-27T07:30:00Z"],
  [
    "an hour that clocks skip, by standard time",
    "2026-03-29",
    "02:30",
    "Europe/Berlin",
    "2026-03-29T01:30:00Z",
  ],
  [
    "an hour that clocks repeat, the second time",
    "2026-10-25",
    "02:30",
    "Europe/Berlin",
    "2026-10-25T01:30:00Z",
  ],
  ["half-hour zones", "2026-11-27", "20:00", "Asia/Kolkata", "2026-11-27T14:30:00Z"],
  ["never while there is no date", null, "20:00", "Europe/Berlin", null],
])("%s", async (_case, localDate, localTime, timezone, closes) => {
  const moved = await database.db
    .updateTable("shows")
    .set({ local_date: localDate, local_time: localTime, timezone })
    .where("id", "=", showId)
    .returning("voting_closes_at as closesAt")
    .executeTakeFirstOrThrow();
  expect(moved.closesAt).toEqual(closes === null ? null : new Date(closes));
});
