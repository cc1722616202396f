import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createSessionCookie, hashOf } from "./cookie.ts";
import { readOrMakeSecret } from "./secret.ts";

const folder = mkdtempSync(join(tmpdir(), "theset-secret-"));
afterAll(() => rmSync(folder, { recursive: true }));

const plain = createSessionCookie({ secret: "one secret", secure: false });
const secure = createSessionCookie({ secret: "one secret", secure: true });

test("over https the browser holds the cookie to this host and to https", () => {
  expect(secure.set("x".repeat(43))).toMatch(
    /^__Host-theset=.*; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=\d+$/,
  );
  expect(plain.set("x".repeat(43))).toMatch(/^theset=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  expect(secure.clear()).toMatch(/^__Host-theset=; .*; Secure; Max-Age=0$/);
});

test("a token comes back as its hash, among other cookies too", () => {
  const token = plain.make();
  const cookie = plain.set(token).split(";")[0]!;
  for (const header of [cookie, `theme=dark; ${cookie}`, `${cookie}; theme=dark`, `nottheset=1;${cookie}`])
    expect(plain.read(header)).toEqual(hashOf(token));
});

test.each([
  ["no cookie", undefined],
  ["another name", "a=b"],
  ["a value that is none", "theset=x"],
  ["a removed one", "theset="],
  ["another secret's", createSessionCookie({ secret: "another", secure: false }).set("x".repeat(43))],
  ["https' on http", secure.set("x".repeat(43))],
  ["one of a longer name", `x${plain.set("x".repeat(43))}`],
])("%s is nobody's", (_what, header) => expect(plain.read(header)).toBeUndefined());

test("of many processes that start at once all sign with the same secret, kept for its owner alone", async () => {
  const dataDir = join(folder, "data");
  const secrets = await Promise.all(Array.from({ length: 20 }, () => readOrMakeSecret(dataDir)));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]).toMatch(/^[\w-]{43}$/);
  expect(readdirSync(dataDir)).toEqual(["session-secret"]);
  expect(statSync(join(dataDir, "session-secret")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dataDir, "session-secret"), "utf8").trim()).toBe(await readOrMakeSecret(dataDir));
});
