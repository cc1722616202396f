/** Spotify's releases of an artist and their tracks: the list first, then albums, then what singles and compilations add. */
import { listReadReleases, listReleasesToRead, type ReleaseToRead, skipReleases } from "#db/queries/releases";
import {
  listStudioTitles,
  listUnheard,
  listUntold,
  writeAudioFeatures,
  writeDetails,
  writeRecordings,
} from "#db/queries/recordings";
import { judgeTitle, songKeys } from "#rules/titles";
import type { CallOptions } from "#server/upstreams/index";
import type { JobContext } from "../../context.ts";
import type { Run } from "../progress.ts";
import type { Reading } from "../songs.ts";
import { needless, type Seen } from "./needless.ts";
import { walkReleases } from "./walk.ts";

/** Albums do not change; their popularity and what is withdrawn do, slowly. */
const REFRESH_DAYS = 30;
/**
 * A long walk shows its songs before it ends: after so many releases, then whenever a third more are read. All of it is
 * judged each time, so an even step would cost the square of the walk.
 */
const JUDGE_FIRST = 25;
const JUDGE_SHARE = 1 / 3;
const FEATURES_A_CALL = 100;
const DETAILS_A_CALL = 50;
/** The list's share of the bar; a page of ten is a call, and so is each release. */
const LIST_SHARE = 0.2;

/** @throws UpstreamError when Spotify stops answering; `reading` tells how far it came, and what was written stays */
export async function readSpotify(
  ctx: JobContext,
  run: Run,
  spotifyId: string,
  reading: Reading,
  judge: () => Promise<unknown>,
  call: CallOptions,
): Promise<void> {
  await listReleases(ctx, run, spotifyId, call);
  const due = await listReleasesToRead(ctx.db, run.artistId, "spotify", REFRESH_DAYS);
  let seen: Seen | undefined;
  const skipped: { id: string; reason: string }[] = [];
  let unjudged = 0;
  // Those of an earlier walk too: what a release needs must not hang on where a walk was interrupted.
  const twins = await listReadReleases(ctx.db, run.artistId, "spotify");
  for (const [at, release] of due.entries()) {
    if (release.type === "single" && !seen) {
      // Which songs the albums hold is known only when they are judged: a live take of a song is not its single.
      await judge();
      unjudged = 0;
      seen = new Set((await listStudioTitles(ctx.db, run.artistId, "spotify")).flatMap(songKeys));
    }
    const reason = needless(release, twins, seen);
    if (reason) skipped.push({ id: release.id, reason });
    else {
      await readRelease(ctx, run, spotifyId, release, { at, of: due.length }, reading, seen, call);
      twins.push(release);
      unjudged++;
    }
    if (unjudged >= Math.max(JUDGE_FIRST, twins.length * JUDGE_SHARE)) {
      await judge();
      unjudged = 0;
    }
  }
  await run.write((trx) => skipReleases(trx, skipped));
  await hear(ctx, run, call);
  await judge();
  await detail(ctx, run, call);
}

async function listReleases(ctx: JobContext, run: Run, spotifyId: string, call: CallOptions): Promise<void> {
  await walkReleases(
    run,
    "spotify",
    spotifyId,
    async (offset) => {
      const { albums, next, total } = await ctx.upstreams.spotify.readAlbums(spotifyId, offset, call);
      return { releases: albums.map(({ id, ...album }) => ({ ...album, sourceId: id })), next, total };
    },
    (trx, { next, total }) => {
      const part = next === undefined ? 1 : next / Math.max(total, next);
      return run.progress(trx, "songs", LIST_SHARE * part, `Reading their songs: ${total} releases found`);
    },
  );
}

async function readRelease(
  ctx: JobContext,
  run: Run,
  spotifyId: string,
  release: ReleaseToRead,
  place: { at: number; of: number },
  reading: Reading,
  seen: Seen | undefined,
  call: CallOptions,
): Promise<void> {
  const tracks = (await ctx.upstreams.spotify.readTracks(release.sourceId, call)) ?? [];
  // Of a soundtrack or a sampler only their own tracks are theirs.
  const own = tracks.filter(({ artists }) => artists.some(({ id }) => id === spotifyId));
  await run.write(async (trx) => {
    const recordings = own.map(({ id, artists, ...track }) => ({
      ...track,
      sourceId: id,
      artists: artists.map(({ name }) => name),
    }));
    await writeRecordings(trx, run.artistId, "spotify", release.id, recordings);
    const fraction = LIST_SHARE + (1 - LIST_SHARE) * ((place.at + 1) / place.of);
    const message = `Reading their songs: “${release.title}”, ${place.at + 1} of ${place.of} releases`;
    await run.progress(trx, "songs", fraction, message);
  });
  // A live take of a song is not its single, here as on albums.
  const studio = own.filter(({ title }) => ["studio", "edit"].includes(judgeTitle(title).form));
  for (const { title } of studio) for (const key of songKeys(title)) seen?.add(key);
  reading.read += tracks.length;
}

/** Code and popularity of the tracks that stand for songs, where the key gets them fifty at a time. */
async function detail(ctx: JobContext, run: Run, call: CallOptions): Promise<void> {
  const ids = await listUntold(ctx.db, run.artistId);
  for (let at = 0; at < ids.length; at += DETAILS_A_CALL) {
    const details = await ctx.upstreams.spotify.readTrackDetails(ids.slice(at, at + DETAILS_A_CALL), call);
    if (!details) return;
    const rows = [...details].map(([sourceId, fields]) => ({ sourceId, ...fields }));
    await run.write((trx) => writeDetails(trx, run.artistId, rows));
  }
}

/** How live and how wordless tracks sound, where the key still gets to know: one more witness, needed by nothing. */
async function hear(ctx: JobContext, run: Run, call: CallOptions): Promise<void> {
  for (;;) {
    const ids = await listUnheard(ctx.db, run.artistId, FEATURES_A_CALL);
    if (ids.length === 0) return;
    const features = await ctx.upstreams.spotify.readAudioFeatures(ids, call);
    if (!features) return;
    const heard = [...features].map(([sourceId, values]) => ({ sourceId, ...values }));
    await run.write((trx) => writeAudioFeatures(trx, run.artistId, heard));
    // What it does not know it will not know in the next round either.
    if (heard.length < ids.length) return;
  }
}
