/** What is known of a show before it: how its day, tour and venue stand to the shows remembered. */
import type { ComingShow } from "../history.ts";
import { continues, dayOf, emptyStretch, kindOf, LEG_BREAK, type Stretch, venueKey } from "./calendar.ts";
import type { Memory } from "./memory.ts";

export type About = {
  day: number;
  days: number;
  month: number;
  /** usual number of songs, and on this tour, and of shows on or off a tour like this one */
  length: number;
  tourLength: number;
  kindLength: number;
  kind: number;
  tour: Stretch;
  leg: Stretch;
  legBefore: Stretch;
  sameTour: number;
  night: number;
  runPlays: Map<number, number> | undefined;
  before: Map<number, number> | undefined;
};

/** Who sells tickets seldom names the tour: the last one is taken to go on over a pause of one season. */
const TOUR_BREAK = 90;

export function aboutShow(memory: Memory, show: ComingShow): About {
  const lastDay = memory.days.at(-1)!;
  const day = Math.max(lastDay, dayOf(show.date, lastDay));
  const days = day - lastDay;
  const newLeg = days > LEG_BREAK;
  const leg = newLeg ? emptyStretch() : memory.leg;
  const venue = venueKey(show.venue);
  const runs = continues(memory.run, venue, day);
  const length = memory.length / memory.habitWeight;
  const name = show.tour ?? (days <= TOUR_BREAK ? memory.tour : undefined);
  const tour = name ? (memory.tours.get(name) ?? emptyStretch()) : leg;
  const kind = kindOf(show.tour ?? memory.tour);
  return {
    day,
    days,
    month: show.date === undefined ? -1 : Number(show.date.slice(5, 7)) - 1,
    length,
    tourLength: (tour.songs + 2 * length) / (tour.shows + 2),
    kindLength: (memory.kindLengths[kind]! + 2 * length) / (memory.kindWeights[kind]! + 2),
    kind,
    tour,
    leg,
    legBefore: newLeg ? memory.leg : memory.legBefore,
    sameTour: !name || !memory.tour ? -1 : name === memory.tour ? 1 : 0,
    night: runs ? memory.run.nights : 0,
    runPlays: runs ? memory.run.plays : undefined,
    before:
      venue === undefined
        ? undefined
        : runs || venue !== memory.run.venue
          ? memory.venues.get(venue)
          : memory.run.plays,
  };
}

/** Songs to expect at the show: the usual number, moved by what is usual on such a tour or off it. */
export function expectedLength(memory: Memory, show: ComingShow): number {
  const { length, tourLength, kindLength } = aboutShow(memory, show);
  return (tourLength * kindLength) / length;
}
