/** What became of votes, as the ones who sent them know it: stored, not stored, or nobody knows. */
import type { Ballot } from "./fans.ts";

export type Vote = { fanId: string; setlistSongId: string; ballot: Ballot };

export type Ledger = {
  /** An answer came: the vote is cast now, or taken back. */
  acknowledged(vote: Vote, cast: boolean): void;
  /** No answer came, and nobody asked again. */
  unknown(vote: Vote, cast: boolean): void;
  /** Votes that are stored and must not be, and that are not and must be. */
  compare(stored: Vote[]): string[];
  counts(): { sure: number; unsure: number };
};

const keyOf = ({ fanId, setlistSongId, ballot }: Vote) => `${fanId} ${setlistSongId} ${ballot}`;

/** A fan's votes come one after another: what was answered last is what holds. */
export function createLedger(): Ledger {
  /** what may be: usually one thing */
  const may = new Map<string, Set<boolean>>();
  return {
    acknowledged: (vote, cast) => void may.set(keyOf(vote), new Set([cast])),
    unknown: (vote, cast) => void may.set(keyOf(vote), (may.get(keyOf(vote)) ?? new Set([false])).add(cast)),
    compare(stored) {
      const there = new Set(stored.map(keyOf));
      const never = [...there].filter((key) => !may.get(key)?.has(true)).map((key) => `never cast: ${key}`);
      const lost = [...may].filter(([key, is]) => !is.has(there.has(key))).map(([key]) => `wrong: ${key}`);
      return [...new Set([...never, ...lost])];
    },
    counts() {
      const unsure = [...may.values()].filter((is) => is.size > 1).length;
      return { sure: may.size - unsure, unsure };
    },
  };
}
