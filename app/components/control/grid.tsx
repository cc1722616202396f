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

/** The names of its columns; those of numbers stand to the right, like the numbers. */
export function Heads({ of }: { of: (string | { num: string })[] }) {
  return (
    <thead>
      <tr>
        {of.map((head) =>
          typeof head === "string" ? (
            <th key={head} scope="col">
              {head}
            </th>
          ) : (
            <th key={head.num} scope="col" className="num">
              {head.num}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
