import { ArrowDown, ArrowUp, Equal, Plus } from "./icons";

/** Where somebody went in an hour: shape and words. Nothing while there is no earlier list to compare with. */
export function Movement({ change }: { change?: number | "new" | undefined }) {
  if (change === undefined) return null;
  const { icon: Icon, words } = movementOf(change);
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-sm text-ink-2">
      <Icon size={16} aria-hidden="true" className="flex-none" />
      {words}
    </span>
  );
}

function movementOf(change: number | "new") {
  if (change === "new") return { icon: Plus, words: "new" };
  if (change === 0) return { icon: Equal, words: "same" };
  return change > 0
    ? { icon: ArrowUp, words: `up ${change}` }
    : { icon: ArrowDown, words: `down ${-change}` };
}
