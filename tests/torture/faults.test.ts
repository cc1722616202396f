/**
 * R22: a service that fails costs its own part of an import and nothing else. Silence is waited for as long as the
 * product waits, so both services fail side by side, in products of their own.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fault, worlds } from "#server/simulator/index";
import { type Postgres, startPostgres } from "./databases.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type ImportStatus, type Rig, startImport } from "./rig.ts";
import { differences, type Snapshot, snapshot } from "./snapshot.ts";

const { saltmarsh, lido, vesper, vesperNamesake } = worlds.small.artists;
/** the longest an import may take when a service is silent */
const LIMIT_MS = 90_000;

/** A kind of failure, and somebody who was never seen before it. */
const failures: { kind: Fault["kind"]; newcomer: { tmAttractionId: string } }[] = [
  { kind: "500", newcomer: vesper },
  { kind: "429-spike", newcomer: lido },
  { kind: "hang", newcomer: vesperNamesake },
];
const everybody = [saltmarsh, ...failures.map(({ newcomer }) => newcomer)];

type Product = { rig: Rig; web: Running };

let postgres: Postgres;
let products: Record<"ticketmaster" | "setlistfm", Product>;
/** what is known of each artist when nothing failed */
const calm = new Map<string, Snapshot>();
beforeAll(async () => {
  postgres = await startPostgres();
  const [ticketmaster, setlistfm] = await Promise.all([open(), open()]);
  products = { ticketmaster, setlistfm };
  const { rig, web } = ticketmaster;
  for (const { tmAttractionId } of everybody) {
    await importNow(rig, web, tmAttractionId);
    calm.set(tmAttractionId, await snapshot(rig.db, { artist: tmAttractionId, dataOnly: true }));
  }
  await rig.forget();
}, 600_000);
afterAll(async () => {
  await endProcesses();
  await Promise.all(Object.values(products ?? {}).map(({ rig }) => rig.close()));
  await postgres?.stop();
});

async function open(): Promise<Product> {
  const rig = await createRig(postgres, "small");
  const [web] = await Promise.all([rig.startWeb(), rig.startWorker()]);
  return { rig, web };
}

async function importNow(
  rig: Rig,
  web: Running,
  tmAttractionId: string,
): Promise<ImportStatus & { ms: number }> {
  const began = Date.now();
  const { artistId } = await startImport(web, tmAttractionId);
  const status = await rig.ended(web, artistId, 3 * LIMIT_MS);
  return { ...status, ms: Date.now() - began };
}

/** What a fan may read: whose fault it was, and no address, key or stack. */
function expectReadable(status: ImportStatus, service: RegExp): void {
  expect(status.error).toMatch(service);
  for (const text of [status.message, status.error ?? ""]) {
    expect(text).toMatch(/^\w.{10,300}$/);
    expect(text).not.toMatch(/https?:|127\.0\.0\.1|localhost|simulator|apikey|Error|\n| at /i);
  }
}

test.concurrent.each([
  { upstream: "ticketmaster", service: /Ticketmaster/, newcomerEnds: "failed" },
  { upstream: "setlistfm", service: /setlist\.fm/, newcomerEnds: "partial" },
] as const)(
  "$upstream failing costs its own part, within 90 s, and the next import fills the gap",
  { timeout: 900_000 },
  async ({ upstream, service, newcomerEnds }) => {
    const { rig, web } = products[upstream];
    const known = saltmarsh.tmAttractionId;
    expect(await importNow(rig, web, known)).toMatchObject({ stage: "completed", error: null });

    for (const { kind, newcomer } of failures) {
      const before = await snapshot(rig.db, { artist: known, dataOnly: true });
      rig.simulator.setFaults([{ upstream, kind }]);
      // As hours later: the answers kept are gone, and everything is asked again.
      await rig.db.rows("delete from upstream_cache");
      const [again, first] = await Promise.all([
        importNow(rig, web, known),
        importNow(rig, web, newcomer.tmAttractionId),
      ]);
      console.log(
        `${upstream} ${kind}: known ${again.stage} in ${(again.ms / 1000).toFixed(1)} s,`,
        `newcomer ${first.stage} in ${(first.ms / 1000).toFixed(1)} s`,
      );
      expect({ kind, known: again.stage, newcomer: first.stage }).toEqual({
        kind,
        known: "partial",
        newcomer: newcomerEnds,
      });
      expect(Math.max(again.ms, first.ms)).toBeLessThanOrEqual(LIMIT_MS);
      expectReadable(again, service);
      expectReadable(first, service);
      const after = await snapshot(rig.db, { artist: known, dataOnly: true });
      expect(differences(before, after)).toEqual([]);

      rig.simulator.setFaults([]);
      // Its closing is over; how long that lasts is proven beside the breaker.
      await rig.db.rows("delete from upstream_state");
      for (const { tmAttractionId } of [saltmarsh, newcomer]) {
        const retried = await importNow(rig, web, tmAttractionId);
        expect(retried).toMatchObject({ stage: "completed", error: null });
        const healed = await snapshot(rig.db, { artist: tmAttractionId, dataOnly: true });
        expect(differences(calm.get(tmAttractionId) ?? {}, healed)).toEqual([]);
      }
    }
  },
);
