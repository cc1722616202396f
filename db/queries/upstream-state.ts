/** Breakers and refusals, a row per service and key. All times are the database's. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

type Key = { upstream: string; keyHash: string };

export type UpstreamState = {
  refused: boolean;
  failures: number;
  closings: number;
  closedUntil: Date | null;
  /** 0 or less: over */
  closedForMs: number | null;
  /** set while the day is spent */
  quotaUntil: Date | null;
};

/** Undefined while nothing has ever gone wrong. */
export async function findUpstreamState(
  db: DbOrTrx,
  { upstream, keyHash, perDay }: Key & { perDay: number },
): Promise<UpstreamState | undefined> {
  return db
    .selectFrom("upstream_state as s")
    .leftJoin("upstream_budgets as b", (join) =>
      join
        .onRef("b.upstream", "=", "s.upstream")
        .onRef("b.key_hash", "=", "s.key_hash")
        .on("b.used", ">=", perDay)
        .on(sql<boolean>`b.day_started_at + interval '24 hours' > clock_timestamp()`),
    )
    .where("s.upstream", "=", upstream)
    .where("s.key_hash", "=", keyHash)
    .select([
      "s.refused",
      "s.failures",
      "s.closings",
      "s.closed_until as closedUntil",
      sql<number | null>`extract(epoch from s.closed_until - clock_timestamp()) * 1000`.as("closedForMs"),
      sql<Date | null>`b.day_started_at + interval '24 hours'`.as("quotaUntil"),
    ])
    .executeTakeFirst();
}

/** Weight from which on failures in a row close a service. */
const ENOUGH = 3;

/**
 * Counts a failed try; at a weight of 3 in a row the service is closed. Failures of tries that were still under way
 * when it closed do not count, or one outage would double its own closing. The probe's failure does.
 * @returns until when it is closed, if it is
 */
export async function recordFailure(
  db: DbOrTrx,
  args: Key & { weight: number; probe: boolean; closeMs: number; maxCloseMs: number; error: string },
): Promise<Date | undefined> {
  const counts = sql`(${args.probe}::boolean or s.closed_until is null or s.closed_until <= clock_timestamp())`;
  const closes = sql`(${counts} and s.failures + ${args.weight}::int >= ${ENOUGH}::int)`;
  const { rows } = await sql<{ closedUntil: Date | null }>`
    insert into upstream_state as s (upstream, key_hash, failures, last_error, last_error_at)
    values (${args.upstream}, ${args.keyHash}, ${args.weight}::int, ${args.error}, clock_timestamp())
    on conflict (upstream, key_hash) do update set
      failures = least(s.failures + case when ${counts} then ${args.weight}::int else 0 end, 100),
      closings = s.closings + case when ${closes} then 1 else 0 end,
      closed_until = case when ${closes}
        then clock_timestamp() + make_interval(secs =>
          least(${args.closeMs}::float8 * power(2, least(s.closings, 20)), ${args.maxCloseMs}::float8) / 1000)
        else s.closed_until end,
      last_error = excluded.last_error,
      last_error_at = excluded.last_error_at,
      updated_at = clock_timestamp()
    returning case when s.closed_until > clock_timestamp() then s.closed_until end as "closedUntil"`.execute(
    db,
  );
  return rows[0]?.closedUntil ?? undefined;
}

/** The service asked for a rest, or its day is spent: it is alive, so failures are forgotten, and closed until then. */
export async function restUpstream(
  db: DbOrTrx,
  args: Key & { until: { inMs: number } | Date; error: string },
): Promise<Date> {
  const until =
    args.until instanceof Date
      ? sql`${args.until.toISOString()}::timestamptz`
      : sql`clock_timestamp() + make_interval(secs => ${args.until.inMs / 1000})`;
  const { rows } = await sql<{ closedUntil: Date }>`
    insert into upstream_state as s (upstream, key_hash, closed_until, last_error, last_error_at)
    values (${args.upstream}, ${args.keyHash}, ${until}, ${args.error}, clock_timestamp())
    on conflict (upstream, key_hash) do update set
      failures = 0, closings = 0,
      -- A probe's own claim is no rest; any other closing that lasts longer stands.
      closed_until = case when s.closings > 0 then excluded.closed_until
        else greatest(s.closed_until, excluded.closed_until) end,
      last_error = excluded.last_error, last_error_at = excluded.last_error_at, updated_at = clock_timestamp()
    returning s.closed_until as "closedUntil"`.execute(db);
  return rows[0]!.closedUntil;
}

