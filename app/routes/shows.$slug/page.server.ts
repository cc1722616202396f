/** What the page of a show shows: one question for the show, one for who asks, and words for both. */
import type { AppLoadContext, SerializeFrom } from "@remix-run/node";
import type { RouterOutputs } from "#server/routers/_app";
import { clockIn, price, zoneName } from "../../formats";
import { named } from "../../places";
import { isCovered } from "../../spoilers";
import { type Bill, billOf } from "./bill";
import { refusedIn } from "./refusals";
import { type Result, resultOf } from "./result";
import { type Order, orderOf, sheetOf } from "./sheet";
import { votingOf } from "./voting";
import { type When, whenOf } from "./when";

type Answer = RouterOutputs["show"]["bySlug"];
type Setlist = NonNullable<Answer["setlist"]>;
type Fan = RouterOutputs["auth"]["me"]["fan"];

type Page = {
  show: Omit<Answer["show"], "bill">;
  bill?: Bill;
  sourced: Omit<Answer, "show" | "setlist" | "actual" | "accuracy" | "scored">;
  when: When;
  price?: string;
  now: Date;
  origin: string;
  /** how many songs there are, where the visitor wants to be surprised */
  covered?: number;
  /** what the odds were made from, and how far to trust them */
  about?: About;
  /** it is too late for odds */
  begun: boolean;
  /** somebody has written down what they played */
  over: boolean;
  /** what became of it; then there is no list to vote on */
  result?: Result;
  list?: List;
};
/** What the page shows, once it is in a browser. */
export type ShowPage = SerializeFrom<Page>;
type About = Omit<Setlist, "songs" | "left" | "votingOpen" | "closesAt" | "fans">;
type List = ReturnType<typeof listOf> & ReturnType<typeof askedBy> & { found?: Found };
type Found = { q: string; songs: RouterOutputs["vote"]["songsToSuggest"]["songs"] };

/** @param request its address says in which order, whether covered, what was refused, and which song is missed */
export async function readShowPage(context: AppLoadContext, slug: string, request: Request): Promise<Page> {
  const { trpc, origin, guestVotes } = context;
  const [{ show, setlist, actual, accuracy, scored, ...sourced }, { fan }] = await Promise.all([
    trpc.show.bySlug({ slug }),
    trpc.auth.me(),
  ]);
  const { searchParams } = new URL(request.url);
  const now = new Date();
  const { bill, venue, ...rest } = show;
  const page = {
    show: { ...rest, venue: venue && named(venue) },
    bill: billOf({ bill, artist: show.artist }),
    sourced,
    when: whenOf(show, now, { over: actual !== undefined, predicted: setlist !== undefined }),
    begun: show.status === "past" || (show.startsAt !== null && show.startsAt <= now),
    over: actual !== undefined,
    price: show.priceRange && price(show.priceRange),
    now,
    origin,
  };
  const songs = setlist?.songs.length ?? actual?.songs.length;
  if (songs !== undefined && isCovered(request)) return { ...page, covered: songs };
  if (actual && accuracy && scored)
    return {
      ...page,
      about: setlist && aboutOf(setlist),
      result: resultOf({ actual, accuracy, scored, setlist, now }),
    };
  if (!setlist) return page;
  const order = orderOf(searchParams.get("order"));
  const read = order === "rarest" ? await trpc.show.lastPlayed({ showId: show.id }) : undefined;
  const links = read && new Map(read.songs.map(({ setlistSongId, url }) => [setlistSongId, url]));
  const list = listOf({ show, setlist, searchParams, now, order, links });
  const q = searchParams.get("suggest")?.trim().slice(0, 100);
  const found =
    q && list.voting.open ? { q, ...(await trpc.vote.songsToSuggest({ showId: show.id, q })) } : undefined;
  return { ...page, about: aboutOf(setlist), list: { ...list, ...askedBy(fan, guestVotes), found } };
}

function aboutOf(setlist: Setlist): About {
  const { basis, model, expectedSongs, showsKnown, repeatRate, madeAt } = setlist;
  return { basis, model, expectedSongs, showsKnown, repeatRate, madeAt };
}

type Asked = Pick<Answer, "show"> & { setlist: Setlist; searchParams: URLSearchParams; now: Date } & {
  order: Order;
  links?: ReadonlyMap<string, string>;
};

function listOf({ show, setlist, searchParams, now, order, links }: Asked) {
  const { songs, left, fans } = setlist;
  const voting = votingOf(show, setlist, left.expect.used + left.wish.used, now);
  return {
    sheet: sheetOf(setlist, order, links),
    fans,
    voting,
    left,
    counted: voting.open || songs.some(({ votes, wishes }) => votes + wishes > 0),
    refused: refusedIn(searchParams, voting, left),
    loadedAt: `${clockIn(now, show.timezone)} ${zoneName(now, show.timezone ?? "UTC")}`,
  };
}

function askedBy(fan: Fan, guestVotes: boolean) {
  const nobody = guestVotes ? ("nobody" as const) : ("stranger" as const);
  return {
    who: !fan ? nobody : fan.guest ? ("guest" as const) : ("fan" as const),
    admin: fan?.role === "admin",
  };
}
