/**
 * The ballot box: everybody's votes of one moment become one statement and one commit, and each caller is answered after
 * that commit. Two batches are in flight at most, and never with the same fan in both: one stores while the next
 * gathers. Remembers only what waits. Made in web.ts, emptied when it stops.
 */
import { isDatabaseAway, isRaceLost } from "#db/errors";
import type { Db } from "#db/index";
import type { AskedVote, VoteResult } from "#db/queries/vote-batches";
import { retractVotes } from "#db/queries/vote-retractions";
import { castVotes } from "#db/queries/votes";
import type { Ballot } from "#rules/voting";
import type { Logger } from "../log.ts";
import type { Limits } from "../limits.ts";
import { createHeralds } from "./heralds.ts";

type Parts = {
  db: Db;
  limits: Limits;
  log: Logger;
  /** told of every vote that was answered */
  onVote?: (ballot: Ballot, outcome: VoteResult["state"] | "error") => void;
};

/** More in one statement gain nothing, and what waits behind it waits longer. */
const BATCH = 250;
const IN_FLIGHT = 2;
/** Against other processes' batches: they cannot lose to each other for ever. */
const TRIES = 5;

/** One wish of one fan, ids as uuids. `cast` false takes the vote back. */
export type VoteWish = {
  fanId: string;
  setlistSongId: string;
  ballot: Ballot;
  cast: boolean;
  /** whose limit it counts against besides the fan's */
  address: string;
};

export type BallotBox = {
  /** @throws whatever the database says when it is away; then nothing is stored, or the answer was lost */
  vote(wish: VoteWish): Promise<VoteResult>;
  /** says that a show's counts changed by other hands: a suggestion, a song taken off */
  changed(showId: string): void;
  /** stores what waits, says what is unsaid */
  stop(): Promise<void>;
};

type Waiting = {
  vote: AskedVote;
  cast: boolean;
  resolve: (result: VoteResult) => void;
  reject: (error: unknown) => void;
};

export function createBallotBox({ db, limits, log, onVote }: Parts): BallotBox {
  const heralds = createHeralds({ db, log });
  let waiting: Waiting[] = [];
  const busy = new Set<string>();
  const flights = new Set<Promise<void>>();
  let planned = false;

  /** Callers of the same tick share a statement; nobody waits for company. */
  function plan(): void {
    if (planned) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      depart();
    });
  }

  function depart(): void {
    while (flights.size < IN_FLIGHT) {
      const batch = gather();
      if (batch.length === 0) return;
      const flight = fly(batch).finally(() => {
        flights.delete(flight);
        for (const { vote } of batch) busy.delete(vote.fanId);
        if (waiting.length > 0) plan();
      });
      flights.add(flight);
    }
  }

  /** The next ones in line that do the same, but for fans who are on their way, and a fan's second word on a song. */
  function gather(): Waiting[] {
    const batch: Waiting[] = [];
    const stay: Waiting[] = [];
    const named = new Set<string>();
    const held = new Set<string>();
    let at = 0;
    for (; at < waiting.length && batch.length < BATCH; at++) {
      const one = waiting[at]!;
      const { fanId, setlistSongId } = one.vote;
      const name = `${fanId} ${setlistSongId}`;
      const other = one.cast !== (batch[0] ?? one).cast;
      // Whoever has to wait holds their own later votes back too: a fan's votes keep their order.
      if (other || busy.has(fanId) || held.has(fanId) || named.has(name)) {
        held.add(fanId);
        stay.push(one);
      } else {
        named.add(name);
        batch.push(one);
      }
    }
    waiting = stay.concat(waiting.slice(at));
    for (const { vote } of batch) busy.add(vote.fanId);
    return batch;
  }

  async function fly(batch: Waiting[]): Promise<void> {
    try {
      const results = await store(batch);
      const moved = new Set<string>();
      for (const [at, result] of results.entries()) {
        if (result.moved && result.showId) moved.add(result.showId);
        batch[at]?.resolve(result);
        if (batch[at]) onVote?.(batch[at].vote.ballot, result.state);
      }
      for (const showId of moved) heralds.changed(showId);
    } catch (error) {
      if (batch.length === 1 || isDatabaseAway(error)) {
        for (const { vote, reject } of batch) {
          reject(error);
          onVote?.(vote.ballot, "error");
        }
        return;
      }
      // One of them broke it. Nothing is stored: each is carried out alone, and only the guilty one fails.
      for (const one of batch) await fly([one]);
    }
  }

  async function store(batch: Waiting[]): Promise<VoteResult[]> {
    const votes = batch.map(({ vote }) => vote);
    for (let tried = 1; ; tried++) {
      try {
        return await (batch[0]?.cast ? castVotes : retractVotes)(db, votes);
      } catch (error) {
        if (tried === TRIES || !isRaceLost(error)) throw error;
      }
    }
  }

  const keyOf = (who: string) => (limits.on ? `vote:${limits.keyOf(who)}` : null);

  return {
    vote: ({ cast, address, ...vote }) =>
      new Promise((resolve, reject) => {
        const asked = { ...vote, fanKey: keyOf(vote.fanId), addressKey: keyOf(address) };
        waiting.push({ vote: asked, cast, resolve, reject });
        plan();
      }),
    changed: (showId) => heralds.changed(showId),
    async stop() {
      while (waiting.length > 0 || flights.size > 0) {
        depart();
        await Promise.all(flights);
      }
      await heralds.stop();
    },
  };
}
