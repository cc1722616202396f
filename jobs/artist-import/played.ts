/** Entries of past setlists as songs: by the catalogue's titles, other names of songs, and medleys taken apart. Pure. */
import type { PastSetlistSong } from "#db/queries/past-setlist-writes";
import { songKeys } from "#rules/titles";
import { type Alias, type KnownSong, medleyParts, titleFinder } from "#rules/titles/match";

type Played = Omit<PastSetlistSong, "titleKey" | "songId">;

/** Some letters are many in a key (one Arabic ligature is 18): it is cut to what its column holds. */
export function keyOf(key: string): string {
  return [...key].slice(0, 300).join("");
}

/**
 * Tells which song each entry is. Made once for an artist's page of setlists; a song that is not known gets the key
 * under which it will be.
 */
export function entryReader(known: KnownSong[], aliases: Alias[]): (songs: Played[]) => PastSetlistSong[] {
  const ids = new Map([
    ...known.map(({ titleKey, id }) => [titleKey, id] as const),
    ...aliases.map(({ titleKey, songId }) => [titleKey, songId] as const),
  ]);
  const find = titleFinder([
    ...known.map(({ titleKey, title }) => ({ key: titleKey, title })),
    ...aliases.map(({ titleKey }) => ({ key: titleKey, title: titleKey })),
  ]);
  const songOf = (name: string) => {
    const [key = "", ...others] = songKeys(name).map(keyOf);
    return { key, songId: ids.get(find(key, others) ?? "") };
  };
  const entry = (song: Played): PastSetlistSong => {
    if (song.name === "") return { ...song, titleKey: null };
    const { key, songId } = songOf(song.name);
    return { ...song, titleKey: key === "" ? null : key, ...(songId && { songId }) };
  };
  return (songs) =>
    songs.flatMap((song) => {
      const parts = medleyParts(song.name, (title) => songOf(title).songId !== undefined);
      return parts ? parts.map((name) => entry({ ...song, name })) : [entry(song)];
    });
}
