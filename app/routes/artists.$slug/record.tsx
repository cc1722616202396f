import { Link } from "@remix-run/react";
import { Rivals } from "../../components/rivals";
import { dayMonth, place } from "../../formats";
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
          <ul role="list" className="rows text-[15px]">
            {latest.map(({ slug, localDate, venueName, city, hits, played }) => (
              <li key={slug} className="flex min-h-11 items-center justify-between gap-3 py-1.5">
                <Link to={`/shows/${slug}`}>
                  {dayMonth(localDate, today)}
                  {(venueName || city) && (
                    <>
                      , <bdi>{place(venueName, city)}</bdi>
                    </>
                  )}
                </Link>
                <b className="whitespace-nowrap">{`${hits} of ${played}`}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
