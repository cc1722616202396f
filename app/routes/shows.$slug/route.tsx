import {
  json,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { load } from "../../call.server";
import { dayMonth, place } from "../../formats";
import { act } from "./act.server";
import { ShowHead } from "./head";
import { ListRail } from "./list-rail";
import { readShowPage } from "./page.server";
import { ShowRail } from "./rail";
import { HowCounted, ResultSheet } from "./result-sheet";
import { Setlist } from "./setlist";
import { useBallots } from "./use-ballots";

export async function loader({ params: { slug = "" }, request, context }: LoaderFunctionArgs) {
  const page = await load(readShowPage(context, slug, request));
  if (page.show.slug !== slug) return redirect(`/shows/${page.show.slug}${new URL(request.url).search}`, 301);
  return json(page);
}

/** A vote, a suggestion, or what an administrator does with a song. */
export const action = ({ request, context }: ActionFunctionArgs) => load(act(context.trpc, request));

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { artist, venue, localDate, slug, status } = data.show;
  const date = localDate ? dayMonth(localDate) : "date to be announced";
  const where = venue ? ` at ${place(venue.name, venue.city)}` : "";
  return [
    {
      title: `${artist.name}${where}, ${date} – ${data.over ? "what they played" : status === "past" ? "our odds" : "what they will play"} · TheSet`,
    },
    {
      name: "description",
      content: data.over
        ? `What ${artist.name} played${where}, against the odds we gave: hits, misses and surprises.`
        : `The setlist we expect of ${artist.name}${where}: every song with its odds, and why.`,
    },
    { tagName: "link", rel: "canonical", href: `${data.origin}/shows/${slug}` },
  ];
};

export default function ShowPage() {
  const { show, bill, sourced, when, price, now, covered, about, begun, over, list, result } =
    useLoaderData<typeof loader>();
  const { votes, left } = useBallots(show.id, list, now);
  return (
    <div className="cols">
      <div className="min-w-0">
        <ShowHead show={show} when={when} price={price} />
        {result ? (
          <ResultSheet result={result} />
        ) : (
          <Setlist
            list={list}
            covered={covered}
            begun={begun}
            over={over}
            label={list?.voting.label ?? when.label}
            show={show}
            votes={votes}
            left={left}
          />
        )}
      </div>
      <ShowRail about={about} bill={bill} show={show} sourced={sourced} now={now}>
        {result && <HowCounted />}
        {list && <ListRail list={list} votes={votes} left={left} timezone={show.timezone} />}
      </ShowRail>
    </div>
  );
}
