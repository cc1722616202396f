/** Where and when an artist plays: tour n of a plan is a pure function of seed, artist and n. */
import { dateOf, dayOf, EPOCH, instantOf } from "./calendar.ts";
import { venuesIn } from "./places.ts";
import { hash, pick, random, shuffle, weighted, type Random } from "./random.ts";
import type { Artist, Plan, Region, Show, Venue } from "./types.ts";

/** Weeks on one continent before the band flies on. */
const LEG_WEEKS = 6;

const times = {
  club: ["19:30:00", "20:00:00", "20:30:00", "20:45:00"],
  hall: ["19:00:00", "19:30:00", "20:00:00"],
  arena: ["18:30:00", "19:00:00", "19:30:00"],
};

/** Number of the tour that covers this day. */
export function tourOn(plan: Plan, day: number): number {
  return Math.floor((day - EPOCH - (plan.offset ?? 0) * 7) / (plan.weeks * 7));
}

const firstDay = (plan: Plan, n: number) => EPOCH + ((plan.offset ?? 0) + n * plan.weeks) * 7;

export function tourName(plan: Plan, n: number): string {
  const lap = Math.floor(n / plan.tours.length);
  const name = plan.tours[((n % plan.tours.length) + plan.tours.length) % plan.tours.length];
  if (!name) throw new Error("a plan needs tour names");
  // Around 2026 the list is on a middle lap; a name that comes again gets its year.
  return lap % 2 === 0 ? name : `${name} ${dateOf(firstDay(plan, n)).slice(0, 4)}`;
}

/** A believable road: from hall to nearest hall not yet played, through the region and round again. */
function route(rng: Random, region: Region, size: Venue["size"], length: number): Venue[] {
  const stops: Venue[] = [];
  let left: Venue[] = [];
  while (stops.length < length) {
    if (left.length === 0) left = shuffle(rng, venuesIn(region, size));
    const last = stops.at(-1);
    const near = (venue: Venue) =>
      last ? Math.hypot(venue.latitude - last.latitude, venue.longitude - last.longitude) : 0;
    left.sort((a, b) => near(a) - near(b));
    // Mostly the nearest, now and then the next: no two tours take the same road.
    const index = left.length > 1 && rng() < 0.25 ? 1 : 0;
    const [stop] = left.splice(index, 1);
    if (!stop) throw new Error(`no ${size} in ${region}`);
    stops.push(stop);
  }
  return stops;
}

/** Weekdays of one week's shows, Monday 0; weekends fill first. */
function nights(rng: Random, count: number): number[] {
  const weights = [1, 3, 4, 4, 6, 6, 3];
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, 7)) {
    const day = weighted(rng, weights);
    weights[day] = 0;
    chosen.push(day);
  }
  return chosen.sort((a, b) => a - b);
}

/** Nobody plays on these two evenings, so they play three days later. */
function notChristmas(day: number): number {
  return /-12-2[45]$/.test(dateOf(day)) ? day + 3 : day;
}

/** All shows of tour `n`, oldest first. */
export function tourShows(seed: string, artist: Artist, plan: Plan, n: number): Show[] {
  const rng = random(`${seed}/tour/${artist.key}/${n}`);
  const start = firstDay(plan, n);
  const planned: number[] = [];
  for (let week = 0; week < plan.weeks - plan.rest; week++) {
    const count = Math.floor((week + 1) * plan.perWeek) - Math.floor(week * plan.perWeek);
    planned.push(...nights(rng, count).map((day) => notChristmas(start + week * 7 + day)));
  }
  const days = [...new Set(planned)].sort((a, b) => a - b);
  const since = dayOf(plan.since);
  const legs = new Map<number, Venue[]>();
  const shows: Show[] = [];
  let leg = -1;
  days.forEach((day, i) => {
    const current = Math.floor((day - start) / 7 / LEG_WEEKS);
    if (current !== leg) {
      const region = plan.regions[(current + n) % plan.regions.length];
      if (!region) throw new Error("a plan needs regions");
      legs.set(current, route(rng, region, plan.size, days.length));
    }
    leg = current;
    const stops = legs.get(leg) ?? [];
    const oddity = plan.oddities[(n * 5 + i) % plan.oddities.length] ?? "plain";
    // A second night in the same hall, when the days meet.
    const again = days[i - 1] === day - 1 && rng() < 0.3;
    const venue = again ? shows.at(-1)?.venue : stops.shift();
    const time = pick(rng, times[plan.size]);
    if (!venue || day < since) return;
    for (const at of oddity === "early-late" ? ["17:30:00", "21:30:00"] : [time])
      shows.push({
        key: `${artist.key}/${n}/${i}/${at}`,
        name: artist.name,
        artist,
        bill: [],
        tour: tourName(plan, n),
        night: shows.length,
        tourNumber: n,
        day,
        date: dateOf(day),
        time: at,
        startsAt: instantOf(dateOf(day), at, venue.zone),
        announcedDay: day - plan.ahead + (hash(`${artist.key}/${n}/${i}`) % 5),
        venue,
        oddity,
      });
  });
  return shows;
}
