/** What people write down beside the songs: tapes, covers, guests, medleys, songs nobody knew. */
import { pick, type Random } from "./random.ts";
import type { Artist, Mark, PlayedSet, PlayedSong } from "./types.ts";

const notes = [
  "acoustic",
  "extended outro",
  "first time since 2023",
  "with string section",
  "dedicated to the crew",
];

const anySong = (rng: Random, sets: PlayedSet[]): { songs: PlayedSong[]; index: number } => {
  const { songs } = pick(rng, sets);
  return { songs, index: Math.floor(rng() * songs.length) };
};

/** Adds what this artist's marks say to freshly chosen sets. */
export function decorate(rng: Random, artist: Artist, plain: PlayedSet[]): PlayedSet[] {
  let sets = plain;
  const has = (mark: Mark) => artist.marks.includes(mark);
  if (has("covers") && artist.covers.length > 0 && rng() < 0.5) {
    const { songs, index } = anySong(rng, sets);
    const cover = pick(rng, artist.covers);
    songs.splice(index, 1, { name: cover.name, cover: cover.by });
  }
  if (has("guests") && artist.guests.length > 0 && rng() < 0.15) {
    const { songs, index } = anySong(rng, sets);
    const guested = songs[index];
    if (guested) songs[index] = { ...guested, with: pick(rng, artist.guests), info: "on guitar and vocals" };
  }
  if (has("medleys") && rng() < 0.3) {
    const songs = sets[0]?.songs ?? [];
    const [a, b] = songs.slice(2, 4);
    if (a && b) songs.splice(2, 2, { name: `${a.name} / ${b.name}` });
  }
  if (has("unknown-songs") && rng() < 0.1) {
    const { songs, index } = anySong(rng, sets);
    songs.splice(index, 0, { name: "" });
  }
  if (rng() < 0.15) {
    const { songs, index } = anySong(rng, sets);
    const noted = songs[index];
    if (noted && !noted.info) songs[index] = { ...noted, info: pick(rng, notes) };
  }
  if (has("segues"))
    for (const set of sets)
      set.songs = set.songs.map((song, i) =>
        i < set.songs.length - 1 && rng() < 0.4 ? { ...song, info: ">" } : song,
      );
  if (has("named-sets")) sets = nameSets(rng, sets);
  if (has("tapes")) {
    sets[0]?.songs.unshift({ name: "Tide Table Overture", tape: true });
    if (rng() < 0.6) sets.at(-1)?.songs.push({ name: "Shipping Forecast Waltz", tape: true });
  }
  return sets;
}

/** Two sets with names, and often an encore that only its name tells. */
function nameSets(rng: Random, sets: PlayedSet[]): PlayedSet[] {
  const [main, encore] = sets;
  if (!main) return sets;
  const half = Math.ceil(main.songs.length / 2);
  const named: PlayedSet[] = [
    { name: "Set 1:", songs: main.songs.slice(0, half) },
    { name: "Set 2:", songs: main.songs.slice(half) },
  ];
  if (encore) named.push(rng() < 0.4 ? { name: "Encore:", songs: encore.songs } : encore);
  return named;
}
