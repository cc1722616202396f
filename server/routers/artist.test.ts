import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";

const { saltmarsh, vesper, vesperNamesake } = worlds.small.artists;
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const rows = async () => ({
  artists: (await app.db.selectFrom("artists").select("id").execute()).length,
  imports: (await app.db.selectFrom("imports").select("id").execute()).length,
});

describe("artist.import", () => {
  test("twenty at once are one artist, one import, one job and one question to Ticketmaster", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        app.visitor().artist.import({ tmAttractionId: saltmarsh.tmAttractionId }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.importId)).size).toBe(1);
    expect(await rows()).toEqual({ artists: 1, imports: 1 });
    expect(app.simulator.requests()).toHaveLength(1);
    expect(await app.boss.findJobs("artist-import", {})).toHaveLength(1);
  });

  test("an attraction that Ticketmaster does not know is NOT_FOUND and leaves no row", async () => {
    await expect(app.caller.artist.import({ tmAttractionId: "K8vZ917nope" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await rows()).toEqual({ artists: 0, imports: 0 });
  });

  test.each(["", "x", "no spaces here", "../../etc", "K8vZ917Gku7?apikey=1"])(
    "%j is no id: BAD_REQUEST before anyone is asked",
    async (id) => {
      await expect(app.caller.artist.import({ tmAttractionId: id })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
      expect(app.simulator.requests()).toHaveLength(0);
    },
  );

  test("a second call while one runs joins it; after it has ended it is a new import", async () => {
    const first = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
    expect(await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId })).toEqual(first);
    await app.drain();
    const later = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
    expect(later.importId).not.toBe(first.importId);
    expect(later.artistId).toBe(first.artistId);
  });

  test("two artists of one name get addresses that tell them apart and stay", async () => {
    const one = await app.caller.artist.import({ tmAttractionId: vesper.tmAttractionId });
    const other = await app.caller.artist.import({ tmAttractionId: vesperNamesake.tmAttractionId });
    expect(one.slug).toBe("copper-vesper");
    expect(other.slug).toMatch(/^copper-vesper-./);
    await app.drain();
    expect((await app.caller.artist.bySlug({ slug: other.slug })).artist.slug).toBe(other.slug);
  });
});

describe("artist.search", () => {
  test("lists ours first and never twice", async () => {
    await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
    const { artists, upstream } = await app.caller.artist.search({ q: "SALTMÁRSH" });
    expect(upstream).toBe("ok");
    expect(artists[0]).toMatchObject({ slug: "saltmarsh-radio", imported: true });
    expect(new Set(artists.map((artist) => artist.tmAttractionId)).size).toBe(artists.length);
  });

  test("shows ours when Ticketmaster is silent", async () => {
    await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
    app.simulator.setFaults([{ upstream: "ticketmaster", kind: "hang" }]);
    const { artists, upstream } = await app.caller.artist.search({ q: "saltmarsh" });
    expect(upstream).toBe("unavailable");
    expect(artists).toHaveLength(1);
  });

  test.each(["", "   ", "%", "_", "\u0000"])("%j finds nobody and is no error", async (q) => {
    expect((await app.caller.artist.search({ q })).artists).toEqual([]);
  });
});

test("artist.importStatus is NOT_FOUND for a malformed, an unknown and a never imported id", async () => {
  for (const artistId of ["x", "'; drop table artists", "01a20cee-196b-78b8-8c96-39a340f1e5dc"]) {
    await expect(app.caller.artist.importStatus({ artistId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});
