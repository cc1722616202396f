import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";
import { progressStream } from "./progress.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let artistId: string;
beforeAll(async () => {
  app = await testApp({ limits: true });
  const { tmAttractionId } = worlds.small.artists.saltmarsh;
  ({ artistId } = await app.caller.artist.import({ tmAttractionId }));
});
afterAll(() => app.close());

function open(headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const connection = { signal: leaving.signal, backlog: () => 0, address: "192.0.2.1" };
  const request = new Request("http://here/", { headers });
  return {
    leave: () => leaving.abort(),
    answer: progressStream(app.services, connection, artistId, request),
  };
}

test("a stream of progress takes a place among all streams, and gives it back when its reader leaves", async () => {
  const { streams } = app.services;
  const places = Array.from({ length: 199 }, () => streams.enter("192.0.2.1"));
  const last = open();
  expect((await last.answer).status).toBe(200);
  const refused = await open().answer;
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.json()).toHaveProperty("error.code", "SERVICE_UNAVAILABLE");
  last.leave();
  expect(streams.open()).toBe(199);
  for (const give of places) give?.();
  expect(app.hub.followers()).toBe(0);
});

test("it ends by itself with the import, and who has seen the end is told to stay away", async () => {
  await app.drain();
  const text = await (await open().answer).text();
  const [, id] = /\nid: (\d+)\n/.exec(text) ?? [];
  expect(JSON.parse(/\ndata: (.*)\n/.exec(text)?.[1] ?? "{}")).toMatchObject({ percentage: 100 });
  expect((await open({ "Last-Event-ID": id! }).answer).status).toBe(204);
  expect(app.services.streams.open()).toBe(0);
});
