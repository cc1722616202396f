/** Recordings read one by one, then against each other: an album that says nothing may still be a live one. */
import type { Album, Recording } from "../titles.ts";
import { nameKey } from "../text.ts";
import { albumForm, withAlbum, type Told } from "./album.ts";
import { worse, type Form } from "./forms.ts";
import type { Item } from "./rank.ts";
import { readTitle, type Reading } from "./read.ts";

/** Singles carry one studio song and three live ones, so only a real album speaks for its other tracks. */
const ALBUM_TRACKS = 6;
const MOST = 0.75;
/** The same take never differs so much; a fade or a gap may. */
const OTHER_TAKE_MS = 5000;

export function readRecordings(artistName: string, recordings: Recording[]): Item[] {
  const readings = new Map<string, Reading>();
  const albums = new Map<string, Told | undefined>();
  const items = recordings.map((recording): Item => {
    const { title, artists, album } = recording;
    // Artists matter only to "(with …)"; every other title is read once.
    const credited = /with\s/i.test(title) ? artists : undefined;
    const reading = once(readings, credited ? JSON.stringify([title, credited]) : title, () =>
      readTitle(title, credited),
    );
    const byAlbum =
      album &&
      once(
        albums,
        `${album.title}
${album.secondaryTypes}`,
        () => albumForm(album),
      );
    const told = withAlbum(reading, byAlbum);
    return { ...reading, ...told, said: told.form, recording };
  });
  for (const [reason, members] of liveAlbums(artistName, items)) {
    for (const item of members) {
      // What is live already has its own reason, and is the reason of this one.
      if (item.form === "live" || worse(item.form, "live")) continue;
      item.form = "live";
      item.reason = `live: ${reason}`;
    }
  }
  return items;
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  if (!known.has(key)) known.set(key, make());
  return known.get(key)!;
}

function* liveAlbums(artistName: string, items: Item[]): Generator<[reason: string, members: Item[]]> {
  const first = firstReleases(items);
  const ownLive = `${nameKey(artistName)} live`;
  for (const members of byAlbum(items).values()) {
    const album = members[0]!.recording.album!;
    if (nameKey(album.title) === ownLive) yield ["the album is named so", members];
    else if (album.type !== "album" || isMixed(album)) continue;
    else if (mostlyLive(album, members)) yield ["most of the album is", members];
    else if (mostlyOtherTakes(members, first)) yield ["most of the album are other takes", members];
    else if (soundsLive(members)) yield ["the album sounds so", members];
  }
}

function byAlbum(items: Item[]): Map<string, Item[]> {
  const albums = new Map<string, Item[]>();
  for (const item of items) {
    const { album } = item.recording;
    if (!album) continue;
    const key = `${album.title}\n${album.type}\n${album.date}`;
    const members = albums.get(key);
    if (members) members.push(item);
    else albums.set(key, [item]);
  }
  return albums;
}

const isMixed = ({ title, secondaryTypes = [] }: Album) =>
  secondaryTypes.some((type) => /^compilation$/i.test(type)) ||
  /\b(deluxe|expanded|edition|anniversary|bonus|super|remaster)/i.test(title);

function mostlyLive({ trackTitles }: Album, members: Item[]): boolean {
  const forms: Form[] = trackTitles?.map((title) => readTitle(title).form) ?? members.map(({ said }) => said);
  return forms.length >= ALBUM_TRACKS && share(forms, (form) => form === "live") >= MOST;
}

/** The first studio release of each song. */
function firstReleases(items: Item[]): Map<string, Item> {
  const first = new Map<string, Item>();
  for (const item of items) {
    const { album, durationMs } = item.recording;
    if (!album?.date || durationMs === undefined || worse(item.said, "edit")) continue;
    const known = first.get(item.key);
    if (!known || order(item) < order(known)) first.set(item.key, item);
  }
  return first;
}

const order = ({ recording }: Item) =>
  `${recording.album!.date} ${String(recording.durationMs).padStart(12, "0")}`;

/** Songs of earlier albums at other lengths: "Alive!", "Stop Making Sense". Best-ofs have the lengths of the originals. */
function mostlyOtherTakes(members: Item[], first: Map<string, Item>): boolean {
  if (members.length < ALBUM_TRACKS) return false;
  const others = share(members, ({ key, recording: { durationMs, album } }) => {
    const known = first.get(key)?.recording;
    if (!known || durationMs === undefined || !album?.date) return false;
    return known.album!.date! < album.date && Math.abs(known.durationMs! - durationMs) > OTHER_TAKE_MS;
  });
  return others >= MOST;
}

function soundsLive(members: Item[]): boolean {
  const heard = members.flatMap(({ recording: { liveness } }) => (liveness === undefined ? [] : [liveness]));
  return heard.length >= ALBUM_TRACKS && share(heard, (liveness) => liveness >= 0.8) >= MOST;
}

function share<T>(list: T[], test: (one: T) => boolean): number {
  return list.filter(test).length / list.length;
}
