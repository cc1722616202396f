import { Link } from "@remix-run/react";
import { Results } from "../../components/results";
import { Rivals } from "../../components/rivals";
import type { ArtistRecord as Record } from "./record-of";

/** What the machine had right with this artist, beside its rivals, and the latest results. */
export function ArtistRecord({ record, today }: { record: Record; today: string }) {
  const { mean, shows, rivals, latest } = record;
  return (
    <section>
      <h2>How right we were</h2>
      <p className="mb-2 text-sm text-ink-2">
        On average {mean} songs, over {shows}. <Link to="/leaderboard">All artists together</Link>
      </p>
      <Rivals rows={rivals} />
      {latest.length > 0 && (
        <>
          <h3 className="pt-4">Latest results</h3>
          <Results shows={latest} today={today} />
        </>
      )}
    </section>
  );
}
