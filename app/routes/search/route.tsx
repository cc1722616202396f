import {
  json,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { load, submit } from "../../call.server";
import { SearchForm } from "../../components/search-form";
import { named } from "../../places";
import type { Handle } from "../../root";
import { attractionId } from "./attraction-id";
import { Places } from "./places";
import { ByLink, Found, NotHere, Silence, summary } from "./results";

export const handle: Handle = { ownSearch: true };

const nothing = {
  artists: [],
  places: { venues: [], cities: [] },
  upstream: "skipped" as const,
  minutes: undefined,
  didYouMean: undefined,
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const q = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 200);
  if (q === "") return json({ q, ...nothing });
  const [{ artists, upstream, until, didYouMean }, { venues, cities }] = await load(
    Promise.all([context.trpc.artist.search({ q }), context.trpc.search.places({ q })]),
  );
  const minutes = until && Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000));
  const places = { venues: venues.map(named), cities: cities.map(named) };
  return json({ q, artists, places, upstream, minutes, didYouMean });
}

/** Import: from a result's button or from the field. The way on is the artist's page, which shows the progress. */
export async function action({ request, context }: ActionFunctionArgs) {
  const pasted = String((await request.formData()).get("tmAttractionId") ?? "");
  const read = attractionId(pasted);
  if ("problem" in read) return json({ pasted, problem: read.problem }, { status: 400 });
  const started = await submit(context.trpc.artist.import({ tmAttractionId: read.id }));
  if (!started.ok) return json({ pasted, problem: started.error.message }, { status: started.status });
  return redirect(`/artists/${started.data.slug}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.q ? `Search: ${data.q} · TheSet` : "Find an artist · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function SearchPage() {
  const { q, artists, places, upstream, minutes, didYouMean } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const here = artists.filter((artist) => artist.imported && artist.slug);
  const others = artists.filter((artist) => !artist.imported);
  const listed = others.some((artist) => artist.tmAttractionId === answer?.pasted);
  const found = places.venues.length + places.cities.length;
  return (
    <>
      <h1 className="shout shout-s">{q ? <bdi>“{q}”</bdi> : "Find an artist, venue or city"}</h1>
      <p className="lead" role="status">
        {q
          ? summary({ here: here.length, others: others.length, places: found, upstream })
          : "Type a name. We look here first, then for artists at Ticketmaster."}
        {didYouMean && (
          <>
            {" "}
            Did you mean{" "}
            <Link to={`/search?q=${encodeURIComponent(didYouMean)}`}>
              <bdi>{didYouMean}</bdi>
            </Link>
            ?
          </>
        )}
      </p>
      <div className="mt-5">
        <SearchForm q={q} />
      </div>
      <div className="cols mt-6">
        <div className="grid min-w-0 gap-6">
          {q && upstream !== "ok" && <Silence upstream={upstream} minutes={minutes} />}
          {artists.length > 0 && (
            <section className="sheet lift grid gap-7">
              {here.length > 0 && <Found artists={here} />}
              {others.length > 0 && <NotHere artists={others} q={q} answer={listed ? answer : undefined} />}
            </section>
          )}
          {found > 0 && <Places {...places} />}
        </div>
        <aside className="rail" aria-label="Import">
          <ByLink q={q} answer={listed ? undefined : answer} />
          <section>
            <h2>What an import does</h2>
            <p className="text-sm text-ink-2">
              It reads their coming shows and the setlists they have played, then works out the odds. Watch it
              happen, or come back: it goes on without you.
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}
