/** `npm run admin` beside a running product and without one, on one DATA_DIR. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanEnv } from "../../bin/test/command.ts";
import { project, query, startProduct, type Started } from "./product.ts";

const folder = mkdtempSync(join(tmpdir(), "theset admin "));
chmodSync(folder, 0o755);
const dataDir = join(folder, "data");
let product: Started;
let url = "";
let databaseUrl = "";

beforeAll(async () => {
  product = startProduct({ dataDir });
  url = await product.up();
  databaseUrl = product.instance().databaseUrl;
});
afterAll(async () => {
  product.process.kill("SIGTERM");
  await product.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** @param password comes on stdin */
async function admin(args: string[], password = "", env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", "bin/admin.ts", ...args], {
    cwd: project,
    env: cleanEnv({ DATA_DIR: dataDir, ...env }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(password);
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, out, err };
}

type Answer = { result?: { data: { json: unknown } }; error?: unknown };
async function ask(path: string, input?: unknown, cookie = "") {
  const response = await fetch(`${url}/api/trpc/${path}`, {
    method: input === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", cookie },
    ...(input === undefined ? {} : { body: JSON.stringify({ json: input }) }),
  });
  const { result } = (await response.json()) as Answer;
  return {
    status: response.status,
    data: result?.data.json,
    cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
  };
}
const signIn = (email: string, password: string) => ask("auth.signIn", { email, password });

describe("a first start", () => {
  it("says its administrator and keeps the password for its owner alone", async () => {
    const [, email = "", password = ""] = /administrator (\S+), password (\S+) /.exec(product.stdout()) ?? [];
    const file = join(dataDir, "initial-admin-password");
    expect(readFileSync(file, "utf8")).toBe(`${email}\n${password}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { cookie } = await signIn(email, password);
    expect((await ask("auth.me", undefined, cookie)).data).toMatchObject({ fan: { email, role: "admin" } });
  });

  it("signs sessions with a secret that stays", () => {
    expect(readFileSync(join(dataDir, "session-secret"), "utf8")).toMatch(/^[\w-]{43}\n$/);
  });
});

describe("npm run admin", () => {
  it("makes an administrator and new passwords, and ends the sessions of the old one", async () => {
    const email = "boss@example.org";
    expect(await admin(["create", email], "a long walk home\n")).toMatchObject({ code: 0, err: "" });
    const { cookie } = await signIn(email, "a long walk home");
    expect((await ask("auth.me", undefined, cookie)).data).toMatchObject({ fan: { role: "admin" } });
    expect(await admin(["reset-password", email], "a longer walk home")).toMatchObject({ code: 0 });
    expect((await ask("auth.me", undefined, cookie)).data).toEqual({ fan: null });
    expect((await signIn(email, "a long walk home")).status).toBe(401);
    expect((await signIn(email, "a longer walk home")).status).toBe(200);
  });

  it("makes a fan an administrator who keeps the password", async () => {
    const fan = { email: "fan@example.org", password: "a long walk home", name: "Fan" };
    const { cookie } = await ask("auth.signUp", fan);
    expect(await admin(["create", fan.email])).toMatchObject({ code: 0 });
    expect((await ask("auth.me", undefined, cookie)).data).toMatchObject({ fan: { role: "admin" } });
    expect(await admin(["create", fan.email])).toMatchObject({ code: 1 });
  });

  it.each([
    [0, ["--help"], "", ""],
    [2, [], "", "admin knows create and reset-password; --help tells more"],
    [2, ["destroy", "a@example.org"], "", 'not "destroy"'],
    [2, ["create"], "", "takes one e-mail address"],
    [2, ["create", "--force", "a@example.org"], "", "--force"],
    [2, ["create", "nobody"], "", "This is not an e-mail address"],
    [2, ["create", "a@example.org"], "password1\n", "first that are guessed"],
    [2, ["create", "a@example.org"], "", "no password came on stdin"],
    [1, ["reset-password", "a@example.org"], "a long walk home", "there is no account"],
  ])("ends with %d for %j and stdin %j", async (code, args, password, said) => {
    const { code: ended, err } = await admin(args, password);
    expect([ended, err]).toEqual([code, expect.stringContaining(said)]);
    expect(err.split("\n").length).toBeLessThanOrEqual(2);
    expect(await query(databaseUrl, "select 1 from fans where email = 'a@example.org'")).toEqual([]);
  });

  it("brings its own Postgres where nothing runs, and leaves nothing behind", async () => {
    product.process.kill("SIGTERM");
    await product.ended;
    expect(await admin(["reset-password", "boss@example.org"], "the longest walk home")).toMatchObject({
      code: 0,
    });
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
    expect(await admin(["create", "boss@example.org"])).toMatchObject({ code: 1 });
  });
});
