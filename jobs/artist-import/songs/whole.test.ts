/** The songs step against the simulated services, by the kinds of key and what a person sees afterwards. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SpotifyKey, worlds } from "#server/simulator/index";
import { discographyOf } from "#server/simulator/world/discography";
import { titleKey } from "#rules/text";
import { testApp } from "../../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeEach(async () => {
  app = await testApp();
});
afterEach(() => app.close());
const { saltmarsh, lido } = worlds.small.artists;

async function run(artist = saltmarsh) {
  const { artistId, slug } = await app.caller.artist.import({ tmAttractionId: artist.tmAttractionId });
  await app.drain();
  const status = await app.caller.artist.importStatus({ artistId });
  const step = status.report.steps.find((one) => one.step === "songs");
  return { artistId, slug, status, step };
}

async function titles(slug: string) {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await app.caller.artist.songs({ slug, cursor });
    found.push(...page.songs.map((song) => titleKey(song.title)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found.sort();
}

/** What the artist really recorded in a studio: the songs of the albums, and what only a single or an edition holds. */
const studio = (artist: typeof saltmarsh, more: string[]) =>
  [
    ...new Set(
      [...artist.albums.filter(({ type }) => type === "album").flatMap(({ songs }) => songs), ...more].map(
        titleKey,
      ),
    ),
  ].sort();
const bonus = ["Paper Moon Alibi", "Alive Until Morning", "Bonus Beat (Interlude)"];

const calls = (upstream: string) => app.simulator.requests().filter((one) => one.upstream === upstream);

/** One that has begun tonight is listed still, and predicted no more. */
async function firstToCome(slug: string): Promise<string> {
  const { shows } = await app.caller.artist.bySlug({ slug });
  return shows.find(({ startsAt }) => startsAt === null || startsAt > new Date())?.slug ?? "";
}

describe("the catalogue", () => {
  it.each<SpotifyKey>(["development", "full"])("comes out right on a %s key", async (key) => {
    app.simulator.setSpotify(key);
    const { slug, status, step } = await run();
    expect([status.stage, step?.state]).toEqual(["completed", "done"]);
    expect(await titles(slug)).toEqual(studio(saltmarsh, bonus));
  });

  it("is counted whole: songs that were judged on the way are new ones too, and none is twice", async () => {
    const first = await run();
    const known = (await titles(first.slug)).length;
    // A song met in a past setlist first has its row already, and is altered.
    expect(first.step?.unchanged).toBe(0);
    expect(first.step?.new).toBeGreaterThan(0);
    expect((first.step?.new ?? 0) + (first.step?.changed ?? 0)).toBe(known);
    const second = await run();
    expect(second.step).toMatchObject({ new: 0, changed: 0, unchanged: known });
  });

  it("says as many recordings left out as its page lists", async () => {
    const { slug, step } = await run();
    const { counts } = await app.caller.artist.recordings({ slug, verdict: "dropped" });
    expect(counts.dropped).toBeGreaterThan(0);
    expect(step?.skipped).toBe(counts.dropped);
  });

  it("keeps the first reason: MusicBrainz' word on an album, not what follows from it", async () => {
    const { slug } = await run();
    const { recordings } = await app.caller.artist.recordings({ slug, verdict: "dropped" });
    const live = recordings.filter(({ albumName }) => albumName === "One Night, No Net");
    expect(live.length).toBeGreaterThan(5);
    expect(new Set(live.map(({ reason }) => reason))).toEqual(new Set(["live: album of type live"]));
  });

  it("comes out right where Spotify refuses the key, from MusicBrainz", async () => {
    app.simulator.setSpotify("refused");
    const { slug, status } = await run();
    expect(status.stage).toBe("partial");
    expect(status.error).toMatch(/Spotify does not let us in just now/);
    expect(await titles(slug)).toEqual(studio(saltmarsh, bonus));
    // A refused key is asked once, not once a question.
    expect(calls("spotify")).toHaveLength(1);
  });

  it("asks for what a poor key does not get once, not once an import", async () => {
    await run();
    const refused = calls("spotify").filter(({ status }) => status >= 400);
    expect(refused.map(({ status }) => status).sort()).toEqual([400, 403, 403]);
    app.simulator.clearRequests();
    await run(lido);
    expect(calls("spotify").filter(({ status }) => status >= 400)).toEqual([]);
  });

  it("makes no call for a release that can hold nothing new, and none twice", async () => {
    await run();
    const all = discographyOf(saltmarsh);
    const asked = calls("spotify").filter(({ path }) => path.startsWith("/albums/"));
    const singles = all.filter(({ type, title }) => type === "single" && title !== "Paper Moon Alibi");
    expect(asked).toHaveLength(all.length - singles.length);
    app.simulator.clearRequests();
    await run();
    expect(calls("spotify").filter(({ path }) => path.startsWith("/albums/"))).toEqual([]);
    expect(calls("spotify-accounts")).toEqual([]);
  });

  it("keeps what was read when Spotify falls silent on the way, and fills the gap the next time", async () => {
    const [, , third] = discographyOf(saltmarsh).filter(({ type }) => type === "album");
    app.simulator.setFaults([{ upstream: "spotify", kind: "500", match: third?.id ?? "" }]);
    const first = await run();
    expect([first.status.stage, first.step?.state]).toEqual(["partial", "done"]);
    expect((await titles(first.slug)).length).toBeGreaterThan(0);
    app.simulator.setFaults([]);
    await app.db
      .updateTable("upstream_state")
      .set({ closed_until: null, failures: 0, closings: 0 })
      .execute();
    const second = await run();
    expect(second.status.stage).toBe("completed");
    expect(await titles(second.slug)).toEqual(studio(saltmarsh, bonus));
  });

  it("stands in for a history that is not there, and says so", async () => {
    const { slug } = await run(lido);
    const { setlist } = await app.caller.show.bySlug({ slug: await firstToCome(slug) });
    expect([setlist?.basis, setlist?.showsKnown]).toEqual(["catalogue", 0]);
    expect(setlist?.songs.length).toBeGreaterThan(5);
  });

  it("ranks by how well songs are known where the key tells", async () => {
    app.simulator.setSpotify("full");
    const { slug } = await run(lido);
    const { setlist } = await app.caller.show.bySlug({ slug: await firstToCome(slug) });
    expect(setlist?.basis).toBe("popularity");
  });

  it("ties songs of past setlists to the catalogue", async () => {
    const { artistId } = await run();
    const rows = await app.db
      .selectFrom("past_setlist_songs")
      .innerJoin("songs", "songs.id", "song_id")
      .innerJoin("past_setlists", "past_setlists.id", "past_setlist_id")
      .where("past_setlists.artist_id", "=", artistId)
      .where("cover", "is", null)
      .select(["songs.title", "songs.kind"])
      .distinct()
      .execute();
    expect(rows.filter(({ kind }) => kind === "studio").length).toBeGreaterThan(0.8 * rows.length);
  });
});
