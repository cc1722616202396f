/** A restorable copy of everything, in one file (docs/decisions/022). Postgres' own tools are not needed on either side. */
import { migrationNames } from "../migrations.ts";
import { type Dumped, dumpDatabase } from "./dump.ts";
import { BackupError, createBackup, type DatabaseHead, FORMAT, type Header, readBackup } from "./format.ts";

export { BackupError } from "./format.ts";
export { findContents } from "./empty.ts";
export { checkQueue, loadDatabase } from "./load.ts";

export type Source = { name: string; url: string };

/**
 * Writes all databases and files into one file. Each database is one snapshot.
 * @param about.files of DATA_DIR, by name
 * @throws Postgres' error, the disk's, or the signal's reason; no file is left then
 */
export async function writeBackup(
  file: string,
  sources: Source[],
  about: { version: string; files: Record<string, string> },
  signal?: AbortSignal,
): Promise<{ sha256: string; databases: Dumped[] }> {
  const out = createBackup(file, signal);
  try {
    const header: Header = { theset: "backup", format: FORMAT, madeAt: new Date().toISOString(), ...about };
    await out.line(header);
    const databases: Dumped[] = [];
    for (const { name, url } of sources) databases.push(await dumpDatabase(url, name, out));
    return { sha256: await out.finish(), databases };
  } catch (error) {
    await out.discard();
    throw error;
  }
}

export type Contents = { header: Header; databases: (DatabaseHead & { tables: number; rows: number })[] };

/**
 * Reads a backup from end to end, so that a damaged one is found before anything is changed.
 * @throws BackupError with what is wrong, after the file's name; another version's backup too
 */
export async function checkBackup(file: string): Promise<Contents> {
  let header: Header | undefined;
  const databases: Contents["databases"] = [];
  for await (const part of readBackup(file)) {
    if (part.is === "header") header = part.header;
    // Not what is in it, only what it says of itself, was looked at so far: a newer format may be anything.
    if (part.is === "header" && part.header.format > FORMAT)
      throw new BackupError(
        `was made by a newer version of TheSet (${part.header.version}): update the code`,
      );
    if (part.is === "database") databases.push({ ...part.database, tables: 0, rows: 0 });
    const last = databases.at(-1);
    if (last && part.is === "table") last.tables++;
    if (last && part.is === "rows") last.rows += part.count;
  }
  const known = await migrationNames();
  for (const { migrations } of databases) {
    const newer = migrations.filter((name) => !known.includes(name));
    if (newer.length > 0)
      throw new BackupError(
        `was made by a newer version of TheSet (${header!.version}, with ${newer.at(-1)}): update the code, then restore`,
      );
    if (migrations.length < known.length)
      throw new BackupError(
        `was made by an older version of TheSet (${header!.version}, up to ${migrations.at(-1) ?? "nothing"}): restore it with that version, then start this one on it`,
      );
  }
  return { header: header!, databases };
}
