import { PgBoss } from "pg-boss";
import { describe, expect, test } from "vitest";
import { isCron, refuseSchedule } from "./schedule-bounds.ts";

// Its arithmetic needs no database.
const boss = new PgBoss({ connectionString: "postgres://nowhere" });
const refusal = (cron: string, leastSeconds = 600) =>
  refuseSchedule((count, from) => boss.previewSchedule(cron, { tz: "UTC", count, from }), {
    leastSeconds,
    now: new Date("2026-11-27T20:14:30Z"),
  });

describe("may run", () => {
  test.each(["*/10 * * * *", "2 * * * *", "17 */6 * * *", "0 0 * * 1", "0 0,12 * * 1-5", "59 23 * * *"])(
    "%s",
    (cron) => expect(refusal(cron)).toBeUndefined(),
  );
  test("* * * * * where every minute is allowed", () => expect(refusal("* * * * *", 60)).toBeUndefined());
});

test.each(["* * * * *", "*/9 * * * *", "0,5 4 * * *", "0,5 0 * * 1", "0,55 * 27 11 *"])(
  "%s is too often, or has a week without a run",
  (cron) => expect(refusal(cron)).toMatch(/two runs are closer|once a week/),
);

test.each(["0 0 1 * *", "0 0 * 1 *", "0 0 29 2 *", "0 0 1-20 * *", "*/10 * 1-8 * *"])(
  "%s is too rare",
  (cron) => expect(refusal(cron)).toMatch(/once a week/),
);

test.each([
  ["2 * * * *", true],
  ["  2  *\t* * *", true],
  ["0 2 * * * *", false],
  ["@daily", false],
  ["FREQ=DAILY", false],
  ["", false],
])("%j is five fields: %s", (text, is) => expect(isCron(text)).toBe(is));
