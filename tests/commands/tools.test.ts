/** `doctor`, `import`, `backup` and `restore`, beside a running product and without one; what all commands do not know. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cleanEnv } from "../../bin/test/command.ts";
import { project, startProduct, type Started } from "./product.ts";

const folder = mkdtempSync(join(tmpdir(), "theset tools "));
chmodSync(folder, 0o755);
const dataDir = join(folder, "data");
const elsewhere = join(folder, "elsewhere");
const file = join(folder, "all.backup");
const started: Started[] = [];
let url = "";

function start(dir: string): Started {
  const product = startProduct({ dataDir: dir });
  started.push(product);
  return product;
}
async function stop(product: Started): Promise<void> {
  if (product.process.exitCode === null && product.process.signalCode === null)
    product.process.kill("SIGTERM");
  await product.ended;
}

beforeAll(async () => {
  url = await start(dataDir).up();
});
afterAll(async () => {
  for (const product of started) await stop(product);
  rmSync(folder, { recursive: true, force: true });
});

async function run(
  script: string,
  args: string[],
  env: Record<string, string> = {},
  meanwhile: (child: ChildProcess) => Promise<void> = async () => undefined,
) {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    cwd: project,
    env: cleanEnv({ DATA_DIR: dataDir, ...env }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise((resolve) => child.once("close", resolve));
  await meanwhile(child);
  return { code: await ended, out, err };
}

type Answer = { result?: { data: { json: { fan?: unknown } } } };
async function ask(at: string, path: string, cookie: string, input?: unknown) {
  const response = await fetch(`${at}/api/trpc/${path}`, {
    method: input === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", cookie },
    ...(input === undefined ? {} : { body: JSON.stringify({ json: input }) }),
  });
  const { result } = (await response.json()) as Answer;
  const set = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { status: response.status, fan: result?.data.json.fan, cookie: set };
}

describe("what a command does not know", () => {
  // All read their words by server/arguments.ts, whose own test has the cases; these are one of each kind.
  const commands = [
    ["doctor", "bin/doctor.ts"],
    ["simulator", "bin/simulator.ts"],
    ["web", "server/web.ts"],
    ["worker", "jobs/worker.ts"],
    ["migrate", "db/migrate.ts"],
  ];

  it("is one line with what was meant, exit code 2, and nothing started", async () => {
    const ended = commands.map(async ([name, script = ""]) => {
      const { code, out, err } = await run(script, ["--hlep"], { DATA_DIR: join(folder, "none") });
      const said = `TheSet: ${name} has no option --hlep (did you mean --help?); --help tells more\n`;
      expect([name, code, out, err]).toEqual([name, 2, "", said]);
    });
    await Promise.all(ended);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("is, for a wrong environment, every problem at once", async () => {
    const env = { TRUST_PROXY: "nonsense", TICKETMASTER_KEY: "k", PORT: "x", DATA_DIR: join(folder, "none") };
    const { code, out, err } = await run("bin/doctor.ts", [], env);
    expect([
      code,
      out,
      err
        .trim()
        .split("\n")
        .map((line) => line.split(":")[1]),
    ]).toEqual([2, "", [" PORT", " TRUST_PROXY", " TICKETMASTER_KEY"]]);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});

describe("beside a running product", () => {
  it("the doctor finds everything well", async () => {
    const { code, out, err } = await run("bin/doctor.ts", ["--json"]);
    type Report = { ok: boolean; checks: { name: string; state: string; detail: string }[] };
    const { ok, checks } = JSON.parse(out) as Report;
    const states = Object.fromEntries(checks.map(({ name, state }) => [name, state]));
    expect([code, ok, err]).toEqual([0, true, ""]);
    expect(states).toEqual({
      ...{ Node: "ok", Disk: "ok", Product: "ok", Postgres: "ok", Notifications: "ok", Schema: "ok" },
      ...{ Queue: "ok", Worker: "ok" },
      ...{ Ticketmaster: "off", Spotify: "off", "setlist.fm": "off", MusicBrainz: "off" },
    });
    expect(checks.at(-1)!.detail).toMatch(/the simulator answered in \d+ ms$/);
  });

  it("the doctor says what is wrong with a key and a database, and what to do", async () => {
    const { code, out } = await run("bin/doctor.ts", [], { DATABASE_URL: "postgres://u:p@127.0.0.1:9/none" });
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ Postgres .*ECONNREFUSED.*\n.*→ no server listens there/m);
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it("an import goes through it, in plain lines", async () => {
    const { code, out } = await run("bin/import.ts", ["Tall Ships in Winter"]);
    expect(code).toBe(0);
    const lines = out.trim().split("\n");
    expect(lines[0]).toMatch(/^ *\d+ % {2}\S/);
    expect(lines.filter((line) => line.startsWith("  ✓ "))).toHaveLength(5);
    expect(lines.some((line) => line.startsWith("Complete"))).toBe(true);
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it("a name that several have lists them and imports nobody", async () => {
    const { code, out, err } = await run("bin/import.ts", ["Saltmarsh Radio"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/several artists are called "Saltmarsh Radio".*\n( {2}\S+ +Saltmarsh Radio\n){2}$/);
  });

  it("a backup of it, restored elsewhere, has its accounts and their sign-ins", async () => {
    const fan = { email: "fan@example.org", password: "a long walk home", name: "Fan" };
    const { cookie } = await ask(url, "auth.signUp", "", fan);
    expect(await run("bin/backup.ts", [file])).toMatchObject({ code: 0, err: "" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run("bin/backup.ts", [file])).toMatchObject({ code: 2 });
    expect((await run("bin/restore.ts", [file])).err).toMatch(/needs a stopped instance/);

    const cut = await run("bin/restore.ts", [file], { DATA_DIR: elsewhere }, async (child) => {
      await vi.waitFor(() => expect(readdirSync(elsewhere).join(" ")).toContain("postgres-new-"), 20_000);
      child.kill("SIGINT");
    });
    expect([cut.code, cut.err]).toEqual([130, "TheSet: interrupted: nothing was restored\n"]);
    expect(readdirSync(elsewhere)).toEqual(["lock"]);
    expect(await run("bin/restore.ts", [file], { DATA_DIR: elsewhere })).toMatchObject({ code: 0, err: "" });
    expect((await run("bin/restore.ts", [file], { DATA_DIR: elsewhere })).err).toMatch(
      /needs an empty DATA_DIR/,
    );
    await stop(started[0]!);
    const there = await start(elsewhere).up();
    expect((await ask(there, "auth.me", cookie)).fan).toMatchObject({ email: fan.email });
    expect((await ask(there, "auth.signIn", "", fan)).status).toBe(200);
    const page = await fetch(`${there}/artists/tall-ships-in-winter`);
    expect([page.status, (await page.text()).includes("Tall Ships in Winter")]).toEqual([200, true]);
  });
});
