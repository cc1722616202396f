/**
 * Ways through the jobs of one queue, each along an index of pg-boss (named here), so that none ever reads the whole table:
 * a page costs its rows, a filter costs the jobs it looks through at most.
 *
 * States, orders and directions are written into the statement, never bound: a plan made without knowing them could not
 * use a partial index.
 */
import { type RawBuilder, sql } from "kysely";

export const jobStates = ["waiting", "active", "failed", "completed", "cancelled"] as const;
/** `waiting`: new, or to be tried again */
export type JobState = (typeof jobStates)[number];

export type JobFilter = {
  queue: string;
  state: JobState;
  /** failed with this at any of its attempts */
  errorKey?: string | undefined;
  /** anywhere in the payload */
  q?: string | undefined;
};

/** The place of a job in its walk: `at` is Postgres' text, because a Date forgets microseconds. */
export type JobCursor = { priority: number; at: string; id: string };

/** How many jobs a text is looked for in; what is older is looked through from there on. */
export const LOOKED_THROUGH = 10_000;
/** An error's newest failures: more than these are not one page, nor one press. */
const OF_ONE_ERROR = 10_000;

type Walk = {
  where: RawBuilder<unknown>;
  at: RawBuilder<unknown>;
  order: RawBuilder<unknown>;
  after(cursor: JobCursor): RawBuilder<unknown>;
};

/** In the order in which they are taken: index i11. */
const waiting: Walk = {
  where: sql`state < 'active' and not blocked`,
  at: sql`created_on`,
  order: sql`priority desc, created_on, id`,
  after: ({ priority, at, id }) =>
    sql`priority <= ${priority} and (priority < ${priority} or (created_on, id) > (${at}::timestamptz, ${id}::uuid))`,
};

const literal = { active: sql`state = 'active'`, failed: sql`state = 'failed'` };

/** By when their last attempt was due, the newest first: index i14. */
const byStart = (state: "active" | "failed"): Walk => ({
  where: sql`${literal[state]} and not blocked`,
  at: sql`start_after`,
  order: sql`start_after desc, id desc`,
  after: ({ at, id }) => sql`(start_after, id) < (${at}::timestamptz, ${id}::uuid)`,
});

/** By their end, the newest first: index i16, which holds every state that ends. */
const ended: Walk = {
  where: sql`completed_on is not null`,
  at: sql`completed_on`,
  order: sql`completed_on desc, id desc`,
  after: ({ at, id }) => sql`(completed_on, id) < (${at}::timestamptz, ${id}::uuid)`,
};

const walks: Record<JobState, Walk> = {
  waiting,
  active: byStart("active"),
  failed: byStart("failed"),
  // Most of what ends is completed: the few others on the way cost nothing.
  completed: { ...ended, where: sql`completed_on is not null and state = 'completed'` },
  cancelled: ended,
};

/** Whether a walk brings other jobs too, so that it must be looked through. */
export const isLookedThrough = ({ state, q }: JobFilter): boolean => state === "cancelled" || q !== undefined;

/** With `walk_at`, their place in the walk. */
export const wholeRows = sql`j.*`;
/** For counts and actions. */
export const leanRows = sql`j.id, j.state, j.data`;

/** The first jobs of a walk. */
export function walkOf(
  filter: JobFilter,
  options: { after?: JobCursor | undefined; limit: number; rows: RawBuilder<unknown> },
) {
  const { queue, state, errorKey } = filter;
  const walk = walks[state];
  const after = options.after ? sql`and ${walk.after(options.after)}` : sql``;
  // By the error's index, then the primary key: looked for among all failed jobs it could be anywhere.
  const failedSo =
    errorKey === undefined
      ? sql``
      : sql`and id in (select job_id from (
          select job_id from job_failures where queue = ${queue} and error_key = ${errorKey}
          order by failed_at desc limit ${OF_ONE_ERROR}) f)`;
  return sql`
    select ${options.rows}, ${walk.at}::text as walk_at from pgboss.job_common j
    where name = ${queue} and ${walk.where} ${failedSo} ${after}
    order by ${walk.order} limit ${options.limit}`;
}

/** The order of a walk, again, for what was selected from it. */
export const orderOf = ({ state }: JobFilter) => walks[state].order;

/** What of a walk's jobs the filter means. */
export function matches({ state, q }: JobFilter) {
  const conditions = [sql`true`];
  if (state === "cancelled") conditions.push(sql`state = 'cancelled'`);
  if (q !== undefined) conditions.push(sql`data::text ilike ${`%${q.replace(/[\\%_]/g, "\\$&")}%`}`);
  return sql.join(conditions, sql` and `);
}
