/**
 * `npm start` by its outside: begins, ends and every way of being killed in between. One DATA_DIR goes through all of
 * them, and a row written at the beginning must be there after each.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../bin/start/ports.ts";
import { allGone, answers, kill9, postmasterOf, query, startProduct, type Started } from "./product.ts";

// Blanks on purpose.
const folder = mkdtempSync(join(tmpdir(), "theset start "));
chmodSync(folder, 0o755);
const dataDir = join(folder, "data dir");
const started: Started[] = [];

function start(options: Partial<Parameters<typeof startProduct>[0]> = {}): Started {
  const product = startProduct({ dataDir, ...options });
  started.push(product);
  return product;
}

afterAll(async () => {
  for (const product of started) {
    if (product.process.exitCode === null && product.process.signalCode === null) {
      product.process.kill("SIGTERM");
      await product.ended;
    }
  }
  // Left only when a test failed between killing a start and starting the next one.
  if (existsSync(join(dataDir, "postgres", "postmaster.pid"))) kill9(postmasterOf(dataDir));
  rmSync(folder, { recursive: true, force: true });
});

describe("a running product", () => {
  let product: Started;
  let url: string;
  let startMs: number;

  beforeAll(async () => {
    const began = Date.now();
    product = start();
    url = await product.up();
    startMs = Date.now() - began;
    await query(product.instance().databaseUrl, "create table kept as select 42 as answer");
  });

  it("prints its address as the last line", () => {
    expect(product.stdout()).toMatch(/TheSet: http:\/\/127\.0\.0\.1:\d+ \(upstreams: simulated\)\n$/);
  });

  it("answers", async () => {
    expect((await fetch(`${url}/`)).status).toBe(200);
  });

  it("refuses a second start on its DATA_DIR in one line", async () => {
    const second = start();
    expect(await second.ended).toBe(2);
    expect(second.stderr()).toMatch(/^TheSet: already running on DATA_DIR .*\n$/);
  });

  it("names a port that is taken in one line", async () => {
    const second = start({ dataDir: join(folder, "other"), env: { PORT: new URL(url).port } });
    expect(await second.ended).toBe(2);
    expect(second.stderr()).toMatch(/^TheSet: port \d+ is taken .*\n$/);
  });

  it("brings a killed web process back within 10 s", async () => {
    const web = product.instance().children.find(({ name }) => name === "web");
    if (!web) throw new Error("no web process");
    kill9(web);
    await allGone([web], 1_000);
    // Loading is most of it: a machine that takes longer for a whole start is too busy for this promise.
    expect(await answers(`${url}/healthz`, 60_000)).toBeLessThan(Math.max(10_000, startMs));
  });

  it("heals a killed Postgres on the same address", async () => {
    kill9(postmasterOf(dataDir));
    await sleep(1_000);
    await answers(`${url}/readyz`, 20_000);
    expect(await query(product.instance().databaseUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("stops on SIGTERM within 10 s and leaves nothing behind", async () => {
    const processes = product.processes();
    const began = Date.now();
    product.process.kill("SIGTERM");
    expect(await product.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await allGone(processes, 0)).toBe(true);
    await expect(freePort(Number(new URL(url).port), "127.0.0.1")).resolves.toBeGreaterThan(0);
  });
});

/** All but the first two leave processes or files that the next start has to deal with. */
const ends: [string, (product: Started) => Promise<void>][] = [
  ["Ctrl-C", async (product) => void product.process.kill("SIGINT")],
  ["SIGTERM", async (product) => void product.process.kill("SIGTERM")],
  ["a killed starter", async (product) => kill9(product.instance())],
  [
    "a starter killed together with Postgres",
    async (product) => {
      const postmaster = postmasterOf(dataDir);
      kill9(product.instance());
      kill9(postmaster);
    },
  ],
  ["everything killed", async (product) => product.processes().forEach(kill9)],
  ["a killed starter whose children hang", hang],
];

async function hang(product: Started): Promise<void> {
  for (const child of product.instance().children) process.kill(child.pid, "SIGSTOP");
  kill9(product.instance());
}

describe("starts and stops", () => {
  it.each(ends)("comes up with its data, to be ended by %s", async (_name, end) => {
    const product = start();
    await product.up();
    const { databaseUrl } = product.instance();
    expect(await query(databaseUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
    await end(product);
    await product.ended;
  });

  it("adopts the Postgres of a killed start and ends with nothing left", async () => {
    const first = start();
    await first.up();
    const children = first.instance().children;
    kill9(first.instance());
    await first.ended;
    const orphan = postmasterOf(dataDir);
    const second = start();
    await second.up();
    expect(postmasterOf(dataDir)).toEqual(orphan);
    expect(await allGone(children, 0)).toBe(true);
    const processes = second.processes();
    second.process.kill("SIGTERM");
    expect(await second.ended).toBe(0);
    expect(await allGone(processes, 0)).toBe(true);
  });

  it("lets exactly one of two simultaneous starts through", async () => {
    const both = [start(), start()];
    const results = await Promise.allSettled(both.map((product) => product.up()));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = both[results.findIndex(({ status }) => status === "fulfilled")];
    const processes = winner?.processes() ?? [];
    winner?.process.kill("SIGTERM");
    expect(await winner?.ended).toBe(0);
    expect(await allGone(processes, 0)).toBe(true);
  });

  it("takes one Ctrl-C in a terminal as one, though npm passes it on a second time", async () => {
    const product = start({ npm: true });
    await product.up();
    const processes = product.processes();
    if (product.process.pid) process.kill(-product.process.pid, "SIGINT");
    await product.ended;
    expect(await allGone(processes, 10_000)).toBe(true);
  });

  it("is interrupted while it makes its cluster, and starts whole the next time", async () => {
    const young = join(folder, "young");
    const first = start({ dataDir: young });
    const inTheMiddle = () =>
      existsSync(young) && readdirSync(young).some((name) => name.startsWith("postgres-new-"));
    while (!inTheMiddle()) await sleep(20);
    first.process.kill("SIGINT");
    expect(await first.ended).toBe(130);
    mkdirSync(join(young, "postgres-new-1"), { recursive: true });
    writeFileSync(join(young, "postgres-new-1", "PG_VERSION"), "18\n");
    const second = start({ dataDir: young });
    await second.up();
    second.process.kill();
    expect(await second.ended).toBe(0);
  });
});

describe("asked for what it does not know", () => {
  it.each([
    ["an unknown option", { args: ["--prod"] }, /start has no option --prod; --help tells more/],
    ["a wrong PORT", { env: { PORT: "many" } }, /PORT: must be a port number/],
    ["a DATA_DIR that is a file", { dataDir: "/etc/hostname" }, /DATA_DIR \/etc\/hostname cannot be used/],
  ])("%s is one line and exit code 2", async (_name, options, line) => {
    const product = start(options);
    expect(await product.ended).toBe(2);
    expect(product.stderr()).toMatch(line);
    expect(product.stderr().trim().split("\n")).toHaveLength(1);
  });

  it("prints its help", async () => {
    const product = start({ args: ["--help"] });
    expect(await product.ended).toBe(0);
    expect(product.stdout()).toContain("npm start [-- --dev]");
  });
});
