/** Song titles for artists with more songs than anyone would type. */
import { pick, random, type Random } from "./random.ts";

const things = (
  "Lighthouse Ferry Kettle Orchard Harbour Ladder Furnace Postcard Greenhouse Almanac Telescope Garden Elevator " +
  "Quarry Caravan Radio Window Lantern Weathervane Bicycle Ballroom Tollbooth Switchboard Riverbed Barometer " +
  "Staircase Overcoat Matchbox Comet Causeway Engine Honeycomb Sundial Marquee Reservoir Signal Chimney Compass " +
  "Chandelier Tramline Foghorn Bell Meadow Thunder Paperback Wishbone Satellite Cathedral Carousel Aqueduct"
).split(" ");
const qualities = (
  "Crooked Slow Borrowed Electric Second Paper Salted Midnight Velvet Rusted Golden Hollow Patient Distant Wooden " +
  "Silver Careless Tender Half-Built Unsent Northern Sleeping Feral Copper Weightless Last Spare Wandering Blue Quiet"
).split(" ");
const people = (
  "Marlowe Odile Ambrose Juniper Wilhelmina Casper Ottoline Lazlo Winifred Thaddeus Pearl Ignatius Delphine Rufus " +
  "Agnes Cornelius Mabel Solveig Barnaby Clementine"
).split(" ");
const places = (
  "Ostend Duluth Trieste Saginaw Whitby Tallinn Halifax Marfa Ullapool Biarritz Galveston Lund Oban Tucumcari " +
  "Bergen Cadiz Truro Astoria"
).split(" ");
const deeds =
  "Counting Waiting Folding Losing Waking Mending Chasing Borrowing Painting Leaving Trading Burying Feeding Following".split(
    " ",
  );

const article = (words: string) => `${/^[AEIOU]/.test(words) ? "An" : "A"} ${words}`;

const forms: ((rng: Random) => string)[] = [
  (rng) => `${pick(rng, qualities)} ${pick(rng, things)}`,
  (rng) => `The ${pick(rng, qualities)} ${pick(rng, things)}`,
  (rng) => `${pick(rng, deeds)} the ${pick(rng, things)}`,
  (rng) => `${pick(rng, people)}'s ${pick(rng, things)}`,
  (rng) => `${pick(rng, things)} to ${pick(rng, places)}`,
  (rng) => `Back in ${pick(rng, places)}`,
  (rng) => `${pick(rng, people)}, ${pick(rng, deeds)}`,
  (rng) => pick(rng, things),
  (rng) => `${pick(rng, things)} & ${pick(rng, things)}`,
  (rng) => `Goodnight, ${pick(rng, people)}`,
  (rng) => article(`${pick(rng, qualities)} ${pick(rng, things)}`),
  (rng) => `${pick(rng, people)} in ${pick(rng, places)}`,
];

/** `count` titles, all different, the same for the same seed. */
export function titles(seed: string, count: number): string[] {
  const rng = random(`titles/${seed}`);
  const found = new Set<string>();
  while (found.size < count) found.add(pick(rng, forms)(rng));
  return [...found];
}
