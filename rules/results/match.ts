/**
 * Which past setlist is which show. One setlist is never two shows; where nothing says which of two it is, it is neither.
 * By the local date; a day beside it only at the same venue, and only what was written after the show began: people
 * disagree about shows around midnight, but last night's setlist is not tonight's.
 */
import { type Nearness, nearnessOf, type Place } from "./place.ts";

/** A show that has begun, by the venue's clock. */
export type BegunShow = Place & {
  id: string;
  /** YYYY-MM-DD */
  localDate: string;
  /** HH:MM:SS */
  localTime: string | null;
  /** tells shows of one venue and date apart, from 0 */
  slot: number;
  beganAt: Date;
};

/** A past setlist with a song. */
export type WrittenSetlist = Place & {
  id: string;
  /** YYYY-MM-DD */
  localDate: string;
  /** in its source's list, the newest first */
  place: number | null;
  songs: number;
  updatedAt: Date | null;
};

/**
 * @param shows of one artist
 * @param before which setlist each show was until now: of two shows that have one between them, it stays whose it was
 * @returns show id → setlist id
 */
export function matchSetlists(
  shows: BegunShow[],
  setlists: WrittenSetlist[],
  before: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const matched = new Map<string, string>();
  const taken = new Set<string>();
  const take = (show: BegunShow, setlist: WrittenSetlist) => {
    matched.set(show.id, setlist.id);
    taken.add(setlist.id);
  };
  const isOpen = ({ id }: BegunShow) => !matched.has(id);
  const isFree = ({ id }: WrittenSetlist) => !taken.has(id);

  for (const nearness of ["venue", "city", "possible"] as const) {
    for (const date of new Set(shows.map(({ localDate }) => localDate))) {
      const tonight = shows.filter(({ localDate }) => localDate === date);
      // What was written of one of tonight's halls is of no other one.
      const written = setlists.filter(
        (setlist) => setlist.localDate === date && nearest(tonight, setlist) === nearness,
      );
      for (const together of groups(tonight.filter(isOpen), nearness)) {
        const theirs = written.filter(
          (setlist) => isFree(setlist) && nearnessOf(together[0]!, setlist) === nearness,
        );
        // Without a word on where, only the one for the one.
        if (nearness === "possible" && (together.length > 1 || theirs.length > 1)) continue;
        for (const [show, setlist] of pair(together, theirs, before)) take(show, setlist);
      }
    }
  }

  const left = setlists.filter(isFree);
  const candidates = shows
    .filter(isOpen)
    .flatMap((show) =>
      left.filter((setlist) => isDayBeside(show, setlist)).map((setlist) => ({ show, setlist })),
    );
  for (const { show, setlist } of candidates) {
    const rivals = candidates.filter((other) => other.show === show || other.setlist === setlist);
    if (rivals.length === 1) take(show, setlist);
  }
  return matched;
}

/** How near a setlist is to the nearest of some shows. */
function nearest(shows: BegunShow[], setlist: WrittenSetlist): Nearness {
  const found = new Set(shows.map((show) => nearnessOf(show, setlist)));
  return (["venue", "city", "possible"] as const).find((nearness) => found.has(nearness)) ?? "other";
}

/** Shows of one date that one setlist could as well be: at one venue, in one town, or anywhere. */
function groups(shows: BegunShow[], nearness: Nearness): BegunShow[][] {
  if (nearness === "possible" && shows.length > 0) return [shows];
  const made: BegunShow[][] = [];
  const isNear = (a: BegunShow, b: BegunShow) => {
    const between = nearnessOf(a, b);
    return between === "venue" || between === nearness;
  };
  for (const show of shows) {
    const group = made.find(([first]) => first && isNear(first, show));
    if (group) group.push(show);
    else made.push([show]);
  }
  return made;
}

/** An early and a late show, and their setlists: in the order in which they were played. */
function pair(
  shows: BegunShow[],
  setlists: WrittenSetlist[],
  before: ReadonlyMap<string, string>,
): [BegunShow, WrittenSetlist][] {
  if (setlists.length < shows.length)
    return shows.flatMap((show): [BegunShow, WrittenSetlist][] => {
      const kept = setlists.find(({ id }) => id === before.get(show.id));
      return kept ? [[show, kept]] : [];
    });
  // A radio session or the sound check beside the show is the shorter one.
  const whole = [...setlists].sort((a, b) => b.songs - a.songs || byTime(b, a)).slice(0, shows.length);
  whole.sort(byTime);
  const inOrder = [...shows].sort(
    (a, b) => compare(a.localTime ?? "99", b.localTime ?? "99") || a.slot - b.slot || compare(a.id, b.id),
  );
  return inOrder.map((show, nth) => [show, whole[nth]!]);
}

/** The source lists the newest first. */
function byTime(a: WrittenSetlist, b: WrittenSetlist): number {
  return (
    (b.place ?? 0) - (a.place ?? 0) ||
    (a.updatedAt?.getTime() ?? 0) - (b.updatedAt?.getTime() ?? 0) ||
    compare(a.id, b.id)
  );
}

function isDayBeside(show: BegunShow, setlist: WrittenSetlist): boolean {
  const days = Math.abs(Date.parse(show.localDate) - Date.parse(setlist.localDate)) / 86_400_000;
  const isLater = setlist.updatedAt === null || setlist.updatedAt > show.beganAt;
  return days === 1 && isLater && nearnessOf(show, setlist) === "venue";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
