/** Who the invented artists are, over all four services of the simulator. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listSources } from "#db/queries/artist-sources";
import { takeImport } from "#db/queries/import-runs";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../../tests/app.ts";
import { identity } from "../identity.ts";
import { createRun } from "../progress.ts";

const cast = worlds.default.artists;
type Artist = (typeof cast)["saltmarsh"];
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ world: "default", now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

/** Only the first step: what follows from it is other tests' matter. */
async function identify({ tmAttractionId }: Artist) {
  const { artistId, importId } = await app.caller.artist.import({ tmAttractionId });
  const attempt = (await takeImport(app.db, importId))?.attempt ?? 0;
  await identity(app.jobs, createRun(app.jobs, { importId, attempt }, artistId, []), {});
  const rows = await listSources(app.db, artistId);
  const idAt = (service: string) => rows.find(({ source }) => source === service)?.sourceId;
  const { report } = await app.caller.artist.importStatus({ artistId });
  return {
    ids: { musicbrainz: idAt("musicbrainz"), spotify: idAt("spotify"), setlistfm: idAt("setlistfm") },
    step: report.steps[0],
  };
}

const idsOf = ({ mbid, spotifyId, history, musicbrainz }: Artist) => ({
  musicbrainz: musicbrainz === "none" ? undefined : mbid,
  spotify: spotifyId,
  setlistfm: history === "none" ? undefined : mbid,
});

describe("an artist of the invented world", () => {
  const { tribute, namesake, vesperNamesake, ...others } = cast;
  test.each(Object.entries(others))("%s is found everywhere", async (_, artist) => {
    const { ids } = await identify(artist);
    expect(ids).toEqual(idsOf(artist));
  });

  test("a tribute band is not whom its links lead to", async () => {
    const { ids } = await identify(tribute);
    expect(Object.values(ids)).not.toContain(cast.saltmarsh.mbid);
    expect(Object.values(ids)).not.toContain(cast.saltmarsh.spotifyId);
  });

  test.each([
    ["saltmarsh", namesake, cast.saltmarsh],
    ["vesper", vesperNamesake, cast.vesper],
  ])("the namesake of %s, without any link, is nobody rather than the other", async (_, artist, famous) => {
    const { ids, step } = await identify(artist);
    expect(Object.values(ids)).not.toContain(famous.mbid);
    expect(Object.values(ids)).not.toContain(famous.spotifyId);
    expect(step).toMatchObject({ state: "done", missing: expect.stringContaining("MusicBrainz") });
    expect(step).not.toHaveProperty("upstream");
  });

  test("with Spotify silent is found elsewhere, and what is known of Spotify stays", async () => {
    await identify(cast.hollow);
    await app.db.deleteFrom("upstream_cache").execute();
    await app.db.updateTable("imports").set({ stage: "completed", completed_at: new Date() }).execute();
    app.simulator.setFaults([{ upstream: "spotify", kind: "500" }]);
    const { ids, step } = await identify(cast.hollow);
    expect(ids).toEqual(idsOf(cast.hollow));
    expect(step).toMatchObject({ missing: "Spotify", upstream: "spotify" });
  });
});
