/** The result of a show as `show.bySlug` answers it. */
import type { findResult, Score, ScoredSong, Scorer } from "#db/queries/results";

type Found = NonNullable<Awaited<ReturnType<typeof findResult>>>;

/**
 * `actual`: what was played, as far as its source's terms let it be told (`told`); `accuracy`: who was how right;
 * `scored`: what became of the songs of the predicted setlist, the likeliest first.
 */
export function resultOf(found: Found | undefined) {
  if (!found) return {};
  const { source, url, played, settled, scoredAt, isTold, entries, songs, voters } = found;
  const of = (scorer: Scorer): Score | undefined => {
    const score = found.scores.find((one) => one.scorer === scorer);
    if (!score) return undefined;
    const { hits, named, brier } = score;
    return { hits, named, played: score.played, brier };
  };
  const [fans, you] = [of("fans"), of("fan")];
  return {
    actual: { songs: entries, source, url, played, settled, scoredAt, told: isTold },
    accuracy: {
      machine: of("machine"),
      fans: fans && { ...fans, voters },
      you: you && { ...you, machineHits: hitsOf(songs, you.named) },
      lastShow: of("last-show"),
      lastTen: of("last-ten"),
    },
    scored: songs,
  };
}

/** How many the machine had right with so many names: what a fan who named fewer songs is fairly compared with. */
function hitsOf(songs: ScoredSong[], names: number): number {
  return songs.slice(0, names).filter(({ played }) => played).length;
}
