import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { load } from "../../call.server";
import { Results } from "../../components/results";
import { Rivals } from "../../components/rivals";
import { count } from "../../formats";
import { CalibrationChart } from "./calibration-chart";
import { Fans } from "./fans";
import { readRecordPage } from "./page.server";

export async function loader({ request, context: { trpc, origin } }: LoaderFunctionArgs) {
  const page = await load(readRecordPage(trpc, new URL(request.url).searchParams));
  return json({ ...page, origin });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "The record: who was right · TheSet" },
  {
    name: "description",
    content:
      "How right our setlists were, beside fans and two simple rules, and who of the fans is sharpest.",
  },
  { tagName: "link", rel: "canonical", href: `${data?.origin ?? ""}/leaderboard` },
];

export default function Leaderboard() {
  const { rivals, shows, calibration, latest, worst, today, ...board } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="shout">The record</h1>
      <p className="lead">
        Every setlist we predicted, marked after the show. Nothing is taken out, and two simple rules run
        beside us.
      </p>
      {shows > 0 ? (
        <div className="mt-8 grid grid-cols-[minmax(0,1fr)] items-start gap-7 desk:grid-cols-2 desk:gap-11">
          <section className="sheet lift" aria-labelledby="rivals">
            <h2 id="rivals">Of the songs played, how many were named</h2>
            <p className="mb-2 text-sm text-ink-2">
              Means over {count(shows, "show")}. Of 19 songs played, the 19 likeliest of each list count. ±:
              what chance may do.
            </p>
            <Rivals rows={rivals} />
            <p className="mt-3 text-sm text-ink-2">
              The error is the Brier score, a song played: it looks at the odds, not only at the list, and
              punishes being sure and wrong. Less is better; naming nothing is 1.
            </p>
            <h3 className="pt-5">Latest results</h3>
            <Results shows={latest} today={today} artists />
            {shows > latest.length && (
              <>
                <h3 className="pt-5">Our worst nights</h3>
                <Results shows={worst} today={today} artists />
              </>
            )}
          </section>
          {calibration && <CalibrationChart drawn={calibration} />}
        </div>
      ) : (
        <section className="sheet lift mt-8" aria-labelledby="none">
          <h2 id="none">No show is marked yet</h2>
          <p className="mt-1 max-w-[66ch]">
            After each show here we look every hour whether somebody has written down its setlist at
            setlist.fm, most often the same night. Then it is marked, and this page fills by itself.{" "}
            <Link to="/">The coming shows</Link>
          </p>
        </section>
      )}
      <Fans {...board} />
    </>
  );
}
