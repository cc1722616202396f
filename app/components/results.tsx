import { Link } from "@remix-run/react";
import { dayMonth, place } from "../formats";
import type { ResultInList } from "../types";

type Props = { shows: ResultInList[]; today: string; artists?: boolean };

/** Scored shows, each with what the machine had right; with the artist's name where they are not all one's. */
export function Results({ shows, today, artists = false }: Props) {
  return (
    <ul role="list" className="rows text-[15px]">
      {shows.map(({ slug, artistName, localDate, venueName, city, hits, played }) => (
        <li key={slug} className="flex min-h-11 items-center justify-between gap-3 py-1.5">
          <Link to={`/shows/${slug}`}>
            {artists && (
              <>
                <bdi>{artistName}</bdi>,{" "}
              </>
            )}
            {dayMonth(localDate, today)}
            {(venueName || city) && (
              <>
                , <bdi>{artists ? (city ?? venueName) : place(venueName, city)}</bdi>
              </>
            )}
          </Link>
          <b className="whitespace-nowrap">{`${hits} of ${played}`}</b>
        </li>
      ))}
    </ul>
  );
}
