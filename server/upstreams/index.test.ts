import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { json } from "../../tests/scripted-server.ts";
import { upstreamRig, type UpstreamRig } from "../../tests/upstream-rig.ts";
import { createUpstreams } from "./index.ts";

let rig: UpstreamRig;
beforeAll(async () => {
  rig = await upstreamRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.reset());

const mbid = "27e2997f-f7a1-4353-bcc4-57b9274fa9a4";
const make = (configured = true) => {
  const service = { url: `${rig.server.url}/`, key: "canary", rps: 1000, perDay: 1000 };
  const services = configured ? { ticketmaster: service, setlistfm: service } : {};
  const config = { contact: "https://theset.example\r\n", ...services };
  return createUpstreams({ db: rig.db, log: rig.wiring.log, config, limits: rig.wiring.limits });
};

describe("a service without a key", () => {
  it("is asked nothing and says so", async () => {
    const { ticketmaster, setlistfm } = make(false);
    expect([ticketmaster.configured, setlistfm.configured]).toEqual([false, false]);
    const expected = { kind: "not-configured", retryable: false };
    await expect(ticketmaster.findAttractions("muse")).rejects.toMatchObject(expected);
    await expect(ticketmaster.findAttraction("K8vZ9171Lz0")).rejects.toMatchObject(expected);
    await expect(ticketmaster.events("K8vZ9171Lz0").next()).rejects.toMatchObject(expected);
    await expect(setlistfm.findArtist(mbid)).rejects.toMatchObject(expected);
    expect(rig.server.asked).toEqual([]);
  });
});

describe("Ticketmaster", () => {
  it("finds attractions by name and keeps the answer", async () => {
    const attraction = { id: "K8vZ9171Lz0", name: " Muse ", type: "attraction" };
    rig.server.answer(
      json({ _embedded: { attractions: [attraction, { id: 1 }] }, page: { totalElements: 2 } }),
    );
    const { ticketmaster } = make();
    const links = { musicbrainz: [], spotify: [], setlistfm: [] };
    const found = [{ id: "K8vZ9171Lz0", name: "Muse", links }];
    await expect(ticketmaster.findAttractions(" muse ")).resolves.toEqual(found);
    await expect(ticketmaster.findAttractions("muse")).resolves.toEqual(found);
    expect(rig.server.asked).toHaveLength(1);
    expect(rig.server.asked[0]).toMatchObject({
      path: "/attractions.json",
      headers: {
        "user-agent": expect.stringMatching(
          /^TheSet\/\d+\.\d+\.\d+ \( https:\/\/theset\.example \)$/,
        ) as string,
      },
    });
  });

  it("finds nobody: no artists, or no attraction", async () => {
    rig.server.answer(json({ page: { totalElements: 0 } }));
    await expect(make().ticketmaster.findAttractions("xyz")).resolves.toEqual([]);
    rig.server.answer(json({}, 404));
    await expect(make().ticketmaster.findAttraction("K8vZ9171Lz0")).resolves.toBeUndefined();
  });

  it("tells of one attraction all that a search tells, kept answers too", async () => {
    const mbid = "9c9f1380-2516-4fc9-a3e6-f9f61941d090";
    const externalLinks = { musicbrainz: [{ id: mbid, url: `https://musicbrainz.org/artist/${mbid}` }] };
    const classifications = [{ primary: true, genre: { name: "Rock" } }];
    const url = "https://www.ticketmaster.com/muse-tickets/artist/1039508";
    const attraction = { id: "K8vZ9171Lz0", name: "Muse", url, classifications, externalLinks };
    rig.server.answer(json(attraction));
    const { ticketmaster } = make();
    for (const _time of ["asked", "kept"])
      await expect(ticketmaster.findAttraction("K8vZ9171Lz0")).resolves.toMatchObject({
        url,
        genre: "Rock",
        links: { musicbrainz: [mbid] },
      });
    expect(rig.server.asked).toHaveLength(1);
  });

  it("is not asked about what cannot be an id or a name", async () => {
    const { ticketmaster } = make();
    for (const id of ["../events", "a/b", "", "x".repeat(41), "a?b", "%2e"]) {
      await expect(ticketmaster.findAttraction(id)).resolves.toBeUndefined();
      await expect(ticketmaster.events(id).next()).rejects.toThrow(RangeError);
    }
    await expect(ticketmaster.findAttractions("  ")).resolves.toEqual([]);
    expect(rig.server.asked).toEqual([]);
  });
});

describe("setlist.fm", () => {
  it("takes its 404 for nothing found", async () => {
    rig.server.answer(json({ code: 404 }, 404));
    const { setlistfm } = make();
    await expect(setlistfm.findArtists("nobody")).resolves.toEqual([]);
    await expect(setlistfm.findArtist(mbid)).resolves.toBeUndefined();
    await expect(setlistfm.pastSetlists(mbid, 1)).resolves.toMatchObject({
      total: 0,
      pages: 0,
      setlists: [],
    });
  });

  it("tells of one artist all that a search tells", async () => {
    const url = "https://www.setlist.fm/setlists/babymetal-5bd19f80.html";
    rig.server.answer(json({ mbid, name: "BABYMETAL", disambiguation: "Japanese", url }));
    const expected = { id: mbid, name: "BABYMETAL", disambiguation: "Japanese", url };
    await expect(make().setlistfm.findArtist(mbid)).resolves.toEqual(expected);
  });

  it("is asked with its key in a header, in JSON, by relevance", async () => {
    rig.server.answer(json({ artist: [{ mbid, name: "BABYMETAL", disambiguation: "" }] }));
    await expect(make().setlistfm.findArtists("babymetal")).resolves.toEqual([
      { id: mbid, name: "BABYMETAL" },
    ]);
    const asked = rig.server.asked[0]!;
    expect(asked.headers).toMatchObject({ "x-api-key": "canary", accept: "application/json" });
    expect(Object.fromEntries(asked.query)).toEqual({ artistName: "babymetal", sort: "relevance", p: "1" });
  });

  it("reads a page of setlists and how many there are", async () => {
    const setlist = { id: "6bd6ca6e", eventDate: "15-01-2008", url: "https://www.setlist.fm/setlist/x.html" };
    rig.server.answer(json({ total: 41, itemsPerPage: 20, page: 2, setlist: [setlist, null] }));
    await expect(make().setlistfm.pastSetlists(mbid, 2)).resolves.toMatchObject({
      total: 41,
      page: 2,
      pages: 3,
      unreadable: 1,
      setlists: [{ localDate: "2008-01-15" }],
    });
    expect(rig.server.asked[0]).toMatchObject({ path: `/artist/${mbid}/setlists` });
  });
});
