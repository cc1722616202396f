/** What MusicBrainz' 503 costs: seconds, then the call, and never a closing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTurn, json } from "../../../tests/scripted-server.ts";
import { upstreamRig, type UpstreamRig } from "../../../tests/upstream-rig.ts";
import { createUpstreams } from "../index.ts";

let rig: UpstreamRig;
beforeAll(async () => {
  rig = await upstreamRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.reset());

const client = () =>
  createUpstreams({
    db: rig.db,
    log: rig.wiring.log,
    config: { contact: "test", musicbrainz: { url: rig.server.url, rps: 1000, perDay: 100_000 } },
    limits: rig.wiring.limits,
  }).musicbrainz;

describe("a 503", () => {
  const shed = json({ error: "busy" }, 503, { "retry-after": "0", "x-ratelimit-who": "search-shed" });
  const good = json({ artists: [] });
  const waits = () => rig.server.asked.map(({ at }, n) => at - (rig.server.asked[n - 1]?.at ?? at)).slice(1);
  const state = () => rig.db.selectFrom("upstream_state").selectAll().executeTakeFirst();

  it("is waited out, 2 and 4 s, and counts no failure", async () => {
    rig.server.answer(inTurn(shed, shed, good));
    await expect(client().findArtists("x")).resolves.toEqual([]);
    const [first = 0, second = 0] = waits();
    expect(first).toBeGreaterThan(1_990);
    expect(second).toBeGreaterThan(3_990);
    expect(await state()).toMatchObject({ failures: 0, closings: 0 });
  });

  it("three times in a row ends the call, and leaves 8 s of rest to everybody", async () => {
    rig.server.answer(shed);
    await expect(client().findArtists("x")).rejects.toMatchObject({
      kind: "busy",
      status: 503,
    });
    expect(rig.server.asked).toHaveLength(3);
    const rest = ((await state())?.closed_until?.getTime() ?? 0) - Date.now();
    expect(rest).toBeGreaterThan(6_000);
    expect(rest).toBeLessThan(8_500);
    await expect(client().findArtists("y", { urgent: true })).rejects.toMatchObject({
      kind: "busy",
    });
  });

  it("that names a moment is waited out until then, by its own clock", async () => {
    const moment = Date.parse("2030-01-01T00:00:00Z");
    const headers = {
      date: new Date(moment).toUTCString(),
      "retry-after": "1",
      "x-ratelimit-reset": String(moment / 1000 + 3),
    };
    rig.server.answer(inTurn(json({ error: "too fast" }, 503, headers), good));
    await client().findArtists("x");
    expect(waits()[0]).toBeGreaterThan(2_990);
    expect(waits()[0]).toBeLessThan(5_000);
  });

  it("for a day closes it, and nobody sleeps on it", async () => {
    rig.server.answer(json({ error: "no" }, 503, { "retry-after": "86400" }));
    const begun = performance.now();
    await expect(client().findArtists("x")).rejects.toMatchObject({ kind: "quota" });
    await expect(client().findArtists("y")).rejects.toMatchObject({ kind: "quota" });
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(rig.server.asked).toHaveLength(1);
  });
});
