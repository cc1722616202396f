import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { castVotes } from "../../tests/cast-votes.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";
import { insertGuest } from "#db/queries/fans";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

test("before the first computation the lists are empty and say so", async () => {
  await insertVotedShow(app.db, 1);
  expect(await app.caller.trending.artists()).toEqual({ artists: [], computedAt: null, comparedWith: null });
  expect(await app.caller.trending.shows()).toEqual({ shows: [], computedAt: null, comparedWith: null });
});

test("the hourly job ranks artists and shows, by votes of both ballots", async () => {
  const [quiet, loud] = [await insertVotedShow(app.db, 4), await insertVotedShow(app.db, 4)];
  const fanId = await insertGuest(app.db);
  const [a = "", b = "", c = ""] = loud.setlistSongIds;
  await castVotes(app.db, [
    { fanId, setlistSongId: a },
    { fanId, setlistSongId: b },
    { fanId, setlistSongId: c, ballot: "wish" },
  ]);
  await app.services.queue.send(app.db, "trending-calc", {}, { key: "hourly" });
  await app.drain();
  const { artists, computedAt } = await app.caller.trending.artists({ limit: 1 });
  // Three votes, a coming show, and somebody was here this week.
  expect(artists).toMatchObject([{ rank: 1, score: 55, votes: 3, isTrending: true, coming: 1 }]);
  expect(computedAt).toBeInstanceOf(Date);
  const { shows } = await app.caller.trending.shows();
  expect(shows.map(({ slug, isTrending }) => [slug, isTrending])).toEqual([
    [loud.slug, true],
    [quiet.slug, false],
  ]);
});

test.each([0, 101, 1.5])("a limit of %d is refused", async (limit) => {
  await expect(app.caller.trending.shows({ limit })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

describe("a scheduler's request", () => {
  const bearer = "a secret of the tests' scheduler";

  test("ranks anew, and sends for the artists that are due", async () => {
    await insertVotedShow(app.db, 1);
    const { caller } = app.browser({ bearer });
    expect(await caller.trending.recalculate()).toEqual({
      trending: { artists: 1, shows: 1, written: 2 },
      sync: { queued: true },
    });
    expect(await caller.trending.recalculate()).toMatchObject({ sync: { queued: false } });
    const jobs = await app.boss.findJobs("scheduled-sync", { queued: true });
    expect(jobs.map((job) => job.data)).toEqual([{ kind: "active", sentBy: "cron" }]);
  });

  test("joins the one that runs", async () => {
    await insertVotedShow(app.db, 1);
    const { caller } = app.browser({ bearer });
    const all = await Promise.all(Array.from({ length: 20 }, () => caller.trending.recalculate()));
    expect(new Set(all.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test.each([undefined, "", "x", `${bearer}x`, bearer.slice(1), bearer.toUpperCase()])(
    "with %j is UNAUTHORIZED",
    async (wrong) => {
      await expect(app.browser({ bearer: wrong }).caller.trending.recalculate()).rejects.toMatchObject({
        code: "UNAUTHORIZED",
      });
      expect(await app.boss.findJobs("scheduled-sync", {})).toEqual([]);
    },
  );

  test("finds nothing where no secret is set", async () => {
    const { context, caller } = app.browser({ bearer: "" });
    context.settings = { ...context.settings, cronSecret: undefined };
    await expect(caller.trending.recalculate()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
