/** R6: races end where the last word says. And two web processes are one to those who use them. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createDb } from "#db/index";
import { insertVotedShow, type VotedShow } from "../voted-show.ts";
import { type Postgres, startPostgres } from "./databases.ts";
import { becomeGuest, call, type Fan, whoIs } from "./fans.ts";
import { inLanes } from "./lanes.ts";
import { createLedger, type Vote } from "./ledger.ts";
import { same, storedCounts, watch } from "./open-page.ts";
import { endProcesses } from "./processes.ts";
import { createRig, type Rig } from "./rig.ts";
import { figure, times } from "./round.ts";
import { pickFrom, seededRandom } from "./seed.ts";
import { until } from "./until.ts";

/** so many fans, each with so many taps, so many of them at once */
const RACERS = times(50, 20);
const TAPS_EACH = times(200, 40);
const AT_ONCE = 4;
const SONGS = 30;
const PATIENCE_MS = 120_000;
/** a lost hint is made good after half a minute */
const SETTLE_MS = 45_000;
const random = seededRandom();
const pick = pickFrom(random);

let postgres: Postgres;
let rig: Rig;
let show: VotedShow;
beforeAll(async () => {
  postgres = await startPostgres();
  rig = await createRig(postgres, "small");
  const db = createDb(rig.db.url);
  show = await insertVotedShow(db, SONGS);
  await db.destroy();
});
afterEach(() => endProcesses());
afterAll(async () => {
  await rig?.close();
  await postgres?.stop();
});

test(
  "R6: whatever a fan's parallel taps did, the last word of each holds, and no count ever leaves its bounds",
  { timeout: 300_000 },
  async () => {
    const webs = await Promise.all([rig.startWeb(), rig.startWeb()]);
    const songs = show.setlistSongIds.slice(0, 5);
    const before = (await rig.db.row<{ n: number }>("select count(distinct fan_id)::int as n from votes")).n;
    const fans = await Promise.all(Array.from({ length: RACERS }, () => becomeGuest(webs[0]!, songs[0]!)));
    const page = watch(show.showId, () => webs[1]!);
    const tap = (fan: Fan, setlistSongId: string, cast: boolean) =>
      call(pick(webs), cast ? "vote.cast" : "vote.retract", "mutation", { setlistSongId }, fan.cookie);
    const strange = new Set<string>();
    const look = () => {
      for (const { votes, wishes } of page.latest())
        if (Math.min(votes, wishes) < 0 || votes > before + RACERS)
          strange.add(`${votes} votes, ${wishes} wishes`);
    };
    await inLanes(RACERS, RACERS, async (n) => {
      for (let round = 0; round < TAPS_EACH / AT_ONCE; round++) {
        const taps = Array.from({ length: AT_ONCE }, () => tap(fans[n]!, pick(songs), random() < 0.5));
        for (const { status } of await Promise.all(taps))
          if (status !== 200) strange.add(`answers ${status}`);
        look();
      }
    });
    const ledger = createLedger();
    await inLanes(RACERS, RACERS, async (n) => {
      for (const setlistSongId of songs) {
        const cast = random() < 0.5;
        const { status } = await tap(fans[n]!, setlistSongId, cast);
        if (status !== 200) strange.add(`answers ${status}`);
        ledger.acknowledged({ fanId: fans[n]!.id, setlistSongId, ballot: "expect" }, cast);
      }
    });
    const stored = await rig.db.rows<Vote>(
      `select fan_id as "fanId", setlist_song_id as "setlistSongId", ballot from votes where fan_id = any($1)`,
      [fans.map(({ id }) => id)],
    );
    expect(ledger.compare(stored)).toEqual([]);
    figure(
      "R6",
      `${RACERS} fans × ${TAPS_EACH} taps, ${AT_ONCE} at once: ${stored.length} votes, all as last said`,
    );
    const counts = await storedCounts(rig.db, show.showId);
    await until("the page shows what is stored", SETTLE_MS, () => same(page.latest(), counts));
    expect([...strange]).toEqual([]);
    await page.stop();
  },
);

test("two web processes are one: a session, its end, and a vote's count are the same at both", async () => {
  const [one, other] = await Promise.all([rig.startWeb(), rig.startWeb()]);
  const setlistSongId = show.setlistSongIds[0]!;
  const page = watch(show.showId, () => other);
  await until("the page has counts", PATIENCE_MS, () => page.latest().length === SONGS);
  const guest = await becomeGuest(one, setlistSongId);
  expect(await whoIs(other, guest.cookie)).toBe(guest.id);
  await until("the vote is on the page of the other process", PATIENCE_MS, async () =>
    same(page.latest(), await storedCounts(rig.db, show.showId)),
  );
  const mine = await call(other, "vote.mine", "query", { showId: show.showId }, guest.cookie);
  expect(mine.data).toEqual({ votes: [{ setlistSongId, ballot: "expect" }] });

  const account = { email: "two@example.test", password: "a long walk home by the sea", name: "Two" };
  const joined = await call(one, "auth.signUp", "mutation", account, guest.cookie);
  expect(joined.status).toBe(200);
  const cookie = joined.cookie!;
  expect(await whoIs(other, cookie)).toBe(guest.id);
  await call(one, "auth.signOut", "mutation", null, cookie);
  await until(
    "the session has ended at the other process",
    5_000,
    async () => (await whoIs(other, cookie)) === "",
  );
  await page.stop();
});
