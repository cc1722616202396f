/** Every question that a page of the control room asks, in the ways its pages ask it. A new one without a line fails. */
import { sql } from "kysely";
import type { Db } from "#db/index";

/** The administrator's caller. Its types are left out: the table below is held to its names when it runs. */
export type Admin = Record<string, (input?: object) => Promise<unknown>>;
type Ids = {
  importId: string;
  running: string;
  artistId: string;
  songId: string;
  fanId: string;
  failedJob: string;
};
type Ask = (admin: Admin, ids: Ids) => Promise<unknown>;

/** Two pages: the second goes by its key. */
const pages =
  (name: string, input: object): Ask =>
  async (admin) => {
    const { nextCursor } = (await admin[name]!(input)) as { nextCursor?: string };
    if (nextCursor) await admin[name]!({ ...input, cursor: nextCursor });
  };
/** The same of one administrator, artist or whatever else is only known by then. */
const once =
  (name: string, inputOf: (ids: Ids) => object | undefined = () => undefined): Ask =>
  (admin, ids) =>
    admin[name]!(inputOf(ids));

export const cases: Record<string, Record<string, Ask>> = {
  overview: {
    "15 minutes": once("overview", () => ({ range: "15m" })),
    "1 hour": once("overview", () => ({ range: "1h" })),
    "24 hours": once("overview", () => ({ range: "24h" })),
  },
  look: { "": once("look") },
  workers: { "": once("workers") },
  upstreams: { "": once("upstreams") },
  schedules: { "": once("schedules") },
  audit: {
    all: pages("audit", {}),
    "of an administrator": once("audit", ({ fanId }) => ({ actor: fanId })),
    "of a thing": pages("audit", { subjectKind: "queue", subjectId: "subject-0" }),
  },
  imports: {
    all: pages("imports", {}),
    running: pages("imports", { state: "running" }),
    partial: pages("imports", { state: "partial" }),
    failed: pages("imports", { state: "failed" }),
    cancelled: pages("imports", { state: "cancelled" }),
    "of an artist": pages("imports", { q: "Band 7" }),
    "of nobody": pages("imports", { q: "nobody at all" }),
    "with a common text": pages("imports", { text: "setlist.fm" }),
    "with a rare text": pages("imports", { text: "no artist 970" }),
    "with no such text": pages("imports", { text: "zebra" }),
    "of a day": pages("imports", { from: dayAgo(3), to: dayAgo(2) }),
    "syncs, partial": pages("imports", { kind: "sync", state: "partial" }),
    "all filters": pages("imports", { state: "partial", q: "band 12", text: "setlist.fm", from: dayAgo(9) }),
  },
  import: {
    "a partial one": once("import", ({ importId }) => ({ importId })),
    "a running one": once("import", ({ running }) => ({ importId: running })),
  },
  importBatch: { "": once("importBatch", ({ importId }) => ({ batchId: importId })) },
  matches: {
    all: pages("matches", {}),
    doubtful: pages("matches", { doubtful: true }),
    "of an artist": pages("matches", { q: "Band 7" }),
  },
  match: { "": once("match", ({ artistId }) => ({ artistId })) },
  songs: {
    all: once("songs", ({ artistId }) => ({ artistId })),
    "by title": once("songs", ({ artistId }) => ({ artistId, q: "song 3" })),
  },
  song: { "": once("song", ({ songId }) => ({ songId })) },
  fans: {
    all: pages("fans", {}),
    "by e-mail": pages("fans", { q: "fan12" }),
    "by name": pages("fans", { q: "Fan 12" }),
    administrators: pages("fans", { role: "admin" }),
    blocked: pages("fans", { state: "blocked" }),
  },
  fan: { "": once("fan", ({ fanId }) => ({ fanId })) },
  suggestions: {
    new: pages("suggestions", { state: "new" }),
    hidden: pages("suggestions", { state: "hidden" }),
    all: pages("suggestions", { state: "all" }),
  },
  queues: { "": once("queues") },
  jobs: {
    waiting: pages("jobs", { queue: "setlist-sync", state: "waiting" }),
    active: pages("jobs", { queue: "artist-import", state: "active" }),
    failed: pages("jobs", { queue: "setlist-sync", state: "failed" }),
    completed: pages("jobs", { queue: "setlist-sync", state: "completed" }),
    cancelled: pages("jobs", { queue: "setlist-sync", state: "cancelled" }),
    "waiting, with text": pages("jobs", { queue: "setlist-sync", state: "waiting", q: "zebra" }),
    "completed, with text": pages("jobs", { queue: "setlist-sync", state: "completed", q: "zebra" }),
    "failed, of one error": pages("jobs", {
      queue: "setlist-sync",
      state: "failed",
      errorKey: "no row # of “…”3",
    }),
    "dead letters": pages("jobs", { queue: "dead-letter", state: "waiting" }),
  },
  failedJobs: {
    all: pages("failedJobs", {}),
    "of a queue": pages("failedJobs", { queue: "setlist-sync" }),
  },
  failureGroups: {
    all: once("failureGroups", () => ({})),
    "of a queue": once("failureGroups", () => ({ queue: "setlist-sync" })),
  },
  countJobs: {
    waiting: once("countJobs", () => ({ queue: "setlist-sync", state: "waiting" })),
    completed: once("countJobs", () => ({ queue: "setlist-sync", state: "completed" })),
    "of one error": once("countJobs", () => ({
      queue: "setlist-sync",
      state: "failed",
      errorKey: "no row # of “…”3",
    })),
  },
  job: {
    failed: once("job", ({ failedJob }) => ({ queue: "setlist-sync", jobId: failedJob })),
    active: (admin, { running }) => jobOf(admin, running),
  },
};

/** The job that runs an import, found as the page finds it. */
async function jobOf(admin: Admin, importId: string): Promise<void> {
  const { jobs } = (await admin.jobs!({ queue: "artist-import", state: "active", q: importId })) as {
    jobs: { jobId: string }[];
  };
  if (jobs[0]) await admin.job!({ queue: "artist-import", jobId: jobs[0].jobId });
}

function dayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** One of each kind that pages are about. */
export async function findIds(db: Db): Promise<Ids> {
  const { rows } = await sql<Ids>`select
    (select id from imports where stage = 'partial' and kind = 'import' order by id limit 1) as "importId",
    (select id from imports where completed_at is null order by id limit 1) as running,
    (select id from artists order by id limit 1) as "artistId",
    (select id from songs order by id limit 1) as "songId",
    (select id from fans where role = 'admin' order by id limit 1) as "fanId",
    (select id from pgboss.job_common where name = 'setlist-sync' and state = 'failed' order by id limit 1)
      as "failedJob"`.execute(db);
  return rows[0]!;
}
