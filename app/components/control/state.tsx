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
    <span className={`inline-flex items-center gap-1 whitespace-nowrap align-bottom font-[650] ${colour}`}>
      <Icon size={16} aria-hidden="true" />
      {children}
    </span>
  );
}
