import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import pino from "pino";
import fc from "fast-check";
import { createDb } from "#db/index";
import type { VoteResult } from "#db/queries/vote-batches";
import { retractVotes } from "#db/queries/vote-retractions";
import { castVotes } from "#db/queries/votes";
import { testApp } from "../../tests/app.ts";
import { miscounts } from "../../tests/cast-votes.ts";
import { insertVotedShow, type VotedShow } from "../../tests/voted-show.ts";
import { createLimits } from "../limits.ts";
import { type BallotBox, createBallotBox } from "./index.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let show: VotedShow;
let box: BallotBox;
const log = pino({ level: "silent" });
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.clear();
  show = await insertVotedShow(app.db, 30);
  box = app.services.ballotBox;
});

const newFans = async (count: number) =>
  (
    await app.db
      .insertInto("fans")
      .values(Array.from({ length: count }, () => ({ role: "fan" })))
      .returning("id")
      .execute()
  ).map(({ id }) => id);
const vote = (
  fanId: string,
  song: number,
  {
    ballot = "expect",
    cast = true,
    from = box,
  }: { ballot?: "expect" | "wish"; cast?: boolean; from?: BallotBox } = {},
) =>
  from.vote({
    fanId,
    setlistSongId: show.setlistSongIds[song] ?? "",
    ballot,
    cast,
    address: "192.0.2.1",
  });

const expectTrueCounts = async () => expect(await miscounts(app.db)).toEqual([]);

