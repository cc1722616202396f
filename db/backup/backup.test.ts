import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "#db/index";
import { createTestDb } from "../../tests/database.ts";
import { BackupError, checkBackup, findContents, loadDatabase, writeBackup } from "./index.ts";
import { readBackup } from "./format.ts";

const folder = mkdtempSync(join(tmpdir(), "theset-backup-"));
const about = { version: "0.0.0-test", files: { "session-secret": "a secret\n" } };
let source: Awaited<ReturnType<typeof createTestDb>>;
let copy: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  [source, copy] = await Promise.all([createTestDb(), createTestDb()]);
});
afterAll(async () => {
  await Promise.all([source.close(), copy.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** What COPY text has to escape, and what a reader of lines could stumble over. */
const AWKWARD = "a\\b\n\\.\n\t\r\u2028\u0001\u001b[31m 宇多田 \\N ''\"";

async function fill(db: Db): Promise<void> {
  await sql`insert into artists (slug, name, name_key) values ('awkward', ${AWKWARD}, 'awkward')`.execute(db);
  await sql`insert into songs (artist_id, title, title_key, kind)
    select id, 'one', 'one', 'studio' from artists`.execute(db);
  // One that points at its own table.
  await sql`insert into songs (artist_id, title, title_key, kind, merged_into)
    select artist_id, 'two', 'two', 'studio', id from songs`.execute(db);
  await sql`insert into upstream_cache (upstream, request, body, expires_at)
    values ('spotify', 'bytes', decode('00ff0a5c2e0a', 'hex'), now())`.execute(db);
  await sql`select nextval('import_revision') from generate_series(1, 7)`.execute(db);
  // Of a day whose partition only this database has.
  await sql`create table pgboss.queue_stats_20200101 partition of pgboss.queue_stats
    for values from ('2020-01-01') to ('2020-01-02')`.execute(db);
}

/** Fans and what hangs on them, in pairs of one transaction, until told to stop. */
function load(db: Db): { begun: Promise<void>; stop(): Promise<number> } {
  let on = true;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const working = (async () => {
    let pairs = 0;
    for (; on; pairs++, begin())
      await db.transaction().execute(async (trx) => {
        const email = `${randomUUID()}@example.org`;
        await sql`insert into fans (email, name, password_hash) values (${email}, 'Fan', 'x')`.execute(trx);
        await sql`insert into follows (fan_id, artist_id)
          select f.id, a.id from fans f, artists a where f.email = ${email}`.execute(trx);
      });
    return pairs;
  })();
  return { begun, stop: () => ((on = false), working) };
}

/** Each table's rows as they stand in a backup, by hash and number. */
async function tablesIn(file: string): Promise<Map<string, string>> {
  const told = new Map<string, string>();
  let table = "";
  for await (const part of readBackup(file)) {
    if (part.is === "table") table = `${part.table.schema}.${part.table.table}`;
    if (part.is === "rows") {
      const lines = part.bytes.toString("utf8").split("\n").sort();
      told.set(
        table,
        createHash("sha256")
          .update(`${told.get(table)}${lines.join("\n")}`)
          .digest("hex"),
      );
    }
    if (part.is === "sequences") told.set("sequences", JSON.stringify(part.sequences));
  }
  return told;
}

describe("a backup under load, restored elsewhere", () => {
  const file = join(folder, "first.backup");
  const again = join(folder, "again.backup");

  it("is the same rows in every table, in one snapshot", async () => {
    await fill(source.db);
    const writers = [load(source.db), load(source.db)];
    await Promise.all(writers.map((writer) => writer.begun));
    await writeBackup(file, [{ name: "theset", url: source.url }], about);
    await Promise.all(writers.map((writer) => writer.stop()));
    expect(statSync(file).mode & 0o777).toBe(0o600);

    await sql`select 1`.execute(copy.db);
    expect(await findContents(copy.url)).toMatch(/^is in use/);
    await copy.db.destroy();
    expect(await findContents(copy.url)).toBeUndefined();
    const { databases, header } = await checkBackup(file);
    expect(header.files).toEqual(about.files);
    const notices: string[] = [];
    const rows = await loadDatabase(copy.url, file, "theset", (line) => notices.push(line));
    expect([rows, notices]).toEqual([databases[0]!.rows, []]);
    expect(await findContents(copy.url)).toMatch(/^is not empty/);

    await writeBackup(again, [{ name: "theset", url: copy.url }], about);
    const [was, is] = await Promise.all([tablesIn(file), tablesIn(again)]);
    expect(is).toEqual(was);
    expect(was.get("public.fans")).toBeDefined();
  });

  it("has its keys again: what hangs on nobody is refused", async () => {
    const orphan = sql`insert into follows (fan_id, artist_id) values (${randomUUID()}, ${randomUUID()})`;
    const db = createDb(copy.url, { max: 1 });
    // One snapshot: no fan without what was written with them.
    const { rows: counts } = await sql<{ fans: number; follows: number }>`select
      (select count(*)::int from fans) as fans, (select count(*)::int from follows) as follows`.execute(db);
    expect(counts[0]!.fans).toBeGreaterThan(1);
    expect(counts[0]!.fans).toBe(counts[0]!.follows);
    await expect(orphan.execute(db)).rejects.toMatchObject({ code: "23503" });
    const keys = sql<{ n: number }>`select count(*)::int as n from pg_constraint where contype = 'f'`;
    expect((await keys.execute(db)).rows).toEqual((await keys.execute(source.db)).rows);
    await db.destroy();
  });
});

describe("a file that is none, or not whole", () => {
  const good = join(folder, "first.backup");
  const made = (name: string, bytes: Buffer | string) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  const text = () => gunzipSync(readFileSync(good)).toString("utf8");
  const changed = (change: (text: string) => string) => gzipSync(change(text()));
  const resealed = (change: (text: string) => string) => {
    const lines = change(text().replace(/\{"sha256".*\n$/, ""));
    const sha256 = createHash("sha256").update(lines).digest("hex");
    return gzipSync(`${lines}${JSON.stringify({ sha256 })}\n`);
  };

  it.each([
    ["empty", () => "", /cut off|empty/],
    ["text", () => "hello", /no backup of TheSet/],
    ["other gzip", () => gzipSync("hello\n"), /no backup of TheSet/],
    ["other JSON", () => gzipSync('{"a":1}\n'), /no backup of TheSet/],
    ["half", () => readFileSync(good).subarray(0, 2000), /cut off/],
    ["without its end", () => changed((all) => all.replace(/\{"sha256".*\n$/, "")), /its end is missing/],
    ["with a letter changed", () => changed((all) => all.replace("Fan", "Fun")), /checksum/],
    [
      "newer",
      () => resealed((all) => all.replace('"migrations":[', '"migrations":["2099-01-01-x",')),
      /newer version/,
    ],
    ["older", () => resealed((all) => all.replace(/("migrations":\[.*),"[^"]+"\]/, "$1]")), /older version/],
    ["newer format", () => resealed((all) => all.replace('"format":1', '"format":2')), /newer version/],
  ])("%s is refused in a sentence", async (name, bytes, problem) => {
    const checked = checkBackup(made(`${name}.backup`, bytes()));
    await expect(checked).rejects.toThrow(BackupError);
    await expect(checked).rejects.toThrow(problem);
  });
});
