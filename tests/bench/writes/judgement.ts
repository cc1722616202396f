/** What the rules take to judge the artist, without a database: part of our imports, no part of writing them. */
import type { Db } from "#db/index";
import { listRecordings } from "#db/queries/recordings";
import { listKnownShows } from "#db/queries/show-writes";
import { listAliases, listKnownSongs } from "#db/queries/song-writes";
import { toRecording } from "#jobs/artist-import/songs/witnesses";
import { planShows } from "#rules/events";
import { judgeCatalogue } from "#rules/titles";
import { matchCatalogue } from "#rules/titles/match";
import { timed } from "../frame.ts";
import { ATTRACTION, listings } from "./artist.ts";
import type { Artist } from "./ours.ts";

/** As it is for an artist that has just been written: new, with nothing known, and again, with all of it known. */
export async function judgementMs(db: Db, artist: Artist): Promise<{ first: number; again: number }> {
  const shows = await listKnownShows(db, artist.id);
  const songs = await listKnownSongs(db, artist.id);
  const aliases = await listAliases(db, artist.id);
  const recordings = await listRecordings(db, artist.id);
  const judge = async (isKnown: boolean) => {
    planShows(ATTRACTION, listings, isKnown ? shows : []);
    const catalogue = judgeCatalogue(
      artist.name,
      recordings.map((row) => toRecording(row, new Map())),
    );
    matchCatalogue(catalogue.songs, isKnown ? songs : [], isKnown ? aliases : []);
  };
  return { first: (await timed(() => judge(false))).ms, again: (await timed(() => judge(true))).ms };
}
