import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { load } from "../../call.server";
import { Gaff } from "../../components/gaff";
import { Clock } from "../../components/icons";
import { TrendRows } from "../../components/trend-rows";
import { ago, localDay } from "../../formats";
import { artistTrend, showTrend } from "../../trends";
import { Score } from "./score";

const LISTED = 20;

export async function loader({ context: { trpc, origin } }: LoaderFunctionArgs) {
  const [{ artists, computedAt, comparedWith }, { shows }] = await load(
    Promise.all([trpc.trending.artists({ limit: LISTED }), trpc.trending.shows({ limit: LISTED })]),
  );
  const now = new Date();
  return json({ artists, shows, computedAt, comparedWith, now, today: localDay(now, "UTC"), origin });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "Trending artists and shows · TheSet" },
  {
    name: "description",
    content: "Which artists and shows fans vote on and look at right now, by the hour.",
  },
  { tagName: "link", rel: "canonical", href: `${data?.origin ?? ""}/trending` },
];

export default function Trending() {
  const { artists, shows, computedAt, comparedWith, now, today } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="shout">Trending</h1>
      <p className="lead">
        Who fans vote on and look at right now.{" "}
        {computedAt && comparedWith && <>Movement is against the list of {ago(comparedWith, computedAt)}.</>}
      </p>
      <div className="cols mt-6">
        <div className="sheet lift taped grid gap-7">
          <Gaff icon={Clock}>{computedAt ? `Counted ${ago(computedAt, now)}` : "Not counted yet"}</Gaff>
          {artists.length > 0 ? (
            <>
              <section aria-labelledby="artists">
                <div className="head">
                  <h2 id="artists">Artists</h2>
                </div>
                <TrendRows trends={artists.map(artistTrend)} />
              </section>
              <section aria-labelledby="shows">
                <div className="head">
                  <h2 id="shows">Shows</h2>
                </div>
                <TrendRows trends={shows.map((show) => showTrend(show, today))} />
              </section>
            </>
          ) : (
            <Nothing counted={computedAt !== null} />
          )}
        </div>
        <aside className="rail" aria-label="About these lists">
          <Score />
        </aside>
      </div>
    </>
  );
}

function Nothing({ counted }: { counted: boolean }) {
  return (
    <div>
      <p className="title">
        {counted ? "Nobody here has a coming show" : "The first lists come within the hour"}
      </p>
      <p className="mt-1 text-ink-2">
        {counted
          ? "Artists and shows are ranked here as soon as somebody with a coming show is imported. "
          : "Artists and shows are ranked here every hour, by votes, views and coming shows. "}
        <Link to="/search">Find an artist</Link>
      </p>
    </div>
  );
}
