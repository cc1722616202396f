import { Ban, CalendarClock, Hourglass, Lock } from "./icons";

const states = {
  cancelled: { icon: Ban, word: "Cancelled", colour: "text-bad" },
  postponed: { icon: Hourglass, word: "Postponed", colour: "text-warn" },
  rescheduled: { icon: CalendarClock, word: "New date", colour: "text-ink" },
  past: { icon: Lock, word: "Over", colour: "text-ink-2" },
};

/** A state that matters to somebody who wants to go: always shape, word and colour. Being on sale is none. */
export function ShowStatus({ status }: { status: string }) {
  if (!(status in states)) return null;
  const { icon: Icon, word, colour } = states[status as keyof typeof states];
  return (
    <span className={`!inline-flex items-center gap-1.5 font-[650] ${colour}`}>
      <Icon size={16} strokeWidth={2.5} aria-hidden="true" />
      {word}
    </span>
  );
}
