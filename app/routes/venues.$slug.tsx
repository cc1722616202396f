import { json, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { load } from "../call.server";
import { ShowRows } from "../components/show-rows";
import { ago, localDay, place } from "../formats";
import { named } from "../places";

export async function loader({ params: { slug = "" }, request, context }: LoaderFunctionArgs) {
  const { searchParams, search } = new URL(request.url);
  const when = searchParams.get("when") === "past" ? "past" : "coming";
  const cursor = searchParams.get("after") ?? undefined;
  const { venue, shows, nextCursor } = await load(context.trpc.venue.bySlug({ slug, when, cursor }));
  if (venue.slug !== slug) return redirect(`/venues/${venue.slug}${search}`, 301);
  const now = new Date();
  return json({
    venue: named(venue),
    shows,
    when,
    more: nextCursor,
    later: cursor !== undefined,
    now,
    today: localDay(now, venue.timezone),
    origin: context.origin,
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { name, city, slug } = data.venue;
  return [
    { title: `${place(name, city)}: coming shows · TheSet` },
    { name: "description", content: `Who plays at ${place(name, city)}, each with a predicted setlist.` },
    { tagName: "link", rel: "canonical", href: `${data.origin}/venues/${slug}` },
  ];
};

export default function VenuePage() {
  const { venue, shows, when, more, later, now, today } = useLoaderData<typeof loader>();
  const { name, city, region, country, timezone, readAt, slug } = venue;
  const page = `/venues/${slug}`;
  const list = when === "past" ? `${page}?when=past` : page;
  return (
    <div className="max-w-[860px]">
      <h1 className="shout">
        <bdi>{name}</bdi>
      </h1>
      <p className="lead">
        <bdi>{place(city, region === city ? null : region, country)}</bdi>
        {timezone && (
          <span className="block text-sm text-ink-2">Times are of {timezone.replaceAll("_", " ")}.</span>
        )}
      </p>
      <section aria-labelledby="shows" className="mt-8">
        <div className="head">
          <h2 id="shows">{when === "past" ? "Past shows" : "Coming shows"}</h2>
          <Link to={when === "past" ? page : `${page}?when=past`} className="tap ml-auto text-[15px]">
            {when === "past" ? "Coming shows" : "Past shows"}
          </Link>
        </div>
        {shows.length > 0 ? (
          <ShowRows shows={shows} by="artist" today={today} withPlace={false} />
        ) : (
          <p className="pt-3 text-ink-2">
            {when === "past"
              ? "No past show of the artists here is known."
              : "None of the artists here has a coming show at this venue."}
          </p>
        )}
        {(more || later) && (
          <p className="flex gap-2 pt-4">
            {later && (
              <Link to={list} className="btn">
                From the start
              </Link>
            )}
            {more && (
              <Link
                to={`${list}${when === "past" ? "&" : "?"}after=${encodeURIComponent(more)}`}
                className="btn"
              >
                {when === "past" ? "Earlier shows" : "Later shows"}
              </Link>
            )}
          </p>
        )}
      </section>
      <p className="mt-6 text-sm text-ink-2">
        Place and dates are from <a href="https://www.ticketmaster.com/">Ticketmaster</a>
        {readAt && <>, read {ago(readAt, now)} or later</>}. Only artists that are imported here are listed;
        others may play too. <Link to="/search">Find an artist</Link>
      </p>
    </div>
  );
}
