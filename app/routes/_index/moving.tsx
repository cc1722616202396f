import { Link } from "@remix-run/react";
import { TrendRows } from "../../components/trend-rows";
import { artistTrend, showTrend } from "../../trends";
import type { TrendingArtist, TrendingShow } from "../../types";

/** What fans are at: the artists that lead the list, and the shows most voted on. Nothing before the first count. */
export function Moving({
  artists,
  shows,
  today,
}: {
  artists: TrendingArtist[];
  shows: TrendingShow[];
  today: string;
}) {
  if (artists.length === 0) return null;
  const voted = shows.filter(({ votes }) => votes > 0).sort((a, b) => b.votes - a.votes);
  // Their own order by votes, which has no movement.
  const rows = voted
    .slice(0, 3)
    .map((show, n) => ({ ...showTrend(show, today), rank: n + 1, change: undefined }));
  return (
    <>
      <section aria-labelledby="moving">
        <h2 id="moving">Moving now</h2>
        <TrendRows trends={artists.map((artist) => ({ ...artistTrend(artist), notes: [] }))} />
        <p className="pt-2 text-[15px]">
          <Link to="/trending" className="tap">
            All that is trending
          </Link>
        </p>
      </section>
      {rows.length > 0 && (
        <section aria-labelledby="voted">
          <h2 id="voted">Most voted this week</h2>
          <TrendRows trends={rows} />
        </section>
      )}
    </>
  );
}
