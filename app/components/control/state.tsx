/** A state is always the shape of an icon, a word and a colour: never a colour alone. */
import type { LucideIcon } from "lucide-react";
import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  CircleX,
  LoaderCircle,
  TriangleAlert,
} from "../icons";

export type StateKind = "fine" | "busy" | "paused" | "behind" | "failed" | "idle" | "closed";

const looks: Record<StateKind, { icon: LucideIcon; colour: string }> = {
  fine: { icon: CircleCheck, colour: "text-ok" },
  busy: { icon: LoaderCircle, colour: "text-run" },
  paused: { icon: CirclePause, colour: "text-warn" },
  behind: { icon: TriangleAlert, colour: "text-warn" },
  failed: { icon: CircleX, colour: "text-bad" },
  idle: { icon: CircleDashed, colour: "text-ink-2" },
  closed: { icon: CircleSlash, colour: "text-bad" },
};

export function State({ kind, children }: { kind: StateKind; children: string }) {
  const { icon: Icon, colour } = looks[kind];
  return (
    // Words on the line of their row: a flex box would stand on its icon.
    <span className={`whitespace-nowrap font-[650] ${colour}`}>
      <Icon size={16} aria-hidden="true" className="mr-1 inline align-[-3px]" />
      {children}
    </span>
  );
}