describe("votes", () => {
  it("are stored once and counted, on two ballots kept apart", async () => {
    const [fan = ""] = await newFans(1);
    expect(await vote(fan, 0)).toMatchObject({
      state: "done",
      votes: 1,
      wishes: 0,
      myVote: true,
      myWish: false,
    });
    expect(await vote(fan, 0, { ballot: "wish" })).toMatchObject({
      votes: 1,
      wishes: 1,
      myVote: true,
      myWish: true,
    });
    expect(await vote(fan, 0)).toMatchObject({ state: "done", votes: 1, wishes: 1, moved: false });
    expect(await vote(fan, 0, { cast: false })).toMatchObject({
      votes: 0,
      wishes: 1,
      myVote: false,
      myWish: true,
    });
    expect(await vote(fan, 0, { cast: false })).toMatchObject({ state: "done", votes: 0, moved: false });
    await expectTrueCounts();
  });

  it("of one fan on one song, clicked a hundred times at once, are one", async () => {
    const [fan = ""] = await newFans(1);
    const results = await Promise.all(Array.from({ length: 100 }, () => vote(fan, 3)));
    expect(results.every(({ state, votes, myVote }) => state === "done" && votes === 1 && myVote)).toBe(true);
    await expectTrueCounts();
  });

  it("of many in one moment are each answered with their own", async () => {
    const fans = await newFans(60);
    const results = await Promise.all(fans.map((fan, at) => vote(fan, at % 3)));
    expect(results.map(({ state }) => state)).toEqual(fans.map(() => "done"));
    expect(results.every(({ votes }) => votes <= 20)).toBe(true);
    const counts = await Promise.all([0, 1, 2].map((song) => vote(fans[song] ?? "", song)));
    expect(counts.map(({ votes }) => votes)).toEqual([20, 20, 20]);
    await expectTrueCounts();
  });

  it("past the cap are refused alone, others of their moment are not", async () => {
    const [fan = "", other = ""] = await newFans(2);
    const wishes = await Promise.all([
      ...Array.from({ length: 7 }, (_, song) => vote(fan, song, { ballot: "wish" })),
      vote(other, 0, { ballot: "wish" }),
    ]);
    expect(wishes.map(({ state }) => state)).toEqual([
      ...Array<string>(5).fill("done"),
      "full",
      "full",
      "done",
    ]);
    expect(await vote(fan, 6, { ballot: "wish", cast: false })).toMatchObject({
      state: "done",
      moved: false,
    });
    await vote(fan, 0, { ballot: "wish", cast: false });
    expect(await vote(fan, 6, { ballot: "wish" })).toMatchObject({ state: "done", moved: true });
    for (let song = 0; song < 25; song++) expect((await vote(fan, song)).state).toBe("done");
    expect(await vote(fan, 26)).toMatchObject({ state: "full", myVote: false });
    await expectTrueCounts();
  });

  it("never pass the cap from two processes at once", async () => {
    const second = createDb(app.url);
    const other = createBallotBox({
      db: second,
      limits: createLimits({ db: second, secret: "x", on: false }),
      log,
    });
    const fans = await newFans(10);
    const results = await Promise.all(
      fans.flatMap((fan) =>
        Array.from({ length: 12 }, (_, song) =>
          vote(fan, song, { ballot: "wish", from: song % 2 ? box : other }),
        ),
      ),
    );
    expect(results.filter(({ state }) => state === "done").length).toBe(50);
    expect(results.filter(({ state }) => state === "full").length).toBe(70);
    await expectTrueCounts();
    await other.stop();
    await second.destroy();
  });

  it("clicked twice in two processes are one vote, also when it is the last that the cap allows", async () => {
    const second = createDb(app.url);
    const other = createBallotBox({
      db: second,
      limits: createLimits({ db: second, secret: "x", on: false }),
      log,
    });
    const fans = await newFans(20);
    for (const fan of fans)
      await Promise.all([0, 1, 2, 3].map((song) => vote(fan, song, { ballot: "wish" })));
    const results = await Promise.all(
      fans.flatMap((fan) => [box, other].map((from) => vote(fan, 4, { ballot: "wish", from }))),
    );
    expect(results.map(({ state, myWish }) => [state, myWish])).toEqual(results.map(() => ["done", true]));
    await expectTrueCounts();
    await other.stop();
    await second.destroy();
  });

  it("and retractions of several shows meet in two processes without waiting in a circle", async () => {
    const second = createDb(app.url);
    const shows = [show, await insertVotedShow(app.db, 20), await insertVotedShow(app.db, 20)];
    const songs = shows.flatMap(({ setlistSongIds }) => setlistSongIds.slice(0, 20));
    const fans = await newFans(12);
    // Straight to the statement, which fails where Postgres has to break a circle; the box would try again.
    const batches = Array.from({ length: 60 }, (_, n) => {
      const asked = fans.map((fanId, at) => ({
        ...{ fanId, setlistSongId: songs[(at * 7 + n * 11) % 60] ?? "", ballot: "expect" as const },
        ...{ fanKey: null, addressKey: null },
      }));
      return n % 3 === 2
        ? retractVotes(n % 2 ? app.db : second, n % 4 ? asked : asked.reverse())
        : castVotes(n % 2 ? app.db : second, n % 4 ? asked : asked.reverse());
    });
    const results = await Promise.all(batches);
    expect(results.flat().every(({ state }) => state === "done" || state === "full")).toBe(true);
    await expectTrueCounts();
    await second.destroy();
  });

  it("end as their fan's last word says, whatever others do and however they are mixed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ fan: fc.nat(4), song: fc.nat(2), cast: fc.boolean(), wish: fc.boolean() }), {
          minLength: 1,
          maxLength: 60,
        }),
        async (words) => {
          const fans = await newFans(5);
          const last = new Map<string, boolean>();
          await Promise.all(
            words.map(({ fan, song, cast, wish }) => {
              const ballot = wish ? "wish" : "expect";
              last.set(`${fans[fan]} ${show.setlistSongIds[song]} ${ballot}`, cast);
              return vote(fans[fan] ?? "", song, { ballot, cast });
            }),
          );
          const rows = await app.db.selectFrom("votes").selectAll().where("fan_id", "in", fans).execute();
          const stored = rows.map((row) => `${row.fan_id} ${row.setlist_song_id} ${row.ballot}`).sort();
          const wanted = [...last].filter(([, cast]) => cast).map(([name]) => name);
          expect(stored).toEqual(wanted.sort());
          await expectTrueCounts();
        },
      ),
      { numRuns: 25 },
    );
  });

  it("on songs that are nowhere, hidden, or of a show that is closed or cancelled say so, beside good ones", async () => {
    const [fan = "", other = ""] = await newFans(2);
    const late = await insertVotedShow(app.db, 1, { localDate: "2020-01-01", localTime: "19:30" });
    const gone = await insertVotedShow(app.db, 1, { status: "cancelled" });
    await app.db
      .updateTable("setlist_songs")
      .set({ hidden_at: new Date() })
      .where("id", "=", show.setlistSongIds[5] ?? "")
      .execute();
    const on = (setlistSongId: string) =>
      box.vote({
        fanId: fan,
        setlistSongId,
        ballot: "expect",
        cast: true,
        address: "",
      }) as Promise<VoteResult>;
    const results = await Promise.all([
      on("01a20cee-196b-78b8-8c96-39a340f1e5dc"),
      on(late.setlistSongIds[0] ?? ""),
      on(gone.setlistSongIds[0] ?? ""),
      on(show.setlistSongIds[5] ?? ""),
      vote(other, 0),
    ]);
    expect(results.map(({ state }) => state)).toEqual(["unknown", "closed", "cancelled", "hidden", "done"]);
    expect(results[1]?.closesAt).toEqual(new Date("2020-01-01T19:30:00Z"));
    await expectTrueCounts();
  });

  it("go on when the show is moved, and close with its new date", async () => {
    const [fan = ""] = await newFans(1);
    const moved = await insertVotedShow(app.db, 1, { localDate: "2020-01-01", localTime: "19:30" });
    const on = async () =>
      (
        (await box.vote({
          fanId: fan,
          setlistSongId: moved.setlistSongIds[0] ?? "",
          ballot: "expect",
          cast: true,
          address: "",
        })) as VoteResult
      ).state;
    expect(await on()).toBe("closed");
    await app.db
      .updateTable("shows")
      .set({ local_date: "2099-01-01" })
      .where("id", "=", moved.showId)
      .execute();
    expect(await on()).toBe("done");
    await app.db.updateTable("shows").set({ local_date: null }).where("id", "=", moved.showId).execute();
    expect(await on()).toBe("done");
  });

  it("that were answered are stored, though connections break under them", async () => {
    const fans = await newFans(40);
    const second = createDb(app.url, { applicationName: "doomed" });
    const shaky = createBallotBox({
      db: second,
      limits: createLimits({ db: second, secret: "x", on: false }),
      log,
    });
    const answered: string[] = [];
    const breaking = (async () => {
      for (let round = 0; round < 8; round++)
        await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'`.execute(
          app.db,
        );
    })();
    for (let round = 0; round < 10; round++)
      await Promise.all(
        fans.map((fan) =>
          vote(fan, round, { from: shaky }).then(
            () => answered.push(`${fan} ${show.setlistSongIds[round]}`),
            () => undefined,
          ),
        ),
      );
    await breaking;
    const rows = await app.db.selectFrom("votes").select(["fan_id", "setlist_song_id"]).execute();
    const stored = new Set(rows.map((row) => `${row.fan_id} ${row.setlist_song_id}`));
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.filter((name) => !stored.has(name))).toEqual([]);
    await expectTrueCounts();
    await shaky.stop();
    await second.destroy();
  });
});

