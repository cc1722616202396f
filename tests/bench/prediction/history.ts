/** Invented artists to predict: the same shows for the same seed, in any year and on any machine. */
import type { ComingShow, PastShow } from "#rules/prediction/history";
import { seeded } from "../search/names.ts";

/** fixed: a set a tour, two songs changed a night; rotating: of everything they know, hardly a song two nights running. */
export type Habit = "fixed" | "rotating";

const SET = 20;
const ENCORE = 2;
const SHOWS_A_TOUR = 60;
const REPERTOIRE: Record<Habit, number> = { fixed: 120, rotating: 300 };
/** Nights that a song rests where the set rotates. */
const REST = 3;
const FIRST_DAY = Date.UTC(2008, 0, 1) / 86_400_000;

/** @returns oldest first; three nights in one hall now and then, a month off between tours */
export function invent(habit: Habit, shows: number): PastShow[] {
  const random = seeded(habit === "fixed" ? 3 : 5);
  const below = (n: number) => Math.floor(random() * n);
  const past: PastShow[] = [];
  let day = FIRST_DAY;
  for (let at = 0; at < shows; at++) {
    const tour = Math.floor(at / SHOWS_A_TOUR);
    const nightOfRun = at % 12 < 3 ? at % 12 : 0;
    day += at % SHOWS_A_TOUR === 0 ? 30 : nightOfRun > 0 ? 1 : 2;
    const keys = habit === "fixed" ? fixedSet(tour, below) : rotatingSet(past, below);
    past.push({
      date: dateOf(day),
      tour: `Tour ${tour + 1}`,
      venue: `Hall ${at - nightOfRun}`,
      songs: keys.map((key, place) => ({ key, encore: place < SET - ENCORE ? false : 1 })),
    });
  }
  return past;
}

/** Two or three nights a week after the last of the past shows. */
export function comingAfter(past: PastShow[], shows: number): ComingShow[] {
  const last = Date.parse(past.at(-1)!.date) / 86_400_000;
  return Array.from({ length: shows }, (_, at) => ({
    date: dateOf(last + 2 + 3 * at),
    venue: `Arena ${at >> 1}`,
  }));
}

function fixedSet(tour: number, below: (n: number) => number): string[] {
  const songs = Array.from({ length: SET }, (_, place) => (tour * 7 + place * 5) % REPERTOIRE.fixed);
  for (let changed = 0; changed < 2; changed++) songs[1 + below(SET - 2)] = below(REPERTOIRE.fixed);
  return songs.map((song) => `song ${song}`);
}

/** Better known songs, those of lower number, come more often. */
function rotatingSet(past: PastShow[], below: (n: number) => number): string[] {
  const resting = new Set(past.slice(-REST).flatMap(({ songs }) => songs.map(({ key }) => key)));
  const set = new Set<string>();
  while (set.size < SET) {
    const song = `song ${below(1 + below(REPERTOIRE.rotating))}`;
    if (!resting.has(song)) set.add(song);
  }
  return [...set];
}

const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
