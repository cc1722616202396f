/** A small line over its floor, which is the whole range; the number it belongs to stands beside it. */
import { scaleLinear } from "d3-scale";

const WIDTH = 96;
const HEIGHT = 24;
/** room for the dot at the end */
const PAD = 4;

/**
 * @param props.values the oldest first; null: nothing is known of then, and the line has a gap
 * @param props.title what the line is of
 * @param props.desc what it shows, in a sentence
 */
export function Sparkline(props: { values: (number | null)[]; title: string; desc: string }) {
  const { values, title, desc } = props;
  const { lines, last } = sparkOf(values);
  return (
    <svg
      className="inline-block shrink-0 align-baseline text-ink"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${title}. ${desc}`}
    >
      <title>{title}</title>
      <desc>{desc}</desc>
      <path d={`M${PAD} ${HEIGHT - PAD}H${WIDTH - PAD}`} className="stroke-line" />
      <path d={lines} fill="none" stroke="currentColor" strokeWidth={2} strokeLinejoin="round" />
      {last && <circle cx={last.x} cy={last.y} r={3} fill="currentColor" />}
    </svg>
  );
}

/** The line's path with its gaps, and where its last point is; of its own scale, with 0 as the floor. */
export function sparkOf(values: (number | null)[]): { lines: string; last?: { x: number; y: number } } {
  const known = values.filter((value) => value !== null);
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [PAD, WIDTH - PAD]);
  const y = scaleLinear([0, Math.max(...known, 0) || 1], [HEIGHT - PAD, PAD]);
  const round = (n: number) => Math.round(n * 10) / 10;
  let lines = "";
  let last: { x: number; y: number } | undefined;
  values.forEach((value, n) => {
    if (value === null) return;
    const before = values[n - 1] ?? null;
    last = { x: round(x(n)), y: round(y(value)) };
    // A point alone between two gaps is drawn as a short stroke, or nobody would see it.
    const alone = before === null && (values[n + 1] ?? null) === null;
    lines += `${before === null ? "M" : "L"}${last.x} ${last.y}${alone ? "h1" : ""}`;
  });
  return { lines, ...(last && { last }) };
}
