/** A rig with one web and one worker, and an import watched from beginning to end. */
import { expect } from "vitest";
import type { WorldName } from "#server/simulator/index";
import type { Postgres } from "./databases.ts";
import type { Running } from "./processes.ts";
import { createRig, type ImportStatus, type Rig, startImport } from "./rig.ts";

export type Product = { rig: Rig; web: Running; worker: Running };

export async function openProduct(postgres: Postgres, world: WorldName): Promise<Product> {
  const rig = await createRig(postgres, world);
  const [web, worker] = await Promise.all([rig.startWeb(), rig.startWorker()]);
  return { rig, web, worker };
}

/** @returns how it ended, and after how many ms; throws when it does not within the limit */
export async function importNow(
  { rig, web }: Product,
  tmAttractionId: string,
  limitMs: number,
): Promise<ImportStatus & { ms: number }> {
  const began = Date.now();
  const { artistId } = await startImport(web, tmAttractionId);
  const status = await rig.ended(web, artistId, limitMs);
  return { ...status, ms: Date.now() - began };
}

/** Hours later: closings are over, a new day has begun, and kept answers are gone. How long they last is proven beside them. */
export async function hoursLater({ rig }: Product): Promise<void> {
  rig.simulator.setFaults([]);
  await rig.db.rows("truncate upstream_state, upstream_budgets, upstream_cache");
}

/** What a fan may read: whose fault it was, and no address, key or stack. */
export function expectReadable(status: ImportStatus, service: RegExp): void {
  expect(status.error).toMatch(service);
  for (const text of [status.message, status.error ?? ""]) {
    expect(text).toMatch(/^\w.{10,400}$/);
    expect(text).not.toMatch(/https?:|127\.0\.0\.1|localhost|simulator|apikey|Error|undefined|null|\n| at /i);
  }
}
