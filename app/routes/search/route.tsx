import {
  json,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { load, submit } from "../../call.server";
import { SearchForm } from "../../components/search-form";
import type { Handle } from "../../root";
import { attractionId } from "./attraction-id";
import { ByLink, Found, NotHere, Silence, summary } from "./results";

export const handle: Handle = { ownSearch: true };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const q = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 200);
  const { artists, upstream, until } =
    q === ""
      ? { artists: [], upstream: "skipped" as const, until: undefined }
      : await load(context.trpc.artist.search({ q }));
  const minutes = until && Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000));
  return json({ q, artists, upstream, minutes });
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
  const { q, artists, upstream, minutes } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const here = artists.filter((artist) => artist.imported && artist.slug);
  const others = artists.filter((artist) => !artist.imported);
  const listed = others.some((artist) => artist.tmAttractionId === answer?.pasted);
  return (
    <>
      <h1 className="shout shout-s">{q ? <bdi>“{q}”</bdi> : "Find an artist"}</h1>
      <p className="lead" role="status">
        {q
          ? summary(here.length, others.length, upstream)
          : "Type a name. We look here first, then at Ticketmaster."}
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
