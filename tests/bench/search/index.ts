/** G1 and G2: finding an artist in spite of an error of typing, and while typing, against a scan with ILIKE. */
import { sql } from "kysely";
import type { Db } from "#db/index";
import { searchArtists, suggestArtists } from "#db/queries/search";
import { benchDatabases } from "../database.ts";
import { type Bench, type BenchContext, type Figure, inTurn, ratioFigure, timed } from "../frame.ts";
import { mistyped, names, seeded } from "./names.ts";

const ARTISTS = 200_000;
const QUERIES = 40;

export const search: Bench = {
  about: `G1, G2: ${ARTISTS} artists searched with an error of typing, and as one types, against ILIKE`,
  run: (context) => searches(context, ARTISTS),
};

export async function searches({ serverUrl, rounds, say }: BenchContext, artists: number): Promise<Figure[]> {
  const databases = await benchDatabases(serverUrl);
  const { db, drop } = await databases.create();
  try {
    const random = seeded(7);
    const all = names(artists, random);
    await insert(db, all);
    const asked = all
      .filter((_, n) => n % Math.floor(artists / (2 * QUERIES)) === 0)
      .flatMap((name) => ({ name, typed: mistyped(name, random) ?? "" }))
      .filter(({ typed }) => typed !== "")
      .slice(0, QUERIES);
    const found = await countFound(db, asked);
    say(`${found} of ${asked.length} are found in spite of the error`);
    const beginnings = asked.map(({ name }, n) => name.slice(0, 2 + (n % 7)).trim());
    const each = (keys: string[], ask: (key: string) => Promise<unknown>) => () =>
      timed(async () => {
        for (const key of keys) await ask(key);
      });
    const typed = asked.map((one) => one.typed);
    const g1 = await inTurn(
      rounds,
      each(typed, (key) => searchArtists(db, key, 10)),
      each(typed, (key) => scan(db, key)),
    );
    const g2 = await inTurn(
      rounds,
      each(beginnings, (key) => suggestArtists(db, key, 5)),
      each(beginnings, (key) => scan(db, key)),
    );
    const ratios = (pairs: typeof g1) => pairs.map(([ours, theirs]) => ours.ms / theirs.ms);
    const perQuery = (pairs: typeof g1) => ({
      oursMs: pairs.map(([a]) => a.ms / QUERIES),
      scanMs: pairs.map(([, b]) => b.ms / QUERIES),
    });
    return [
      ratioFigure("G1 one error of typing, top 10", { atMost: 0.5 }, ratios(g1), {
        found,
        of: asked.length,
        ...perQuery(g1),
      }),
      ratioFigure("G2 as one types", { atMost: 0.05 }, ratios(g2), perQuery(g2)),
    ];
  } finally {
    await drop();
    await databases.end();
  }
}

async function insert(db: Db, all: string[]): Promise<void> {
  await sql`with made as (
      insert into artists (slug, name, name_key) select 'a-' || n, name, name
      from unnest(${all}::text[]) with ordinality as t (name, n) returning id, slug)
    insert into artist_sources (source, source_id, artist_id) select 'ticketmaster', slug, id from made`.execute(
    db,
  );
  await sql`vacuum analyze`.execute(db);
}

/** Among the first ten, by the name that was meant; several artists may bear it. */
async function countFound(db: Db, asked: { name: string; typed: string }[]): Promise<number> {
  let found = 0;
  for (const { name, typed } of asked)
    if ((await searchArtists(db, typed, 10)).some((hit) => hit.name === name)) found++;
  return found;
}

/** Without the trigram index, which ILIKE could use as well. */
async function scan(db: Db, key: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select set_config('enable_bitmapscan', 'off', true), set_config('enable_indexscan', 'off', true)`.execute(
      trx,
    );
    await sql`select slug, name from artists where name_key ilike ${`%${key}%`} order by name limit 10`.execute(
      trx,
    );
  });
}
