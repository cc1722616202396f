/**
 * Which of the songs we know a title means: the catalogue's songs against those seen in past setlists. Keys are compared,
 * leading brackets are optional, and what two songs could be is nobody's.
 */
import { songKeys } from "../titles.ts";

/** A song we have a row for. Ids rise with age. */
export type KnownSong = { id: string; title: string; titleKey: string };
/** A name that somebody or something said is that song's. */
export type Alias = {
  titleKey: string;
  songId: string;
  /** an administrator's word; of a song for its own title: that it is no other song, however alike they are */
  byAdmin?: boolean;
};
export type CatalogueTitle = { key: string; title: string };

export type Matching = {
  /** catalogue key → the row it is; keys that are not in here are new songs */
  rows: Map<string, string>;
  /** rows that turned out to be one song; the older one stays */
  merges: { from: string; into: string }[];
  /** catalogue keys under which a row was not known before */
  aliases: Alias[];
};

/**
 * Matches catalogue songs to rows. A row is the catalogue song its title means, first by the whole key, then with
 * brackets left out on either side. Several rows of one catalogue song are merged into the oldest. An alias beats a
 * title, and what an administrator said to be a song of its own is found by its own key only.
 */
export function matchCatalogue(songs: CatalogueTitle[], known: KnownSong[], aliases: Alias[] = []): Matching {
  const find = titleFinder(songs);
  const aliased = new Map(aliases.map(({ titleKey, songId }) => [titleKey, songId]));
  const claims = new Map<string, KnownSong[]>();
  const byId = new Map(known.map((song) => [song.id, song]));
  const claim = (key: string, song: KnownSong | undefined) => {
    if (!song) return;
    const rows = claims.get(key) ?? [];
    if (!rows.includes(song)) claims.set(key, [...rows, song]);
  };
  for (const { key } of songs) claim(key, byId.get(aliased.get(key) ?? ""));
  const settled = new Set([...claims.values()].flat().map(({ id }) => id));
  const apart = new Set(
    aliases.filter(({ byAdmin }) => byAdmin).map((alias) => `${alias.songId} ${alias.titleKey}`),
  );
  for (const song of known) {
    if (settled.has(song.id) || apart.has(`${song.id} ${song.titleKey}`)) continue;
    const found = find(song.titleKey, songKeys(song.title));
    // What an alias gives to another row is not this row's, whatever it is called.
    const owner = found === undefined ? undefined : aliased.get(found);
    if (found !== undefined && (owner === undefined || owner === song.id)) claim(found, song);
  }
  const rows = new Map<string, string>();
  const merges: Matching["merges"] = [];
  const added: Alias[] = [];
  for (const [key, claimants] of claims) {
    const [oldest, ...others] = [...claimants].sort((a, b) => (a.id < b.id ? -1 : 1));
    if (!oldest) continue;
    rows.set(key, oldest.id);
    merges.push(...others.map(({ id }) => ({ from: id, into: oldest.id })));
    const named = claimants.some(({ titleKey }) => titleKey === key) || aliased.has(key);
    if (!named) added.push({ titleKey: key, songId: oldest.id });
  }
  return { rows, merges, aliases: added };
}

/** Finds the catalogue key that a title's keys mean; undefined when none or more than one could be meant. */
export function titleFinder(
  songs: CatalogueTitle[],
): (titleKey: string, keys: string[]) => string | undefined {
  const whole = new Set(songs.map(({ key }) => key));
  const bare = new Map<string, string | undefined>();
  for (const { key, title } of songs) {
    for (const other of songKeys(title)) {
      if (whole.has(other)) continue;
      bare.set(other, bare.has(other) && bare.get(other) !== key ? undefined : key);
    }
  }
  return (titleKey, keys) => {
    const asked = [titleKey, ...keys];
    return asked.find((key) => whole.has(key)) ?? asked.map((key) => bare.get(key)).find(Boolean);
  };
}

/**
 * The parts of a medley as a past setlist writes it, "A / B" or "A > B"; undefined unless every part is a song that is known by
 * itself ("White Wedding - Pt. 1 / Remastered 2002" is none).
 */
export function medleyParts(name: string, isKnown: (title: string) => boolean): string[] | undefined {
  const parts = name
    .split(/\s+[/>]\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return parts.length > 1 && parts.length <= 8 && parts.every(isKnown) ? parts : undefined;
}
