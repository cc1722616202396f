/** The drawing of an import: a lane a step, drawn on the server at the size it is shown; it scrolls where there is less room. */
import { scaleLinear } from "d3-scale";
import { Grid, Heads } from "../../components/control/grid";
import { duration } from "../../formats";
import type { Lane, Part, Timeline as Drawn } from "./timeline";

const WIDTH = 1168;
const LEFT = 120;
const RIGHT = WIDTH - 24;
const TOP = 34;
const LANE = 38;
const BAR = 22;
/** Nothing that happened is too short to be seen. */
const LEAST = 3;
/** A label needs room, or it covers its neighbours. */
const LETTER = 7;

export function Timeline({ drawn, total }: { drawn: Drawn; total: string }) {
  const x = scaleLinear([0, drawn.totalMs], [LEFT, RIGHT]);
  const height = TOP + drawn.lanes.length * LANE;
  const title = `Where the ${total} went`;
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{title}</h2>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable */}
      <div role="region" aria-label="Timeline" tabIndex={0} className="grid-scroll">
        <svg
          width={WIDTH}
          height={height}
          viewBox={`0 0 ${WIDTH} ${height}`}
          role="img"
          aria-labelledby="timeline-title timeline-desc"
          className="max-w-none text-xs"
        >
          <title id="timeline-title">{title}</title>
          <desc id="timeline-desc">{drawn.finding}</desc>
          <defs>
            <pattern
              id="waiting"
              width={6}
              height={6}
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width={6} height={6} fill="var(--sheet)" />
              <rect width={2} height={6} fill="var(--warn)" />
            </pattern>
          </defs>
          {x.ticks(7).map((tick) => (
            <g key={tick}>
              <path d={`M${round(x(tick))} 20V${height - 4}`} stroke="var(--line)" />
              <text x={round(x(tick))} y={14} textAnchor="middle" fill="var(--ink)">
                {duration(tick).replace(".0 ", " ")}
              </text>
            </g>
          ))}
          {drawn.lanes.map((lane, n) => (
            <LaneOf key={lane.name} lane={lane} y={TOP + n * LANE} x={x} />
          ))}
        </svg>
      </div>
      <p className="mt-1.5 text-[13px] text-ink-2">Filled: working. Hatched: waiting. Outlined: failed.</p>
      <p className="mt-1 max-w-[80ch]">{drawn.finding}</p>
      <Figures lanes={drawn.lanes} />
    </section>
  );
}

type Scale = (ms: number) => number;

function LaneOf({ lane, y, x }: { lane: Lane; y: number; x: Scale }) {
  return (
    <g>
      <text x={0} y={y + 16} fill="var(--ink)" fontWeight={650}>
        {lane.name}
      </text>
      {lane.parts.map((part, n) => (
        <PartOf key={n} part={part} y={y} x={x} />
      ))}
    </g>
  );
}

const fills = {
  work: { fill: "var(--ok)" },
  wait: { fill: "url(#waiting)", stroke: "var(--warn)" },
  failed: { fill: "var(--sheet)", stroke: "var(--bad)", strokeWidth: 2 },
} as const;
const labels = { work: "", wait: "waiting", failed: "failed" } as const;
const inks = { work: "", wait: "var(--ink)", failed: "var(--bad)" } as const;

function PartOf({ part: { kind, from, to, what }, y, x }: { part: Part; y: number; x: Scale }) {
  const width = Math.max(LEAST, x(to) - x(from));
  const label = labels[kind];
  // Failures reach to the right edge at most: they are looked for there.
  const left = Math.min(x(from), RIGHT - width);
  return (
    <g>
      <rect x={round(left)} y={y} width={round(width)} height={BAR} {...fills[kind]}>
        <title>{`${what}, ${duration(to - from)}`}</title>
      </rect>
      {label && width > label.length * LETTER + 8 && (
        <text
          x={round(left + 5)}
          y={y + 15}
          fill={inks[kind]}
          fontWeight={650}
          stroke="var(--sheet)"
          strokeWidth={4}
          paintOrder="stroke"
          pointerEvents="none"
        >
          {label}
        </text>
      )}
    </g>
  );
}

const round = (n: number) => Math.round(n * 10) / 10;

/** The drawing in figures. */
function Figures({ lanes }: { lanes: Lane[] }) {
  return (
    <details className="mt-2">
      <summary className="tap underline">The same in figures</summary>
      <Grid label="The timeline in figures">
        <Heads of={["Step", { num: "From" }, { num: "To" }, { num: "Took" }, "What"]} />
        <tbody>
          {lanes.flatMap(({ name, parts }) =>
            parts.map(({ from, to, what }, n) => (
              <tr key={`${name} ${n}`}>
                <th scope="row">{name}</th>
                <td className="num">{duration(from)}</td>
                <td className="num">{duration(to)}</td>
                <td className="num">{duration(to - from)}</td>
                <td className="min-w-60">{what}</td>
              </tr>
            )),
          )}
        </tbody>
      </Grid>
    </details>
  );
}
