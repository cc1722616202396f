import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Movement } from "./movement";

export type Trend = {
  rank: number;
  to: string;
  title: string;
  /** what is said of it, part by part */
  notes: string[];
  change?: number | "new" | undefined;
};

/** By rank; the whole row leads there. */
export function TrendRows({ trends }: { trends: Trend[] }) {
  return (
    <ol role="list" className="rows">
      {trends.map((trend) => (
        <li key={trend.to} className="flex items-baseline gap-3 py-3">
          <b className="w-8 flex-none text-right">
            <span className="sr-only">Rank </span>
            {trend.rank}
          </b>
          <span className="min-w-0 flex-1">
            <Link to={trend.to} className="reach">
              <span className="title">
                <bdi>{trend.title}</bdi>
              </span>
            </Link>
            <Notes>{trend.notes}</Notes>
          </span>
          <Movement change={trend.change} />
        </li>
      ))}
    </ol>
  );
}

function Notes({ children }: { children: string[] }): ReactNode {
  if (children.length === 0) return null;
  return (
    <span className="block text-sm text-ink-2">
      {children.map((note, n) => (
        <span key={note}>
          {n > 0 && " · "}
          <bdi>{note}</bdi>
        </span>
      ))}
    </span>
  );
}
