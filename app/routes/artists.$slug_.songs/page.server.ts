/** One of three lists: the songs, what was left out, what was folded into a song. */
import type { Caller } from "#server/routers/_app";
import { recordingAt } from "../../recordings";
import { whyNot } from "./why-not";

const views = { songs: undefined, "left-out": "dropped", repeats: "folded" } as const;
export type View = keyof typeof views;

export async function readSongsPage(
  trpc: Caller,
  slug: string,
  asked: string | null,
  cursor: string | undefined,
) {
  const { artist } = await trpc.artist.bySlug({ slug });
  const view: View = asked === "left-out" || asked === "repeats" ? asked : "songs";
  const verdict = views[view] ?? "dropped";
  const [songs, others] = await Promise.all([
    view === "songs" ? trpc.artist.songs({ slug: artist.slug, cursor }) : undefined,
    // The counts stand above every list; the first page of what was left out comes with them.
    trpc.artist.recordings({ slug: artist.slug, verdict, cursor: view === "songs" ? undefined : cursor }),
  ]);
  return {
    artist: {
      slug: artist.slug,
      name: artist.name ?? "an artist at Ticketmaster",
      songs: artist.songs,
      songsReadAt: artist.songsReadAt,
    },
    view,
    songs: songs?.songs.map(({ isrc: _isrc, ...song }) => song),
    leftOut: songs
      ? undefined
      : others.recordings.map((recording) => ({
          id: recording.id,
          title: recording.title,
          albumName: recording.albumName,
          why: whyNot(recording),
          from: recordingAt(recording.source, recording.sourceId),
        })),
    counts: others.counts,
    more: (songs ?? others).nextCursor,
    later: cursor !== undefined,
  };
}
