/** How the services are: what is left of their budgets, whether they are asked, and how they answered of late. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/** Bars of the last half hour, a minute each. */
export const UPSTREAM_BARS = 30;
/** Over so many minutes the latency is told. */
const LATENCY_MINUTES = 5;

export type UpstreamBar = { answered: number; slow: number; limited: number; failed: number };

export type UpstreamOverview = {
  upstream: string;
  refused: boolean;
  /** until when it is left alone; null: it is asked */
  closedUntil: Date | null;
  usedToday: number;
  perDay: number;
  /** calls a second that the budget grants, and turns of the coming second that nobody has taken */
  rps: number;
  freeThisSecond: number;
  /** set while the day's calls are spent: when the next day begins */
  quotaUntil: Date | null;
  lastError: string | null;
  lastErrorAt: Date | null;
  /** of the answers within the last 5 minutes, in ms; null: there was none */
  meanMs: number | null;
  mostMs: number | null;
  /** the oldest minute first */
  bars: UpstreamBar[];
};

type Account = { upstream: string; keyHash: string; rps: number; perDay: number };

/** Of these services, in one statement; the last bar is the minute that runs. */
export async function listUpstreamOverview(db: DbOrTrx, accounts: Account[]): Promise<UpstreamOverview[]> {
  const { rows } = await sql<UpstreamOverview>`
    select a.upstream, coalesce(s.refused, false) as refused,
      case when s.closed_until > now() then s.closed_until end as "closedUntil",
      today.used as "usedToday", a."perDay", a.rps,
      greatest(0, ceil(a.rps * (1 - greatest(0, coalesce(extract(epoch from b.next_slot_at - now()), 0)))))::int
        as "freeThisSecond",
      case when today.used >= a."perDay" then b.day_started_at + interval '24 hours' end as "quotaUntil",
      s.last_error as "lastError", s.last_error_at as "lastErrorAt",
      round(latency.total / nullif(latency.answered, 0))::int as "meanMs",
      case when latency.answered > 0 then latency.most end as "mostMs",
      bars.bars
    from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
      as a(upstream text, "keyHash" text, rps float8, "perDay" integer)
    left join upstream_budgets b on b.upstream = a.upstream and b.key_hash = a."keyHash"
    left join upstream_state s on s.upstream = a.upstream and s.key_hash = a."keyHash"
    cross join lateral (
      select case when b.day_started_at + interval '24 hours' > now() then b.used else 0 end as used
    ) today
    cross join lateral (
      select sum(ms_total)::float8 as total, sum(answered)::float8 as answered, max(ms_most) as most
      from upstream_minutes m
      where m.upstream = a.upstream and m.minute > now() - make_interval(mins => ${LATENCY_MINUTES}::int)
    ) latency
    cross join lateral (
      select json_agg(json_build_object('answered', coalesce(m.answered, 0), 'slow', coalesce(m.slow, 0),
        'limited', coalesce(m.limited, 0), 'failed', coalesce(m.failed, 0)) order by ago desc) as bars
      from generate_series(0, ${UPSTREAM_BARS}::int - 1) as minutes(ago)
      left join upstream_minutes m on m.upstream = a.upstream
        and m.minute = date_trunc('minute', now()) - make_interval(mins => ago)
    ) bars
    order by a.upstream`.execute(db as Db);
  return rows;
}
