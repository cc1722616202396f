/** Worlds: who is in them, and what each service would know of them at a given moment. */
import { DAY, dayOf } from "./calendar.ts";
import { editionFrom, festivalShow, weekender } from "./festival.ts";
import { setlistAt } from "./past.ts";
import { hash } from "./random.ts";
import { tourSets } from "./setlists.ts";
import { tourOn, tourShows } from "./tours.ts";
import type { Artist, Attraction, PastSetlist, PlayedSet, Show } from "./types.ts";
import { casts, type WorldName } from "./worlds.ts";

export type World = {
  artists: Artist[];
  /** attractions that are no artists */
  others: Attraction[];
  /** its ticket seller damages every event in some way */
  hostile: boolean;
  /** shows announced by `now`, those of the last two months included */
  shows(now: number): Show[];
  /** what setlist.fm has of an artist at `now`, newest first */
  setlists(artist: Artist, now: number): PastSetlist[];
};

/** Postponed and cancelled shows stay listed after their day. */
const LINGER_DAYS = 60;
/** The first festival. */
const HISTORY = dayOf("2024-01-01");
const FESTIVAL_SONGS = 9;

function memo<T>(made: Map<string, T>, key: string, build: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = build();
  made.set(key, fresh);
  return fresh;
}

/** The world `name` grown from `seed`. Everything in it is computed when first asked for, then kept. */
export function buildWorld(name: WorldName, seed: string): World {
  const { artists, others, festival, hostile = false } = casts[name];
  const tours = new Map<string, Show[]>();
  const nights = new Map<string, PlayedSet[][]>();

  const tour = (artist: Artist, n: number): Show[] =>
    memo(tours, `${artist.key}/${n}`, () => {
      if (!artist.plan) return [];
      const support = artists.find(({ key }) => key === artist.support);
      return tourShows(seed, artist, artist.plan, n).map((show) =>
        support && hash(show.key) % 5 > 0 ? { ...show, bill: [support] } : show,
      );
    });

  /** The artist's own tours that touch the days from `from` to `to`. */
  const ownTours = (artist: Artist, from: number, to: number): Show[][] => {
    const { plan } = artist;
    if (!plan) return [];
    const first = tourOn(plan, Math.max(from, dayOf(plan.since)));
    const count = tourOn(plan, to) - first + 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => tour(artist, first + i));
  };

  const free = (artist: Artist, day: number) =>
    day >= dayOf(artist.plan?.since ?? "2020-01-01") &&
    !artists
      .filter((other) => other === artist || other.support === artist.key)
      .flatMap((other) => ownTours(other, day, day).flat())
      .some((show) => show.day === day);

  const festivals = (from: number, to: number): Show[] => {
    if (!festival) return [];
    const first = editionFrom(from);
    return Array.from({ length: editionFrom(to + 1) - first }, (_, i) => first + i).flatMap((n) =>
      memo(tours, `weekender/${n}`, () => festivalShow(seed, n, festival(artists), free)),
    );
  };

  /** Every run of shows the artist stood on a stage, with how many songs there was time for. */
  const runs = (artist: Artist, to: number): { shows: Show[]; songs?: number }[] => [
    ...ownTours(artist, 0, to).map((shows) => ({ shows })),
    ...artists
      .filter(({ support }) => support === artist.key)
      .flatMap((headliner) => ownTours(headliner, 0, to))
      .map((shows) => ({ shows: shows.filter(({ bill }) => bill.includes(artist)), songs: FESTIVAL_SONGS })),
    ...festivals(HISTORY, to)
      .filter((show) => show.artist === artist || show.bill.includes(artist))
      .map((show) => ({ shows: [show], songs: FESTIVAL_SONGS })),
  ];

  return {
    artists,
    others: festival ? [...others, weekender] : others,
    hostile,
    shows(now) {
      const day = Math.floor(now / DAY);
      const from = day - LINGER_DAYS;
      const ahead = Math.max(180, ...artists.map(({ plan }) => plan?.ahead ?? 0));
      return [
        ...artists.flatMap((artist) => ownTours(artist, from, day + ahead).flat()),
        ...festivals(from, day + ahead),
      ].filter((show) => show.day >= from && show.announcedDay <= day);
    },
    setlists(artist, now) {
      if (artist.history === "none") return [];
      const entries = runs(artist, Math.floor(now / DAY) + 12).flatMap(({ shows, songs }) => {
        const [first] = shows;
        if (!first) return [];
        const sets = memo(nights, `${artist.key}/${first.key}`, () => tourSets(seed, artist, shows, songs));
        return shows.flatMap((show, i) => setlistAt(artist, show, sets[i] ?? [], now) ?? []);
      });
      entries.sort((a, b) => b.show.startsAt - a.show.startsAt);
      return artist.history === "first-two" ? entries.slice(-2) : entries;
    },
  };
}
