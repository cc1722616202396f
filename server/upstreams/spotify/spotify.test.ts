/** The client against the simulator: its token, what a key does not get, and every fault. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { damages } from "#server/simulator/damage";
import { type FaultKind, faultKinds, type Simulator, startSimulator, worlds } from "#server/simulator/index";
import { discographyOf } from "#server/simulator/world/discography";
import { upstreamRig, type UpstreamRig } from "../../../tests/upstream-rig.ts";
import { createUpstreams, UpstreamError } from "../index.ts";

const { saltmarsh } = worlds.default.artists;
const releases = discographyOf(saltmarsh);
const albumId = releases.find(({ type }) => type === "album")!.id;

let rig: UpstreamRig;
let simulator: Simulator;
beforeAll(async () => {
  [rig, simulator] = await Promise.all([upstreamRig(), startSimulator({ rateFactor: 10_000 })]);
});
afterAll(() => Promise.all([rig.close(), simulator.stop()]));
beforeEach(async () => {
  await rig.reset();
  await rig.db.deleteFrom("upstream_closed").execute();
  simulator.setFaults([]);
  simulator.setSpotify("development");
  simulator.clearRequests();
});

/** A process of its own: its token is not ours. */
const client = (secret = "simulator") =>
  createUpstreams({
    db: rig.db,
    log: rig.wiring.log,
    config: {
      contact: "test",
      spotify: {
        url: simulator.urls.spotify,
        accountsUrl: simulator.urls["spotify-accounts"],
        key: "simulator",
        secret,
        rps: 1000,
        perDay: 100_000,
      },
    },
    limits: { ...rig.wiring.limits, maxBytes: 10_000_000 },
  }).spotify;
const asked = (upstream: string) => simulator.requests().filter((one) => one.upstream === upstream);

