/**
 * Who administers a new instance: the account of ADMIN_EMAIL, else one that is made up at the first start. Its password
 * is printed once and kept beside the data. Runs after the migrations and before anybody can sign in.
 */
import { randomInt } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDb } from "#db/index";
import { hasAdministrator } from "#db/queries/fans";
import { type Credentials, makeAdministrator, promote } from "#server/administrators";
import type { Env } from "#server/env";

/** A reserved name: no mail to it ever arrives anywhere. */
const EMAIL = "admin@theset.example";
/** No letter or digit that looks like another; 20 of them are 98 bits. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH = 20;

/** @returns the account that was made with a password nobody has been told yet; undefined: none was */
export async function ensureAdministrator(env: Env, databaseUrl: string): Promise<Credentials | undefined> {
  const db = createDb(databaseUrl, { max: 1, applicationName: "theset start" });
  try {
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = env;
    if (email && (await promote(db, email))) return undefined;
    if (email && password) {
      await makeAdministrator(db, { email, password });
      return undefined;
    }
    if (!email && (await hasAdministrator(db))) return undefined;
    const credentials = await readOrMake(env.DATA_DIR, email ?? EMAIL);
    // Another machine on the same database was first: its file has the password.
    return (await makeAdministrator(db, credentials)) ? credentials : undefined;
  } finally {
    await db.destroy();
  }
}

/** The demo's and the live database of one DATA_DIR get the same: there is one file. */
async function readOrMake(dataDir: string, email: string): Promise<Credentials> {
  const file = join(dataDir, "initial-admin-password");
  const [knownEmail, knownPassword] = (await readFile(file, "utf8").catch(() => "")).split("\n");
  if (knownEmail === email && knownPassword) return { email, password: knownPassword };
  const password = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  await writeFile(`${file}.new`, `${email}\n${password}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return { email, password };
}
