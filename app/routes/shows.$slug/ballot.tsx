import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { oddsWord } from "#rules/odds";
import { count } from "../../formats";
import type { Ballot } from "../../vote-paper";
import { mostWantedLeastLikely } from "./gap";
import type { Row } from "./sheet";
import { ballotNames } from "./song";

export type Left = Record<Ballot, { used: number; most: number }>;
/** a stranger has to sign in before the first vote */
type Who = "nobody" | "stranger" | "guest" | "fan";

type YourBallotProps = { left: Left; who: Who; open: boolean; closes: ReactNode };

/** What is used of each ballot, and the rules. */
export function YourBallot({ left, who, open, closes }: YourBallotProps) {
  return (
    <section>
      <h2>Your ballot</h2>
      <p className="flex flex-wrap gap-1.5">
        <Chip ballot="expect" {...left.expect} />
        <Chip ballot="wish" {...left.wish} />
      </p>
      {open && (
        <p className="mt-2 text-sm text-ink-2">
          {`Will play is scored after the show, up to ${left.expect.most} songs. Want is not: it tells what you hope for, up to ${left.wish.most}. One vote a fan, song and ballot; a second tap takes it back. `}
          {closes} <Account who={who} />
        </p>
      )}
    </section>
  );
}

function Chip({ ballot, used, most }: { ballot: Ballot; used: number; most: number }) {
  return (
    <span className={ballot === "wish" ? "chip chip-want" : "chip"}>
      {`${used} of ${most} ${ballotNames[ballot]}`}
    </span>
  );
}

function Account({ who }: { who: Who }) {
  const { pathname } = useLocation();
  if (who === "fan") return null;
  if (who === "stranger") return null;
  return (
    <>
      {who === "guest" ? "You vote as a guest; " : "You need no account to vote; "}
      <Link to={`/join?redirectTo=${encodeURIComponent(pathname)}`}>make an account</Link>
      {who === "guest" ? " and these come with you." : " and your votes last."}
    </>
  );
}

/** A headline of its own, where it is true. */
export function Gap({ rows, wishesOf }: { rows: Row[]; wishesOf: (id: string) => number }) {
  const gap = mostWantedLeastLikely(rows, wishesOf);
  if (!gap) return null;
  const { row, wishes } = gap;
  const why = row.why ? `: ${row.why.charAt(0).toLowerCase()}${row.why.slice(1)}` : "";
  return (
    <section>
      <h2>Most wanted, least likely</h2>
      <p>
        <a href={`#s-${row.id}`} className={`title title-odds p${row.percent}`}>
          <bdi>{row.title}</bdi>
        </a>
      </p>
      <p className="mt-1 text-sm text-ink-2">
        {`${count(wishes, "fan wants", "fans want")} it. We give it ${row.percent}%, ${oddsWord(row.percent / 100)}${why}.`}
      </p>
    </section>
  );
}
