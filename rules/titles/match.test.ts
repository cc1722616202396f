import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { songKeys } from "../titles.ts";
import { matchCatalogue, medleyParts, type KnownSong } from "./match.ts";

const song = (title: string) => ({ title, key: songKeys(title)[0]! });
const row = (id: string, title: string, titleKey = songKeys(title)[0]!): KnownSong => ({
  id,
  title,
  titleKey,
});

describe("matchCatalogue", () => {
  it("takes a row for the song of its key, in whatever spelling", () => {
    const { rows, merges, aliases } = matchCatalogue([song("Don’t Stop")], [row("1", "DON'T STOP")]);
    expect([...rows]).toEqual([[song("Don't Stop").key, "1"]]);
    expect([merges, aliases]).toEqual([[], []]);
  });

  it("knows a song with its opening brackets left out, and names the row by both keys", () => {
    const full = song("(I Can't Get No) Satisfaction");
    const { rows, aliases } = matchCatalogue([full], [row("1", "Satisfaction")]);
    expect(rows.get(full.key)).toBe("1");
    expect(aliases).toEqual([{ titleKey: full.key, songId: "1" }]);
  });

  it("merges into the older row", () => {
    const full = song("(I Can't Get No) Satisfaction");
    const known = [row("2", "Satisfaction"), row("1", "(I Can't Get No) Satisfaction")];
    expect(matchCatalogue([full], known).merges).toEqual([{ from: "2", into: "1" }]);
  });

  it("leaves alone what two songs could be", () => {
    const songs = [song("(First) Light"), song("(Last) Light")];
    const { rows, merges } = matchCatalogue(songs, [row("1", "Light")]);
    expect([rows.size, merges]).toEqual([0, []]);
  });

  it("lets an alias beat a title", () => {
    const songs = [song("Vienna")];
    const known = [row("1", "Vienna"), row("2", "Wien")];
    const aliases = [{ titleKey: song("Vienna").key, songId: "2" }];
    expect(matchCatalogue(songs, known, aliases)).toMatchObject({ merges: [], aliases: [] });
    expect(matchCatalogue(songs, known, aliases).rows.get(song("Vienna").key)).toBe("2");
  });

  it("keeps parts of one work apart", () => {
    const songs = [song("Another Brick in the Wall, Pt. 1"), song("Another Brick in the Wall, Pt. 2")];
    const known = [row("1", "Another Brick in the Wall, Part 2"), row("2", "Another Brick in the Wall")];
    const { rows } = matchCatalogue(songs, known);
    expect([...rows.values()]).toEqual(["1"]);
  });

  const names = fc.constantFrom(
    "Light",
    "(First) Light",
    "Rain",
    "Rain (Reprise)",
    "1979",
    "Alive",
    "(Oh) Rain",
  );
  it("does not depend on order, and never gives one row to two songs", () => {
    fc.assert(
      fc.property(fc.uniqueArray(names), fc.uniqueArray(names), (catalogue, played) => {
        const songs = catalogue.map(song);
        const known = played.map((title, at) => row(String(at), title));
        const one = matchCatalogue(songs, known);
        const other = matchCatalogue([...songs].reverse(), [...known].reverse());
        const told = (m: typeof one) =>
          [...m.rows].sort().concat(m.merges.map((x) => [x.from, x.into]).sort() as never);
        expect(told(one)).toEqual(told(other));
        const ids = [...one.rows.values(), ...one.merges.map(({ from }) => from)];
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe("medleyParts", () => {
  const known = new Set(["Intro", "Rain", "Light"]);
  const cases: [name: string, parts: string[] | undefined][] = [
    ["Rain / Light", ["Rain", "Light"]],
    ["Rain / Light / Intro", ["Rain", "Light", "Intro"]],
    ["Rain > Light", ["Rain", "Light"]],
    ["Rain > Light / Rain", ["Rain", "Light", "Rain"]],
    ["Rain / Unheard Of", undefined],
    ["Rain>Light", undefined],
    ["Rain", undefined],
    ["AC/DC", undefined],
    [" / ", undefined],
    ["White Wedding - Pt. 1 / Remastered 2002", undefined],
  ];
  it.each(cases)("%s", (name, parts) => {
    expect(medleyParts(name, (title) => known.has(title))).toEqual(parts);
  });
});
