import { Link } from "@remix-run/react";
import { Fragment } from "react";
import { count, place } from "../../formats";
import type { FoundPlaces } from "../../types";

/** Where something comes: venues by name, and cities with their venues. */
export function Places({ venues, cities }: FoundPlaces) {
  return (
    <section className="sheet lift grid gap-7" aria-label="Places">
      {venues.length > 0 && (
        <div>
          <div className="head">
            <h2>Venues</h2>
          </div>
          <ul role="list" className="rows">
            {venues.map(({ slug, name, city, country, shows }) => (
              <li key={slug}>
                <Link to={`/venues/${slug}`} className="row row-pair">
                  <span>
                    <span className="title">
                      <bdi>{name}</bdi>
                    </span>
                    <bdi className="block text-sm text-ink-2">{place(city, country)}</bdi>
                  </span>
                  <span className="text-right text-sm">{count(shows, "coming show")}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      {cities.length > 0 && (
        <div>
          <div className="head">
            <h2>Cities</h2>
          </div>
          <ul role="list" className="rows">
            {cities.map((city) => (
              <City key={`${city.name} ${city.country}`} {...city} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function City({ name, country, shows, venues, venueCount }: FoundPlaces["cities"][number]) {
  const more = venueCount - venues.length;
  return (
    <li className="py-3">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="title">
          <bdi>{place(name, country)}</bdi>
        </span>
        <span className="text-sm">{count(shows, "coming show")}</span>
      </span>
      <span className="block text-sm text-ink-2">
        {venues.map((venue, n) => (
          <Fragment key={venue.slug}>
            {n > 0 && ", "}
            <Link to={`/venues/${venue.slug}`} className="tap">
              <bdi>{venue.name}</bdi>
            </Link>{" "}
            ({venue.shows})
          </Fragment>
        ))}
        {more > 0 && `, and ${count(more, "venue")} more`}
      </span>
    </li>
  );
}
