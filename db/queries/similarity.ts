/** How alike a comparison key and a stored one are, by trigrams (an index finds them) and then by edits (which rank them). */
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "../types.ts";

type Column = RawBuilder<string | null>;

/** Longer words are no names; Postgres measures up to 255 characters. */
const WORD = 60;
const WHOLE = 200;
/** Names that share half with what was asked for are worth showing, though one word of it is another. */
const HALF = 0.5;

/** A key holds no wildcards but for names of nothing but punctuation. */
export const literal = (key: string) => key.replace(/[\\%_]/g, "\\$&");

/** As the trigram index has it: pg_trgm knows letters by the database's locale, ASCII ones by any. */
const ascii = (text: RawBuilder<unknown>) => sql<string | null>`ascii_key(${text})`;

/** By the trigram index, under the transaction's `setSimilarity`. */
export const isSimilar = (key: string, column: Column) =>
  sql<boolean>`${ascii(sql`${key}::text`)} <% ${ascii(column)}`;
export const wordSimilarity = (key: string, column: Column) =>
  sql<number>`word_similarity(${ascii(sql`${key}::text`)}, ${ascii(column)})`;
/** Where a later word begins with the key. By the trigram index. */
export const hasWord = (key: string, column: Column) =>
  sql<boolean>`${ascii(column)} like '% ' || ${start(key)}`;
/** Where the first one does. By the trigram index. */
export const beginsWith = (key: string, column: Column) => sql<boolean>`${ascii(column)} like ${start(key)}`;
const start = (key: string) => sql`${ascii(sql`${literal(key)}::text`)} || '%'`;

/** Edits from each word of the key to the nearest word of a name, added up. */
export function distanceTo(key: string, column: Column): RawBuilder<number> {
  return sql<number>`(
    select sum(nearest)::integer from unnest(string_to_array(${key}::text, ' ')) asked(word)
    cross join lateral (
      select min(levenshtein(left(asked.word, ${WORD}::integer), left(named.word, ${WORD}::integer))) as nearest
      from unnest(string_to_array(${column}, ' ')) named(word)) every)`;
}

/** Edits that make a whole name of the key. */
export const editsBetween = (key: string, column: Column) =>
  sql<number>`levenshtein(left(${key}::text, ${WHOLE}::integer), left(${column}, ${WHOLE}::integer))`;

/** Of rows with `distance` and `similarity`: those a person who mistyped may have meant. Two letters swapped are two edits. */
export function isNear(key: string): RawBuilder<boolean> {
  const edits = longWords(key).reduce((sum, word) => sum + Math.max(2, Math.floor(word.length / 5)), 0) || 1;
  return sql<boolean>`(distance <= ${edits}::integer or similarity >= ${HALF}::real)`;
}

/** How alike is enough, for the rest of the transaction. */
export async function setSimilarity(trx: Transaction<DB>, key: string): Promise<void> {
  const enough = String(similarityOf(key));
  await sql`select set_config('pg_trgm.word_similarity_threshold', ${enough}::text, true)`.execute(trx);
}

/**
 * The least similarity that one edit in a word of five letters or more leaves. Of k trigrams two swapped letters, the
 * worst, take four at most and bring as many: k - 4 of k + 4 are common. A word that lost its fifth letter has five
 * trigrams, of which two are gone and three new. Of two long words both may be mistyped, within reason: below three tenths
 * half the names are alike.
 * @returns 0.2 to 0.5
 */
export function similarityOf(key: string): number {
  const k = new Set(key.split(" ").flatMap(trigramsOf)).size;
  if (k < 5) return HALF;
  if (k === 5) return 3 / 8;
  const one = Math.min(HALF, (k - 4) / (k + 4));
  return longWords(key).length < 2 ? one : Math.min(one, Math.max(0.3, (k - 8) / (k + 8)));
}

/** Words in which an error of typing is forgiven. */
const longWords = (key: string) => key.split(" ").filter((word) => word.length >= 5);

/** As pg_trgm makes them: two blanks before a word and one behind. */
function trigramsOf(word: string): string[] {
  const padded = [..."  ", ...word, " "];
  return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3).join(""));
}
