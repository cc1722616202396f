/** A part of the dashboard, or that it was cut off. */
import type { ReactNode } from "react";

type Part<T> = { cut: true } | { cut: false; value: T };

export function Cut<T>({ part, children }: { part: Part<T>; children: (value: T) => ReactNode }) {
  if (!part.cut) return children(part.value);
  return (
    <p className="note note-warn">
      Cut off: the database took too long for this part, so it was told to stop. It is asked for again by
      itself.
    </p>
  );
}
