/** `npm start` as other users and from folders with turns. Most of it needs root to set up. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ensureBuild } from "../../bin/start/build.ts";
import { firstClosed } from "../../db/embedded/server-user.ts";
import { allGone, project, startProduct } from "./product.ts";

const root = process.getuid?.() === 0;
const nobody = { uid: idOf("-u"), gid: idOf("-g") };
const folders: string[] = [];

function idOf(flag: string): number {
  return Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout || -1);
}

function temporary(parent: string): string {
  const made = mkdtempSync(join(parent, "theset as "));
  folders.push(made);
  return made;
}

/** A second clone in little time and space: the packages are shared, the rest is copied. */
function clone(parent: string): string {
  const made = join(parent, "a clone");
  mkdirSync(made);
  const left = ["node_modules", ".git", ".data", ".cache"];
  for (const name of readdirSync(project).filter((entry) => !left.includes(entry))) {
    cpSync(join(project, name), join(made, name), { recursive: true, preserveTimestamps: true });
  }
  const linked = spawnSync("cp", ["-al", join(project, "node_modules"), made]);
  if (linked.status !== 0) spawnSync("cp", ["-a", join(project, "node_modules"), made]);
  return made;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!root)("as root", () => {
  const home = root ? temporary(homedir()) : "";
  if (home) chmodSync(home, 0o700);
  let made = "";

  it("moves binaries and cluster out of a clone that Postgres' user cannot enter", async () => {
    made = clone(home);
    const product = startProduct({ dataDir: "", clone: made });
    const apart = () => /live in (\/var\/lib\/theset\/\w+)/.exec(product.stderr())?.[1];
    await product.up();
    const moved = apart();
    expect(moved).toBeDefined();
    folders.push(moved ?? "");
    expect(existsSync(join(moved ?? "", "postgres", "PG_VERSION"))).toBe(true);
    product.process.kill("SIGTERM");
    expect(await product.ended).toBe(0);
  });

  it("ends with a sentence when a process dies three times before it is ready", async () => {
    writeFileSync(join(made, "jobs", "worker.ts"), "process.exit(1);\n");
    const product = startProduct({ dataDir: "", clone: made });
    expect(await product.ended).toBe(1);
    expect(product.stderr()).toContain("worker died 3 times in a row before it was ready");
  });

  it("ends when the build fails, and says so", async () => {
    writeFileSync(join(made, "app", "root.tsx"), "export default (\n");
    const product = startProduct({ dataDir: "", clone: made });
    expect(await product.ended).toBe(1);
    expect(product.stderr()).toContain("the build failed");
  });

  it("keeps the cluster of a chosen DATA_DIR apart where Postgres' user cannot enter it, and says so", async () => {
    const product = startProduct({ dataDir: join(home, "data") });
    await product.up();
    const apart = /live in (\/var\/lib\/theset\/\w+)/.exec(product.stderr())?.[1] ?? "";
    folders.push(apart);
    expect(product.stderr()).toContain(`cannot enter ${firstClosed(home, nobody)}`);
    expect(existsSync(join(apart, "postgres", "PG_VERSION"))).toBe(true);
    product.process.kill("SIGTERM");
    expect(await product.ended).toBe(0);
  });
});

describe.skipIf(!root || nobody.uid < 0 || firstClosed(project, nobody) !== undefined)(
  "as an ordinary user",
  () => {
    it("starts and stops without any of root's turns", async () => {
      // That user may not write to this clone, so the build has to be there.
      await ensureBuild(project, new AbortController().signal, () => undefined);
      const folder = temporary(tmpdir());
      chownSync(folder, nobody.uid, nobody.gid);
      const dataDir = join(folder, "data");
      const product = startProduct({ dataDir, user: nobody, env: { HOME: folder } });
      await product.up();
      const processes = product.processes();
      product.process.kill("SIGINT");
      expect(await product.ended).toBe(0);
      expect(await allGone(processes, 0)).toBe(true);
      expect(product.stderr()).not.toContain("/var/lib/theset");
    });
  },
);
