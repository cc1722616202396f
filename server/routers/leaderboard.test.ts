import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insertAccount, insertGuest } from "#db/queries/fans";
import { testApp } from "../../tests/app.ts";
import { castVotes } from "../../tests/cast-votes.ts";
import { insertResult, type Score } from "../../tests/show-result.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";
import { openSession } from "../session/open.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

async function account(name: string): Promise<string> {
  const email = `${name.replace(" ", "-")}@example.org`;
  return (await insertAccount(app.db, { email, name, passwordHash: "none" }))!;
}

async function signedIn(fanId: string) {
  const browser = app.browser();
  const { cookie } = await openSession(browser.context, app.db, fanId);
  browser.context.setCookie(cookie);
  return browser.caller;
}

/** A show of ten songs where saying yes to the usual ones scored so much, and these fans their Brier scores. */
async function scored(localDate: string, fans: Record<string, number>, usual = 0.5): Promise<void> {
  const show = await insertVotedShow(app.db, 1, { localDate });
  const scores: Score[] = [
    { scorer: "machine", hits: 8, named: 10, played: 10, brier: 0.4 },
    { scorer: "usual", hits: 6, named: 10, played: 10, brier: usual },
    ...Object.entries(fans).map(([fanId, brier]) => ({ fanId, hits: 5, named: 8, played: 10, brier })),
  ];
  await insertResult(app.db, { showId: show.showId, scores });
}

async function season(year: number, shows: number, fans: Record<string, number>): Promise<void> {
  for (let n = 0; n < shows; n++) await scored(`${year}-03-0${n + 1}`, fans);
}

