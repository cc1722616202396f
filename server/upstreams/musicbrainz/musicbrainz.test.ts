/** The client against the simulator, and its waits against a server that does as told. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FaultKind, faultKinds, type Simulator, startSimulator, worlds } from "#server/simulator/index";
import { discographyOf } from "#server/simulator/world/discography";
import { inTurn, json } from "../../../tests/scripted-server.ts";
import { upstreamRig, type UpstreamRig } from "../../../tests/upstream-rig.ts";
import { createUpstreams, UpstreamError } from "../index.ts";

const { saltmarsh, sea, quarry, lighthouse, namesake } = worlds.default.artists;
const NOBODY = "00000000-0000-4000-9000-000000000000";

let rig: UpstreamRig;
let simulator: Simulator;
beforeAll(async () => {
  [rig, simulator] = await Promise.all([upstreamRig(), startSimulator({ rateFactor: 10_000 })]);
});
afterAll(() => Promise.all([rig.close(), simulator.stop()]));
beforeEach(async () => {
  await rig.reset();
  simulator.setFaults([]);
  simulator.clearRequests();
});

const client = (url = simulator.urls.musicbrainz, contact = "https://theset.example", tries = 3) =>
  createUpstreams({
    db: rig.db,
    log: rig.wiring.log,
    config: { contact, musicbrainz: { url, rps: 1000, perDay: 100_000 } },
    limits: { ...rig.wiring.limits, tries, maxBytes: 10_000_000 },
  }).musicbrainz;
const records = discographyOf(saltmarsh).filter(({ various }) => !various);

describe("turned off", () => {
  it("asks nothing and says so", async () => {
    const { musicbrainz } = createUpstreams({ db: rig.db, log: rig.wiring.log, config: { contact: "test" } });
    expect(musicbrainz.configured).toBe(false);
    await expect(musicbrainz.findArtist(NOBODY)).rejects.toMatchObject({ kind: "not-configured" });
    await expect(musicbrainz.findArtists("x")).rejects.toMatchObject({ kind: "not-configured" });
  });
});

describe("artists", () => {
  it("come by mbid, with what links to them, and are kept for a day", async () => {
    const expected = {
      mbid: saltmarsh.mbid,
      name: "Saltmarsh Radio",
      links: { spotify: [saltmarsh.spotifyId] },
    };
    expect(await client().findArtist(saltmarsh.mbid)).toMatchObject(expected);
    expect(await client().findArtist(saltmarsh.mbid)).toMatchObject(expected);
    expect(simulator.requests()).toMatchObject([
      { path: `/artist/${saltmarsh.mbid}?fmt=json&inc=url-rels+aliases`, status: 200 },
    ]);
    expect(await client().findArtist(lighthouse.mbid)).toMatchObject({ aliases: ["Mayonaka no Toudai"] });
  });

  it("come as MusicBrainz merged them: with another mbid", async () => {
    rig.server.answer(json({ id: saltmarsh.mbid, name: "Saltmarsh Radio", relations: [] }));
    expect(await client(rig.server.url).findArtist(NOBODY)).toMatchObject({ mbid: saltmarsh.mbid });
  });

  it("come by their Spotify address, whoever claims it", async () => {
    expect(await client().findBySpotify(saltmarsh.spotifyId)).toMatchObject([{ mbid: saltmarsh.mbid }]);
    const owners = (await client().findBySpotify(quarry.spotifyId)).map(({ mbid }) => mbid);
    expect(owners.sort()).toEqual([quarry.mbid, sea.mbid].sort());
  });

  it("come by name, namesakes among them, whatever Lucene would make of it", async () => {
    const found = await client().findArtists(" Saltmarsh Radio ");
    expect(
      found
        .filter(({ score }) => score === 100)
        .map(({ mbid }) => mbid)
        .sort(),
    ).toEqual([saltmarsh.mbid, namesake.mbid].sort());
    rig.server.answer(json({ artists: [] }));
    for (const name of ['AC/DC "live" \\', "!!?", "(a) AND [b] ~ ^ * : -c"]) {
      await client(rig.server.url).findArtists(name);
      const query = rig.server.asked.at(-1)?.query.get("query") ?? "";
      expect(query).toBe(`artist:"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);
    }
  });

  it("that nobody knows are nobody", async () => {
    const musicbrainz = client();
    expect(await musicbrainz.findArtist(NOBODY)).toBeUndefined();
    expect(await musicbrainz.findArtist("nonsense/../x")).toBeUndefined();
    expect(await musicbrainz.findBySpotify("z".repeat(22))).toEqual([]);
    expect(await musicbrainz.findArtists("nobody at all qqq")).toEqual([]);
    expect(await musicbrainz.readReleaseGroups(NOBODY, 0)).toEqual({ items: [], total: 0 });
    expect(await musicbrainz.readReleaseGroup(NOBODY)).toEqual([]);
  });
});

describe("records", () => {
  it("come with their kinds and dates", async () => {
    const { items, total, next } = await client().readReleaseGroups(saltmarsh.mbid, 0);
    expect([items.length, total, next]).toEqual([records.length, records.length, undefined]);
    for (const [at, { title, secondary, date }] of records.entries())
      expect(items[at]).toMatchObject({ title, secondaryTypes: secondary, date });
  });

  it("come page by page until there are no more", async () => {
    const group = { id: NOBODY, title: "X" };
    const page = json({ "release-groups": Array(100).fill(group), "release-group-count": 150 });
    const last = json({ "release-groups": Array(50).fill(group), "release-group-count": 150 });
    const broken = json({ "release-groups": [], "release-group-count": 150 });
    rig.server.answer(inTurn(page, last, broken));
    const musicbrainz = client(rig.server.url);
    expect(await musicbrainz.readReleaseGroups(NOBODY, 0)).toMatchObject({ total: 150, next: 100 });
    expect(await musicbrainz.readReleaseGroups(NOBODY, 100)).not.toHaveProperty("next");
    expect(await musicbrainz.readReleaseGroups(NOBODY, 100)).not.toHaveProperty("next");
    expect(rig.server.asked[1]?.query.get("offset")).toBe("100");
  });

  it("have the songs of their first plain edition", async () => {
    for (const { mbid, tracks } of records.slice(0, 4)) {
      const songs = await client().readReleaseGroup(mbid);
      expect(songs.map(({ mbid, title, durationMs }) => ({ mbid, title, durationMs }))).toEqual(
        tracks.map(({ mbid, title, durationMs }) => ({ mbid, title, durationMs })),
      );
    }
  });

  it("that MusicBrainz does not take have none", async () => {
    rig.server.answer(json({ error: "no" }, 400));
    expect(await client(rig.server.url).readReleaseGroup(NOBODY)).toEqual([]);
  });
});

describe("a 503", () => {
  const shed = json({ error: "busy" }, 503, { "retry-after": "0", "x-ratelimit-who": "search-shed" });
  const good = json({ artists: [] });
  const waits = () => rig.server.asked.map(({ at }, n) => at - (rig.server.asked[n - 1]?.at ?? at)).slice(1);
  const state = () => rig.db.selectFrom("upstream_state").selectAll().executeTakeFirst();

  it("is waited out, 2 and 4 s, and counts no failure", async () => {
    rig.server.answer(inTurn(shed, shed, good));
    await expect(client(rig.server.url).findArtists("x")).resolves.toEqual([]);
    const [first = 0, second = 0] = waits();
    expect(first).toBeGreaterThan(1_990);
    expect(second).toBeGreaterThan(3_990);
    expect(await state()).toMatchObject({ failures: 0, closings: 0 });
  });

  it("three times in a row ends the call, and leaves 8 s of rest to everybody", async () => {
    rig.server.answer(shed);
    await expect(client(rig.server.url).findArtists("x")).rejects.toMatchObject({
      kind: "busy",
      status: 503,
    });
    expect(rig.server.asked).toHaveLength(3);
    const rest = ((await state())?.closed_until?.getTime() ?? 0) - Date.now();
    expect(rest).toBeGreaterThan(6_000);
    expect(rest).toBeLessThan(8_500);
    await expect(client(rig.server.url).findArtists("y", { urgent: true })).rejects.toMatchObject({
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
    await client(rig.server.url).findArtists("x");
    expect(waits()[0]).toBeGreaterThan(2_990);
    expect(waits()[0]).toBeLessThan(5_000);
  });

  it("for a day closes it, and nobody sleeps on it", async () => {
    rig.server.answer(json({ error: "no" }, 503, { "retry-after": "86400" }));
    const begun = performance.now();
    await expect(client(rig.server.url).findArtists("x")).rejects.toMatchObject({ kind: "quota" });
    await expect(client(rig.server.url).findArtists("y")).rejects.toMatchObject({ kind: "quota" });
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(rig.server.asked).toHaveLength(1);
  });
});

it("turns away whoever has no name, as a wall: no key is refused, for there is none", async () => {
  await expect(client(undefined, "").findArtist(saltmarsh.mbid)).rejects.toMatchObject({
    kind: "unavailable",
    status: 403,
  });
});

describe("every fault", () => {
  it.each(Object.keys(faultKinds) as FaultKind[])(
    "%s ends in time, and well or in an UpstreamError",
    async (kind) => {
      simulator.setFaults([{ upstream: "musicbrainz", kind, ms: 4_000, seconds: 1 }]);
      const begun = performance.now();
      const error = await client(undefined, undefined, 2)
        .readReleaseGroups(saltmarsh.mbid, 0)
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      expect(performance.now() - begun).toBeLessThan(14_000);
      const passes = ["nul", "wrong-types", "not-found"].includes(kind);
      if (!passes) expect(error).toBeInstanceOf(UpstreamError);
      else expect(error === undefined || error instanceof UpstreamError).toBe(true);
    },
  );
});
