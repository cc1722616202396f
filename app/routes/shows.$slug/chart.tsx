import { BASE, HEIGHT, WIDTH, type Bar, type Chart } from "./picture";

/** The show against our odds, at a glance and without colour; the songs below it say the same in words. */
export function Picture({ chart }: { chart: Chart }) {
  const { bars, breakAt, desc } = chart;
  const fans = bars.some((bar) => bar.fans !== undefined);
  return (
    <figure className="pt-3">
      <svg
        className="chart picture"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-labelledby="picture-t picture-d"
      >
        <title id="picture-t">The show against our odds</title>
        <desc id="picture-d">{desc}</desc>
        <path className="grid" d={`M40 22H${WIDTH}M40 77H${WIDTH}`} />
        <text className="scale" x="0" y="26">
          100%
        </text>
        <text className="scale" x="6" y="81">
          50%
        </text>
        <path className="axis" d={`M40 ${BASE}H${WIDTH}`} />
        {bars.map((bar, n) => (
          <Song key={n} bar={bar} />
        ))}
        {breakAt !== undefined && (
          <>
            <path className="dash" d={`M${breakAt} 10V${HEIGHT - 8}`} />
            <text className="label" x={breakAt + 8} y={BASE - 10}>
              not played
            </text>
          </>
        )}
        <text className="label" x="40" y={BASE + 26}>
          played
        </text>
      </svg>
      <figcaption className="key pt-2">
        <Key className="on" text="hit, as tall as its odds" />
        <Key className="hollow" text="above with +: surprise" />
        <Key className="hollow" text="below with ×: missed" />
        {fans && (
          <span>
            <svg width="20" height="14" aria-hidden="true" className="chart !inline !w-5">
              <Fans d="M0 7h18" />
            </svg>
            across: the fans’ share
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function Song({ bar: { kind, x, y, width, height, fans, mark } }: { bar: Bar }) {
  return (
    <g>
      <rect
        className={kind === "hit" ? "on" : "hollow"}
        x={kind === "hit" ? x : x + 1}
        y={y}
        width={kind === "hit" ? width : width - 2}
        height={height}
      />
      {fans !== undefined && <Fans d={`M${x - 2} ${fans}h${width + 4}`} />}
      {mark && kind === "surprise" && (
        <path className="plus" d={`M${mark.x} ${mark.y - 6}v12M${mark.x - 6} ${mark.y}h12`} />
      )}
      {mark && kind === "missed" && (
        <path className="cross" d={`M${mark.x - 5} ${mark.y - 5}l10 10m0-10l-10 10`} />
      )}
    </g>
  );
}

/** Two strokes: to be seen on a filled bar and on paper alike. */
function Fans({ d }: { d: string }) {
  return (
    <>
      <path className="fans" d={d} />
      <path className="fans-in" d={d} />
    </>
  );
}

function Key({ className, text }: { className: string; text: string }) {
  return (
    <span>
      <svg width="16" height="14" aria-hidden="true" className="chart !inline !w-4">
        <rect className={className} x="1" y="1" width="11" height="12" />
      </svg>
      {text}
    </span>
  );
}