describe("leaderboard.fans", () => {
  test("is empty before a fan has five scored shows", async () => {
    const ada = await account("Ada");
    expect(await app.caller.leaderboard.fans()).toMatchObject({ fans: [], ranked: 0, mean: null });
    await season(2026, 4, { [ada]: 0.3 });
    expect(await app.caller.leaderboard.fans()).toMatchObject({
      fans: [],
      ranked: 0,
      mean: expect.closeTo(20) as number,
    });
    await scored("2026-04-01", { [ada]: 0.3 });
    expect(await app.caller.leaderboard.fans()).toMatchObject({
      ranked: 1,
      fans: [{ place: 1, name: "Ada" }],
    });
  });

  test("ranks by points ahead of the mean fan, drawn towards it; equal scores share a place", async () => {
    const [ada, bea, cyd, dot] = [
      await account("Ada"),
      await account("Bea"),
      await account("Cyd"),
      await account("Dot"),
    ];
    await season(2026, 5, { [ada]: 0.3, [bea]: 0.4, [cyd]: 0.4, [dot]: 0.7 });
    const { fans, mean } = await app.caller.leaderboard.fans();
    // Ahead of 0.5 by 20, 10, 10 and −20 points a show, 5 on average; five shows of one's own weigh half.
    expect(mean).toBeCloseTo(5);
    expect(fans.map(({ place, score }) => [place, score])).toEqual([
      [1, 7.5],
      [2, 2.5],
      [2, 2.5],
      [4, -12.5],
    ]);
    expect(fans[0]).toMatchObject({ name: "Ada", shows: 5, share: 0.5, mine: false });
  });

  test("a lucky few shows do not overtake many good ones", async () => {
    const [lucky, steady] = [await account("Lucky"), await account("Steady")];
    for (let n = 1; n <= 20; n++)
      await scored(`2026-05-${String(n).padStart(2, "0")}`, {
        [steady]: 0.35,
        ...(n <= 5 ? { [lucky]: 0.34 } : {}),
      });
    const crowd = await account("Crowd");
    await season(2026, 9, { [crowd]: 0.6 });
    const { fans } = await app.caller.leaderboard.fans();
    expect(fans.map(({ name }) => name)).toEqual(["Steady", "Lucky", "Crowd"]);
  });

  test("whose bands are hard to foretell is measured by what is usual there", async () => {
    const [easy, hard] = [await account("Easy"), await account("Hard")];
    for (let n = 1; n <= 5; n++) {
      await scored(`2026-06-0${n}`, { [easy]: 0.1 }, 0.05);
      await scored(`2026-07-0${n}`, { [hard]: 0.9 }, 1);
    }
    const { fans } = await app.caller.leaderboard.fans();
    expect(fans.map(({ name }) => name)).toEqual(["Hard", "Easy"]);
  });

  test("tells seasons apart by the shows' years, and says which there are", async () => {
    const [ada, bea] = [await account("Ada"), await account("Bea")];
    await season(2024, 5, { [ada]: 0.3 });
    await season(2026, 5, { [bea]: 0.3 });
    const names = async (year?: number) =>
      (await app.caller.leaderboard.fans({ season: year })).fans.map(({ name }) => name);
    expect(await names(2024)).toEqual(["Ada"]);
    expect(await names(2025)).toEqual([]);
    expect(await names(2026)).toEqual(["Bea"]);
    expect(await names()).toHaveLength(2);
    expect((await app.caller.leaderboard.fans()).seasons).toEqual({ first: 2024, last: 2026 });
  });

  test("leaves guests and blocked fans out, and does not name who does not want it", async () => {
    const [shy, bad] = [await account("Shy"), await account("Bad")];
    const guest = await insertGuest(app.db);
    await season(2026, 5, { [shy]: 0.4, [bad]: 0.2, [guest]: 0.1 });
    await app.db.updateTable("fans").set({ blocked_at: new Date() }).where("id", "=", bad).execute();
    const caller = await signedIn(shy);
    await caller.auth.setNamed({ named: false });
    expect((await app.caller.leaderboard.fans()).fans).toMatchObject([{ place: 1, name: null, mine: false }]);
    expect(await caller.leaderboard.fans()).toMatchObject({ fans: [{ mine: true }], mine: { place: 1 } });
    await caller.auth.setNamed({ named: true });
    expect((await app.caller.leaderboard.fans()).fans).toMatchObject([{ name: "Shy" }]);
  });

  test("has pages, in which nobody stands twice or is missing, and one's own place on each", async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, (_, n) => account(`Fan ${n}`)));
    await season(2026, 5, Object.fromEntries(ids.map((id, n) => [id, 0.3 + Math.floor(n / 20) / 10])));
    const caller = await signedIn(ids[0]!);
    const first = await caller.leaderboard.fans();
    expect(first.fans).toHaveLength(50);
    const second = await caller.leaderboard.fans({ cursor: first.nextCursor });
    expect(second.nextCursor).toBeUndefined();
    expect(new Set([...first.fans, ...second.fans].map(({ name }) => name)).size).toBe(60);
    expect(second.fans.every(({ place }) => place === 41)).toBe(true);
    expect(second.mine).toMatchObject({ place: 1, name: "Fan 0" });
  });
});

