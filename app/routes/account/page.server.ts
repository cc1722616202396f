/** What one's own page shows: who one is, one's picks a page at a time, where one is signed in, and what just happened. */
import type { SerializeFrom } from "@remix-run/node";
import type { Caller, RouterOutputs } from "#server/routers/_app";
import { ago, localDay } from "../../formats";
import { safePath } from "../../safe-path";
import { browserName } from "./browser-name";
import { myRecordOf } from "./my-record-of";
import { saidOf } from "./said";

export type Me = NonNullable<RouterOutputs["auth"]["me"]["fan"]>;
export type AccountPage = SerializeFrom<Awaited<ReturnType<typeof readAccountPage>>>;

/** @param covered the visitor wants to be surprised: no song that was played */
export async function readAccountPage(trpc: Caller, me: Me, params: URLSearchParams, covered: boolean) {
  const after = params.get("after") ?? undefined;
  const [picks, { sessions }, record] = await Promise.all([
    trpc.auth.votes({ cursor: after }),
    trpc.auth.sessions(),
    trpc.leaderboard.mine(),
  ]);
  const now = new Date();
  return {
    me,
    record: myRecordOf(record, covered),
    picks: { ...picks, later: after !== undefined },
    sessions: sessions.map(({ id, current, userAgent, seenAt, createdAt }) => ({
      id,
      current,
      browser: browserName(userAgent),
      // Uses are written down to the hour; the present one is now.
      used: current ? "in use now" : `last used ${ago(seenAt, now)}`,
      since: localDay(createdAt, "UTC"),
    })),
    said: saidOf(params),
    wayOn: params.has("redirectTo") ? safePath(params.get("redirectTo")) : undefined,
    today: localDay(now, "UTC"),
  };
}
