/** How many artists a schedule may send, so that all it sends in a day costs a quarter of a service's calls at most. */

const SHARE = 1 / 4;

/**
 * Calls a sync makes at a service, on the safe side of what most artists cost:
 * shows – a page of 200 listings holds a tour, two calls for undated ones, one to spare;
 * songs – a list of releases at ten a page (four), and the few releases that are new or were read 30 days ago; a first
 * reading costs more, but once only;
 * past setlists – up to three pages.
 */
export const callsOf = { shows: 4, songs: 25, "past-setlists": 3 } as const;

export function allowance(args: {
  /** calls the service grants a day */
  perDay: number;
  /** that one artist costs */
  calls: number;
  /** how often a day the schedule runs: it leaves something to its later runs */
  runs: number;
  /** artists synced within the last 24 hours, whoever wished it */
  begun: number;
}): number {
  const daily = Math.floor((args.perDay * SHARE) / args.calls);
  return Math.max(0, Math.min(Math.ceil(daily / args.runs), daily - args.begun));
}
