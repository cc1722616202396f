import {
  json,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { load } from "../../call.server";
import { ShowRows } from "../../components/show-rows";
import { countWord, localDay } from "../../formats";
import { Calendar } from "./calendar";
import { Followed } from "./followed";

/** The address of somebody's calendar stands here. */
const noStore = { "Cache-Control": "no-store" };

export async function loader({ request, context: { trpc, origin } }: LoaderFunctionArgs) {
  const { fan } = await load(trpc.auth.me());
  if (!fan) return redirect("/login?redirectTo=%2Faccount%2Fshows", { headers: noStore });
  const after = new URL(request.url).searchParams.get("after") ?? undefined;
  const [{ artists, calendarKey }, { shows, nextCursor }] = await load(
    Promise.all([trpc.follow.mine(), trpc.follow.shows({ cursor: after })]),
  );
  return json(
    {
      artists,
      calendar: calendarKey && `/calendar/follows/${calendarKey}.ics`,
      shows,
      nextCursor,
      later: after !== undefined,
      guest: fan.guest,
      origin,
      today: localDay(new Date(), "UTC"),
    },
    { headers: noStore },
  );
}

/** Makes the calendar's address, or another one. */
export async function action({ request, context: { trpc } }: ActionFunctionArgs) {
  const form = await request.formData();
  await load(form.get("act") === "new-calendar" ? trpc.follow.newCalendar() : trpc.follow.calendar());
  return redirect("/account/shows#calendar", 303);
}

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction = () => [
  { title: "My shows · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function MyShows() {
  const { artists, calendar, shows, nextCursor, later, guest, origin, today } =
    useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="shout shout-s">My shows</h1>
      <p className="lead">
        {artists.length > 0
          ? `You follow ${countWord(artists.length, "artist")}. This is what comes next.`
          : "You follow nobody yet. Press Follow on an artist’s page, and their shows appear here."}
        {guest && artists.length > 0 && (
          <>
            {" "}
            You follow as a guest; <Link to="/join?redirectTo=%2Faccount%2Fshows">make an account</Link> and
            this lasts.
          </>
        )}
      </p>
      <div className="cols mt-8">
        <section className="sheet lift min-w-0" aria-labelledby="coming">
          <div className="head">
            <h2 id="coming">Coming up</h2>
          </div>
          {shows.length > 0 ? (
            <ShowRows shows={shows} by="artist" today={today} />
          ) : (
            <p className="pt-3 text-ink-2">
              {later
                ? "There are no more."
                : artists.length > 0
                  ? "None of them has a coming show."
                  : "Nothing yet."}{" "}
              <Link to={later ? "/account/shows" : "/search"}>
                {later ? "First shows" : "Find an artist"}
              </Link>
            </p>
          )}
          {(nextCursor || (later && shows.length > 0)) && (
            <p className="flex flex-wrap gap-2 pt-4">
              {later && (
                <Link to="/account/shows" className="btn">
                  First shows
                </Link>
              )}
              {nextCursor && (
                <Link to={`?after=${encodeURIComponent(nextCursor)}`} className="btn">
                  Later shows
                </Link>
              )}
            </p>
          )}
        </section>
        <div className="rail !static">
          {artists.length > 0 && <Followed artists={artists} />}
          <Calendar path={calendar} origin={origin} />
        </div>
      </div>
    </>
  );
}
