/** Which indexes a search uses where there is much to search. Plans, not times: those are the bench's. */
import { type CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb } from "../../tests/database.ts";
import type { Db } from "../index.ts";
import type { DB } from "../types.ts";
import { searchPlaces } from "./search-places.ts";
import { searchArtists, suggestArtists } from "./search.ts";

const ARTISTS = 50_000;
const VENUES = 20_000;
let own: Awaited<ReturnType<typeof createTestDb>>;
let pool: pg.Pool;
let db: Db;
let asked: CompiledQuery[] = [];

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
  // Names of two words out of 2,000, and one that is looked for.
  await sql`with made as (
      insert into artists (slug, name, name_key)
      select 'a-' || n, name, name from (
        select n, substr(md5((n % 2000)::text), 1, 6) || ' ' || substr(md5((n % 1999)::text), 1, 7) as name
        from generate_series(1, ${ARTISTS}::integer) n union all select 0, 'saltmarsh radio') names
      returning id, slug)
    insert into artist_sources (source, source_id, artist_id) select 'ticketmaster', slug, id from made`.execute(
    db,
  );
  await sql`insert into venues (slug, source, source_id, name, name_key, city, city_key)
    select 'v-' || n, 'ticketmaster', 'v-' || n, name, name, city, city from (
      select n, substr(md5((n % 3000)::text), 1, 8) as name, substr(md5((n % 500)::text), 1, 8) as city
      from generate_series(1, ${VENUES}::integer) n) places`.execute(db);
  await pool.query("vacuum analyze artists, artist_sources, venues");
});
afterAll(async () => {
  await pool.end();
  await own.close();
});

type Node = { "Node Type": string; "Relation Name"?: string; "Index Name"?: string; Plans?: Node[] };

/** Indexes that the statements of `work` use, and tables that they read from end to end. */
async function plans(work: () => Promise<unknown>): Promise<{ indexes: string[]; whole: string[] }> {
  asked = [];
  await work();
  const selects = asked.filter(
    (query) => /^select|^with/.test(query.sql) && !query.sql.includes("set_config"),
  );
  expect(selects.length).toBeGreaterThan(0);
  const indexes = new Set<string>();
  const whole = new Set<string>();
  const walk = (node: Node) => {
    if (node["Index Name"]) indexes.add(node["Index Name"]);
    if (node["Node Type"] === "Seq Scan") whole.add(node["Relation Name"] ?? "");
    node.Plans?.forEach(walk);
  };
  for (const query of selects) {
    const { rows } = await pool.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
      `explain (format json) ${query.sql}`,
      query.parameters as unknown[],
    );
    walk(rows[0]!["QUERY PLAN"][0].Plan);
  }
  return { indexes: [...indexes], whole: [...whole].filter((table) => table !== "shows") };
}

test.each([
  ["a letter", "a"],
  ["the beginning of many names", "ab"],
])("%s is looked up among beginnings alone", async (_what, key) => {
  const { indexes, whole } = await plans(() => searchArtists(db, key, 10));
  expect(indexes).toContain("artists_name_key");
  expect(indexes).not.toContain("artists_name_trigrams");
  expect(whole).toEqual([]);
});

test.each(["saltmarsh", "satlmarsh", "slatmarsh radio", "radoi"])(
  "%s is looked up among beginnings, then by trigrams",
  async (key) => {
    for (const search of [searchArtists, suggestArtists]) {
      const { indexes, whole } = await plans(() => search(db, key, 10));
      expect(indexes).toEqual(expect.arrayContaining(["artists_name_key", "artists_name_trigrams"]));
      expect(whole).toEqual([]);
    }
  },
);

test.each(["salina", "sailna"])("places: %s is looked up by trigrams", async (key) => {
  const { indexes, whole } = await plans(() => searchPlaces(db, key, 10));
  expect(indexes).toEqual(expect.arrayContaining(["venues_name_trigrams", "venues_city_trigrams"]));
  expect(whole).toEqual([]);
});
