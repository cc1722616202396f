/** A bar a minute: tall answered, short slow or told to wait, crossed failed, stub no calls. */

export type Minute = { answered: number; slow: number; limited: number; failed: number };
export type Beat = "answered" | "slow" | "failed" | "none";

const STEP = 8;
const WIDTH = 5;
const HEIGHT = 22;

/** @param props.minutes the oldest first @param props.of whose they are */
export function Heartbeat({ minutes, of }: { minutes: Minute[]; of: string }) {
  const beats = minutes.map(beatOf);
  const desc = sayBeats(beats);
  return (
    <svg
      className="block h-auto max-w-full"
      width={beats.length * STEP}
      height={HEIGHT}
      viewBox={`0 0 ${beats.length * STEP} ${HEIGHT}`}
      role="img"
      aria-label={`${of}, the last ${beats.length} minutes. ${desc}`}
    >
      <title>{`${of}, the last ${beats.length} minutes`}</title>
      <desc>{desc}</desc>
      {beats.map((beat, n) => (
        <Bar key={n} beat={beat} x={n * STEP} />
      ))}
    </svg>
  );
}

function Bar({ beat, x }: { beat: Beat; x: number }) {
  if (beat === "answered") return <rect x={x} y={4} width={WIDTH} height={16} className="fill-ok" />;
  if (beat === "slow") return <rect x={x} y={10} width={WIDTH} height={10} className="fill-warn" />;
  if (beat === "none") return <rect x={x} y={17} width={WIDTH} height={3} className="fill-edge" />;
  return (
    <g className="fill-bad stroke-bad">
      <path d={`M${x} 6l5 6m0 -6l-5 6`} strokeWidth={2} fill="none" />
      <rect x={x} y={17} width={WIDTH} height={3} stroke="none" />
    </g>
  );
}

/** The worst of a minute is what is shown of it. */
export function beatOf({ answered, slow, limited, failed }: Minute): Beat {
  if (failed > 0) return "failed";
  if (slow > 0 || limited > 0) return "slow";
  return answered > 0 ? "answered" : "none";
}

export function sayBeats(beats: Beat[]): string {
  const words: Record<Beat, string> = {
    answered: "answered",
    slow: "slow or told to wait",
    failed: "with failures",
    none: "without calls",
  };
  const said = (Object.keys(words) as Beat[]).flatMap((beat) => {
    const n = beats.filter((one) => one === beat).length;
    return n > 0 ? [`${n} ${words[beat]}`] : [];
  });
  return `Minutes: ${said.join(", ")}.`;
}
