/** Names of artists that never were, drawn so that they share words and beginnings as real ones do. */
const STARTS = "b c d f g h j k l m n p r s t v w z th ch sh st br tr cl gr".split(" ");
const VOWELS = "a e i o u a e i o ea ou ai".split(" ");
const ENDS = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "ck", "rs"];
const WORDS = 60_000;

/** Uniform in [0, 1), the same every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Comparison keys of one to four words, a fifth of them with "the". */
export function names(count: number, random: () => number): string[] {
  const pick = (list: string[]) => list[Math.floor(random() * list.length)] ?? "";
  const word = () => {
    const syllables = 1 + Math.floor(random() * 3);
    return Array.from({ length: syllables }, (_, at) => {
      const closed = at === syllables - 1 || random() < 0.3;
      return pick(STARTS) + pick(VOWELS) + (closed ? pick(ENDS) : "");
    }).join("");
  };
  const words = Array.from({ length: WORDS }, word);
  // A few words are in many names, most in few.
  const drawn = () => words[Math.floor(WORDS * random() ** 3)] ?? "";
  return Array.from({ length: count }, () => {
    const own = Array.from({ length: [1, 2, 2, 2, 3, 4][Math.floor(random() * 6)] ?? 1 }, drawn).join(" ");
    return random() < 0.2 ? `the ${own}` : own;
  });
}

/** The name with one edit in a word of five letters or more, or undefined where it has none. */
export function mistyped(name: string, random: () => number): string | undefined {
  const words = name.split(" ");
  const long = words.flatMap((word, at) => (word.length >= 5 ? [at] : []));
  const which = long[Math.floor(random() * long.length)];
  if (which === undefined) return undefined;
  const word = words[which] ?? "";
  const at = Math.floor(random() * (word.length - 1));
  const [head, tail] = [word.slice(0, at), word.slice(at)];
  const edits = [
    `${head}q${tail.slice(1)}`,
    head + tail.slice(1),
    `${head}q${tail}`,
    head + tail.charAt(1) + tail.charAt(0) + tail.slice(2),
  ];
  words[which] = edits[Math.floor(random() * edits.length)] ?? word;
  return words.join(" ");
}
