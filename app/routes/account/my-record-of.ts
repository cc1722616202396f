/** One's own record in words. */
import { oddsWord, percent } from "#rules/odds";
import type { RouterOutputs } from "#server/routers/_app";
import { count } from "../../formats";
import { meanOf } from "../../scorers";

type Mine = RouterOutputs["leaderboard"]["mine"];
type Call = NonNullable<Mine["record"]>["best"][number];

/** @param covered the visitor wants to be surprised: no song that was played */
export function myRecordOf({ record, season }: Mine, covered: boolean) {
  if (!record) return undefined;
  const { isNamed, shows, hits, played, share, best, first, firsts } = record;
  return {
    isNamed,
    shows,
    mean: hits === null || played === null ? "" : meanOf({ hits, played }),
    right: share === null ? "" : `${Math.round(100 * share)} of 100`,
    season: season.year,
    place: season.place,
    ranked: season.ranked,
    best: covered ? [] : best.map(callOf),
    first: covered ? [] : first.map(callOf),
    firsts,
    covered,
  };
}

function callOf({ title, probability, votes, isFirst, slug, artistName, localDate }: Call) {
  const others = Math.max(0, votes - 1);
  return {
    song: title,
    // Suggested by a fan: there were no odds at all.
    odds: probability > 0 ? `${percent(probability)}%, ${oddsWord(probability)}` : "no odds given",
    others:
      others === 0
        ? "nobody else named it"
        : `${count(others, "other fan", "other fans")} named it${isFirst ? ", after me" : " too"}`,
    slug,
    artist: artistName ?? "An artist at Ticketmaster",
    localDate,
  };
}
