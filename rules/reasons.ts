/**
 * Why a song has its odds, in a sentence: true, countable, the strongest first. Only what the odds were made from is
 * said, and only where it is known; the counts are made in rules/prediction/facts.ts.
 */
import type { SongFacts } from "./prediction/history.ts";

/** Fewer past shows than this are a count, not a pattern (rules/prediction/odds.ts). */
export const FEW_SHOWS = 3;
/** So many plays make a habit of coming back; of two, the gap is chance. */
const ENOUGH_PLAYS = 3;
/** A song that was first played within the shows looked back at is new, once it has had a chance to come again. */
const LEAST_AS_NEW = 3;
/** After so many of its usual gaps a song has rested longer than its habit explains. */
const LONG_AWAY = 3;

/** At most 85 characters; undefined where nothing is known of the song that the odds were made from. */
export function reason(facts: SongFacts): string | undefined {
  if (!(facts.window > 0)) return byCatalogue(facts);
  if (!(facts.plays > 0)) return undefined;
  if (facts.shows < FEW_SHOWS) return ofFewShows(facts);
  const often = howOften(facts);
  // Of a song that is always played it says nothing that it was played here too.
  const run = facts.played < facts.window ? facts.run : undefined;
  const does = part(facts);
  const since = run ? nights(run) : often?.sinceWhen ? undefined : does ? rest(facts) : turn(facts);
  const clauses = [often?.words ?? (run && away(facts)), does, since];
  return capital(clauses.filter((clause) => clause !== undefined).join("; "));
}

/** One or two shows: which of them. */
function ofFewShows(facts: SongFacts): string {
  const { shows, plays, gap } = facts;
  const which = shows === 1 ? "the one show we know" : plays === 2 ? "both shows we know" : undefined;
  if (which === undefined) return `Played at the ${gap === 0 ? "later" : "earlier"} of the 2 shows we know`;
  if (facts.opened === shows) return `Opened ${which}`;
  if (facts.closed === shows) return `Closed ${which}`;
  if (facts.closedMain === shows) return `Closed the main set at ${which}`;
  if (facts.inEncore === shows) return `In the encore at ${which}`;
  return `Played at ${which}`;
}

/** `sinceWhen`: the words say when it was last played too. */
type Often = { words: string; sinceWhen?: true };

function howOften(facts: SongFacts): Often | undefined {
  const { window, played, plays, shows, gap, span, tour } = facts;
  if (plays === 1)
    return {
      words: `Once in ${shows} known shows, ${gap === 0 ? "the last one" : `${gap + 1} shows ago`}`,
      sinceWhen: true,
    };
  // The part a song takes is counted in the last shows: so is how often it comes, where it has one.
  if (part(facts) === undefined) {
    const since = span + gap + 1;
    if (since >= LEAST_AS_NEW && since <= window && 2 * since <= shows)
      return { words: `${share(plays, since)} shows from its first on` };
    if (tour && tour.shows >= LEAST_AS_NEW && tour.shows < window)
      return tour.played > 0
        ? { words: `${share(tour.played, tour.shows)} shows of the latest tour` }
        : { words: `Not at the ${tour.shows} shows of the latest tour`, sinceWhen: true };
    if (tour && tour.shows > window && tour.played === tour.shows)
      return { words: `All ${tour.shows} shows of the latest tour` };
  }
  if (played === 0) return undefined;
  return { words: `${played === window ? "All" : played} of the last ${window}` };
}

const share = (count: number, of: number) => (count === of ? `All ${of}` : `${count} of ${of}`);

const parts = [
  ["opened", "opened"],
  ["closed", "closed"],
  ["closedMain", "closed the main set at"],
  ["inEncore", "in the encore at"],
] as const;

/** What it did in at least half of its plays at the last shows, as long as they are more than one. */
function part(facts: SongFacts): string | undefined {
  const { played } = facts;
  const [name, words] = parts.find(([name]) => facts[name] > 1 && 2 * facts[name] >= played) ?? [];
  if (name === undefined || facts.plays === 1) return undefined;
  const count = facts[name];
  return `${words} ${count < played ? `${count} of them` : count === 2 ? "both" : "all of them"}`;
}

/** Bands that change their set seldom repeat a song in a run of nights, those that keep it do. */
function nights({ nights, played }: NonNullable<SongFacts["run"]>): string {
  if (nights === 1) return played === 1 ? "at their last night here" : "not at their last night here";
  return played === 0
    ? `not in the last ${nights} nights here`
    : `at ${played} of the last ${nights} nights here`;
}

/** When it comes back: how often it does, and how long it has been away. */
function turn(facts: SongFacts): string | undefined {
  const { window, played, plays, span } = facts;
  if (played === 0) return away(facts);
  const every = Math.round(span / (plays - 1));
  // A song that came seldom and comes often now has no turn.
  const inTurn = plays >= ENOUGH_PLAYS && every > 1 && 2 * played * every <= 3 * window;
  return inTurn ? `about every ${every} shows, ${rest(facts) ?? "at the last one too"}` : rest(facts);
}

function rest({ gap }: SongFacts): string | undefined {
  if (gap === 0) return undefined;
  return gap === 1 ? "not at the last one" : `not at the last ${gap}`;
}

/** Of a song that was at none of the last shows. */
function away({ plays, gap, span }: SongFacts): string {
  const every = Math.round(span / (plays - 1));
  return plays >= ENOUGH_PLAYS && every > 1 && gap < LONG_AWAY * every
    ? `about every ${every} shows, not at the last ${gap}`
    : `${gap} shows since they last played it`;
}

function byCatalogue({ catalogue }: SongFacts): string | undefined {
  if (!catalogue) return undefined;
  const { rank, of, year, track } = catalogue;
  if (rank !== undefined) return `No. ${rank} of their ${of} songs by popularity`;
  if (year === undefined) return undefined;
  return track === undefined ? `On a record of ${year}` : `Track ${track} on a record of ${year}`;
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
