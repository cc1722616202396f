import { Link } from "@remix-run/react";
import { count, dayMonth, place } from "../../formats";
import type { RecentArtist } from "../../types";

/** Whose import started last, what there is of them, and what comes next. */
export function Recent({ artists, today }: { artists: RecentArtist[]; today: string }) {
  if (artists.length === 0) return null;
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">Lately imported</h2>
      <ul role="list" className="rows">
        {artists.map((artist) => (
          <li key={artist.slug}>
            <Link to={`/artists/${artist.slug}`} className="row row-pair">
              <span>
                <span className="title">
                  <bdi>{artist.name}</bdi>
                </span>
                <span className="block text-sm text-ink-2">
                  <Next {...artist} today={today} />
                </span>
              </span>
              <span className="text-right text-sm">
                {count(artist.coming, "show")}
                <br />
                <span className="text-ink-2">{count(artist.pastSetlists, "setlist")}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Next({ importing, nextShow, today }: RecentArtist & { today: string }) {
  if (importing) return <>Importing now</>;
  if (!nextShow) return <>No coming show</>;
  return (
    <>
      Next: {dayMonth(nextShow.localDate, today)}
      {nextShow.city && (
        <>
          , <bdi>{place(nextShow.city)}</bdi>
        </>
      )}
    </>
  );
}
