/** R25: two products on one machine, each with its own folder and port, and a third that wants a folder in use. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { query, startProduct, type Started } from "../../commands/product.ts";
import { figure } from "../round.ts";

const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), "theset-neighbour-")));
const products: Started[] = [];
afterAll(async () => {
  for (const product of products) {
    if (product.process.exitCode !== null) continue;
    product.process.kill("SIGTERM");
    await product.ended;
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test(
  "R25: two products work side by side, and a folder in use is refused in a sentence",
  { timeout: 600_000 },
  async () => {
    const began = Date.now();
    products.push(...folders.map((dataDir) => startProduct({ dataDir })));
    const urls = await Promise.all(products.map((product) => product.up()));
    const upMs = Date.now() - began;
    const [one, other] = products as [Started, Started];
    await query(one.instance().databaseUrl, "create table mine as select 1 as n");
    for (const url of urls) expect((await fetch(url)).status).toBe(200);
    expect(await query(other.instance().databaseUrl, "select to_regclass('mine') as mine")).toEqual([
      { mine: null },
    ]);

    const third = startProduct({ dataDir: folders[0]! });
    expect(await third.ended).toBe(2);
    expect(third.stderr()).toMatch(/^TheSet: already running on DATA_DIR .*\n$/);

    // One ends, the other does not notice.
    one.process.kill("SIGTERM");
    expect(await one.ended).toBe(0);
    expect((await fetch(urls[1]!)).status).toBe(200);
    figure(
      "R25",
      `two products up after ${upMs} ms, each with its own data; a third on the first one's folder ends with 2`,
    );
  },
);
