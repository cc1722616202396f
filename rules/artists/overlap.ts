/** Songs that a catalogue and somebody's setlists have in common. */
import type { Evidence, Overlap } from "../artists.ts";
import { songKeys } from "../titles.ts";

/** Fewer titles on either side say nothing. */
const ENOUGH = 8;

/**
 * How many songs of the shorter side stand on the other. Of the shorter, because neither side is whole: a page of
 * setlists holds a tour, and the titles that are cheap to get are an album or two.
 */
export function compareTitles(catalogue: string[], played: string[]): Pick<Overlap, "of" | "shared"> {
  const [a, b] = [byKey(catalogue), byKey(played)];
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const known = new Set(longer.flat());
  return { of: shorter.length, shared: shorter.filter((keys) => keys.some((key) => known.has(key))).length };
}

/** Every song once. */
function byKey(titles: string[]): string[][] {
  const seen = new Map<string, string[]>();
  for (const title of titles) {
    const keys = songKeys(title);
    if (keys[0] && !seen.has(keys[0])) seen.set(keys[0], keys);
  }
  return [...seen.values()];
}

/** Two different artists share a title in thirty by chance; one artist's tour shares a third with a newest album. */
export function overlapEvidence({ of, shared }: Overlap): Evidence | undefined {
  if (of < ENOUGH) return undefined;
  const share = shared / of;
  const told = `${shared} of ${of} songs are both in the catalogue and in the setlists`;
  if (share >= 0.3) return { kind: "songs", weight: 0.25, text: told };
  if (share >= 0.15) return { kind: "songs", weight: 0.1, text: told };
  return share <= 0.05 ? { kind: "songs", weight: -0.2, text: told } : undefined;
}
