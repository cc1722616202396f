/** Tables that scroll inside a region of their own, reachable by keyboard. */
import type { ReactNode } from "react";

/** @param props.label what the table holds; it names the region */
export function Grid({ label, children }: { label: string; children: ReactNode }) {
  return (
    // A region that scrolls must be reachable, or nobody scrolls it without a pointer (WCAG 2.1.1).
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="region" aria-label={label} tabIndex={0} className="grid-scroll">
      <table className="grid-table">{children}</table>
    </div>
  );
}
