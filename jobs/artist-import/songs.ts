/**
 * Their studio songs. Spotify's releases are the catalogue, MusicBrainz' release groups say which of them are live;
 * where there is no Spotify, the studio albums of MusicBrainz are the catalogue. Both are asked side by side, a page is
 * written when it comes, and a walk goes on where it was interrupted.
 */
import type { DbOrTrx } from "#db/index";
import { findArtist, markRead } from "#db/queries/artists";
import { listSources } from "#db/queries/artist-sources";
import { hasRecordings } from "#db/queries/recordings";
import { type CallOptions, describe, UpstreamError } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import type { Counts, Run } from "./progress.ts";
import { sideBySide } from "./run.ts";
import { judgeArtist } from "./songs/judge.ts";
import { readGroups, readStudioAlbums } from "./songs/musicbrainz.ts";
import { readSpotify } from "./songs/spotify.ts";

/** What one service brought; `error` where it stopped answering on the way. */
export type Reading = { read: number; error?: UpstreamError };

export async function songs(ctx: JobContext, run: Run, call: CallOptions): Promise<void> {
  await run.write((trx) => run.progress(trx, "songs", 0, "Reading their songs"));
  const artist = await findArtist(ctx.db, run.artistId);
  if (!artist) return;
  const sources = await listSources(ctx.db, artist.id);
  const idAt = (source: string) => sources.find((row) => row.source === source)?.sourceId;
  const [spotifyId, mbid] = [idAt("spotify"), idAt("musicbrainz")];
  // Songs are written on the way: the report tells what came of all judgements together.
  const fresh = new Set<string>();
  const changed = new Set<string>();
  const judgeIn = async (trx: DbOrTrx) => {
    const judged = await judgeArtist(trx, { id: artist.id, name: artist.name ?? "" });
    for (const id of judged.fresh) fresh.add(id);
    for (const id of judged.changed) if (!fresh.has(id)) changed.add(id);
    return judged;
  };
  const judge = () => run.write(judgeIn);

  const by: Partial<Record<"groups" | "spotify" | "albums", Reading>> = {};
  await sideBySide(call, [
    async (call) => {
      if (mbid) by.groups = await attempt((reading) => readGroups(ctx, run, mbid, reading, call));
    },
    async (call) => {
      if (spotifyId)
        by.spotify = await attempt((reading) => readSpotify(ctx, run, spotifyId, reading, judge, call));
    },
  ]);
  // With nothing of Spotify's, MusicBrainz' own studio albums have to do.
  const nothing = !by.spotify?.read && !(await hasRecordings(ctx.db, artist.id, "spotify"));
  if (nothing && by.groups && !by.groups.error)
    by.albums = await attempt((reading) => readStudioAlbums(ctx, run, reading, judge, call));

  const readings = [by.groups, by.spotify, by.albums].filter((reading) => reading !== undefined);
  const main = by.albums ?? by.spotify;
  const end = await ending();
  await run.write(async (trx) => {
    const judged = await judgeIn(trx);
    if (main && !main.error) await markRead(trx, artist.id, "songs");
    const counts = {
      read: readings.reduce((sum, reading) => sum + reading.read, 0),
      new: judged.songs.filter((id) => fresh.has(id)).length,
      changed: judged.songs.filter((id) => changed.has(id)).length,
      unchanged: judged.songs.filter((id) => !fresh.has(id) && !changed.has(id)).length,
      skipped: judged.dropped,
    };
    await run.finish(trx, "songs", { ...counts, ...end });
  });

  async function ending(): Promise<Partial<Counts> & Pick<Counts, "state">> {
    const error = by.spotify?.error ?? by.albums?.error ?? by.groups?.error;
    if (error) {
      const { upstream } = error;
      const missing = { missing: "songs", reason: describe(error) };
      // Not set up here: the other one's songs are all there will be.
      if (error.kind === "not-configured")
        return main?.read ? { state: "done", ...missing } : { state: "skipped", ...missing, upstream };
      return { state: main?.read ? "done" : "failed", ...missing, upstream };
    }
    if (main) return { state: "done" };
    // Who they are at those services is not known: the identity step has said why.
    const why = await run.whyMissing("identity");
    if (why && why.upstream !== "setlistfm") return { state: "failed", missing: "songs", ...why };
    return {
      state: "skipped",
      reason: "Neither Spotify nor MusicBrainz has an artist that is surely this one.",
    };
  }
}

/** A service that stops answering costs what it had not said yet; what it said stays. */
async function attempt(work: (reading: Reading) => Promise<void>): Promise<Reading> {
  const reading: Reading = { read: 0 };
  try {
    await work(reading);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    reading.error = error;
  }
  return reading;
}
