import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { deleteExpiredAnswers } from "#db/queries/upstream-cache";
import { type Answerer, json } from "../../tests/scripted-server.ts";
import { upstreamRig, type UpstreamRig } from "../../tests/upstream-rig.ts";

let rig: UpstreamRig;
beforeAll(async () => {
  rig = await upstreamRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.reset());

const cache = { seconds: 60 };
const slow =
  (then: Answerer): Answerer =>
  (asked, response, request) => {
    setTimeout(() => void then(asked, response, request), 100);
  };
const good = json({ ok: "yes" });

it("twenty callers at once make one call", async () => {
  rig.server.answer(slow(good));
  const all = await Promise.all(Array.from({ length: 20 }, () => rig.ask({ cache })));
  expect(all).toEqual(Array.from({ length: 20 }, () => ({ ok: "yes" })));
  expect(rig.server.asked).toHaveLength(1);
});

it("a caller who leaves takes nobody along", async () => {
  rig.server.answer(slow(good));
  const stop = new AbortController();
  const leaver = rig.ask({ cache, signal: stop.signal });
  const stayer = rig.ask({ cache, signal: new AbortController().signal });
  stop.abort(new Error("gone"));
  await expect(leaver).rejects.toThrow("gone");
  await expect(stayer).resolves.toEqual({ ok: "yes" });
  expect(rig.server.asked).toHaveLength(1);
});

it("a call that everybody has left is not made", async () => {
  rig.server.answer(good);
  const stop = new AbortController();
  const waiting = Promise.allSettled([1, 2].map(() => rig.ask({ cache, signal: stop.signal })));
  stop.abort(new Error("gone"));
  await waiting;
  await expect.poll(() => rig.wiring.flights.size).toBe(0);
  expect(rig.server.asked).toHaveLength(0);
});

it("an answer is kept for its time, for all processes, and another question is another answer", async () => {
  rig.server.answer(good);
  const elsewhere = { ...rig.wiring, flights: new Map() };
  await rig.ask({ cache });
  await rig.ask({ cache }, rig.upstream({ key: "another" }), elsewhere);
  expect(rig.server.asked).toHaveLength(1);
  await rig.ask({ cache, query: { page: "2" } });
  expect(rig.server.asked).toHaveLength(2);
  await sql`update upstream_cache set expires_at = clock_timestamp()`.execute(rig.db);
  await rig.ask({ cache });
  expect(rig.server.asked).toHaveLength(3);
  expect(await deleteExpiredAnswers(rig.db)).toBe(1);
});

it("a kept answer needs no open service and no day", async () => {
  rig.server.answer(good);
  await rig.ask({ cache }, rig.upstream({ perDay: 1 }));
  await expect(rig.ask({ cache }, rig.upstream({ perDay: 1 }))).resolves.toEqual({ ok: "yes" });
});

it("not found is kept too, a failure is not", async () => {
  rig.server.answer(json({}, 404));
  await expect(rig.ask({ cache })).rejects.toMatchObject({ kind: "not-found" });
  await expect(rig.ask({ cache })).rejects.toMatchObject({ kind: "not-found" });
  expect(rig.server.asked).toHaveLength(1);
  rig.server.answer(json({}, 400));
  await expect(rig.ask({ cache, query: { a: "1" } })).rejects.toMatchObject({ kind: "rejected" });
  rig.server.answer(good);
  await expect(rig.ask({ cache, query: { a: "1" } })).resolves.toEqual({ ok: "yes" });
});

it("a kept answer that is no longer understood is asked for again", async () => {
  rig.server.answer(good);
  await rig.ask({ cache });
  await rig.db
    .updateTable("upstream_cache")
    .set({ body: Buffer.from('{"old":"shape"}') })
    .execute();
  await expect(rig.ask({ cache })).resolves.toEqual({ ok: "yes" });
  expect(rig.server.asked).toHaveLength(2);
});
