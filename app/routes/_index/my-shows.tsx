import type { SerializeFrom } from "@remix-run/node";
import { Link } from "@remix-run/react";
import type { Caller } from "#server/routers/_app";
import { Gaff } from "../../components/gaff";
import { Check } from "../../components/icons";
import { ShowRows } from "../../components/show-rows";

/** The rest is on a page of its own. */
const SHOWN = 5;

type Mine = SerializeFrom<Awaited<ReturnType<typeof readMyShows>>>;

/** What whom I follow plays next. A visitor without our cookie costs no query. */
export async function readMyShows(trpc: Caller) {
  const [{ artists }, { shows }] = await Promise.all([trpc.follow.mine(), trpc.follow.shows()]);
  return { following: artists.length, shows: shows.slice(0, SHOWN) };
}

/** Nothing for who follows nobody. */
export function MyShows({ following, shows, today }: Mine & { today: string }) {
  if (following === 0) return null;
  return (
    <section className="sheet lift taped !mt-2 mb-7" aria-labelledby="my-shows">
      <Gaff icon={Check}>My shows</Gaff>
      <h2 id="my-shows" className="sr-only">
        My shows
      </h2>
      {shows.length > 0 ? (
        <ShowRows shows={shows} by="artist" today={today} />
      ) : (
        <p className="text-ink-2">None of the artists you follow has a coming show.</p>
      )}
      <p className="pt-3 text-[15px]">
        <Link to="/account/shows" className="tap">
          All my shows, whom I follow, and a calendar
        </Link>
      </p>
    </section>
  );
}
