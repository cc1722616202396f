import { describe, expect, it } from "vitest";
import {
  age,
  ago,
  count,
  countWord,
  daysBetween,
  dayMonth,
  duration,
  fromToday,
  grouped,
  localDay,
  longDate,
  partOf,
  place,
  price,
  stamp,
  weekday,
  zoneName,
} from "./formats";

describe("local dates", () => {
  it("are what the venue's calendar says, whatever the zone of this process", () => {
    for (const zone of ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"]) {
      process.env.TZ = zone;
      expect(longDate("2026-11-27")).toBe("Friday 27 November 2026");
      expect(weekday("2027-01-01")).toBe("Fri");
      expect(dayMonth("2026-03-01")).toBe("1 Mar 2026");
    }
    delete process.env.TZ;
  });

  it("leave out the year that everybody knows", () => {
    expect(dayMonth("2026-09-05", "2026-11-24")).toBe("5 Sep");
    expect(dayMonth("2027-01-03", "2026-11-24")).toBe("3 Jan 2027");
  });

  it("count days over a change of clocks", () => {
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
    expect(daysBetween("2026-12-31", "2027-01-01")).toBe(1);
  });

  it.each([
    ["2026-11-23", undefined],
    ["2026-11-24", "tonight"],
    ["2026-11-25", "tomorrow"],
    ["2026-11-27", "in 3 days"],
    ["2026-12-15", "in 3 weeks"],
  ])("%s is %s on the 24th", (date, words) => expect(fromToday(date, "2026-11-24")).toBe(words));

  it("come from an instant by the venue's clock", () => {
    const late = new Date("2026-11-24T23:30:00Z");
    expect(localDay(late, "Asia/Tokyo")).toBe("2026-11-25");
    expect(localDay(late, "America/New_York")).toBe("2026-11-24");
    expect(stamp(late, "Asia/Tokyo")).toBe("Wed 25 Nov 2026, 08:30");
  });
});

it("names the zone of that day", () => {
  expect(zoneName(new Date("2026-11-27T20:45:00Z"), "Europe/London")).toBe("GMT");
  expect(zoneName(new Date("2026-11-27T20:45:00Z"), "America/New_York")).toBe("GMT−5");
  expect(zoneName(new Date("2026-07-27T20:45:00Z"), "Europe/London")).toBe("BST");
});

describe("ages", () => {
  const now = "2026-11-24T12:00:00Z";
  it.each([
    ["2026-11-24T11:59:30Z", "just now"],
    ["2026-11-24T11:59:00Z", "1 minute ago"],
    ["2026-11-24T11:46:00Z", "14 minutes ago"],
    ["2026-11-24T09:00:00Z", "3 hours ago"],
    ["2026-11-20T12:00:00Z", "4 days ago"],
    // clocks of two machines differ a little
    ["2026-11-24T12:00:03Z", "just now"],
  ])("%s was %s", (then, words) => expect(ago(then, now)).toBe(words));
});

it("counts in words", () => {
  expect(grouped(999)).toBe("999");
  expect(grouped(1_412_000)).toBe("1,412,000");
  expect(count(1, "show")).toBe("1 show");
  expect(count(1_412, "show")).toBe("1,412 shows");
  expect(countWord(3, "more", "more")).toBe("three more");
  expect(countWord(14, "artist")).toBe("14 artists");
  expect(duration(1_240)).toBe("1.2 s");
  expect([7, 370, 11_100, 200_000].map(age)).toEqual(["7 s", "6 min 10 s", "3 h 5 min", "2 days"]);
  expect(duration(125_000)).toBe("2 min 5 s");
  expect(place("Bristol", null, "GB")).toBe("Bristol, GB");
});

it("says prices in their currency, and unknown currencies by their code", () => {
  expect(price({ min: 35, max: 95, currency: "GBP" })).toBe("£35 to £95");
  expect(price({ min: 49.5, max: 49.5, currency: "EUR" })).toBe("€49.50");
  expect(price({ min: 10, max: 20, currency: "??" })).toBe("10 ?? to 20 ??");
});

it.each([
  [{ encore: null, setName: null }, ""],
  [{ encore: null, setName: "Set 1:" }, "Set 1"],
  [{ encore: 1, setName: null }, "Encore"],
  [{ encore: 2, setName: "Encore:" }, "Encore 2"],
])("names the part of a setlist: %o", (song, part) => {
  expect(partOf(song)).toBe(part);
});
