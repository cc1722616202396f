/** Votes of another process: a count in the table and a hint with every commit, so that nothing is folded before the hub. */
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { channels } from "#db/channels";
import type { VotedShow } from "../../voted-show.ts";
import { clockMs } from "./child.ts";
import type { Births } from "./readers.ts";

/** Counts begin here, so that all of them have as many digits and all frames as many bytes. */
export const FIRST = 100_000;
const count = `with counted as (
    update tallies set votes = votes + 1 where setlist_song_id = $1 returning votes, show_id
  ) select votes, pg_notify('${channels.tally}', show_id::text) from counted`;

export type Voter = {
  /** Votes at this rate. @returns the counts and when each commit was asked for */
  cast(perSecond: number, ms: number): Promise<Births>;
  end(): Promise<void>;
};

export async function createVoter(url: string, show: VotedShow): Promise<Voter> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // Its database is dropped while connections say goodbye.
  pool.on("error", () => undefined);
  const [song] = show.setlistSongIds;
  await pool.query("insert into tallies (setlist_song_id, show_id, votes) values ($1, $2, $3)", [
    song,
    show.showId,
    FIRST,
  ]);
  async function one(): Promise<[number, number]> {
    const born = clockMs();
    const { rows } = await pool.query<{ votes: number }>({ name: "count", text: count, values: [song] });
    return [rows[0]?.votes ?? NaN, born];
  }
  return {
    async cast(perSecond, ms) {
      const began = clockMs();
      const casting: Promise<[number, number]>[] = [];
      for (let n = 0; n < (perSecond * ms) / 1000; n++) {
        const early = began + (n * 1000) / perSecond - clockMs();
        if (early > 0) await wait(early);
        casting.push(one());
      }
      const births = await Promise.all(casting);
      return births.sort(([a], [b]) => a - b);
    },
    end: () => pool.end(),
  };
}