describe("leaderboard.record", () => {
  test("means over all shows, beside the machine's at the same ones, counted anew once a show is scored", async () => {
    expect(await app.caller.leaderboard.record()).toEqual({
      scorers: [],
      calibration: [],
      latest: [],
      worst: [],
    });
    const one = await insertVotedShow(app.db, 3, { localDate: "2026-03-01" });
    await insertResult(app.db, {
      showId: one.showId,
      scores: [
        { scorer: "machine", hits: 8, named: 10, played: 10, brier: 0.4 },
        { scorer: "last-show", hits: 5, named: 10, played: 10, brier: 0.9 },
        { scorer: "last-ten", hits: 6, named: 10, played: 10, brier: 0.5 },
        { scorer: "fans", hits: 7, named: 10, played: 10, brier: 0.45 },
      ],
      songs: [0.7, 0.72, 0.05].map((probability, n) => ({
        songId: one.songIds[n]!,
        setlistSongId: one.setlistSongIds[n]!,
        probability,
        played: n === 0,
      })),
    });
    const two = await insertVotedShow(app.db, 2, { localDate: "2026-03-02" });
    await insertResult(app.db, {
      showId: two.showId,
      scores: [
        { scorer: "machine", hits: 12, named: 20, played: 20, brier: 0.6 },
        { scorer: "last-show", hits: 4, named: 20, played: 20, brier: 1 },
        { scorer: "last-ten", hits: 10, named: 20, played: 20, brier: 0.7 },
      ],
      songs: [
        { songId: two.songIds[0]!, probability: 1, played: true },
        // Played, and nobody had thought of it: no odds were given.
        { songId: two.songIds[1]!, probability: 0, played: true },
      ],
    });
    const { scorers, calibration, latest, worst } = await app.caller.leaderboard.record();
    expect(latest.map(({ slug }) => slug)).toEqual([two.slug, one.slug]);
    expect(worst.map(({ hits, played }) => [hits, played])).toEqual([
      [12, 20],
      [8, 10],
    ]);
    const of = (scorer: string) => scorers.find((row) => row.scorer === scorer);
    expect(of("machine")).toMatchObject({ shows: 2, hits: 10, played: 15 });
    expect(of("machine")?.share).toBeCloseTo(0.7);
    expect(of("machine")?.brier).toBeCloseTo(0.5);
    expect(of("machine")?.shareError).toBeCloseTo((1.96 * Math.SQRT2 * 0.1) / Math.SQRT2);
    expect(of("fans")).toMatchObject({ shows: 1, shareError: null, machineShare: 0.8 });
    expect(calibration).toMatchObject([
      { bin: 0, songs: 1, played: 0 },
      { bin: 7, songs: 2, played: 1 },
      { bin: 9, songs: 1, played: 1 },
    ]);

    await app.db
      .insertInto("slugs")
      .values({ kind: "artist", slug: two.slug, target_id: two.artistId })
      .execute();
    const artist = await app.caller.leaderboard.artist({ slug: two.slug });
    expect(artist.scorers.find(({ scorer }) => scorer === "machine")).toMatchObject({ shows: 1, hits: 12 });
    expect(artist.shows).toMatchObject([{ slug: two.slug, hits: 12, played: 20, localDate: "2026-03-02" }]);
  });
});

describe("leaderboard.mine", () => {
  test("best calls are those with the lowest odds, and first ones those nobody had named before", async () => {
    const [ada, bea] = [await account("Ada"), await account("Bea")];
    const show = await insertVotedShow(app.db, 4, { localDate: "2026-03-01" });
    const [sure, long, missed, wished] = show.setlistSongIds as [string, string, string, string];
    await castVotes(app.db, [
      { fanId: bea, setlistSongId: sure, hoursAgo: 9 },
      { fanId: ada, setlistSongId: sure, hoursAgo: 8 },
      { fanId: ada, setlistSongId: long, hoursAgo: 7 },
      { fanId: bea, setlistSongId: long, hoursAgo: 6 },
      { fanId: ada, setlistSongId: missed },
      { fanId: ada, setlistSongId: wished, ballot: "wish" },
    ]);
    await insertResult(app.db, {
      showId: show.showId,
      scores: [
        { scorer: "last-ten", hits: 1, named: 3, played: 3, brier: 0.5 },
        { fanId: ada, hits: 2, named: 3, played: 3, brier: 0.6 },
      ],
      songs: [0.9, 0.1, 0.5, 0.2].map((probability, n) => ({
        songId: show.songIds[n]!,
        setlistSongId: show.setlistSongIds[n]!,
        probability,
        played: n !== 2,
        votes: 2,
      })),
    });
    const { record, season: at } = await (await signedIn(ada)).leaderboard.mine();
    expect(record).toMatchObject({ isNamed: true, shows: 1, hits: 2, played: 3, firsts: 1 });
    expect(record?.best).toMatchObject([
      { title: "Song 2", isFirst: true, slug: show.slug, votes: 2 },
      { title: "Song 1", isFirst: false },
    ]);
    expect(record?.first).toEqual([]);
    expect(at).toMatchObject({ place: null, ranked: 0 });
    const none = await (await signedIn(bea)).leaderboard.mine();
    expect(none.record).toMatchObject({ shows: 0, hits: null, firsts: 1 });
  });
});
