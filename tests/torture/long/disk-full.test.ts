/** R16: a full disk under Postgres. What was stored stays, people are told, and it works when there is space again. */
import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { type MortalPostgres, startMortalPostgres } from "../databases.ts";
import { call } from "../fans.ts";
import { endProcesses } from "../processes.ts";
import { importNow, openProduct, type Product } from "../product.ts";
import { figure } from "../round.ts";
import { differences, snapshot } from "../snapshot.ts";
import { until } from "../until.ts";

/** An empty cluster with a template and a database takes some 80 MB, its log of writes as much again. */
const DISK_MB = 224;
const PATIENCE_MS = 240_000;
const { saltmarsh, vesper } = worlds.small.artists;
const isRoot = process.platform === "linux" && process.getuid?.() === 0;

const disk = mkdtempSync(join(tmpdir(), "theset-disk-"));
const ballast = join(disk, "ballast");
let postgres: MortalPostgres | undefined;
let product: Product | undefined;
afterAll(async () => {
  await endProcesses();
  await product?.rig.close();
  await postgres?.stop();
  if (isRoot) execFileSync("umount", ["--lazy", disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** Takes every byte that is left. @returns how many MB that was */
function fill(): number {
  const file = openSync(ballast, "a");
  const block = Buffer.alloc(64 * 1024);
  let bytes = 0;
  for (let size = block.length; size > 0;) {
    try {
      bytes += writeSync(file, block, 0, size);
    } catch {
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
  return Math.round(bytes / 2 ** 20);
}

// Only root may mount a disk of a size.
test.runIf(isRoot)(
  "R16: a full disk costs no row, is said, and is forgotten when there is space",
  { timeout: 900_000 },
  async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m`, "tmpfs", disk]);
    chmodSync(disk, 0o755);
    postgres = await startMortalPostgres({ folder: join(disk, "data") });
    product = await openProduct(postgres, "small");
    const { rig, web, worker } = product;
    await importNow(product, saltmarsh.tmAttractionId, PATIENCE_MS);
    const stored = await snapshot(rig.db, { artist: saltmarsh.tmAttractionId, dataOnly: true });

    const filled = fill();
    const answers = new Map<number, number>();
    let slowest = 0;
    // A row or two fit into pages that are there; then somebody needs a new one.
    const { id } = await rig.db.row<{ id: string }>(
      "select id from setlist_songs where probability > 0 limit 1",
    );
    await until("the full disk is felt", PATIENCE_MS, async () => {
      const began = performance.now();
      const { status, retryAfter } = await call(web, "vote.cast", "mutation", { setlistSongId: id });
      slowest = Math.max(slowest, performance.now() - began);
      answers.set(status, (answers.get(status) ?? 0) + 1);
      return status !== 200 && retryAfter !== null;
    });
    const health = (await fetch(`${web.url}/healthz`)).status;

    rmSync(ballast);
    const began = Date.now();
    await postgres.begin();
    await until("web is ready", PATIENCE_MS, async () => (await fetch(`${web.url}/readyz`)).status === 200);
    const readyMs = Date.now() - began;
    const lost = differences(
      stored,
      await snapshot(rig.db, { artist: saltmarsh.tmAttractionId, dataOnly: true }),
    );
    const next = await importNow(product, vesper.tmAttractionId, PATIENCE_MS);
    const said = /No space left|53100/.test(web.log());
    figure(
      "R16",
      `a disk of ${DISK_MB} MB filled with ${filled} MB: answers ${[...answers].map(([status, n]) => `${n} × ${status}`).join(", ")}, ` +
        `the slowest after ${slowest.toFixed(0)} ms; ready ${readyMs} ms after there was space, ${lost.length} rows differ, the next import ${next.stage}`,
    );
    expect(lost).toEqual([]);
    expect([health, next.stage, said]).toEqual([200, "completed", true]);
    expect([...answers.keys()].filter((status) => ![200, 503].includes(status))).toEqual([]);
    expect([web.isRunning(), worker.isRunning()]).toEqual([true, true]);
  },
);
