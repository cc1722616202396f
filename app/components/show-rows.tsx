import { Link } from "@remix-run/react";
import { oddsWord, percent } from "#rules/odds";
import { clock, dayMonth, place, weekday } from "../formats";
import type { ShowInList } from "../types";
import { ShowStatus } from "./show-status";
import { useCover } from "./spoiler-switch";

type Props = {
  shows: ShowInList[];
  /** what a row is called by; the other is in its second line */
  by: "artist" | "venue";
  /** the year that need not be said */
  today: string;
  /** false on the page of the venue itself */
  withPlace?: boolean;
};

export function ShowRows({ shows, ...rest }: Props) {
  return (
    <ol role="list" className="rows">
      {shows.map((show) => (
        <ShowRow key={show.id} show={show} {...rest} />
      ))}
    </ol>
  );
}

/** The whole row leads to the show, but for the line of its place, which leads there. */
function ShowRow({
  show,
  by,
  today,
  withPlace = true,
}: Omit<Props, "shows"> & {
  show: ShowInList;
}) {
  const { venue, setlist, artist } = show;
  const cancelled = show.status === "cancelled";
  // How far to trust a list that is not from past shows, nobody knows.
  const share =
    setlist?.basis === "history" && !cancelled
      ? Math.round((100 * setlist.expectedHits) / setlist.expectedSongs)
      : undefined;
  const title = by === "artist" ? artist.name : (venue?.name ?? show.name);
  return (
    <li className={share === undefined ? undefined : `row-odds p${share}`}>
      <div className="row">
        <span className="row-span-2 text-sm tablet:row-span-1">
          {show.localDate ? (
            <>
              <b className="text-[15px]">{dayMonth(show.localDate, today)}</b>
              <br />
              <span className="text-ink-2">
                {show.localTime ? (
                  <span className="whitespace-nowrap">{`${weekday(show.localDate)} ${clock(show.localTime)}`}</span>
                ) : (
                  <>
                    {weekday(show.localDate)}, <span className="whitespace-nowrap">time TBA</span>
                  </>
                )}
              </span>
            </>
          ) : (
            <b className="text-[15px]">Date TBA</b>
          )}
        </span>
        <span>
          <Link to={`/shows/${show.slug}`} className="reach">
            <span className={`title ${share === undefined ? "" : "title-odds"}`}>
              <bdi>{title}</bdi>
            </span>
            <span className="sr-only">
              , {show.localDate ? dayMonth(show.localDate, today) : "date to be announced"}
            </span>
          </Link>
          {venue && withPlace && <Place venue={venue} by={by} />}
          {by === "artist" && setlist?.opener && <Opener {...setlist.opener} />}
        </span>
        <span className="row-end">
          <ShowStatus status={show.status} />
          {!cancelled && <Expected setlist={setlist} />}
        </span>
      </div>
    </li>
  );
}

function Place({ venue, by }: { venue: NonNullable<ShowInList["venue"]> } & Pick<Props, "by">) {
  const where = by === "artist" ? place(venue.name, venue.city) : place(venue.city, venue.country);
  if (!where) return null;
  return (
    <span className="block text-sm">
      <Link to={`/venues/${venue.slug}`} className="above text-ink-2">
        <bdi>{where}</bdi>
        <span className="sr-only">: all shows {by === "venue" && `at ${venue.name}`}</span>
      </Link>
    </span>
  );
}

/** A first song that nobody would bet on is none to name; nor is one to whoever wants to be surprised. */
function Opener({ title, probability }: { title: string; probability: number }) {
  const covered = useCover();
  if (covered || percent(probability) < 40) return null;
  return (
    <span className="block text-sm text-ink-2">
      Opener: <bdi>{title}</bdi>, <b>{percent(probability)}%</b> {oddsWord(probability)}
    </span>
  );
}

function Expected({ setlist }: Pick<ShowInList, "setlist">) {
  if (!setlist) return <span className="text-ink-2">no odds yet</span>;
  if (setlist.basis !== "history") return <span className="text-ink-2">no past show known</span>;
  return (
    <span>
      <b>
        {Math.round(setlist.expectedHits)} of {setlist.expectedSongs}
      </b>{" "}
      expected
    </span>
  );
}
