/** MusicBrainz about the catalogue: what kind of record each release group is, and the songs where there is no Spotify. */
import { listReleasesToRead } from "#db/queries/releases";
import { writeRecordings } from "#db/queries/recordings";
import type { CallOptions } from "#server/upstreams/index";
import type { JobContext } from "../../context.ts";
import type { Run } from "../progress.ts";
import type { Reading } from "../songs.ts";
import { walkReleases } from "./walk.ts";

const REFRESH_DAYS = 180;
/** At one call a second over all artists: an album's songs are worth it, beyond so many nobody waits. */
const MOST_ALBUMS = 60;
const JUDGE_EVERY = 10;

/** Lists all release groups: a hundred a call. @throws UpstreamError */
export async function readGroups(
  ctx: JobContext,
  run: Run,
  mbid: string,
  reading: Reading,
  call: CallOptions,
): Promise<void> {
  await walkReleases(run, "musicbrainz", mbid, async (offset) => {
    const { items, next } = await ctx.upstreams.musicbrainz.readReleaseGroups(mbid, offset, call);
    reading.read += items.length;
    const releases = items.map(({ mbid: sourceId, title, primaryType, secondaryTypes, date }) => ({
      sourceId,
      title,
      secondaryTypes,
      ...(primaryType && { type: primaryType }),
      ...(date && { date }),
    }));
    return { releases, next };
  });
}

/**
 * Studio albums, EPs and singles, the oldest first: what no secondary type calls live, a remix or a best-of.
 * @throws UpstreamError when MusicBrainz stops answering; what was written stays
 */
export async function readStudioAlbums(
  ctx: JobContext,
  run: Run,
  reading: Reading,
  judge: () => Promise<unknown>,
  call: CallOptions,
): Promise<void> {
  const all = await listReleasesToRead(ctx.db, run.artistId, "musicbrainz", REFRESH_DAYS);
  const due = all.filter(({ secondaryTypes }) => secondaryTypes.length === 0).slice(0, MOST_ALBUMS);
  for (const [at, release] of due.entries()) {
    const recordings = await ctx.upstreams.musicbrainz.readReleaseGroup(release.sourceId, call);
    await run.write(async (trx) => {
      const rows = recordings.map(({ mbid, title, disambiguation, ...rest }) => ({
        ...rest,
        sourceId: mbid,
        // "live, 1994-05-02: Madison Square Garden" stands beside the title there.
        title: disambiguation ? `${title} (${disambiguation})` : title,
      }));
      await writeRecordings(trx, run.artistId, "musicbrainz", release.id, rows);
      const message = `Reading their songs: “${release.title}”, ${at + 1} of ${due.length} records`;
      await run.progress(trx, "songs", (at + 1) / due.length, message);
    });
    reading.read += recordings.length;
    if ((at + 1) % JUDGE_EVERY === 0) await judge();
  }
}
