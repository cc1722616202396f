/** What the record's page shows: fans of a season, the machine beside its rivals, and the odds against what happened. */
import type { SerializeFrom } from "@remix-run/node";
import type { Caller, RouterOutputs } from "#server/routers/_app";
import { localDay } from "../../formats";
import { rivalRows } from "../../scorers";
import { calibrationOf } from "./calibration";
import { pointsOf, seasonsOf } from "./points";

export type RecordPage = SerializeFrom<Awaited<ReturnType<typeof readRecordPage>>>;
type Fan = RouterOutputs["leaderboard"]["fans"]["fans"][number];

export async function readRecordPage(trpc: Caller, params: URLSearchParams) {
  const asked = params.get("season") ?? "";
  const season = /^(19|2\d)\d\d$/.test(asked) ? Number(asked) : undefined;
  const cursor = params.get("after") ?? undefined;
  const [board, record] = await Promise.all([
    trpc.leaderboard.fans({ season, cursor }),
    trpc.leaderboard.record(),
  ]);
  const { fans, mine, mean, ranked, seasons, nextCursor } = board;
  const now = new Date();
  const thisYear = now.getUTCFullYear();
  return {
    season: season ?? null,
    seasons: seasonsOf(seasons, thisYear),
    fans: fans.map(fanRow),
    // Whoever asks is shown where they stand, also where that is on another page.
    mine: mine && !fans.some((fan) => fan.mine) ? fanRow(mine) : null,
    mean: mean === null ? null : pointsOf(mean),
    ranked,
    nextCursor,
    later: cursor !== undefined,
    rivals: rivalRows(record.scorers),
    shows: record.scorers.find(({ scorer }) => scorer === "machine")?.shows ?? 0,
    calibration: calibrationOf(record.calibration),
    latest: record.latest,
    worst: record.worst,
    today: localDay(now, "UTC"),
  };
}

function fanRow({ place, name, score, share, shows, mine }: Fan) {
  return { place, name, points: pointsOf(score), right: Math.round(100 * share), shows, mine };
}
