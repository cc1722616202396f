/** The files of DATA_DIR that belong to the data: without the secret, everybody is signed out by a restore. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Env } from "#server/env";

const SECRET = "session-secret";
const PASSWORD = "initial-admin-password";

/** A SESSION_SECRET of the environment is its owner's to keep. */
export async function readKept(env: Env): Promise<Record<string, string>> {
  const names = env.SESSION_SECRET ? [PASSWORD] : [SECRET, PASSWORD];
  const found = names.filter((name) => existsSync(join(env.DATA_DIR, name)));
  const texts = found.map(async (name) => [name, await readFile(join(env.DATA_DIR, name), "utf8")] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** Writes those that are not there yet. @returns false: sessions of the copy are signed by another secret than is used */
export async function writeKept(env: Env, files: Record<string, string>): Promise<boolean> {
  for (const name of [SECRET, PASSWORD]) {
    const text = files[name];
    if (text === undefined || (name === SECRET && env.SESSION_SECRET)) continue;
    await writeFile(join(env.DATA_DIR, name), text, { mode: 0o600, flag: "wx" }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      },
    );
  }
  if (files[SECRET] === undefined) return true;
  const used = env.SESSION_SECRET ?? (await readFile(join(env.DATA_DIR, SECRET), "utf8"));
  return used.trim() === files[SECRET].trim();
}
