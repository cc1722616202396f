/** The secret that signs sessions where SESSION_SECRET is not set: made once, kept beside the data. */
import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** @returns the text in `DATA_DIR/session-secret` (mode 0600), the same for all processes however many start at once */
export async function readOrMakeSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "session-secret");
  const read = () => readFile(file, "utf8").then((text) => text.trim());
  const known = await read().catch(() => "");
  if (known) return known;
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  // The first one to put its draft in place wins; nobody ever reads half a file.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return read();
}
