import { Link } from "@remix-run/react";
import { ShowStatus } from "../../components/show-status";
import { count, dayMonth, place, weekday } from "../../formats";
import type { Ballot } from "../../vote-paper";
import type { AccountPage } from "./page.server";

type VotedShow = AccountPage["picks"]["shows"][number];

/** My votes by show, the newest show first. */
export function Picks({ shows, nextCursor, later, today }: AccountPage["picks"] & { today: string }) {
  return (
    <section id="picks" className="sheet lift min-w-0" aria-labelledby="my-picks">
      <div className="head">
        <h2 id="my-picks">My picks</h2>
      </div>
      {shows.length > 0 ? (
        <ol role="list" className="rows">
          {shows.map((show) => (
            <Show key={show.slug} show={show} today={today} />
          ))}
        </ol>
      ) : (
        <p className="pt-3 text-ink-2">
          {later
            ? "There are no more."
            : "You have not voted yet. Open a show and tap a song: Will play, or Want."}{" "}
          <Link to="/">{later ? "Coming shows" : "Find a show"}</Link>
        </p>
      )}
      {(nextCursor || later) && (
        <p className="flex flex-wrap gap-2 pt-4">
          {later && (
            <Link to="/account#picks" className="btn">
              Newest shows
            </Link>
          )}
          {nextCursor && (
            <Link to={`/account?after=${encodeURIComponent(nextCursor)}#picks`} className="btn">
              Earlier shows
            </Link>
          )}
        </p>
      )}
    </section>
  );
}

function Show({ show, today }: { show: VotedShow; today: string }) {
  const { slug, artistName, localDate, venueName, city, status, songs } = show;
  const titles = (ballot: Ballot) => songs.filter((song) => song.ballot === ballot).map(({ title }) => title);
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <Link to={`/shows/${slug}`} className="title">
          <bdi>{artistName || "An artist at Ticketmaster"}</bdi>
        </Link>
        <span className="text-sm text-ink-2">
          {localDate ? `${weekday(localDate)} ${dayMonth(localDate, today)}` : "Date TBA"}
          {(venueName || city) && (
            <>
              {", "}
              <bdi>{place(venueName, city)}</bdi>
            </>
          )}
        </span>
        <span className="ml-auto text-sm">
          <ShowStatus status={status} />
        </span>
      </div>
      <dl className="mt-1.5 grid gap-1.5 text-[15px]">
        <Voted name="Will play" chip="chip" titles={titles("expect")} />
        <Voted name="Want" chip="chip chip-want" titles={titles("wish")} />
      </dl>
    </li>
  );
}

function Voted({ name, chip, titles }: { name: string; chip: string; titles: string[] }) {
  if (titles.length === 0) return null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
      <dt>
        <span className={chip}>{name}</span> <span className="sr-only">{count(titles.length, "song")}</span>
      </dt>
      {titles.map((title, n) => (
        <dd key={n}>
          <bdi>{title}</bdi>
          {n < titles.length - 1 && <span aria-hidden="true"> ·</span>}
        </dd>
      ))}
    </div>
  );
}
