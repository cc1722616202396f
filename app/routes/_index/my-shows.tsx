import { Link } from "@remix-run/react";
import { Gaff } from "../../components/gaff";
import { CircleCheck } from "../../components/icons";
import { ShowRows } from "../../components/show-rows";
import { Subscribe } from "../../components/subscribe";
import { count } from "../../formats";
import type { MyShowsProps } from "./my-shows.server";

/** The next shows of all whom I follow, and the way to the rest of them. */
export function MyShows({
  mine: { artists, shows, more, calendarPath },
  origin,
  today,
}: {
  mine: MyShowsProps;
  origin: string;
  today: string;
}) {
  return (
    <section id="my-shows" className="sheet lift taped !mt-2" aria-labelledby="my-shows-title">
      <Gaff icon={CircleCheck}>My shows</Gaff>
      <h2 id="my-shows-title" className="sr-only">
        My shows
      </h2>
      {shows.length > 0 ? (
        <ShowRows shows={shows} by="artist" today={today} />
      ) : (
        <p className="text-ink-2">
          None of the artists you follow has a coming show. It appears here when one does.
        </p>
      )}
      <p className="flex flex-wrap items-center gap-x-5 pt-3 text-[15px]">
        {more && (
          <Link to="/account/shows" className="tap">
            All my shows
          </Link>
        )}
        <Link to="/account#follows" className="tap">
          You follow {count(artists.length, "artist")}
        </Link>
        {calendarPath ? (
          <Subscribe path={calendarPath} origin={origin} of="my shows" />
        ) : (
          <Link to="/account#follows" className="tap">
            Have them in a calendar
          </Link>
        )}
      </p>
    </section>
  );
}
