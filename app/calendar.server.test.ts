import { describe, expect, test } from "vitest";
import { calendarAnswer, calendarOf, type CalendarShow } from "./calendar.server";

const show: CalendarShow = {
  id: "0193f0aa-0000-7000-8000-000000000001",
  slug: "saltmarsh-radio-bristol-2026-12-04",
  name: "Saltmarsh Radio",
  artistName: "Saltmarsh Radio",
  localDate: "2026-12-04",
  localTime: "20:00:00",
  startsAt: new Date("2026-12-04T20:00:00Z"),
  timezone: "Europe/London",
  status: "onsale",
  venueName: "The Tidehouse",
  city: "Bristol",
  region: "England",
  country: "GB",
  changedAt: new Date("2026-11-01T10:00:00Z"),
  sequence: 3,
};
const origin = "https://theset.example";
/** The lines of a calendar, unfolded. */
const lines = (...shows: Partial<CalendarShow>[]) =>
  calendarOf(
    "Shows",
    shows.map((differs) => ({ ...show, ...differs })),
    origin,
  )
    .replaceAll("\r\n ", "")
    .split("\r\n");
const line = (name: string, differs: Partial<CalendarShow>) =>
  lines(differs).find((text) => text.startsWith(name));

test("an event says who, where and when, and the same shows make the same bytes", () => {
  const text = lines({});
  expect(text).toEqual(lines({}));
  for (const expected of [
    "UID:0193f0aa-0000-7000-8000-000000000001@theset",
    "SEQUENCE:3",
    "DTSTAMP:20261101T100000Z",
    "DTSTART:20261204T200000Z",
    "SUMMARY:Saltmarsh Radio\\, The Tidehouse\\, Bristol",
    "LOCATION:The Tidehouse\\, Bristol\\, England\\, United Kingdom",
    "URL;VALUE=URI:https://theset.example/shows/saltmarsh-radio-bristol-2026-12-04",
    "STATUS:CONFIRMED",
  ])
    expect(text).toContain(expected);
  expect(text.at(-1)).toBe("");
});

describe("when", () => {
  const times: [what: string, differs: Partial<CalendarShow>, line: string][] = [
    [
      "a night when the clocks go back: the later of two 01:30",
      { localDate: "2026-10-25", localTime: "01:30:00", startsAt: new Date("2026-10-25T01:30:00Z") },
      "DTSTART:20261025T013000Z",
    ],
    [
      "New York on the night its clocks change, London's having changed a week before",
      {
        localDate: "2026-10-31",
        localTime: "20:00:00",
        startsAt: new Date("2026-11-01T00:00:00Z"),
        timezone: "America/New_York",
      },
      "DTSTART:20261101T000000Z",
    ],
    [
      "no time known, on the day the clocks go forward",
      { localDate: "2026-03-29", localTime: null, startsAt: null },
      "DTSTART;VALUE=DATE:20260329",
    ],
    [
      "no zone known: the wall clock, wherever the reader is",
      { localDate: "2026-03-29", localTime: "02:30:00", startsAt: null, timezone: null },
      "DTSTART:20260329T023000",
    ],
  ];
  test.each(times)("%s", (_what, differs, expected) => expect(line("DTSTART", differs)).toBe(expected));

  test("no zone of this machine's gets into it", () => {
    const before = process.env.TZ;
    try {
      for (const zone of ["Pacific/Kiritimati", "America/New_York"]) {
        process.env.TZ = zone;
        for (const [, differs, expected] of times) expect(line("DTSTART", differs)).toBe(expected);
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

test("a cancelled show says so twice, a postponed one may yet be", () => {
  expect(line("STATUS", { status: "cancelled" })).toBe("STATUS:CANCELLED");
  expect(line("SUMMARY", { status: "cancelled" })).toMatch(/^SUMMARY:Cancelled: Saltmarsh Radio/);
  expect(line("STATUS", { status: "postponed" })).toBe("STATUS:TENTATIVE");
});

test("a name from outside begins no line of its own, and every line is short", () => {
  const hostile = 'Foo\r\nBEGIN:VEVENT\nX:1\rY;,\\"\u2028z\u0007 ' + "宇多田ヒカル😀".repeat(20);
  const text = calendarOf(
    hostile,
    [{ ...show, artistName: hostile, venueName: hostile, city: hostile }],
    origin,
  );
  for (const row of text.split("\r\n")) {
    expect(row).not.toMatch(/[\r\n\u2028]|\p{Cc}/u);
    expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75);
    // Half a sign would not come back.
    expect(Buffer.from(row).toString()).toBe(row);
  }
  expect(text.match(/^BEGIN:VEVENT$/gm)).toHaveLength(1);
  expect(text.replaceAll("\r\n ", "")).toContain('X-WR-CALNAME:Foo BEGIN:VEVENT X:1 Y\\;\\,\\\\" z 宇多田');
  expect(text.replaceAll("\r\n ", "")).toContain('SUMMARY:Foo BEGIN:VEVENT X:1 Y\\;\\,\\\\" z 宇多田');
});

test("who has read it is told that nothing changed, until something has", async () => {
  const answer = (calendar: string, tag?: string) =>
    calendarAnswer(
      new Request(origin, { headers: tag === undefined ? {} : { "If-None-Match": tag } }),
      calendar,
      { shared: true },
    );
  const first = answer("a");
  const tag = first.headers.get("ETag")!;
  expect(first.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
  for (const same of [tag, `"x", ${tag}`, tag.replace("W/", ""), "*"]) {
    const second = answer("a", same);
    expect(second.status).toBe(304);
    expect(await second.text()).toBe("");
    expect(second.headers.get("ETag")).toBe(tag);
  }
  expect(answer("b", tag).status).toBe(200);
  expect(first.headers.get("Cache-Control")).toBe("public, max-age=900");
  expect(calendarAnswer(new Request(origin), "a", { shared: false }).headers.get("Cache-Control")).toBe(
    "private, max-age=900",
  );
});
