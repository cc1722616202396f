import { Link } from "@remix-run/react";
import { ArrowUpRight, Ticket, TriangleAlert } from "../../components/icons";
import { place } from "../../formats";
import type { ShowPage } from "./page.server";

type Props = Pick<ShowPage, "show" | "when" | "price">;

/** Who plays where and when, what has become of it, and where tickets are. */
export function ShowHead({ show, when, price }: Props) {
  const { artist, venue, ticketUrl, status } = show;
  const gone = status === "cancelled" || status === "past";
  return (
    <>
      <p className="text-sm">
        <Link to={`/artists/${artist.slug}`} className="tap">
          <bdi>{artist.name}</bdi>
        </Link>
        {show.name !== artist.name && (
          <span className="text-ink-2">
            {" / "}
            <bdi>{show.name}</bdi>
          </span>
        )}
      </p>
      <h1 className="shout">
        <bdi>{artist.name}</bdi>
      </h1>
      <p className="lead">
        {venue && (
          <b className="block">
            <Link to={`/venues/${venue.slug}`}>
              <bdi>{venue.name}</bdi>
            </Link>
            {(venue.city ?? venue.country) && (
              <>
                , <bdi>{place(venue.city, venue.country)}</bdi>
              </>
            )}
          </b>
        )}
        <span className={status === "cancelled" ? "line-through" : undefined}>
          {when.date}
          {when.time && `, ${when.time}`}
        </span>
        {when.zone && when.time && <span className="text-ink-2"> {when.zone}, venue time</span>}
      </p>
      {when.note && (
        <p className="note mt-4">
          {status === "cancelled" && (
            <TriangleAlert size={16} aria-hidden="true" className="mr-1.5 inline align-[-3px]" />
          )}
          {when.note}
        </p>
      )}
      {ticketUrl && !gone && (
        <p className="no-print mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
          <a href={ticketUrl} rel="noopener" className="btn btn-main">
            <Ticket size={20} aria-hidden="true" />
            Tickets
            <ArrowUpRight size={16} aria-hidden="true" />
          </a>
          {price && <span className="text-sm text-ink-2">{price} at Ticketmaster</span>}
        </p>
      )}
    </>
  );
}
