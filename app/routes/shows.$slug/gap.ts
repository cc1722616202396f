/** The gap between the ballots as a headline: what fans want most and should not expect. */
import type { Row } from "./sheet";

/** From here on a song is a toss-up or better (rules/odds.ts), and wanting it is no daydream. */
const TOSS_UP = 40;

/** The most wanted song, where our odds for it are below a toss-up; of several as wanted, the least likely. */
export function mostWantedLeastLikely(
  rows: Row[],
  wishesOf: (id: string) => number,
): { row: Row; wishes: number } | undefined {
  let top: { row: Row; wishes: number } | undefined;
  for (const row of rows) {
    const wishes = wishesOf(row.id);
    if (wishes === 0 || row.hidden) continue;
    const more = !top || wishes > top.wishes;
    if (more || (wishes === top?.wishes && row.percent < top.row.percent)) top = { row, wishes };
  }
  return top && top.row.percent < TOSS_UP ? top : undefined;
}
