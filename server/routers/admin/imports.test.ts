import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertAccount } from "#db/queries/fans";
import { artistImport } from "#jobs/artist-import/index";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../../tests/app.ts";
import { openSession } from "../../session/open.ts";

const { saltmarsh, vesper, lido } = worlds.small.artists;
const { signal } = new AbortController();
const nobody = "00000000-0000-7000-8000-000000000000";
let app: Awaited<ReturnType<typeof testApp>>;
let admin: ReturnType<Awaited<ReturnType<typeof testApp>>["browser"]>["caller"];
let adminId: string;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
beforeEach(async () => {
  const browser = app.browser();
  const account = { email: "ops@example.org", name: "Ops", passwordHash: "none", role: "admin" } as const;
  adminId = (await insertAccount(app.db, account)) ?? "";
  browser.context.setCookie((await openSession(browser.context, app.db, adminId)).cookie);
  admin = browser.caller;
});
afterEach(() => app.clear());
afterAll(() => app.close());

const start = (tmAttractionId: string = saltmarsh.tmAttractionId) =>
  app.caller.artist.import({ tmAttractionId });
const actions = async () => (await admin.admin.audit({})).entries.map(({ action }) => action).reverse();

describe("cancelling", () => {
  test("no call of that import begins later than a second after the answer, and the job ends quietly", async () => {
    const { importId, artistId } = await start();
    const services = ["ticketmaster", "spotify", "musicbrainz", "setlistfm"] as const;
    app.simulator.setFaults(services.map((upstream) => ({ upstream, kind: "slow", ms: 150 })));
    const sent: number[] = [];
    const running = artistImport(app.jobs, { importId }, signal);
    await expect.poll(() => app.simulator.requests().length, { timeout: 20_000 }).toBeGreaterThan(3);
    await admin.admin.cancelImport({ importId });
    const answered = performance.now();
    let seen = app.simulator.requests().length;
    const watch = setInterval(() => {
      const now = app.simulator.requests().length;
      if (now > seen) sent.push(performance.now() - answered);
      seen = now;
    }, 10);
    await running;
    await new Promise((resolve) => setTimeout(resolve, 500));
    clearInterval(watch);
    expect(Math.max(0, ...sent)).toBeLessThan(1_000);

    const status = await app.caller.artist.importStatus({ artistId });
    expect(status).toMatchObject({ stage: "cancelled", message: "An administrator stopped this import." });
    expect(status.percentage).toBeLessThan(100);
    expect(await actions()).toEqual(["admin.cancelImport"]);

    // Again at once, by anybody.
    app.simulator.setFaults([]);
    const again = await start();
    expect(again.importId).not.toBe(importId);
    await app.drain();
    expect((await app.caller.artist.importStatus({ artistId })).stage).toBe("completed");
  });

  test("one that waits is never begun; two administrators are one; what ended stays", async () => {
    const { importId, artistId } = await start();
    await Promise.all([admin.admin.cancelImport({ importId }), admin.admin.cancelImport({ importId })]);
    app.simulator.clearRequests();
    await app.drain();
    expect(app.simulator.requests()).toEqual([]);
    expect(await actions()).toEqual(["admin.cancelImport"]);

    const second = await start();
    await app.drain();
    await expect(admin.admin.cancelImport({ importId: second.importId })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect((await app.caller.artist.importStatus({ artistId })).stage).toBe("completed");
  });
});

describe("starting again", () => {
  test("is a new import, or the one that runs already", async () => {
    const { importId } = await start();
    await app.drain();
    const first = await admin.admin.retryImport({ importId });
    const second = await admin.admin.retryImport({ importId });
    expect(second).toEqual(first);
    expect(first.importId).not.toBe(importId);
    await app.drain();
    const { import: found } = await admin.admin.import({ importId: first.importId });
    expect(found).toMatchObject({ stage: "completed", origin: "admin", startedByName: "Ops" });
    expect(await actions()).toEqual(["admin.retryImport"]);
  });

  test("one step alone: the same job for all who ask while it waits, and its row says who did", async () => {
    const { artistId } = await start();
    await app.drain();
    const first = await admin.admin.syncArtist({ artistId, step: "shows" });
    expect((await admin.admin.syncArtist({ artistId, step: "shows" })).jobId).toBe(first.jobId);
    const other = await admin.admin.syncArtist({ artistId, step: "predictions" });
    expect(other.jobId).not.toBe(first.jobId);
    await app.drain();
    const { imports } = await admin.admin.imports({ kind: "sync" });
    expect(imports.map(({ step, stage, origin }) => ({ step, stage, origin }))).toEqual([
      { step: "past-setlists", stage: "completed", origin: "admin" },
      { step: "shows", stage: "completed", origin: "admin" },
    ]);
    const [shows] = imports.slice(-1);
    await admin.admin.retryImport({ importId: shows?.importId ?? "" });
    expect((await admin.admin.imports({ kind: "sync", state: "running" })).imports).toHaveLength(1);
    await app.drain();
  });

  test("one step alone, asked for while a worker still stops over a cancelled one, begins at once", async () => {
    const { artistId } = await start();
    await app.drain();
    const first = await admin.admin.syncArtist({ artistId, step: "shows" });
    await app.boss.fetch("ticketmaster-sync");
    const running = async () => (await admin.admin.imports({ kind: "sync", state: "running" })).imports;
    await admin.admin.cancelImport({ importId: (await running())[0]!.importId });
    const second = await admin.admin.syncArtist({ artistId, step: "shows" });
    expect(second.jobId).not.toBe(first.jobId);
    expect(await running()).toHaveLength(1);
    await app.drain();
    expect(await running()).toEqual([]);
  });
});

describe("the list", () => {
  test("by artist, state, words and day, in pages that lose nothing", async () => {
    await start();
    await app.drain();
    app.simulator.setFaults([{ upstream: "setlistfm", kind: "500" }]);
    await start(vesper.tmAttractionId);
    await app.drain();
    const names = async (filter: Parameters<typeof admin.admin.imports>[0]) =>
      (await admin.admin.imports(filter)).imports.map(({ name }) => name);
    expect(await names({})).toHaveLength(2);
    expect(await names({ q: "saltmarsh" })).toEqual(["Saltmarsh Radio"]);
    expect(await names({ q: "radio" })).toEqual(["Saltmarsh Radio"]);
    expect(await names({ q: "saltmarsh-radio" })).toEqual(["Saltmarsh Radio"]);
    expect(await names({ state: "completed" })).toEqual(["Saltmarsh Radio"]);
    expect(await names({ state: "running" })).toEqual([]);
    expect(await names({ text: "setlist.fm" })).toHaveLength(1);
    expect(await names({ text: "100%" })).toEqual([]);
    expect(await names({ from: "2001-01-01", to: "2001-01-02" })).toEqual([]);
    expect(await names({ from: "2001-01-01" })).toHaveLength(2);
  });

  test("goes on exactly where it stopped", async () => {
    const { artistId } = await start();
    await app.drain();
    const at = new Date();
    const row = { artist_id: artistId, stage: "completed", completed_at: at, message: "", started_at: at };
    // All at one moment: only the ids tell them apart.
    await app.db
      .insertInto("imports")
      .values(Array.from({ length: 120 }, () => row))
      .execute();
    const ids: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 5; pages++) {
      const answer = await admin.admin.imports({ cursor });
      ids.push(...answer.imports.map(({ importId }) => importId));
      cursor = answer.nextCursor;
      if (!cursor) break;
    }
    expect(ids).toHaveLength(121);
    expect(new Set(ids).size).toBe(121);
    await expect(admin.admin.imports({ cursor: "nonsense" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("one import", () => {
  test("says what is missing and when it is asked for again", async () => {
    app.simulator.setFaults([{ upstream: "setlistfm", kind: "429-quota" }]);
    const { importId } = await start();
    await app.drain();
    const found = await admin.admin.import({ importId });
    expect(found.import).toMatchObject({ stage: "partial", origin: "visitor", startedBy: null });
    expect(found.steps).toHaveLength(5);
    expect(found.traces).toHaveLength(5);
    const gap = found.gaps.find(({ step }) => step === "past-setlists");
    expect(gap).toMatchObject({ upstream: "setlistfm", state: "waits" });
    expect(gap?.nextAt?.getTime()).toBeGreaterThan(Date.now());
    const { importId: newer } = await admin.admin.retryImport({ importId });
    expect((await admin.admin.import({ importId })).gaps[0]).toMatchObject({ state: "newer" });
    await admin.admin.cancelImport({ importId: newer });
  });

  test.each(["nonsense", nobody])("%s is unknown, to every question and deed", async (importId) => {
    const unknown = { code: "NOT_FOUND" };
    await expect(admin.admin.import({ importId })).rejects.toMatchObject(unknown);
    await expect(admin.admin.retryImport({ importId })).rejects.toMatchObject(unknown);
    await expect(admin.admin.cancelImport({ importId })).rejects.toMatchObject(unknown);
    await expect(admin.admin.importBatch({ batchId: importId })).rejects.toMatchObject(unknown);
    const artist = { artistId: importId, step: "shows" } as const;
    await expect(admin.admin.syncArtist(artist)).rejects.toMatchObject(unknown);
  });
});

describe("a pasted list", () => {
  test("starts ids, links and exact names, joins what runs, and says of the rest why not", async () => {
    const running = await start();
    const number = (await app.services.upstreams.ticketmaster.findAttraction(vesper.tmAttractionId))?.url;
    const { results, batchId } = await admin.admin.startImports({
      lines: ["  saltmarsh RADIO", number, lido.name, "Nobody Plays This", "K8vZ917Xx9z", ""].join("\n"),
    });
    expect(results.map(({ outcome }) => outcome)).toEqual([
      "joined",
      "started",
      expect.stringMatching(/started|ambiguous/),
      "not-found",
      "not-found",
    ]);
    expect(results[0]?.importId).toBe(running.importId);
    await app.drain();
    const batch = await admin.admin.importBatch({ batchId });
    expect(batch.lines[0]?.import).toMatchObject({ stage: "completed", name: "Saltmarsh Radio" });
    expect(batch.lines[1]?.import).toMatchObject({ origin: "admin", startedBy: adminId });
  });

  test("several of one name are shown, not chosen from", async () => {
    const twins = app.simulator.artists().map(({ name }) => name);
    const name = twins.find((one, at) => twins.indexOf(one) !== at);
    if (!name) return;
    const { results } = await admin.admin.startImports({ lines: name });
    expect(results[0]).toMatchObject({ outcome: "ambiguous" });
    expect(results[0]?.candidates?.length).toBeGreaterThan(1);
  });

  test("while Ticketmaster is away names are not tried, and nothing waits for each of them", async () => {
    app.simulator.setFaults([{ upstream: "ticketmaster", kind: "500" }]);
    const { results } = await admin.admin.startImports({ lines: "One\nTwo\nThree" });
    expect(results.map(({ outcome }) => outcome)).toEqual(["not-tried", "not-tried", "not-tried"]);
    expect(results[2]?.reason).toBe("Ticketmaster has not answered.");
    expect(app.simulator.requests().length).toBe(1);
  });

  test.each(["", " \n ", Array.from({ length: 51 }, (_, at) => `Artist ${at}`).join("\n")])(
    "is refused when empty or too long",
    async (lines) => {
      await expect(admin.admin.startImports({ lines })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    },
  );
});
