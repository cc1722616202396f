import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insertAccount } from "#db/queries/fans";
import { insertJobFailure } from "#db/queries/job-failures";
import { insertOrJoinImport } from "#db/queries/imports";
import { insertArtist } from "#db/queries/artists";
import { DEAD_LETTERS } from "#db/queue";
import { testApp } from "../../../tests/app.ts";
import { openSession } from "../../session/open.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(async () => {
  await app.boss.deleteAllJobs(DEAD_LETTERS);
  await sql`truncate queue_controls, audit_log, job_failures`.execute(app.db);
  await app.clear();
});
afterAll(() => app.close());

async function administrator(name: string) {
  const account = { email: `${name}@example.org`, name, passwordHash: "none", role: "admin" } as const;
  const id = (await insertAccount(app.db, account)) ?? "";
  const { caller, context } = app.browser();
  context.setCookie((await openSession(context, app.db, id)).cookie);
  return { id, admin: caller.admin };
}
const log = async () =>
  (await app.db.selectFrom("audit_log").select(["actor", "action", "summary"]).orderBy("id").execute()).map(
    ({ action, summary }) => `${action}: ${summary}`,
  );
const sync = async () => {
  const artistId = randomUUID();
  return (await app.services.queue.send(app.db, "setlist-sync", { artistId }, { key: artistId })) ?? "";
};
/** To the end of its attempts, as a worker would. */
async function failForGood(jobId: string, queue = "setlist-sync") {
  await sql`update pgboss.job_common set retry_limit = 0 where id = ${jobId}`.execute(app.db);
  await app.boss.fetch(queue, { ignoreStartAfter: true });
  const error = `setlist.fm sent ${Math.floor(Math.random() * 1000)} bytes`;
  await insertJobFailure(app.db, {
    jobId,
    queue,
    attempt: 1,
    worker: null,
    error,
    errorKey: "setlist.fm sent # bytes",
    stack: null,
    interrupted: false,
  });
  await app.boss.fail(queue, jobId, new Error(error));
}
const stateOf = async (jobId: string, queue = "setlist-sync") =>
  (await app.boss.findJobs(queue, { id: jobId }))[0]?.state;

