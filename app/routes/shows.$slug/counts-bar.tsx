import { Link, useLocation } from "@remix-run/react";
import { count } from "../../formats";
import { useHydrated } from "../../use-hydrated";
import type { Votes } from "../../use-votes";

type Props = { votes: Pick<Votes, "fresh" | "at" | "lost">; loadedAt: string };

/**
 * How fresh the counts are. Always there and of one height: a bar that came and went would move the songs. In no live
 * region: nobody wants every vote read out.
 */
export function CountsBar({ votes: { fresh, at, lost }, loadedAt }: Props) {
  const { pathname, search } = useLocation();
  const hydrated = useHydrated();
  const [text, link] = said();
  return (
    <p className="since">
      <span>{text}</span>
      {link && (
        <Link to={pathname + search} preventScrollReset className="tap">
          {link}
        </Link>
      )}
    </p>
  );

  function said(): [text: string, link?: string] {
    if (!hydrated) return [`Counts are from ${loadedAt}.`, "Look again"];
    if (lost) return [`Counts are from ${at ? onOnesWatch(at) : loadedAt}.`, "Look again"];
    if (fresh > 0) return [`${count(fresh, "new vote")}, order kept`, "Sort again"];
    return ["Counts move as fans vote."];
  }
}

function onOnesWatch(at: string): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}
