/** The turns and the day's count of each service, shared by all processes. All times are the database's. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

export type SlotArgs = {
  upstream: string;
  keyHash: string;
  /** between two calls */
  intervalMs: number;
  /** a turn further away than this is not taken */
  aheadMs: number;
  /** calls of the day from which on this caller gets none */
  mayUse: number;
  /** false when an earlier turn of the same call was let go unused: it is counted already */
  counts: boolean;
};

export type Slot = {
  taken: boolean;
  /** until the turn taken, or until the next free one */
  waitMs: number;
  /** set when none was given because the day is spent */
  quotaUntil: Date | null;
};

/** Takes the next turn, when there is one near enough and the day has calls left; else tells what is in the way. */
export async function takeSlot(db: DbOrTrx, args: SlotArgs): Promise<Slot> {
  const { upstream, keyHash, mayUse } = args;
  const interval = sql`make_interval(secs => ${args.intervalMs / 1000})`;
  const ahead = sql`make_interval(secs => ${args.aheadMs / 1000})`;
  const count = args.counts ? 1 : 0;
  const { rows } = await sql<Slot>`
    with taken as (
      insert into upstream_budgets as b (upstream, key_hash, next_slot_at, day_started_at, used)
      values (${upstream}, ${keyHash}, clock_timestamp() + ${interval}, clock_timestamp(), ${count}::int)
      on conflict (upstream, key_hash) do update set
        next_slot_at = greatest(b.next_slot_at, clock_timestamp()) + ${interval},
        day_started_at = case when b.day_started_at + interval '24 hours' <= clock_timestamp()
          then clock_timestamp() else b.day_started_at end,
        used = ${count}::int + case when b.day_started_at + interval '24 hours' <= clock_timestamp()
          then 0 else b.used end
      where b.next_slot_at <= clock_timestamp() + ${ahead}
        and (${count}::int = 0 or b.used < ${mayUse}::int
          or b.day_started_at + interval '24 hours' <= clock_timestamp())
      returning b.next_slot_at - ${interval} as slot_at
    )
    select true as taken,
      extract(epoch from slot_at - clock_timestamp()) * 1000 as "waitMs",
      null::timestamptz as "quotaUntil"
    from taken
    union all
    select false,
      extract(epoch from next_slot_at - clock_timestamp()) * 1000,
      case when used >= ${mayUse}::int and day_started_at + interval '24 hours' > clock_timestamp()
        then day_started_at + interval '24 hours' end
    from upstream_budgets
    where upstream = ${upstream} and key_hash = ${keyHash} and not exists (select from taken)`.execute(db);
  // No row: another process made the first one this very moment.
  return rows[0] ?? { taken: false, waitMs: args.intervalMs, quotaUntil: null };
}

/**
 * The service says that the day is spent, whatever we counted. Without a word on when it ends, our own day's end
 * stands (it began with the key's first call, as theirs did), an hour from now at least.
 * @returns when it is over, 25 hours from now at most
 */
export async function spendDay(
  db: DbOrTrx,
  args: { upstream: string; keyHash: string; perDay: number; until?: Date | undefined },
): Promise<Date> {
  const until = args.until?.toISOString() ?? null;
  const { rows } = await sql<{ until: Date }>`
    insert into upstream_budgets as b (upstream, key_hash, used, day_started_at)
    values (${args.upstream}, ${args.keyHash}, ${args.perDay}::int, clock_timestamp())
    on conflict (upstream, key_hash) do update set
      used = greatest(b.used, ${args.perDay}::int),
      day_started_at = least(clock_timestamp() + interval '1 hour', greatest(
        coalesce(${until}::timestamptz - interval '24 hours', b.day_started_at),
        clock_timestamp() - case when ${until}::timestamptz is null
          then interval '23 hours' else interval '24 hours' end))
    returning b.day_started_at + interval '24 hours' as until`.execute(db);
  return rows[0]!.until;
}
