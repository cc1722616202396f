/** Unit: one song, with a gap behind it. */
const STEP = 11;
const BOX = 8;

/** So many songs of so many: tall where filled, a line where not. Stands beside words that say the same. */
export function Boxes({ filled, of }: { filled: number; of: number }) {
  const width = of * STEP - (STEP - BOX);
  const line = { stroke: "currentColor", strokeDasharray: `${BOX} ${STEP - BOX}` };
  return (
    <svg
      className="my-1.5 block h-auto max-w-full"
      width={width}
      height="12"
      viewBox={`0 0 ${width} 12`}
      aria-hidden="true"
    >
      <path d={`M0 11h${width}`} strokeWidth="2" {...line} />
      {filled > 0 && <path d={`M0 6h${filled * STEP - (STEP - BOX)}`} strokeWidth="12" {...line} />}
    </svg>
  );
}
