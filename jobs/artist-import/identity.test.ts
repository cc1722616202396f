import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";

const { tmAttractionId } = worlds.small.artists.saltmarsh;
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

async function source() {
  return app.db
    .selectFrom("artist_sources")
    .where("source_id", "=", tmAttractionId)
    .select(["name", "url"])
    .executeTakeFirst();
}

test("what Ticketmaster calls an artist is known whether it answered the click or only the import", async () => {
  await app.caller.artist.import({ tmAttractionId });
  const answered = await source();
  expect(answered).toMatchObject({ name: "Saltmarsh Radio", url: expect.stringMatching(/^https:/) });
  await app.clear();

  app.simulator.setFaults([{ upstream: "ticketmaster", kind: "hang", times: 1 }]);
  await app.caller.artist.import({ tmAttractionId });
  expect(await source()).toEqual({ name: null, url: null });
  await app.drain();
  expect(await source()).toEqual(answered);
});
