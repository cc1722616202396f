import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** A strip of gaffer tape: when, or which part. */
export function Gaff({ icon: Icon, children }: { icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className="gaff">
      {Icon && <Icon size={15} aria-hidden="true" className="flex-none" />}
      <span>{children}</span>
    </span>
  );
}
