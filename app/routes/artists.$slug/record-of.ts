/** How right we were with this artist, in words; nothing before a show was scored. */
import type { RouterOutputs } from "#server/routers/_app";
import { count } from "../../formats";
import { meanOf, rivalRows } from "../../scorers";

/** @param covered the visitor wants to be surprised: no show's own result */
export function recordOf({ scorers, shows }: RouterOutputs["leaderboard"]["artist"], covered: boolean) {
  const machine = scorers.find(({ scorer }) => scorer === "machine");
  if (!machine) return undefined;
  return {
    mean: meanOf(machine),
    shows: count(machine.shows, "show"),
    rivals: rivalRows(scorers),
    latest: covered ? [] : shows,
  };
}
export type ArtistRecord = NonNullable<ReturnType<typeof recordOf>>;
