/**
 * A whole catalogue at once. Recordings of one key are one song, and the nearest to the studio stands for it. Then songs
 * meet that only spelling keeps apart, until none does: so judging what was kept again keeps it.
 */
import type { CatalogueSong, Recording, Verdict } from "../titles.ts";
import { meet, type Song } from "./meet.ts";
import { noSong } from "./no-song.ts";
import { better, type Item } from "./rank.ts";
import { readRecordings } from "./witnesses.ts";

/** Why a recording that does not stand for its song is part of it. */
const FOLDED = {
  studio: "same-song: the same song again",
  edit: "edition: another cut or edition",
  interlude: "same-song: the same piece again",
  acoustic: "variant: an acoustic form",
  demo: "variant: a demo, take or rehearsal",
};

/**
 * Which of an artist's recordings are songs, which song each one is, and why. The answer does not hang on their order;
 * verdicts come in the order of the recordings, songs by key.
 */
export function judgeCatalogue(
  artistName: string,
  recordings: Recording[],
): { songs: CatalogueSong[]; verdicts: Verdict[] } {
  const items = readRecordings(artistName, recordings);
  const reasons = new Map<Item, string>();
  const groups = new Map<string, Song>();
  for (const item of items) {
    const reason = noSong(item);
    if (reason !== undefined) reasons.set(item, reason);
    else join(groups, item);
  }
  const { songs, dropped } = meet([...groups.values()].sort((a, b) => byText(a.best.key, b.best.key)));
  for (const { song, reason } of dropped) for (const item of song.items) reasons.set(item, reason);
  const songOf = new Map(songs.flatMap((song) => song.items.map((item) => [item, song])));
  const keys = new Set(songs.map(({ best }) => best.key));

  const verdicts = items.map((item): Verdict => {
    const { id } = item.recording;
    const song = songOf.get(item);
    if (song) return { id, ...verdictIn(song, item), songKey: song.best.key };
    const songKey = keys.has(item.key) ? { songKey: item.key } : {};
    return { id, verdict: "dropped", reason: reasons.get(item) ?? "nameless: no title", ...songKey };
  });
  return { songs: songs.map(catalogueSong).sort((a, b) => byText(a.key, b.key)), verdicts };
}

function join(groups: Map<string, Song>, item: Item) {
  const song = groups.get(item.key);
  if (!song) groups.set(item.key, { best: item, items: [item] });
  else {
    song.items.push(item);
    if (better(item, song.best)) song.best = item;
  }
}

function verdictIn(song: Song, item: Item): Pick<Verdict, "verdict" | "reason"> {
  const { form } = item;
  const common = form === "studio" || form === "edit" || form === "interlude";
  if (item === song.best) {
    return { verdict: "kept", reason: common ? "studio: a song" : `only-form: only form known (${form})` };
  }
  if (form in FOLDED)
    return { verdict: "folded", reason: item.joined ?? FOLDED[form as keyof typeof FOLDED] };
  if (form === song.best.form) return { verdict: "folded", reason: `only-form: another ${form} form` };
  return { verdict: "dropped", reason: item.reason };
}

function catalogueSong({ best }: Song): CatalogueSong {
  const { recording, key, shown, form } = best;
  return {
    key,
    // "Ignition (Remix)" is the name it is known by.
    title: form === "remix" ? recording.title.trim() : shown,
    recordingId: recording.id,
    ...(recording.album && { albumTitle: recording.album.title }),
    ...(recording.durationMs !== undefined && { durationMs: recording.durationMs }),
    ...(recording.isrc !== undefined && { isrc: recording.isrc }),
  };
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
