import { Link } from "@remix-run/react";
import { count, grouped } from "../../formats";
import type { View } from "./page.server";

type Counts = { songs: number; dropped: number; folded: number };

/** The three lists as plain links, each with its count. */
export function Views({ page, view, counts }: { page: string; view: View; counts: Counts }) {
  const { songs, dropped, folded } = counts;
  const tabs: [View, string][] = [
    ["songs", count(songs, "song")],
    ["left-out", `${grouped(dropped)} left out`],
    ["repeats", count(folded, "repeat")],
  ];
  return (
    <nav className="tabs no-print mt-4 border-b-2 border-ink" aria-label="Lists">
      {tabs.map(([name, text]) => (
        <Link
          key={name}
          to={name === "songs" ? page : `${page}?view=${name}`}
          preventScrollReset
          aria-current={view === name ? "true" : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
