import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { loader as artistCalendar } from "./calendar.artists.$slug[.]ics";
import { loader as followsCalendar } from "./calendar.follows.$key[.]ics";

const missing = () => Promise.reject(new TRPCError({ code: "NOT_FOUND", message: "There is none." }));
const ofArtist = (slug: string, artist: () => Promise<unknown>) =>
  artistCalendar({
    params: { slug },
    request: new Request(`https://theset.example/calendar/artists/${slug}.ics`),
    context: { trpc: { calendar: { artist } }, origin: "https://theset.example" },
  } as never);
const ofFollows = (follows: () => Promise<unknown>) =>
  followsCalendar({
    params: { key: "k" },
    request: new Request("https://theset.example/calendar/follows/k.ics"),
    context: { trpc: { calendar: { follows } }, origin: "https://theset.example" },
  } as never);

test("an older address of an artist leads to the present one for ever", async () => {
  const answer = await ofArtist("old", async () => ({ artist: { slug: "new", name: "New" }, shows: [] }));
  expect([answer.status, answer.headers.get("Location")]).toEqual([301, "/calendar/artists/new.ics"]);
});

test("a calendar without shows is a calendar", async () => {
  const answer = await ofArtist("one", async () => ({ artist: { slug: "one", name: "One" }, shows: [] }));
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("X-WR-CALNAME:One at TheSet\r\n");
});

test("an artist's calendar may be kept by caches between, a fan's own may not", async () => {
  const [one, mine] = await Promise.all([
    ofArtist("one", async () => ({ artist: { slug: "one", name: "One" }, shows: [] })),
    ofFollows(async () => ({ shows: [] })),
  ]);
  expect([one, mine].map(({ headers }) => headers.get("Cache-Control"))).toEqual([
    "public, max-age=900",
    "private, max-age=900",
  ]);
});

test("where there is none, programs get a sentence and no page", async () => {
  for (const answer of [await ofArtist("nobody", missing), await ofFollows(missing)]) {
    expect(answer.status).toBe(404);
    expect(answer.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(await answer.text()).toBe("There is no calendar at this address.\n");
  }
});

test("a database that is away is a 503, and no empty calendar that would clear somebody's own", async () => {
  const away = () => Promise.reject(new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "Away." }));
  for (const ask of [() => ofArtist("one", away), () => ofFollows(away)])
    await expect(ask()).rejects.toMatchObject({ status: 503 });
});
