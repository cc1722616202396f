/** How far something is, as a bar and for a screen reader; the words beside it are the caller's. */

export function ProgressBar({ percentage, of }: { percentage: number; of: string }) {
  return (
    <div
      className="bar h-2.5 min-w-24"
      role="progressbar"
      aria-valuenow={percentage}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-label={of}
    >
      <span className={`p${percentage}`} />
    </div>
  );
}