describe("the token", () => {
  it("is fetched once for all who ask at the same time, and kept", async () => {
    const spotify = client();
    await Promise.all([1, 2, 3].map(() => spotify.readTracks(albumId)));
    await spotify.readTracks(albumId);
    expect(asked("spotify-accounts")).toHaveLength(1);
    expect(asked("spotify")).toHaveLength(4);
  });

  it("is renewed once when it is no longer taken", async () => {
    const spotify = client();
    await spotify.readTracks(albumId);
    simulator.setFaults([{ upstream: "spotify", kind: "401", times: 1 }]);
    expect(await spotify.readTracks(albumId)).not.toHaveLength(0);
    expect(asked("spotify-accounts")).toHaveLength(2);
    // The question that is asked again has a turn of its own.
    const { used } = await rig.db.selectFrom("upstream_budgets").select("used").executeTakeFirstOrThrow();
    expect(used).toBe(asked("spotify").length);
  });

  it("stays good when another process fetches one", async () => {
    const [ours, theirs] = [client(), client()];
    await ours.readTracks(albumId);
    await theirs.readTracks(albumId);
    await ours.readTracks(albumId);
    expect(asked("spotify-accounts")).toHaveLength(2);
    expect(asked("spotify").map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it("is not renewed for ever: then the key is refused, and nobody asks again", async () => {
    const spotify = client();
    simulator.setFaults([{ upstream: "spotify", kind: "401" }]);
    await expect(spotify.readTracks(albumId)).rejects.toMatchObject({ kind: "refused" });
    expect([asked("spotify").length, asked("spotify-accounts").length]).toEqual([2, 2]);
    simulator.setFaults([]);
    await expect(client().readTracks(albumId)).rejects.toMatchObject({ kind: "refused" });
    expect(asked("spotify")).toHaveLength(2);
  });

  it("is not given for a wrong secret: the key is refused, and the secret is in no line and no row", async () => {
    const spotify = client("canary-secret-98765");
    await expect(spotify.readTracks(albumId)).rejects.toMatchObject({ kind: "refused" });
    expect(asked("spotify")).toHaveLength(0);
    const basic = Buffer.from("simulator:canary-secret-98765").toString("base64");
    for (const text of [rig.lines.join(""), await rig.rows()]) {
      expect(text).not.toContain("canary-secret");
      expect(text).not.toContain(basic);
    }
  });

  it.each(["500", "hang", "html", "cut"] as const)("%s at its server is a passing failure", async (kind) => {
    simulator.setFaults([{ upstream: "spotify-accounts", kind }]);
    const error = await client()
      .readTracks(albumId)
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UpstreamError);
    expect((error as UpstreamError).kind).not.toBe("refused");
    simulator.setFaults([]);
    await rig.reset();
    expect(await client().readTracks(albumId)).not.toHaveLength(0);
  });
});

describe("a ban", () => {
  it("of a day is not slept on, and nothing is asked until it is over", async () => {
    simulator.setFaults([{ upstream: "spotify", kind: "429-quota" }]);
    const begun = performance.now();
    const error = (await client()
      .readTracks(albumId)
      .catch((error: unknown) => error)) as UpstreamError;
    expect(error).toMatchObject({ kind: "quota" });
    expect(performance.now() - begun).toBeLessThan(5_000);
    // Retry-After: 79892
    const hours = (error.until!.getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(22);
    expect(hours).toBeLessThan(22.5);
    simulator.setFaults([]);
    await expect(client().readTracks(albumId)).rejects.toMatchObject({ kind: "quota" });
    expect(asked("spotify")).toHaveLength(1);
  });

  it("of seconds is waited out", async () => {
    simulator.setFaults([{ upstream: "spotify", kind: "429-retry-after", seconds: 1, times: 1 }]);
    expect(await client().readTracks(albumId)).not.toHaveLength(0);
    expect(asked("spotify")).toHaveLength(2);
  });
});

describe("a key", () => {
  it("in development gets ten a page, after one question too many", async () => {
    const spotify = client();
    const first = await spotify.readAlbums(saltmarsh.spotifyId, 0);
    expect(first).toMatchObject({ total: releases.length, next: 10 });
    const second = await spotify.readAlbums(saltmarsh.spotifyId, 10);
    const ids = [...first.albums, ...second.albums].map(({ id }) => id);
    expect(ids.sort()).toEqual(releases.map(({ id }) => id).sort());
    expect(asked("spotify").map(({ status }) => status)).toEqual([400, 200, 200]);
  });

  it("in full gets fifty a page, popularity and audio features", async () => {
    simulator.setSpotify("full");
    const spotify = client();
    expect((await spotify.readAlbums(saltmarsh.spotifyId, 0)).albums).toHaveLength(releases.length);
    const [track] = releases[0]!.tracks;
    expect((await spotify.readTrackDetails([track!.id]))?.get(track!.id)).toMatchObject({
      isrc: track!.isrc,
    });
    expect((await spotify.readAudioFeatures([track!.id]))?.get(track!.id)?.liveness).toBeGreaterThan(0);
  });

  it("without Premium is refused in plain text", async () => {
    simulator.setSpotify("refused");
    await expect(client().findArtists("Saltmarsh Radio")).rejects.toMatchObject({ kind: "refused" });
  });

  it("does not lose its standing by what it does not get", async () => {
    const spotify = client();
    const [track] = releases[0]!.tracks;
    expect(await spotify.readAudioFeatures([track!.id])).toBeUndefined();
    expect(await spotify.readTrackDetails([track!.id])).toBeUndefined();
    expect(await rig.db.selectFrom("upstream_state").selectAll().execute()).toEqual([]);
    expect(await spotify.readTracks(albumId)).not.toHaveLength(0);
  });
});

describe("every fault", () => {
  const kinds = Object.keys(faultKinds) as FaultKind[];
  it.each(kinds)("%s ends in time, and in an UpstreamError if it does not pass", async (kind) => {
    simulator.setFaults([{ upstream: "spotify", kind, ms: 4_000, seconds: 1 }]);
    const begun = performance.now();
    const error = await client()
      .readTracks(albumId)
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(performance.now() - begun).toBeLessThan(14_000);
    // These leave something to read, or mean that there is no such release.
    if (kind !== "not-found" && !(kind in damages)) expect(error).toBeInstanceOf(UpstreamError);
    else expect(error === undefined || error instanceof UpstreamError).toBe(true);
  });
});
