/**
 * Shows that have begun become what was played at them: matched with the past setlists known by now, and scored. Before
 * the odds of the coming shows are made again, in the same transaction; done twice it changes nothing.
 */
import type { DbOrTrx } from "#db/index";
import { listBegunShows, listWrittenSetlists, writeMatches } from "#db/queries/result-matches";
import { lockNewVoters, scoreShows } from "#db/queries/result-scores";
import { matchSetlists } from "#rules/results/match";

/** The caller holds the artist's lock. */
export async function scoreArtist(trx: DbOrTrx, artistId: string): Promise<void> {
  const shows = await listBegunShows(trx, artistId);
  const days = shows.map(({ localDate }) => localDate).sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return;
  const written = await listWrittenSetlists(trx, artistId, { from, to });
  const before = new Map(
    shows.flatMap(({ id, pastSetlistId }) => (pastSetlistId ? [[id, pastSetlistId] as const] : [])),
  );
  const matches = matchSetlists(shows, written, before);
  await lockNewVoters(trx, [...matches.keys()]);
  await scoreShows(trx, await writeMatches(trx, artistId, matches));
}
