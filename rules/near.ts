/** "Did you mean …": the known word that somebody who wrote another one most likely meant. */

/** Shorter ones are near to everything. */
const LEAST = 3;

/**
 * The nearest of the known words: the only one that begins so, or one with few letters changed, missing, added or
 * swapped (one for every four, and one more). Case does not count. Undefined: none is near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  if (given.length < LEAST) return undefined;
  const begun = known.filter((one) => one.toLowerCase().startsWith(given));
  if (begun.length === 1) return begun[0];
  const most = Math.min(3, 1 + Math.floor(given.length / 4));
  return closest(given, known, most);
}

/** Words of a name that ours share, and whose misspelling is no other program's name. */
const generic = ["PORT", "HOST", "LIMITS", "CONTACT", "NODE_ENV"];

/**
 * The variable of ours that a name stands for: nearly spelt so, or with a part left out (`TICKETMASTER_KEY` for
 * `TICKETMASTER_API_KEY`). Strict, for an environment holds other programs' variables too; short ones are nobody's.
 */
export function nearestVariable(name: string, known: readonly string[]): string | undefined {
  const given = name.toUpperCase();
  const ours = known.filter((one) => !generic.includes(one));
  const near = closest(given, ours, given.length < 10 ? 1 : 2);
  if (near) return near;
  const [first, ...parts] = given.split("_");
  return ours.find((one) => {
    const [service, ...rest] = one.split("_");
    return first === service && parts.length > 0 && parts.every((part) => rest.includes(part));
  });
}

function closest(given: string, known: readonly string[], most: number): string | undefined {
  const near = known
    .map((one) => ({ one, far: distance(given.toLowerCase(), one.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far);
  return near[0]?.one;
}

/** Optimal string alignment: letters changed, missing, added, or two neighbours swapped. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
