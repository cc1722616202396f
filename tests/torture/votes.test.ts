/**
 * R5: what was acknowledged is stored, what is stored was asked for, and every count is the number of its votes, while
 * Postgres restarts twice and a web process is killed. `TORTURE=long` has ten times the fans.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createDb } from "#db/index";
import { insertVotedShow, type VotedShow } from "../voted-show.ts";
import { type MortalPostgres, startMortalPostgres } from "./databases.ts";
import { type Ballot, becomeGuest, call, type Fan } from "./fans.ts";
import { inLanes } from "./lanes.ts";
import { createLedger, type Ledger, type Vote } from "./ledger.ts";
import { type Counts, same, storedCounts, watch } from "./open-page.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type Rig } from "./rig.ts";
import { figure, LONG, times } from "./round.ts";
import { pickFrom, seededRandom } from "./seed.ts";
import { until } from "./until.ts";

const FANS = times(2_000, 200);
const VOTES_EACH = 25;
const CONNECTIONS = 32;
const SONGS = 30;
/** a fan who gets no answer tries again, as a page does */
const AGAIN_MS = 250;
const PATIENCE_MS = 120_000;
/** a lost hint is made good after half a minute */
const SETTLE_MS = 45_000;
const random = seededRandom();
const pick = pickFrom(random);

let postgres: MortalPostgres;
let rig: Rig;
let show: VotedShow;
beforeAll(async () => {
  postgres = await startMortalPostgres();
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

type Flood = { webs: Running[]; ledger: Ledger; done: number; problems: Set<string> };

/** One fan's votes, one after another; half of those without an answer are sent again until there is one. */
async function voteOften(fan: Fan, flood: Flood): Promise<void> {
  for (let n = 0; n < VOTES_EACH; n++) {
    const ballot: Ballot = random() < 0.8 ? "expect" : "wish";
    const setlistSongId = pick(show.setlistSongIds);
    const cast = random() < 0.75;
    const vote = { fanId: fan.id, setlistSongId, ballot };
    const patient = random() < 0.5;
    let tries = 0;
    while (!(await voteOnce(fan, vote, cast, flood))) {
      await sleep(AGAIN_MS * (0.5 + random()));
      if (patient || ++tries < 2) continue;
      flood.ledger.unknown(vote, cast);
      break;
    }
    flood.done++;
  }
}

/** @returns whether an answer came */
async function voteOnce(fan: Fan, vote: Vote, cast: boolean, flood: Flood): Promise<boolean> {
  const web = pick(flood.webs);
  const { setlistSongId, ballot } = vote;
  const what = cast ? "vote.cast" : "vote.retract";
  try {
    const answer = await call(web, what, "mutation", { setlistSongId, ballot }, fan.cookie);
    if (answer.status === 503 && answer.retryAfter !== null) return false;
    if (answer.status === 200) flood.ledger.acknowledged(vote, cast);
    // A full ballot is an answer too: nothing has changed.
    else if (!(answer.status === 403 && cast)) flood.problems.add(`${what} answers ${answer.status}`);
    return true;
  } catch {
    return false;
  }
}

test(
  "R5: no acknowledged vote is lost and none is made up, whatever dies meanwhile",
  { timeout: LONG ? 1_800_000 : 300_000 },
  async () => {
    const [first, second] = await Promise.all([rig.startWeb(), rig.startWeb()]);
    const flood: Flood = { webs: [first, second], ledger: createLedger(), done: 0, problems: new Set() };
    const pages = [watch(show.showId, () => flood.webs[0]!), watch(show.showId, () => flood.webs.at(-1)!)];
    const fans: Fan[] = [];
    await inLanes(FANS, CONNECTIONS, async (n) => {
      const setlistSongId = show.setlistSongIds[n % SONGS]!;
      const fan = await becomeGuest(flood.webs[n % 2]!, setlistSongId);
      flood.ledger.acknowledged({ fanId: fan.id, setlistSongId, ballot: "expect" }, true);
      fans.push(fan);
    });
    const began = Date.now();
    const reached = (share: number) =>
      until(`${share * 100} % of the votes`, PATIENCE_MS * 10, () => flood.done >= FANS * VOTES_EACH * share);
    const voting = inLanes(FANS, CONNECTIONS, (n) => voteOften(fans[n]!, flood));
    await reached(0.2);
    await postgres.end("fast");
    await postgres.begin();
    await reached(0.45);
    await second.kill();
    flood.webs = [first];
    flood.webs = [first, await rig.startWeb()];
    await reached(0.7);
    await postgres.end("immediate");
    await postgres.begin();
    await voting;
    const seconds = (Date.now() - began) / 1000;
    const { sure, unsure } = flood.ledger.counts();
    figure(
      "R5",
      `${FANS * VOTES_EACH} votes of ${FANS} fans in ${seconds.toFixed(1)} s; ${sure} known, ${unsure} never answered`,
    );
    expect([...flood.problems]).toEqual([]);

    const stored = await rig.db.rows<Vote>(
      `select fan_id as "fanId", setlist_song_id as "setlistSongId", ballot from votes where show_id = $1`,
      [show.showId],
    );
    expect(flood.ledger.compare(stored)).toEqual([]);
    const wrong = await rig.db.rows(
      `select 'tally' as what, t.setlist_song_id as id from tallies t, lateral (
          select count(*) filter (where ballot = 'expect') as votes, count(*) filter (where ballot = 'wish') as wishes
          from votes where votes.setlist_song_id = t.setlist_song_id) v
        where (t.votes, t.wishes) is distinct from (v.votes, v.wishes)
        union all select 'ballot', b.fan_id from ballots b where used <> (
          select count(*) from votes where (fan_id, show_id, ballot) = (b.fan_id, b.show_id, b.ballot))
        union all select 'hours', h.show_id from vote_hours h group by h.show_id having sum(votes) <> (
          select count(*) from votes where votes.show_id = h.show_id)`,
    );
    expect(wrong).toEqual([]);

    const counts = await storedCounts(rig.db, show.showId);
    for (const page of pages)
      await until("the open pages show what is stored", SETTLE_MS, () => same(page.latest(), counts));
    for (const web of flood.webs) {
      const { data } = await call(web, "show.bySlug", "query", { slug: show.slug });
      const { songs } = (data as { setlist: { songs: Counts[] } }).setlist;
      expect(same(songs, counts)).toBe(true);
    }
    await Promise.all(pages.map((page) => page.stop()));
  },
);
