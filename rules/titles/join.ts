/** Catalogue songs that are one song because somebody said so: known titles of one row. Pure. */
import type { Alias, CatalogueTitle, KnownSong } from "./match.ts";

/**
 * Which catalogue keys are other names of another one. Titles alone never make two catalogue songs one here: only keys
 * that one row has, its own and its other names. The title that the row bears stays, else the first.
 * @returns key → the key that stands for it; keys that stand for themselves are left out
 */
export function joinTitles(
  songs: CatalogueTitle[],
  known: KnownSong[],
  aliases: Alias[],
): Map<string, string> {
  const rows = new Map([
    ...known.map(({ titleKey, id }) => [titleKey, id] as const),
    ...aliases.map(({ titleKey, songId }) => [titleKey, songId] as const),
  ]);
  const titleOf = new Map(known.map(({ id, title }) => [id, title]));
  const groups = new Map<string, CatalogueTitle[]>();
  for (const song of songs) {
    const row = rows.get(song.key);
    if (row !== undefined) groups.set(row, [...(groups.get(row) ?? []), song]);
  }
  const joined = new Map<string, string>();
  for (const [row, group] of groups) {
    const stands = group.find(({ title }) => title === titleOf.get(row)) ?? group[0];
    for (const { key } of group) if (stands && key !== stands.key) joined.set(key, stands.key);
  }
  return joined;
}