describe("rations", () => {
  it("stop a fan after 60 votes in a minute, over all processes, and nobody else", async () => {
    const limits = createLimits({ db: app.db, secret: "x", on: true });
    const boxes = [1, 2].map(() => createBallotBox({ db: app.db, limits, log }));
    const [fan = "", other = ""] = await newFans(2);
    const results = await Promise.all(
      Array.from({ length: 70 }, (_, at) =>
        boxes[at % 2]!.vote({
          fanId: fan,
          setlistSongId: show.setlistSongIds[at % 20] ?? "",
          ballot: "expect",
          cast: at < 20,
          address: "192.0.2.1",
        }),
      ),
    );
    const limited = results.filter(({ state }) => state === "limited");
    expect(limited.length).toBe(10);
    expect(limited[0]).toMatchObject({ limit: "fan" });
    expect(await vote(other, 0, { from: boxes[0]! })).toMatchObject({ state: "done" });
    await Promise.all(boxes.map((one) => one.stop()));
  });
});

describe("the news of a change", () => {
  it("comes at once, then ten times a second at most, and the last change is never unsaid", async () => {
    const heard: number[] = [];
    const stop = app.hub.hear(
      "theset_tally",
      () => heard.push(performance.now()),
      () => undefined,
    );
    const fans = await newFans(150);
    const began = performance.now();
    for (const fan of fans) await vote(fan, 0);
    const took = performance.now() - began;
    await box.stop();
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    // Leading, one an interval, trailing.
    expect(heard.length).toBeLessThanOrEqual(took / 100 + 2);
    stop();
  });
});
