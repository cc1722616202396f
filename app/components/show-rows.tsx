import { Link } from "@remix-run/react";
import { oddsWord, percent } from "#rules/odds";
import { clock, dayMonth, place, weekday } from "../formats";
import type { ShowInList } from "../types";
import { ShowStatus } from "./show-status";

/** @param today the year that need not be said */
export function ShowRows({
  shows,
  by,
  today,
}: {
  shows: ShowInList[];
  by: "artist" | "venue";
  today: string;
}) {
  return (
    <ol role="list" className="rows">
      {shows.map((show) => (
        <ShowRow key={show.id} show={show} by={by} today={today} />
      ))}
    </ol>
  );
}

function ShowRow({ show, by, today }: { show: ShowInList; by: "artist" | "venue"; today: string }) {
  const { venue, setlist, artist } = show;
  const cancelled = show.status === "cancelled";
  const share =
    setlist && !cancelled ? Math.round((100 * setlist.expectedHits) / setlist.expectedSongs) : undefined;
  const title = by === "artist" ? artist.name : (venue?.name ?? show.name);
  const where = by === "artist" ? place(venue?.name, venue?.city) : place(venue?.city, venue?.country);
  return (
    <li className={share === undefined ? undefined : `row-odds p${share}`}>
      <Link to={`/shows/${show.slug}`} className="row">
        <span className="row-span-2 text-sm tablet:row-span-1">
          {show.localDate ? (
            <>
              <b className="text-[15px]">{dayMonth(show.localDate, today)}</b>
              <br />
              <span className="text-ink-2">
                {weekday(show.localDate)}
                {show.localTime ? ` ${clock(show.localTime)}` : ", time TBA"}
              </span>
            </>
          ) : (
            <b className="text-[15px]">Date TBA</b>
          )}
        </span>
        <span>
          <span className={`title ${share === undefined ? "" : "title-odds"}`}>
            <bdi>{title}</bdi>
          </span>
          {where && (
            <span className="block text-sm text-ink-2">
              <bdi>{where}</bdi>
            </span>
          )}
          {by === "artist" && setlist?.opener && <Opener {...setlist.opener} />}
        </span>
        <span className="row-end">
          <ShowStatus status={show.status} />
          {!cancelled && <Expected setlist={setlist} />}
        </span>
      </Link>
    </li>
  );
}

/** A first song that nobody would bet on is none to name. */
function Opener({ title, probability }: { title: string; probability: number }) {
  if (percent(probability) < 40) return null;
  return (
    <span className="block text-sm text-ink-2">
      Opener: <bdi>{title}</bdi>, <b>{percent(probability)}%</b> {oddsWord(probability)}
    </span>
  );
}

function Expected({ setlist }: Pick<ShowInList, "setlist">) {
  if (!setlist) return <span className="text-ink-2">no odds yet</span>;
  return (
    <span>
      <b>
        {Math.round(setlist.expectedHits)} of {setlist.expectedSongs}
      </b>{" "}
      expected
    </span>
  );
}
