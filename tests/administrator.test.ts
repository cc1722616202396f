/** Whom a start makes an administrator. The start itself is in tests/commands. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readEnv } from "#server/env";
import { ensureAdministrator } from "../bin/start/administrator.ts";
import { testApp } from "./app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let dataDir = "";
beforeAll(async () => {
  app = await testApp();
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "theset-admin-"));
});
afterEach(async () => {
  rmSync(dataDir, { recursive: true });
  await app.clear();
});
afterAll(() => app.close());

const start = (env: Record<string, string> = {}) =>
  ensureAdministrator(readEnv({ DATA_DIR: dataDir, ...env }), app.url);
const file = () => join(dataDir, "initial-admin-password");
const admins = async () =>
  (await app.db.selectFrom("fans").select("email").where("role", "=", "admin").execute()).map(
    ({ email }) => email,
  );

const ada = { email: "ada@example.org", password: "a long walk home", name: "Ada" };

test("the first start makes one up, says and keeps the password for its owner alone; the next one does nothing", async () => {
  const made = await start();
  if (!made) throw new Error("none was made");
  expect(readFileSync(file(), "utf8")).toBe(`${made.email}\n${made.password}\n`);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  const visitor = app.visitor();
  await visitor.auth.signIn(made);
  expect((await visitor.auth.me()).fan?.role).toBe("admin");
  expect(await start()).toBeUndefined();
  expect(await admins()).toEqual([made.email]);
});

test("another database on the same DATA_DIR gets the same one", async () => {
  const first = await start();
  await app.clear();
  expect(await start()).toEqual(first);
});

test("a file that somebody has written into is made anew", async () => {
  writeFileSync(file(), "changed\n");
  expect((await start())?.password).toMatch(/^[a-z2-9]{20}$/);
});

test("ADMIN_EMAIL makes that account with ADMIN_PASSWORD, which is used only once and kept nowhere", async () => {
  const env = { ADMIN_EMAIL: ada.email, ADMIN_PASSWORD: ada.password };
  expect(await start(env)).toBeUndefined();
  expect(() => statSync(file())).toThrow();
  await start({ ...env, ADMIN_PASSWORD: "another long walk" });
  await app.visitor().auth.signIn(ada);
  expect(await admins()).toEqual([ada.email]);
});

test("ADMIN_EMAIL without a password gets one that is said and kept", async () => {
  const made = await start({ ADMIN_EMAIL: ada.email });
  expect(made?.email).toBe(ada.email);
  await app.visitor().auth.signIn(made!);
});

test("the fan of ADMIN_EMAIL is promoted and keeps the password, whoever else administers; the change is seen at once", async () => {
  await start();
  const browser = app.browser();
  await browser.caller.auth.signUp(ada);
  const seen = new Promise((resolve) => app.hub.hear("theset_fan", resolve));
  expect(
    await start({ ADMIN_EMAIL: "ADA@example.org", ADMIN_PASSWORD: "another long walk" }),
  ).toBeUndefined();
  await seen;
  expect((await browser.caller.auth.me()).fan?.role).toBe("admin");
  await app.visitor().auth.signIn(ada);
});
