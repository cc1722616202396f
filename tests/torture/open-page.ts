/** Counts of a show as its open pages have them, and as its votes are. */
import { setTimeout as sleep } from "node:timers/promises";
import { openStream } from "../stream-reader.ts";
import type { Database } from "./databases.ts";
import type { Running } from "./processes.ts";

export type Counts = { setlistSongId: string; votes: number; wishes: number };

/** tries again as a page does */
const AGAIN_MS = 250;

/** Counted from the votes themselves, every song of the setlist. */
export function storedCounts(db: Database, showId: string): Promise<Counts[]> {
  return db.rows<Counts>(
    `select s.id as "setlistSongId",
      count(*) filter (where votes.ballot = 'expect')::int as votes,
      count(*) filter (where votes.ballot = 'wish')::int as wishes
    from setlist_songs s join setlists l on l.id = s.setlist_id left join votes on votes.setlist_song_id = s.id
    where l.show_id = $1 group by s.id`,
    [showId],
  );
}

/** Whether two lists say the same, in whatever order. */
export function same(one: Counts[], other: Counts[]): boolean {
  const text = (counts: Counts[]) =>
    counts
      .map(({ setlistSongId, votes, wishes }) => `${setlistSongId} ${votes} ${wishes}`)
      .sort()
      .join();
  return text(one) === text(other);
}

export type OpenPage = {
  /** what it shows now; empty before the first snapshot */
  latest(): Counts[];
  stop(): Promise<void>;
};

/** A page that stays open as a browser's does: after an end it comes back. @param web whom it asks this time */
export function watch(showId: string, web: () => Running): OpenPage {
  let latest: Counts[] = [];
  let over = false;
  let leave = () => {};
  const onEvent = (_event: string, data: string) =>
    (latest = (JSON.parse(data) as { songs: Counts[] }).songs);
  const reading = (async () => {
    while (!over) {
      const reader = await openStream(`${web().url}/api/shows/${showId}/stream`, { onEvent }).catch(
        () => undefined,
      );
      leave = () => reader?.leave();
      await reader?.over;
      if (!over) await sleep(AGAIN_MS);
    }
  })();
  return {
    latest: () => latest,
    async stop() {
      over = true;
      leave();
      await reading;
    },
  };
}
