import { ChevronRight } from "../../components/icons";
import { BOTTOM, type Calibration, LEFT, RIGHT, SIZE, TOP, xOf, yOf } from "./calibration";

const ticks = [0, 0.25, 0.5, 0.75, 1];

/** What we said against what happened; a dot on the broken line would be perfect. */
export function CalibrationChart({ drawn }: { drawn: Calibration }) {
  return (
    <section className="sheet lift" aria-labelledby="honest">
      <h2 id="honest">Are the odds honest?</h2>
      <p className="mb-2 text-sm text-ink-2">
        Of the songs we gave 70%, seven in ten should be played. A dot on the broken line would be perfect;
        larger dots stand for more songs, whiskers for what chance alone may do.
      </p>
      <figure>
        <svg
          className="chart max-w-[480px]"
          viewBox={`0 0 ${SIZE} ${SIZE}`}
          role="img"
          aria-labelledby="honest-t honest-d"
        >
          <title id="honest-t">What we said against what happened</title>
          <desc id="honest-d">{drawn.desc}</desc>
          {ticks.map((tick) => (
            <g key={tick}>
              <path className="grid" d={`M${LEFT} ${yOf(tick)}H${RIGHT}M${xOf(tick)} ${TOP}V${BOTTOM}`} />
              <text x={LEFT - 6} y={yOf(tick) + 4} textAnchor="end">
                {tick * 100}
              </text>
              <text x={xOf(tick)} y={BOTTOM + 18} textAnchor="middle">
                {tick * 100}
              </text>
            </g>
          ))}
          <path className="dash" d={`M${LEFT} ${BOTTOM}L${RIGHT} ${TOP}`} />
          {drawn.dots.map(({ x, y, r, low, high }, n) => (
            <g key={n}>
              <path className="whisker" d={`M${x} ${low}V${high}`} />
              <circle className="on" cx={x} cy={y} r={r} />
            </g>
          ))}
          <text className="label" x={xOf(0.5)} y={SIZE - 4} textAnchor="middle">
            we said, %
          </text>
          <text className="label" x={LEFT} y={12}>
            played, %
          </text>
        </svg>
        <figcaption className="text-sm text-ink-2">{drawn.desc}</figcaption>
      </figure>
      <details>
        <summary className="inline-flex min-h-11 items-center gap-1.5 text-[15px] underline underline-offset-[3px]">
          <ChevronRight size={16} aria-hidden="true" className="turn" />
          The same as a table
        </summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Odds</th>
              <th scope="col" className="!text-right">
                We said
              </th>
              <th scope="col" className="!text-right">
                Played
              </th>
              <th scope="col" className="!pr-0 !text-right">
                Songs
              </th>
            </tr>
          </thead>
          <tbody>
            {drawn.rows.map(({ odds, said, played, songs }) => (
              <tr key={odds}>
                <th scope="row" className="font-[650]">
                  {odds}
                </th>
                <td className="!text-right">{said}</td>
                <td className="!text-right">{played}</td>
                <td className="!pr-0 !text-right">{songs}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
