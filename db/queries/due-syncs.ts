/**
 * Which artists are due to be read again, step by step. Every list leaves out artists with a live import or a live sync
 * of that step, and those whose syncs failed until their back-off is over.
 */
import { type RawBuilder, sql } from "kysely";
import type { DbOrTrx } from "../index.ts";
import type { SyncStep } from "./imports.ts";
import { isComing, todayAt } from "./shows.ts";

type Period = "3 hours" | "6 hours" | "7 days";

/** when it was last read to its end */
const readAt = {
  shows: sql<Date | null>`artists.shows_read_at`,
  songs: sql<Date | null>`artists.songs_read_at`,
  "past-setlists": sql<Date | null>`artists.past_setlists_read_at`,
} satisfies Partial<Record<SyncStep, RawBuilder<Date | null>>>;
type DueStep = keyof typeof readAt;

/** Six hours after the first failure, then twice as long each time, a week at most. */
const backOff = sql`least(interval '7 days', interval '6 hours' * power(2, least(tried.failures, 10) - 1))`;

/**
 * Artists whose step was not read within the period, and not tried either: by what was read alone, an artist whom a
 * service does not know would stay first in line for ever.
 */
function due(db: DbOrTrx, step: DueStep, period: RawBuilder<unknown>) {
  return db
    .selectFrom("artists")
    .leftJoin("sync_tries as tried", (join) =>
      join.onRef("tried.artist_id", "=", "artists.id").on("tried.step", "=", step),
    )
    .select("artists.id")
    .where("artists.name", "is not", null)
    .where(sql<boolean>`coalesce(${readAt[step]} + ${period} <= now(), true)`)
    .where(
      sql<boolean>`coalesce(
        tried.tried_at + case when tried.failures > 0 then ${backOff} else ${period} end <= now(), true)`,
    )
    .where(
      sql<boolean>`not exists (select from imports where imports.artist_id = artists.id
        and completed_at is null and (kind = 'import' or step = ${step}))`,
    );
}

/** Never read first, then whoever waits longest. */
const lastTime = (step: DueStep) => sql`greatest(${readAt[step]}, tried.tried_at) nulls first`;

const interval = (period: Period) => sql`${period}::interval`;

const hasComingShow = sql<boolean>`exists (select from shows where shows.artist_id = artists.id
  and shows.status <> 'cancelled' and ${isComing})`;
const isViewed = sql<boolean>`exists (select from views where views.kind = 'artist'
  and views.target_id = artists.id and views.day > current_date - 30)`;

/** Active artists – with a coming show, or looked at within 30 days – whose shows or songs are due. */
export async function listActiveDue(db: DbOrTrx, step: "shows" | "songs", limit: number): Promise<string[]> {
  const rows = await due(db, step, interval(step === "shows" ? "6 hours" : "7 days"))
    .where((eb) => eb.or([hasComingShow, isViewed]))
    .orderBy(lastTime(step))
    .orderBy("artists.id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Artists whose shows are close enough to be moved or called off, or wait for a new date; the next show first. */
export async function listStatusDue(db: DbOrTrx, limit: number): Promise<string[]> {
  // By the index on the date, not artist by artist.
  const next = db
    .selectFrom("shows")
    .select(["shows.artist_id", sql<string | null>`min(shows.local_date)`.as("date")])
    .where("shows.status", "<>", "cancelled")
    .where(isComing)
    .where(
      sql<boolean>`(shows.local_date is null or shows.local_date between current_date - 1 and current_date + 14)`,
    )
    .groupBy("shows.artist_id");
  const rows = await due(db, "shows", interval("6 hours"))
    .innerJoin(next.as("next"), "next.artist_id", "artists.id")
    .orderBy("next.date", (order) => order.asc().nullsLast())
    .orderBy("artists.id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * A show of the last three days whose setlist is not there or has not settled (result-matches.ts): people write it down
 * during the night and correct it on the day after.
 */
const isAwaited = sql<boolean>`exists (select from shows
  left join show_results result on result.show_id = shows.id
  where shows.artist_id = artists.id and shows.missing_since is null
    and shows.status not in ('cancelled', 'postponed') and result.settled_at is null
    and shows.local_date between current_date - 4 and current_date + 1
    and shows.local_date < ${todayAt("shows")} and shows.local_date >= ${todayAt("shows")} - 3)`;

/**
 * Artists with a coming or just played show whose past setlists are due: those with an awaited setlist first and, as it
 * comes within the night, every hour; the others every six.
 */
export async function listSetlistsDue(db: DbOrTrx, limit: number): Promise<string[]> {
  // Less than the hour at which this is asked, so that none is missed.
  const period = sql`case when ${isAwaited} then interval '50 minutes' else interval '6 hours' end`;
  const rows = await due(db, "past-setlists", period)
    .where(
      sql<boolean>`exists (select from shows where shows.artist_id = artists.id
        and (shows.local_date is null or shows.local_date > current_date - 4))`,
    )
    .orderBy(isAwaited, "desc")
    .orderBy(lastTime("past-setlists"))
    .orderBy("artists.id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
