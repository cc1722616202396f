/** Which indexes the record's pages use where many fans were scored at many shows. Plans, not times. */
import { type CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb } from "../../tests/database.ts";
import type { Db } from "../index.ts";
import type { DB } from "../types.ts";
import { findFanRecord } from "./fan-records.ts";
import { findSeasons, listRankedFans } from "./leaderboard.ts";
import { listScoredShows, listScorerRecords } from "./records.ts";

/** over ten seasons */
const SHOWS = 2_000;
const FANS = 250;
const SHOWS_A_FAN = 50;
let own: Awaited<ReturnType<typeof createTestDb>>;
let pool: pg.Pool;
let db: Db;
let asked: CompiledQuery[] = [];
let fanId = "";
let artistId = "";

beforeAll(async () => {
  own = await createTestDb();
  pool = new pg.Pool({ connectionString: own.url });
  // The database goes before its last idle connection does.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", () => undefined);
  db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void asked.push(query),
  });
  await sql`insert into artists (slug, name, name_key) select 'a-' || n, 'a-' || n, 'a-' || n
    from generate_series(1, 200) n`.execute(db);
  await sql`insert into fans (email, name, password_hash) select n || '@example.org', 'Fan ' || n, 'none'
    from generate_series(1, ${FANS}::int) n`.execute(db);
  await sql`insert into shows (artist_id, slug, tm_event_id, name, status, local_date)
    select id, slug || '-' || n, slug || '-' || n, 'x', 'onsale', date '2017-01-01' + 180 * n
    from artists, generate_series(1, ${SHOWS / 200}::int) n`.execute(db);
  await sql`insert into show_results (show_id, artist_id, source, source_id, url, played)
    select id, artist_id, 'setlistfm', slug, 'x', 18 from shows`.execute(db);
  await sql`insert into scores (show_id, scorer, artist_id, local_date, hits, named, played, brier)
    select id, scorer, artist_id, local_date, 12, 18, 18, 0.5
    from shows, unnest(array['machine', 'fans', 'last-show', 'last-ten', 'usual']) scorer`.execute(db);
  await sql`insert into scores (show_id, scorer, fan_id, artist_id, local_date, hits, named, played, brier)
    select shows.id, 'fan', fans.id, artist_id, local_date, 9, 12, 18, 0.6
    from (select id, row_number() over () as n from fans) fans
    join (select *, row_number() over () as n from shows) shows
      on shows.n % ${SHOWS / SHOWS_A_FAN}::int = fans.n % ${SHOWS / SHOWS_A_FAN}::int`.execute(db);
  await pool.query("vacuum analyze artists, fans, shows, show_results, scores");
  fanId = (await db.selectFrom("fans").select("id").executeTakeFirstOrThrow()).id;
  artistId = (await db.selectFrom("artists").select("id").executeTakeFirstOrThrow()).id;
});
afterAll(async () => {
  await pool.end();
  await own.close();
});

type Node = { "Node Type": string; "Relation Name"?: string; "Index Name"?: string; Plans?: Node[] };

/** Indexes that the one statement of `work` uses, and tables that it reads from end to end. */
async function plan(work: () => Promise<unknown>): Promise<{ indexes: string[]; whole: string[] }> {
  asked = [];
  await work();
  expect(asked).toHaveLength(1);
  const [query] = asked;
  const { rows } = await pool.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
    `explain (format json) ${query!.sql}`,
    query!.parameters as unknown[],
  );
  const found = { indexes: new Set<string>(), whole: new Set<string>() };
  const walk = (node: Node) => {
    if (node["Index Name"]) found.indexes.add(node["Index Name"]);
    if (node["Node Type"] === "Seq Scan") found.whole.add(node["Relation Name"] ?? "");
    node.Plans?.forEach(walk);
  };
  walk(rows[0]!["QUERY PLAN"][0].Plan);
  return { indexes: [...found.indexes], whole: [...found.whole] };
}

test.each<[string, index: string, () => Promise<unknown>]>([
  ["a season reads that season's scores", "scores_scorer", () => listRankedFans(db, { season: 2024 })],
  ["seasons are the two ends of an index", "scores_scorer", () => findSeasons(db)],
  ["one's own record reads one's own scores", "scores_fan", () => findFanRecord(db, fanId)],
  ["an artist's record reads theirs", "scores_artist", () => listScorerRecords(db, artistId)],
  [
    "an artist's latest results read theirs",
    "scores_artist",
    () => listScoredShows(db, { artistId, by: "date", limit: 5 }),
  ],
])("%s", async (_what, index, work) => {
  const { indexes, whole } = await plan(work);
  expect(indexes).toContain(index);
  expect(whole).not.toContain("scores");
});
