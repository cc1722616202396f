/** What every bench is made of: rounds of A and B in turn, the median of their ratios, and the lines of the table. */

/** A line of the table. `rounds` and whatever else it says goes into the JSON. */
export type Figure = {
  name: string;
  goal: string;
  reached: string;
  /** least and most of the rounds */
  spread: string;
  /** undefined where there is no goal */
  met: boolean | undefined;
  note?: string;
  [more: string]: unknown;
};

export type BenchContext = {
  /** A server's address; the bench makes databases of its own there. */
  serverUrl: string;
  rounds: number;
  say(line: string): void;
};
export type Bench = { about: string; run(context: BenchContext): Promise<Figure[]> };

export type Spread = { median: number; min: number; max: number; rounds: number[] };

/** One side of a round: what the wall clock and this process's processor took, both in ms. */
export type Cost = { ms: number; cpuMs: number };

/** Times `work` alone: whatever prepares or checks it stays outside. */
export async function timed(work: () => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** A B A B: what disturbs the machine disturbs both sides, and the ratio of one round is of one moment. */
export async function inTurn<A, B>(
  rounds: number,
  a: (round: number) => Promise<A>,
  b: (round: number) => Promise<B>,
): Promise<[A, B][]> {
  const pairs: [A, B][] = [];
  for (let round = 0; round < rounds; round++) pairs.push([await a(round), await b(round)]);
  return pairs;
}

export function spreadOf(values: number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  const high = sorted[Math.floor(middle)] ?? NaN;
  return { median: (low + high) / 2, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN, rounds: values };
}

/** A figure that is a ratio, with its goal as "at least" or "at most" so much. */
export function ratioFigure(
  name: string,
  goal: { atLeast: number } | { atMost: number } | undefined,
  ratios: number[],
  more: Record<string, unknown> = {},
): Figure {
  const { median, min, max, rounds } = spreadOf(ratios);
  const [sign, bound] = !goal ? ["", NaN] : "atLeast" in goal ? ["≥", goal.atLeast] : ["≤", goal.atMost];
  return {
    name,
    goal: goal ? `${sign} ${times(bound)}` : "–",
    reached: times(median),
    spread: `${times(min)} – ${times(max)}`,
    met: goal && (sign === "≥" ? median >= bound : median <= bound),
    // goals.md: a spread over 4 × says more of the machine than of us.
    ...(max / min > 4 && { note: "spread over 4 ×: measure again" }),
    rounds,
    ...more,
  };
}

export function times(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)} ×`;
}
