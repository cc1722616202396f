import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listTraces } from "#db/queries/import-traces";
import { takeImport } from "#db/queries/import-runs";
import { worlds } from "#server/simulator/index";
import { UpstreamError } from "#server/upstreams/index";
import { testApp } from "../../tests/app.ts";
import { setlistSync } from "../setlist-sync.ts";
import { artistImport } from "./index.ts";
import { traceStep } from "./trace.ts";

const { saltmarsh } = worlds.small.artists;
const { signal } = new AbortController();
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
afterEach(() => app.clear());
afterAll(() => app.close());

const start = () => app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });

test("of an import every step says when it began and ended, what it asked and what was kept already", async () => {
  const { importId } = await start();
  app.simulator.clearRequests();
  await app.drain();
  const traces = await listTraces(app.db, importId);
  expect(traces.map(({ step }) => step).sort()).toEqual(
    ["identity", "past-setlists", "predictions", "shows", "songs"].sort(),
  );
  for (const trace of traces)
    expect(trace.endedAt?.getTime()).toBeGreaterThanOrEqual(trace.beganAt.getTime());
  const calls = traces.reduce((sum, trace) => sum + trace.calls, 0);
  const sent = app.simulator.requests().filter(({ path }) => !path.includes("api/token"));
  expect(calls).toBe(sent.length);
  // Ticketmaster was asked who it is when the import was wished for.
  expect(traces.find(({ step }) => step === "identity")?.cached).toBeGreaterThan(0);
  expect(traces.find(({ step }) => step === "predictions")).toMatchObject({
    calls: 0,
    waitedMs: 0,
    spans: [],
  });
});

test("what failed lies where it did, with the reason in words", async () => {
  app.simulator.setFaults([{ upstream: "setlistfm", kind: "429-quota" }]);
  const { importId } = await start();
  await app.drain();
  const traces = await listTraces(app.db, importId);
  const failed = traces.flatMap(({ spans }) => spans).find(({ kind }) => kind === "failed");
  expect(failed).toMatchObject({ upstream: "setlistfm" });
  expect(failed?.why).toMatch(/^setlist\.fm /);
  expect(failed?.toMs).toBeGreaterThanOrEqual(failed?.fromMs ?? Infinity);
});

test("syncs are traced too", async () => {
  const { artistId } = await start();
  await app.drain();
  await setlistSync(app.jobs, { artistId }, signal);
  const { id } = await app.db
    .selectFrom("imports")
    .select("id")
    .where("kind", "=", "sync")
    .executeTakeFirstOrThrow();
  expect((await listTraces(app.db, id)).map(({ step }) => step)).toEqual(["past-setlists", "predictions"]);
});

describe("a recorder", () => {
  const none = { calls: 0, cached: 0, waitedMs: 0, spans: [] };

  test("adds to what an earlier attempt left, with the time in which nobody worked as a wait", async () => {
    const { importId } = await start();
    await takeImport(app.db, importId);
    const first = traceStep(app.db, { importId, attempt: 1 }, "songs", {});
    first.call.onCall?.({ upstream: "spotify", path: "/a" });
    await first.end(false);
    await app.db
      .updateTable("import_traces")
      .set({ began_at: sql`began_at - interval '9 s'`, updated_at: sql`updated_at - interval '5 s'` })
      .execute();
    await takeImport(app.db, importId);
    const second = traceStep(app.db, { importId, attempt: 2 }, "songs", {});
    second.call.onCall?.({ upstream: "spotify", path: "/b" });
    second.call.onWait?.({ upstream: "spotify", why: "turn", ms: 700 });
    second.call.onFailed?.({ error: new UpstreamError("spotify", "unavailable", "is away"), ms: 0 });
    await second.end(true);
    const [trace] = await listTraces(app.db, importId);
    expect(trace).toMatchObject({ attempt: 2, calls: 2, waitedMs: 700 });
    expect(trace?.endedAt).not.toBeNull();
    const gap = trace?.spans.find(({ upstream }) => upstream === null);
    expect((gap?.toMs ?? 0) - (gap?.fromMs ?? 0)).toBeGreaterThan(4_900);
    expect(trace?.spans.filter(({ upstream }) => upstream === "spotify").map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["wait", "failed"]),
    );
    expect(trace?.spans.every(({ fromMs }) => fromMs >= 0)).toBe(true);
  });

  test("of a past attempt writes nothing", async () => {
    const { importId } = await start();
    await takeImport(app.db, importId);
    await takeImport(app.db, importId);
    const trace = traceStep(app.db, { importId, attempt: 1 }, "songs", {});
    trace.call.onCall?.({ upstream: "spotify", path: "/a" });
    await trace.end(true);
    expect(await listTraces(app.db, importId)).toEqual([]);
  });

  test("does not keep an import waiting for a slow database", async () => {
    const { importId } = await start();
    await takeImport(app.db, importId);
    const blocked = await app.db.startTransaction().execute();
    await sql`lock table import_traces in access exclusive mode`.execute(blocked);
    const trace = traceStep(app.db, { importId, attempt: 1 }, "songs", {});
    const begun = performance.now();
    await trace.end(true);
    expect(performance.now() - begun).toBeLessThan(1_000);
    await blocked.rollback().execute();
  });

  test("hands every word on to whoever listened before", async () => {
    const { importId } = await start();
    await takeImport(app.db, importId);
    const heard: string[] = [];
    const trace = traceStep(app.db, { importId, attempt: 1 }, "songs", {
      signal,
      onCall: ({ path }) => heard.push(path),
      onCached: ({ upstream }) => heard.push(upstream),
    });
    expect(trace.call.signal).toBe(signal);
    trace.call.onCall?.({ upstream: "spotify", path: "/a" });
    trace.call.onCached?.({ upstream: "musicbrainz" });
    await trace.end(true);
    expect(heard).toEqual(["/a", "musicbrainz"]);
    expect((await listTraces(app.db, importId))[0]).toMatchObject({ ...none, calls: 1, cached: 1 });
  });
});

test("a job whose import was taken over stops", async () => {
  const { importId } = await start();
  app.simulator.setFaults([
    { upstream: "ticketmaster", kind: "slow", ms: 250 },
    { upstream: "spotify", kind: "slow", ms: 250 },
  ]);
  app.simulator.clearRequests();
  const running = artistImport(app.jobs, { importId }, signal);
  await expect.poll(() => app.simulator.requests().length, { timeout: 20_000 }).toBeGreaterThan(0);
  await takeImport(app.db, importId);
  await running;
  // Stopped, not come to its end.
  expect((await listTraces(app.db, importId)).length).toBeLessThan(5);
});
