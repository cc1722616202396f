/**
 * A predicted setlist for every coming show, from what was played; from the catalogue, labelled so, where no show is
 * known. Without either there is none yet. Shows that have begun keep theirs, and are scored first.
 */
import type { DbOrTrx } from "#db/index";
import { listHistory } from "#db/queries/past-setlists";
import { listCatalogueFacts } from "#db/queries/recordings";
import { listShowsToPredict } from "#db/queries/shows";
import { type NewSetlist, upsertSetlists } from "#db/queries/setlists";
import { listKeptSongs } from "#db/queries/tallies";
import { fromCatalogue } from "#rules/prediction/fallback";
import { predictAll } from "#rules/prediction/index";
import { type Counts, noCounts, type Run } from "./progress.ts";
import { scoreArtist } from "./results.ts";

export async function predictions(run: Run): Promise<void> {
  await run.write((trx) => run.progress(trx, "predictions", 0, "Working out the odds"));
  await run.write(async (trx) => {
    await scoreArtist(trx, run.artistId);
    await run.finish(trx, "predictions", await predictArtist(trx, run.artistId));
  });
}

/** Predicts and stores the setlists of all coming shows of an artist. The caller holds the artist's lock. */
export async function predictArtist(trx: DbOrTrx, artistId: string): Promise<Counts> {
  const history = await listHistory(trx, artistId);
  const coming = await listShowsToPredict(trx, artistId);
  if (history.length === 0) return fromSongs(trx, artistId, coming);
  const past = history.map(({ date, tour, venue, songs }) => ({
    date,
    tour: tour ?? undefined,
    venue: venue ?? undefined,
    songs: songs.map((song) => ({ ...song, encore: song.encore ?? (false as const) })),
  }));
  const songIds = new Map(history.flatMap(({ songs }) => songs.map(({ key, songId }) => [key, songId])));
  const kept = new Map(
    (await listKeptSongs(trx, artistId)).map(({ showId, keys }) => [showId, new Set(keys)]),
  );
  const made = predictAll(
    past,
    coming.map(({ id, date, venue }) => ({
      date: date ?? undefined,
      venue: venue ?? undefined,
      kept: kept.get(id),
    })),
  );
  const setlists = coming.flatMap((show, index): NewSetlist[] => {
    const prediction = made[index];
    if (!prediction) return [];
    const songs = prediction.songs.map(({ key, ...song }) => ({ songId: songIds.get(key) ?? "", ...song }));
    return [{ ...prediction, showId: show.id, basis: "history", songs }];
  });
  const counts = await upsertSetlists(trx, setlists);
  return { state: "done", read: history.length, ...counts, skipped: coming.length - setlists.length };
}

/** The same list for every show: nothing tells one night from the other. */
async function fromSongs(trx: DbOrTrx, artistId: string, coming: { id: string }[]): Promise<Counts> {
  const catalogue = await listCatalogueFacts(trx, artistId);
  const made = fromCatalogue(
    catalogue.map(({ key, popularity, released, trackNumber }) => ({
      key,
      ...(popularity !== null && { popularity }),
      ...(released !== null && { released }),
      ...(trackNumber !== null && { trackNumber }),
    })),
  );
  if (!made) {
    return {
      ...noCounts,
      state: "skipped",
      reason: "No past show and no song is known yet; the odds come by themselves when there is one.",
    };
  }
  const ids = new Map(catalogue.map(({ key, id }) => [key, id]));
  const songs = made.songs.map(({ key, ...song }) => ({ songId: ids.get(key) ?? "", ...song }));
  const counts = await upsertSetlists(
    trx,
    coming.map(({ id }): NewSetlist => ({ ...made, showId: id, songs })),
  );
  return { state: "done", read: catalogue.length, ...counts, skipped: 0 };
}
