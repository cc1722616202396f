import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { nameKey } from "#rules/text";
import { testApp } from "../../tests/app.ts";
import { searchArtists, suggestArtists } from "./search.ts";
import { similarityOf } from "./similarity.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

async function insertArtists(names: string[]): Promise<void> {
  const rows = JSON.stringify(names.map((name, n) => ({ n, name, name_key: nameKey(name) })));
  await sql`with made as (
      insert into artists (slug, name, name_key) select 'a-' || n, name, name_key
      from jsonb_to_recordset(${rows}::jsonb) as t (n int, name text, name_key text) returning id, slug)
    insert into artist_sources (source, source_id, artist_id) select 'ticketmaster', slug, id from made`.execute(
    app.db,
  );
}

const find = async (q: string) =>
  (await searchArtists(app.db, nameKey(q), 10)).map(({ name, distance }) => [name, distance]);
const suggest = async (q: string) => (await suggestArtists(app.db, nameKey(q), 5)).map(({ name }) => name);

/** Every name one edit away: a letter changed, left out, put in, or swapped with the next. */
function edits(word: string): string[] {
  const all = [...word].flatMap((_, at) => {
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    return [
      `${head}q${tail.slice(1)}`,
      head + tail.slice(1),
      `${head}q${tail}`,
      head + tail.charAt(1) + tail.charAt(0) + tail.slice(2),
    ];
  });
  return [...new Set([...all, `${word}q`])].filter((edited) => edited !== word);
}

describe("a whole search", () => {
  test("names that begin with it come first, then those that hold it, then those that resemble it", async () => {
    await insertArtists(["Radio Silence", "Saltmarsh Radio", "Radiohaed", "Ratio", "Nobody"]);
    expect(await find("radio")).toEqual([
      ["Radio Silence", 0],
      ["Radiohaed", 0],
      ["Saltmarsh Radio", 0],
      ["Ratio", 1],
    ]);
  });

  test("accents, case, quotes and & do not matter", async () => {
    await insertArtists(["Sigur Rós", "Florence + The Machine", "Ke$ha", "أصوات البحر"]);
    for (const [q, name] of [
      ["SIGUR ROS", "Sigur Rós"],
      ["sígür", "Sigur Rós"],
      ["florence & the machine", "Florence + The Machine"],
      ["Kesha", "Ke$ha"],
      ["اصوات", "أصوات البحر"],
      ["أصوات", "أصوات البحر"],
    ] as const) {
      expect((await find(q)).map(([found]) => found)).toContain(name);
    }
  });

  test.each(["abbey", "radio", "aaaaa", "mitski", "saltmarsh"])(
    "one edit anywhere in %s finds it among names that resemble it, alone and beside other words",
    async (word) => {
      const parts = [...word].flatMap((_, at) => [word.slice(0, at), word.slice(at)]);
      const crowd = parts.flatMap((part) => [`${part}vwvw`, `vwvw${part}`, `${part} vwvw`]);
      await insertArtists([...crowd, word, `The ${word} Singers`]);
      for (const edited of edits(word)) {
        const hits = await find(edited);
        expect(
          hits.map(([name]) => name),
          edited,
        ).toContain(word);
        expect(
          (await find(`the ${edited} singers`)).map(([name]) => name),
          edited,
        ).toContain(`The ${word} Singers`);
      }
    },
  );

  test("two long words may both be mistyped", async () => {
    await insertArtists(["Saltmarsh Radio", "Saltmarsh", "Radio"]);
    expect((await find("satlmarsh radoi"))[0]).toEqual(["Saltmarsh Radio", 4]);
  });

  test("what resembles nothing finds nobody, and signs that mean something to SQL are only signs", async () => {
    await insertArtists(["Saltmarsh Radio", "!!!", "100%", "_"]);
    expect(await find("zzqx")).toEqual([]);
    expect(await find("!!!")).toEqual([["!!!", 0]]);
    expect(await find("%")).toEqual([]);
    expect(await find("_")).toEqual([["_", 0]]);
    expect(await find("\\")).toEqual([]);
    expect(await find("'; drop table artists --")).toEqual([]);
  });

  test("an artist with two listings at Ticketmaster is found once", async () => {
    await insertArtists(["Saltmarsh Radio"]);
    await sql`insert into artist_sources (source, source_id, artist_id)
      select 'ticketmaster', 'other', id from artists`.execute(app.db);
    expect(await find("saltmarsh")).toHaveLength(1);
  });
});

describe("as you type", () => {
  test("the word at hand may be half there, in the middle of a name too", async () => {
    await insertArtists(["Saltmarsh Radio", "Radio Silence", "Saltire"]);
    expect(await suggest("sal")).toEqual(["Saltire", "Saltmarsh Radio"]);
    expect(await suggest("rad")).toEqual(["Radio Silence", "Saltmarsh Radio"]);
    expect(await suggest("saltmarsh ra")).toEqual(["Saltmarsh Radio"]);
  });

  test("an error of typing is thought of only where nothing else fits", async () => {
    await insertArtists(["Saltmarsh Radio", "Slatwork"]);
    expect(await suggest("slat")).toEqual(["Slatwork"]);
    expect(await suggest("satlmarsh")).toEqual(["Saltmarsh Radio"]);
  });
});

test("how alike is enough stays between a fifth and a half", () => {
  expect(["abc", "abde", "abcde", "saltmarsh", "saltmarsh radio"].map(similarityOf)).toEqual([
    0.5,
    3 / 8,
    0.2,
    6 / 14,
    8 / 24,
  ]);
});
