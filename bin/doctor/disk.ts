/** Whether DATA_DIR can be written, which is tried, and how much room there is where the data lies. */
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bytesOf } from "../terminal.ts";
import { type Answer, failed, ok } from "./check.ts";

/** Two segments of Postgres' log: below that it stops. */
const LEAST = 32e6;
const TRIED = 1_000_000;
const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];

/** @param folders DATA_DIR first, then where the cluster is when that is elsewhere */
export async function checkDisk(folders: string[]): Promise<Answer> {
  const [dataDir = ""] = folders;
  const remedy = "delete what is not needed there, or set DATA_DIR to a folder on a larger disk";
  const trial = join(dataDir, `doctor-${process.pid}`);
  try {
    await writeFile(trial, Buffer.alloc(TRIED), { mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code && FULL.includes(code))
      return failed(`disk full: nothing can be written to ${dataDir} (${code})`, remedy);
    return failed(`${dataDir} cannot be written to (${code})`, "let this user write there, or set DATA_DIR");
  } finally {
    await rm(trial, { force: true });
  }
  let least: { folder: string; free: number } | undefined;
  for (const folder of folders) {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (!least || free < least.free) least = { folder, free };
  }
  const { folder, free } = least!;
  if (free < LEAST) return failed(`disk full: ${bytesOf(free)} are left for ${folder}`, remedy);
  return ok(`${folder} can be written to and has ${bytesOf(free)} left`);
}
