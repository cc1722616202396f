/** The write path as an import takes it: judged by the rules, written by our own queries, under the artist's lock. */
import type { Db, DbOrTrx } from "#db/index";
import { insertArtist, lockArtist } from "#db/queries/artists";
import { writeRecordings } from "#db/queries/recordings";
import { startWalk, writeWalkPage } from "#db/queries/release-walks";
import { listKnownShows, writeShows } from "#db/queries/show-writes";
import { judgeArtist } from "#jobs/artist-import/songs/judge";
import { planShows } from "#rules/events";
import { ATTRACTION, listings, NAME, releases } from "./artist.ts";

export type Artist = { id: string; slug: string; name: string };

export async function makeArtist(db: Db): Promise<Artist> {
  const facts = { name: NAME, nameKey: "benchmarks" };
  const made = await db
    .transaction()
    .execute((trx) =>
      insertArtist(trx, { tmAttractionId: ATTRACTION, facts, slugBases: ["the-benchmarks"] }),
    );
  return { ...made, name: NAME };
}

/** Coming shows with their venues, listings and bill, all pages in one. */
export async function writeOurShows(db: Db, artist: Artist): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockArtist(trx, artist.id);
    const { shows } = planShows(ATTRACTION, listings, await listKnownShows(trx, artist.id));
    await writeShows(trx, artist, shows);
  });
}

/**
 * The tracks of all releases, and the catalogue judged from them. A release is a statement here and a call in an import,
 * which never has two of them at once.
 */
export async function writeOurSongs(db: Db, artist: Artist): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockArtist(trx, artist.id);
    const releaseIds = await writeReleaseList(trx, artist);
    for (const { sourceId, recordings } of releases)
      await writeRecordings(trx, artist.id, "spotify", releaseIds.get(sourceId) ?? "", recordings);
    await judgeArtist(trx, artist);
  });
}

/** The list of releases, as a walk over it stores it. */
async function writeReleaseList(trx: DbOrTrx, artist: Artist): Promise<Map<string, string>> {
  await startWalk(trx, artist.id, "spotify", "bench");
  await writeWalkPage(trx, artist.id, "spotify", { offset: 0, releases });
  const rows = await trx
    .selectFrom("releases")
    .select(["id", "source_id as sourceId"])
    .where("artist_id", "=", artist.id)
    .execute();
  return new Map(rows.map(({ id, sourceId }) => [sourceId, id]));
}