describe("pausing", () => {
  test("says who and why; a second administrator changes nothing and is told; both are written down", async () => {
    const [ada, bob] = [await administrator("Ada"), await administrator("Bob")];
    const input = { queue: "setlist-sync", reason: "key rotation" };
    expect(await ada.admin.pauseQueue(input)).toEqual({ queue: "setlist-sync", paused: true, changed: true });
    expect(await bob.admin.pauseQueue({ queue: "setlist-sync" })).toMatchObject({
      paused: true,
      changed: false,
    });
    const { queues } = await bob.admin.queues();
    expect(queues.filter(({ paused }) => paused)).toMatchObject([
      { name: "setlist-sync", pausedBy: "Ada", pauseReason: "key rotation" },
    ]);
    expect(await bob.admin.resumeQueue({ queue: "setlist-sync" })).toMatchObject({
      paused: false,
      changed: true,
    });
    expect(await ada.admin.resumeQueue({ queue: "setlist-sync" })).toMatchObject({ changed: false });
    expect(await log()).toEqual([
      "admin.pauseQueue: Paused setlist-sync: “key rotation”",
      "admin.resumeQueue: Resumed setlist-sync",
    ]);
  });

  test("of no queue is NOT_FOUND", async () => {
    const { admin } = await administrator("Ada");
    for (const queue of ["nobodys", DEAD_LETTERS, "", "\0"])
      await expect(admin.pauseQueue({ queue })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("queues are counted by state, with the age of what waits longest", async () => {
  const { admin } = await administrator("Ada");
  await failForGood(await sync());
  const [old] = [await sync(), await sync()];
  await app.boss.fetch("cleanup");
  await sql`update pgboss.job_common set start_after = now() - interval '90 seconds' where id = ${old}`.execute(
    app.db,
  );
  const { queues, deadLetters } = await admin.queues();
  expect(deadLetters).toBe(1);
  expect(queues.find(({ name }) => name === "setlist-sync")).toMatchObject({
    waiting: 2,
    active: 0,
    failed: 1,
  });
  const seconds = queues.find(({ name }) => name === "setlist-sync")?.oldestWaitingSeconds;
  expect(seconds).toBeGreaterThanOrEqual(90);
  expect(queues.find(({ name }) => name === "cleanup")?.oldestWaitingSeconds).toBeNull();
});

describe("lists", () => {
  test("go on by keyset, each job once", async () => {
    const { admin } = await administrator("Ada");
    await sql`
      insert into pgboss.job_common (name, data, singleton_key, policy, created_on, start_after)
      select 'setlist-sync', jsonb_build_object('artistId', uuid_v7()), n::text, 'exclusive', now(), now()
      from generate_series(1, 120) n`.execute(app.db);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { jobs, nextCursor } = await admin.jobs({ queue: "setlist-sync", state: "waiting", cursor });
      seen.push(...jobs.map(({ jobId }) => jobId));
      cursor = nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  test.each(["failed", "completed", "cancelled", "active"] as const)(
    "of %s jobs, filtered by text",
    async (state) => {
      const { admin } = await administrator("Ada");
      await sql`
      insert into pgboss.job_common (name, data, state, singleton_key, created_on, start_after, completed_on)
      select 'setlist-sync', jsonb_build_object('artistId', 'artist 50%_' || n), ${state}::pgboss.job_state, n::text, now(),
        now() - n * interval '1 s', case when ${state} <> 'active' then now() - n * interval '1 s' end
      from generate_series(1, 60) n`.execute(app.db);
      const filter = { queue: "setlist-sync", state };
      const first = await admin.jobs(filter);
      const second = await admin.jobs({ ...filter, cursor: first.nextCursor });
      expect([first.jobs.length, second.jobs.length, second.nextCursor]).toEqual([50, 10, undefined]);
      expect((await admin.jobs({ ...filter, q: '50%_7"' })).jobs).toHaveLength(1);
      expect((await admin.jobs({ ...filter, q: "5_%" })).jobs).toEqual([]);
      expect(await admin.countJobs(filter)).toEqual({ count: 60, more: false });
      expect(await admin.countJobs({ ...filter, q: "50%_6" })).toEqual({ count: 2, more: false });
    },
  );

  test.each(["x", "e30", Buffer.from('{"priority":1,"at":"now","id":"x"}').toString("base64url")])(
    "with the cursor %s are BAD_REQUEST",
    async (cursor) => {
      const { admin } = await administrator("Ada");
      const list = admin.jobs({ queue: "cleanup", state: "failed", cursor });
      await expect(list).rejects.toMatchObject({ code: "BAD_REQUEST" });
    },
  );
});

describe("failures", () => {
  test("are grouped, listed and tried again together, with the count before", async () => {
    const { admin } = await administrator("Ada");
    const jobs = [await sync(), await sync(), await sync()];
    for (const job of jobs) await failForGood(job);
    const { groups } = await admin.failureGroups({});
    expect(groups).toMatchObject([{ errorKey: "setlist.fm sent # bytes", count: 3, failedNow: 3 }]);
    const { jobs: failed } = await admin.failedJobs({});
    expect(failed.map(({ jobId }) => jobId).sort()).toEqual([...jobs].sort());
    expect(failed[0]).toMatchObject({ queue: "setlist-sync", attempts: 1 });
    expect(failed[0]?.error).toMatch(/^setlist\.fm sent \d+ bytes$/);

    const filter = { queue: "setlist-sync", state: "failed", errorKey: "setlist.fm sent # bytes" } as const;
    expect(await admin.countJobs(filter)).toEqual({ count: 3, more: false });
    expect(await admin.retryJobs({ filter })).toEqual({ retried: 3 });
    // The second press, and a dead letter of the same job, do nothing a second time.
    expect(await admin.retryJobs({ filter })).toEqual({ retried: 0 });
    expect((await admin.queues()).deadLetters).toBe(0);
    expect(await stateOf(jobs[0] ?? "")).toBe("retry");
    expect(await log()).toEqual(["admin.retryJobs: Tried again 3 jobs of setlist-sync"]);
  });

  test("two administrators retry the same jobs at once: each job once", async () => {
    const [ada, bob] = [await administrator("Ada"), await administrator("Bob")];
    const jobIds = [await sync(), await sync()];
    for (const job of jobIds) await failForGood(job);
    const both = await Promise.all([ada.admin.retryJobs({ jobIds }), bob.admin.retryJobs({ jobIds })]);
    expect(both.map(({ retried }) => retried).sort()).toEqual([0, 2]);
    expect(await log()).toHaveLength(1);
  });

  test("of one key: the newest is tried again, and none while one waits", async () => {
    const { admin } = await administrator("Ada");
    const artistId = randomUUID();
    const send = () => app.services.queue.send(app.db, "setlist-sync", { artistId }, { key: artistId });
    const first = (await send()) ?? "";
    await failForGood(first);
    const second = (await send()) ?? "";
    await failForGood(second);
    expect(await admin.retryJobs({ jobIds: [first, second] })).toEqual({ retried: 1 });
    expect([await stateOf(first), await stateOf(second)]).toEqual(["failed", "retry"]);
    expect(await admin.retryJobs({ jobIds: [first] })).toEqual({ retried: 0 });
  });

  test("a dead letter goes back to its queue as a new job, and takes the failed one's place", async () => {
    const { admin } = await administrator("Ada");
    const jobId = await sync();
    await failForGood(jobId);
    const { jobs } = await admin.jobs({ queue: DEAD_LETTERS, state: "waiting" });
    expect(jobs).toHaveLength(1);
    expect(await admin.retryJobs({ jobIds: [jobs[0]?.jobId ?? ""] })).toEqual({ retried: 1 });
    expect(await stateOf(jobId)).toBeUndefined();
    const { jobs: again } = await admin.jobs({ queue: "setlist-sync", state: "waiting" });
    const { failures } = await admin.job({ queue: "setlist-sync", jobId: again[0]?.jobId ?? "" });
    expect(failures).toHaveLength(1);
  });
});

describe("giving up", () => {
  test("an import's job ends the import, so that no sweep sends it again", async () => {
    const { admin } = await administrator("Ada");
    const artist = await insertArtist(app.db, { tmAttractionId: "K8vZ917Gku7", slugBases: ["someone"] });
    const { importId } = await insertOrJoinImport(app.db, artist.id, { kind: "import", message: "" });
    const jobId =
      (await app.services.queue.send(
        app.db,
        "artist-import",
        { importId, sentBy: "fan" },
        { key: importId },
      )) ?? "";
    const { job, subject, sentBy } = await admin.job({ queue: "artist-import", jobId });
    expect(job).toMatchObject({ state: "created", attempts: 0 });
    expect(subject).toMatchObject({ importId, artistId: artist.id, origin: "visitor" });
    expect(sentBy).toBe("fan");
    expect(await admin.cancelJobs({ jobIds: [jobId] })).toEqual({ cancelled: 1 });
    expect(await admin.cancelJobs({ jobIds: [jobId] })).toEqual({ cancelled: 0 });
    expect(await stateOf(jobId, "artist-import")).toBe("cancelled");
    const row = await app.db.selectFrom("imports").select(["stage", "completed_at"]).executeTakeFirst();
    expect(row).toMatchObject({ stage: "cancelled", completed_at: expect.any(Date) as Date });
  });

  test("deletes by filter what waits, and nothing that runs", async () => {
    const { admin } = await administrator("Ada");
    const jobs = [await sync(), await sync(), await sync()];
    const [running] = await app.boss.fetch("setlist-sync");
    expect(await admin.deleteJobs({ filter: { queue: "setlist-sync", state: "waiting" } })).toEqual({
      deleted: 2,
    });
    expect(await admin.deleteJobs({ jobIds: jobs })).toEqual({ deleted: 0 });
    expect(await stateOf(running?.id ?? "")).toBe("active");
    expect(await log()).toEqual(["admin.deleteJobs: Deleted 2 jobs of setlist-sync"]);
  });

  test("of ids that are nobody's is NOT_FOUND; neither ids nor a filter is BAD_REQUEST", async () => {
    const { admin } = await administrator("Ada");
    for (const act of [admin.retryJobs, admin.cancelJobs, admin.deleteJobs]) {
      for (const id of ["x", "", randomUUID()])
        await expect(act({ jobIds: [id] })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(act({})).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    for (const jobId of ["x", "", randomUUID()])
      await expect(admin.job({ queue: "cleanup", jobId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(admin.jobs({ queue: "x", state: "failed" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
