import { json, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { load } from "../../call.server";
import { ArrowUpRight, Ticket, TriangleAlert } from "../../components/icons";
import { dayMonth, place, price } from "../../formats";
import { named } from "../../places";
import { billOf } from "./bill";
import { ShowRail } from "./rail";
import { Setlist } from "./setlist";
import { sheetOf } from "./sheet";
import { whenOf } from "./when";

export async function loader({ params: { slug = "" }, request, context }: LoaderFunctionArgs) {
  const { show, setlist, ...sourced } = await load(context.trpc.show.bySlug({ slug }));
  const { search, searchParams } = new URL(request.url);
  if (show.slug !== slug) return redirect(`/shows/${show.slug}${search}`, 301);
  const order = searchParams.get("order") === "likely" ? "likely" : "running";
  const now = new Date();
  const { bill, venue, ...rest } = show;
  return json({
    show: { ...rest, venue: venue && named(venue) },
    bill: billOf({ bill, artist: show.artist }),
    sourced,
    when: whenOf(show, now),
    sheet: setlist && sheetOf(setlist, order),
    about: setlist && withoutSongs(setlist),
    price: show.priceRange && price(show.priceRange),
    now,
    origin: context.origin,
  });
}

/** They are in the sheet already. */
function withoutSongs<List extends { songs: unknown }>({ songs: _songs, ...about }: List) {
  return about;
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { artist, venue, localDate, slug } = data.show;
  const date = localDate ? dayMonth(localDate) : "date to be announced";
  const where = venue ? ` at ${place(venue.name, venue.city)}` : "";
  return [
    { title: `${artist.name}${where}, ${date} – what they will play · TheSet` },
    {
      name: "description",
      content: `The setlist we expect of ${artist.name}${where}: every song with its odds, and why.`,
    },
    { tagName: "link", rel: "canonical", href: `${data.origin}/shows/${slug}` },
  ];
};

export default function ShowPage() {
  const { show, bill, sourced, when, sheet, about, price, now } = useLoaderData<typeof loader>();
  const { artist, venue, ticketUrl, status } = show;
  const gone = status === "cancelled" || status === "past";
  return (
    <div className="cols">
      <div className="min-w-0">
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
        <Setlist sheet={sheet} label={when.label} status={status} artist={artist.name} />
      </div>
      <ShowRail about={about} bill={bill} show={show} sourced={sourced} now={now} />
    </div>
  );
}
