/** Scores and seasons as the record's page says them. */

/** "+12.5", "−7.5", "0.0": ahead, or behind */
export function pointsOf(score: number): string {
  const figure = Math.abs(score).toFixed(1);
  if (figure === "0.0") return figure;
  return `${score < 0 ? "−" : "+"}${figure}`;
}

/** Years to choose from, the newest first: from the first show a fan was scored at to this year. */
export function seasonsOf(seasons: { first: number; last: number } | undefined, thisYear: number): number[] {
  if (!seasons) return [];
  const last = Math.max(seasons.last, thisYear);
  return Array.from({ length: last - seasons.first + 1 }, (_, n) => last - n);
}
