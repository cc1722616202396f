/** How much a match deserves a look: the review's order. */
import type { Judgement } from "../artists.ts";

/** Nobody was taken: an administrator may know better. */
const NOBODY = 1;
/** A runner-up so near to the one taken could have been it. */
const CLOSE = 0.2;
const RIVAL = 0.6;

/** From here on a match is listed as doubtful: a name alone, or a close runner-up. */
export const DOUBTFUL = 0.35;

/** @returns 0 (surely this one) to 1 (nobody was taken) */
export function doubtOf({ chosen, runnersUp }: Judgement): number {
  if (!chosen) return NOBODY;
  const rival = Math.max(0, ...runnersUp.map(({ score }) => score));
  const lead = chosen.score - rival;
  const byRival = rival > 0 && lead < CLOSE ? RIVAL : 0;
  return Math.max(1 - chosen.score, byRival);
}
