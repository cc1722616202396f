import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSimulator, worlds, type Simulator } from "../index.ts";
import { discographyOf } from "../world/discography.ts";

const { saltmarsh, sea, tribute, namesake, lighthouse, quarry } = worlds.default.artists;
const NAME = "TheSet/1.0 ( https://theset.example )";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ rateFactor: 10_000, now: () => new Date("2026-11-24T12:00:00Z") });
});
afterAll(() => simulator.stop());

type Json = Record<string, unknown>;
type Related = Json & { relations: { ended: boolean; url: { resource: string } }[] };
async function get(path: string, name = NAME, from = simulator) {
  const url = `${from.urls.musicbrainz}/${path}${path.includes("?") ? "&" : "?"}fmt=json`;
  const res = await fetch(url, { headers: { "user-agent": name } });
  const text = await res.text();
  return {
    status: res.status,
    headers: res.headers,
    body: (text.startsWith("{") ? JSON.parse(text) : {}) as Json,
  };
}
const spotifyOf = async (mbid: string) =>
  ((await get(`artist/${mbid}?inc=url-rels`)).body as Related).relations
    .filter(({ ended, url }) => !ended && url.resource.includes("spotify"))
    .map(({ url }) => url.resource.split("/").at(-1));

describe("who asks", () => {
  test.each(["node", "", "TheSet/1.0", "python-requests/2.31", "TheSet/1.0 ( )"])(
    'is turned away as "%s"',
    async (name) => expect((await get(`artist/${saltmarsh.mbid}`, name)).status).toBe(403),
  );

  test("comes once a second, and is told in its own words when too fast", async () => {
    const strict = await startSimulator({ world: "small" });
    try {
      const answers = [1, 2, 3].map(() => get(`artist/${saltmarsh.mbid}`, NAME, strict));
      const refused = (await Promise.all(answers)).filter(({ status }) => status === 503);
      expect(refused).toHaveLength(2);
      expect(refused[0]?.body.error).toMatch(/exceeding the allowable rate limit/);
      const { headers } = refused[0]!;
      const wait = Number(headers.get("x-ratelimit-reset")) * 1000 - Date.parse(headers.get("date") ?? "");
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(2000);
    } finally {
      await strict.stop();
    }
  });

  test("is told when everybody waits", async () => {
    simulator.setFaults([{ upstream: "musicbrainz", kind: "503" }]);
    const { status, headers, body } = await get("artist?query=x");
    simulator.setFaults([]);
    expect(status).toBe(503);
    expect(headers.get("x-ratelimit-who")).toBe("search-shed");
    expect(body.error).toMatch(/currently busy/);
  });
});

describe("questions it does not take", () => {
  test.each([
    [`artist/${saltmarsh.mbid}?inc=nonsense`, 400],
    ["artist/nobody", 400],
    ["artist/00000000-0000-4000-9000-000000000000", 404],
    ["url?resource=https://open.spotify.com/artist/0000000000000000000000&inc=artist-rels", 404],
    ["release-group?artist=00000000-0000-4000-9000-000000000000", 404],
    ["release?release-group=00000000-0000-4000-9000-000000000000&inc=recordings", 404],
    ["event/1/2", 404],
  ])("%s", async (path, status) => expect((await get(path)).status).toBe(status));
});

describe("artists", () => {
  test("lookups write nulls, searches leave out what is empty", async () => {
    const { body } = await get(`artist/${saltmarsh.mbid}?inc=url-rels`);
    expect(body).toMatchObject({ "begin-area": null, begin_area: null });
    expect(body).not.toHaveProperty("aliases");
    const found = (await get('artist?query=artist:"Saltmarsh Radio"')).body.artists as Json[];
    expect(found[0]).toMatchObject({ score: 100 });
    expect(found[0]).not.toHaveProperty("begin-area");
    const mbids = found.map(({ id }) => id);
    expect(mbids).toEqual(expect.arrayContaining([saltmarsh.mbid, namesake.mbid, tribute.mbid]));
    expect(new Set(mbids).size).toBe(mbids.length);
  });

  test.each([
    ['artist:"saltmarsh radio"', 3],
    ['artist:"radio saltmarsh"', 0],
    ['artist:"Sigrun Osp"', 1],
    ['artist:"!!?"', 1],
    ['artist:"Salt"', 0],
    ["saltmarsh", 3],
  ])("a search for %s finds %i", async (query, count) => {
    const { body } = await get(`artist?query=${encodeURIComponent(query)}`);
    expect(body.count).toBe(count);
  });

  test("point to their Spotify, and one to somebody else's", async () => {
    expect(await spotifyOf(saltmarsh.mbid)).toEqual([saltmarsh.spotifyId]);
    expect(await spotifyOf(sea.mbid)).toEqual([quarry.spotifyId]);
    expect(await spotifyOf(tribute.mbid)).toEqual([]);
    const { body } = await get(
      `url?resource=https://open.spotify.com/artist/${quarry.spotifyId}&inc=artist-rels`,
    );
    const owners = (body.relations as { artist: { id: string } }[]).map(({ artist }) => artist.id);
    expect(owners.sort()).toEqual([quarry.mbid, sea.mbid].sort());
  });

  test("in another script go by a latin name too", async () => {
    const { body } = await get(`artist/${lighthouse.mbid}?inc=aliases+url-rels`);
    expect(body.aliases).toMatchObject([{ name: "Mayonaka no Toudai" }]);
  });
});

describe("records", () => {
  const all = discographyOf(saltmarsh).filter(({ various }) => !various);

  test("a lookup stops at 25, a browse goes through all by pages", async () => {
    const looked = (await get(`artist/${saltmarsh.mbid}?inc=release-groups`)).body["release-groups"];
    expect(looked).toHaveLength(Math.min(25, all.length));
    const mbids: unknown[] = [];
    for (let offset = 0; offset < all.length; offset += 4) {
      const { body } = await get(
        `release-group?artist=${saltmarsh.mbid}&type=album|single|ep&limit=4&offset=${offset}`,
      );
      expect(body["release-group-count"]).toBe(all.length);
      mbids.push(...(body["release-groups"] as Json[]).map(({ id }) => id));
    }
    expect(mbids).toEqual(all.map(({ mbid }) => mbid));
  });

  test("every group has editions in no order", async () => {
    const [group] = all;
    const { body } = await get(`release?release-group=${group!.mbid}&inc=recordings+artist-credits`);
    const counts = (body.releases as { media: { "track-count": number }[] }[]).map(
      ({ media }) => media[0]!["track-count"] - group!.tracks.length,
    );
    expect(counts).toEqual([1, 0, 0]);
  });
});
