/**
 * The file of a backup: gzip over lines. A line of JSON says what follows; the rows of a table are Postgres' own COPY
 * text, ended by `\.`, which no row can be. The last line is the SHA-256 of all lines before it.
 *
 *   {"theset":"backup","format":1,…}     {"database":…,"migrations":[…]}
 *   {"schema":…,"table":…,"columns":[…]}  rows  \.  {"rows":n}  …  {"sequences":[…]}     {"sha256":…}
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

export const FORMAT = 1;

export type Header = {
  theset: "backup";
  format: number;
  /** of TheSet */
  version: string;
  madeAt: string;
  /** files of DATA_DIR that belong to the data, by name */
  files: Record<string, string>;
};
export type DatabaseHead = { database: string; migrations: string[]; queueVersion: number };
export type TableHead = {
  schema: string;
  table: string;
  columns: string[];
  /** of a partition: its parent, and which rows are its own */
  parent: string | null;
  bound: string | null;
};
export type Sequence = { schema: string; name: string; value: string; called: boolean };

export type Part =
  | { is: "header"; header: Header }
  | { is: "database"; database: DatabaseHead }
  | { is: "table"; table: TableHead }
  | { is: "rows"; bytes: Buffer; count: number }
  | { is: "sequences"; sequences: Sequence[] }
  | { is: "checksum"; sha256: string };

/** What is wrong with a file, after its name. */
export class BackupError extends Error {}

export type BackupWriter = {
  line(value: object): Promise<void>;
  write(bytes: Buffer): Promise<void>;
  /** Adds the checksum, and the file has its name. @returns the checksum */
  finish(): Promise<string>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
};

const END = Buffer.from("\\.");
const NEWLINE = 0x0a;
/** Rows are passed on in pieces of about this many bytes. */
const PIECE = 65_536;

/** A file for its owner alone (it holds addresses, password hashes and the secret of sessions), whole or not there. */
export function createBackup(file: string, signal?: AbortSignal): BackupWriter {
  const unfinished = `${file}.${process.pid}.part`;
  const gzip = createGzip();
  const hash = createHash("sha256");
  const written = pipeline(gzip, createWriteStream(unfinished, { flags: "wx", mode: 0o600 }));
  // Told to whoever writes next.
  written.catch(() => undefined);
  const put = async (bytes: Buffer) => {
    if (!gzip.write(bytes)) await Promise.race([once(gzip, "drain"), written]);
  };
  const write = async (bytes: Buffer) => {
    signal?.throwIfAborted();
    hash.update(bytes);
    await put(bytes);
  };
  return {
    write,
    line: (value) => write(Buffer.from(`${JSON.stringify(value)}\n`)),
    async finish() {
      const sha256 = hash.digest("hex");
      await put(Buffer.from(`${JSON.stringify({ sha256 })}\n`));
      gzip.end();
      await written;
      const handle = await open(unfinished, "r");
      await handle.sync();
      await handle.close();
      await rename(unfinished, file);
      return sha256;
    },
    async discard() {
      gzip.destroy();
      await written.catch(() => undefined);
      await rm(unfinished, { force: true });
    },
  };
}

/** @throws BackupError when the file is none of ours, was cut off or changed; what was read before may be wrong then */
export async function* readBackup(file: string): AsyncGenerator<Part, void, void> {
  const hash = createHash("sha256");
  let inRows = false;
  let piece: Buffer[] = [];
  let size = 0;
  let isFirst = true;
  let ended: string | undefined;
  for await (const line of lines(file)) {
    if (ended !== undefined) throw new BackupError("goes on after its end");
    if (inRows && !isEnd(line)) {
      hash.update(line);
      piece.push(line);
      size += line.length;
      if (size >= PIECE) yield take();
      continue;
    }
    if (inRows) {
      hash.update(line);
      if (size > 0) yield take();
      inRows = false;
      continue;
    }
    const part = partOf(line, isFirst);
    isFirst = false;
    if (part?.is === "checksum") {
      ended = part.sha256;
      continue;
    }
    hash.update(line);
    if (part) yield part;
    inRows = part?.is === "table";
  }
  if (isFirst) throw new BackupError("is empty");
  if (ended === undefined) throw new BackupError("is cut off: its end is missing");
  if (ended !== hash.digest("hex")) throw new BackupError("is damaged: its checksum is another one");
  yield { is: "checksum", sha256: ended };

  function take(): Part {
    const part: Part = { is: "rows", bytes: Buffer.concat(piece), count: piece.length };
    piece = [];
    size = 0;
    return part;
  }
}

const isEnd = (line: Buffer) => line.length === END.length + 1 && line.subarray(0, END.length).equals(END);

function partOf(line: Buffer, isFirst: boolean): Part | undefined {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line.toString("utf8")) as Record<string, unknown>;
  } catch {
    throw new BackupError(isFirst ? "is no backup of TheSet" : "is damaged");
  }
  if (isFirst !== (value?.theset === "backup")) throw new BackupError("is no backup of TheSet");
  if (isFirst) return { is: "header", header: value as Header };
  if ("database" in value) return { is: "database", database: value as DatabaseHead };
  if ("table" in value) return { is: "table", table: value as TableHead };
  if ("sequences" in value) return { is: "sequences", sequences: value.sequences as Sequence[] };
  if ("sha256" in value) return { is: "checksum", sha256: String(value.sha256) };
  throw new BackupError("is damaged");
}

/** Each with its newline; the last one of a file that was cut off without. */
async function* lines(file: string): AsyncGenerator<Buffer, void, void> {
  const packed = createReadStream(file);
  const gunzip = createGunzip();
  packed.on("error", (error) => gunzip.destroy(error));
  let rest: Buffer[] = [];
  try {
    for await (const chunk of packed.pipe(gunzip) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        const end = chunk.subarray(from, at + 1);
        yield rest.length > 0 ? Buffer.concat([...rest, end]) : end;
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new BackupError("is cut off");
    if (code?.startsWith("Z_")) throw new BackupError("is no backup of TheSet, or damaged");
    throw error;
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
