import { expect, test } from "vitest";
import { errorKey } from "./error-key.ts";

test.each([
  ["setlist.fm answered 429 after the day’s quota", "setlist.fm answered # after the day’s quota"],
  [
    "import 0193a2b4-1111-7abc-8def-001122334455: attempt 3 was taken over",
    "import …: attempt # was taken over",
  ],
  [
    'duplicate key value violates unique constraint "songs_title"',
    "duplicate key value violates unique constraint “…”",
  ],
  ["no song “Gravel” of ‘Mara Lindqvist’", "no song “…” of “…”"],
  [
    "Ticketmaster took longer than 10.5 s at 2026-11-27T20:14:03.120Z",
    "Ticketmaster took longer than # s at <time>",
  ],
  ["closed until 09:40 UTC", "closed until <time> UTC"],
  ["no artist K8vZ917Gku7 at https://app.example.org/x?apikey=1", "no artist … at <address>"],
  ["it couldn't be, and they're gone", "it couldn't be, and they're gone"],
  ["first line\n    at somewhere (file.ts:12:5)", "first line"],
  ["  ", "no message"],
])("%s", (message, key) => {
  expect(errorKey(message)).toBe(key);
});

test("is bounded, and the same for its own answer", () => {
  const key = errorKey(`${"a word ".repeat(500)}12`);
  expect(key.length).toBeLessThanOrEqual(300);
  expect(errorKey(key)).toBe(key);
});