/** The service does not take this key. Stands until the key is another one, or someone resets it. */
export async function refuseKey(db: DbOrTrx, args: Key & { error: string }): Promise<void> {
  const fields = { refused: true, last_error: args.error, last_error_at: sql<Date>`clock_timestamp()` };
  await db
    .insertInto("upstream_state")
    .values({ upstream: args.upstream, key_hash: args.keyHash, ...fields })
    .onConflict((conflict) =>
      conflict
        .columns(["upstream", "key_hash"])
        .doUpdateSet({ ...fields, updated_at: sql<Date>`clock_timestamp()` }),
    )
    .execute();
}

/** Lets one caller try a service whose closing is over; the others stay out for `ms` or until its answer. */
export async function claimProbe(db: DbOrTrx, args: Key & { ms: number }): Promise<boolean> {
  const claimed = await db
    .updateTable("upstream_state")
    .set({ closed_until: sql<Date>`clock_timestamp() + make_interval(secs => ${args.ms / 1000})` })
    .where("upstream", "=", args.upstream)
    .where("key_hash", "=", args.keyHash)
    .where("closings", ">", 0)
    .where(sql<boolean>`closed_until <= clock_timestamp()`)
    .returning("upstream")
    .executeTakeFirst();
  return claimed !== undefined;
}

/** It answered: failures and closings are forgotten. A rest it asked for meanwhile, and a refusal, stand. */
export async function resetUpstream(db: DbOrTrx, args: Key): Promise<void> {
  await db
    .updateTable("upstream_state")
    .set({ failures: 0, closings: 0, closed_until: null, updated_at: sql<Date>`clock_timestamp()` })
    .where("upstream", "=", args.upstream)
    .where("key_hash", "=", args.keyHash)
    .where(sql<boolean>`(closings > 0 or closed_until is null or closed_until <= clock_timestamp())`)
    .execute();
}

/**
 * Forgets that a service refused our key, and that it is left alone: an administrator has it asked again. The day's
 * count stays. @returns how it was; undefined: it was open, and nothing is changed
 */
export async function openUpstream(
  trx: DbOrTrx,
  { upstream, keyHash }: Key,
): Promise<{ refused: boolean; lastError: string | null } | undefined> {
  const { rows } = await sql<{ refused: boolean; lastError: string | null }>`
    with was as (
      select upstream, key_hash, refused, last_error from upstream_state
      where upstream = ${upstream} and key_hash = ${keyHash}
        and (refused or closed_until > clock_timestamp() or closings > 0)
      for update
    )
    update upstream_state s set
      refused = false, failures = 0, closings = 0, closed_until = null, updated_at = clock_timestamp()
    from was where s.upstream = was.upstream and s.key_hash = was.key_hash
    returning was.refused, was.last_error as "lastError"`.execute(trx as Db);
  return rows[0];
}

/**
 * Which of these may be asked now: not refused, no closing that goes on, calls left for the day.
 * @returns proven: it has answered since it last failed
 */
export async function listOpenAccounts(
  db: DbOrTrx,
  accounts: { upstream: string; keyHash: string; perDay: number }[],
): Promise<{ upstream: string; proven: boolean }[]> {
  const { rows } = await sql<{ upstream: string; proven: boolean }>`
    select a.upstream, coalesce(s.closings, 0) = 0 as proven
    from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
      as a(upstream text, "keyHash" text, "perDay" integer)
    left join upstream_state s on s.upstream = a.upstream and s.key_hash = a."keyHash"
    where s.refused is not true
      and coalesce(s.closed_until <= clock_timestamp(), true)
      and not exists (select from upstream_budgets b where b.upstream = a.upstream
        and b.key_hash = a."keyHash" and b.used >= a."perDay"
        and b.day_started_at + interval '24 hours' > clock_timestamp())
    order by a.upstream`.execute(db);
  return rows;
}
