/** R14: `npm start` after kill -9, of the starter alone (its Postgres lives on) and of everything. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { kill9, postmasterOf, query, startProduct, type Started } from "../../commands/product.ts";
import { figure, seconds, times } from "../round.ts";

const KILLS = times(20);
/** what is promised, of a machine that starts it in that time when nothing happened */
const UP_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), "theset-starts-"));
let product: Started;
afterAll(async () => {
  if (product?.process.exitCode === null) {
    product.process.kill("SIGTERM");
    await product.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<number> {
  const began = Date.now();
  product = startProduct({ dataDir: folder });
  await product.up();
  return Date.now() - began;
}

test(
  `R14: ${KILLS} × killed, it comes up with all its data and one Postgres`,
  { timeout: 1_800_000 },
  async () => {
    const firstMs = await start();
    await query(product.instance().databaseUrl, "create table kept (n int)");
    const took: number[] = [];
    for (let n = 0; n < KILLS; n++) {
      await query(product.instance().databaseUrl, `insert into kept values (${n})`);
      const postmaster = postmasterOf(folder);
      const starterOnly = n % 2 === 0;
      if (starterOnly) kill9(product.instance());
      else product.processes().forEach(kill9);
      await product.ended;
      took.push(await start());
      const { databaseUrl } = product.instance();
      expect(await query(databaseUrl, "select count(*)::int as rows from kept")).toEqual([{ rows: n + 1 }]);
      // The orphan is adopted; what was killed is started anew.
      if (starterOnly) expect(postmasterOf(folder)).toEqual(postmaster);
      else expect(postmasterOf(folder).pid).not.toBe(postmaster.pid);
    }
    const of = (rest: number) => Math.max(0, ...took.filter((_, n) => n % 2 === rest));
    figure(
      "R14",
      `${KILLS} kills: up after ${seconds(of(0))} at most with an orphan, ${seconds(of(1))} after everything was killed ` +
        `(the first start, with a new cluster: ${seconds(firstMs)})`,
    );
    expect(Math.max(...took)).toBeLessThanOrEqual(Math.max(UP_MS, firstMs));
  },
);
