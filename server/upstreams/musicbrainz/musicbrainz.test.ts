/** The client against the simulator and all its faults. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { damages } from "#server/simulator/damage";
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
      const passes = kind === "not-found" || kind in damages;
      if (!passes) expect(error).toBeInstanceOf(UpstreamError);
      else expect(error === undefined || error instanceof UpstreamError).toBe(true);
    },
  );
});
