/** What the artist's page shows, asked in two rounds: who, then all that hangs on it. */
import { TRPCError } from "@trpc/server";
import type { Caller } from "#server/routers/_app";
import { named, placed } from "../../places";
import { nightsOf } from "./nights-of";
import { recordOf } from "./record-of";
import { sourceNames } from "./sources";

export async function readArtistPage(
  trpc: Caller,
  slug: string,
  paging: { before?: string; after?: string },
  covered: boolean,
) {
  const { artist, following, ...coming } = await trpc.artist.bySlug({ slug });
  const next = coming.shows.find((show) => show.setlist && show.status !== "cancelled");
  const [progress, past, songs, record, later, nextShow] = await Promise.all([
    trpc.artist.importStatus({ artistId: artist.id }).catch(nullWhenNone),
    trpc.artist.pastSetlists({ slug: artist.slug, cursor: paging.before }),
    trpc.artist.songs({ slug: artist.slug }),
    trpc.leaderboard.artist({ slug: artist.slug }),
    paging.after
      ? trpc.show.list({ artistSlug: artist.slug, when: "coming", cursor: paging.after })
      : undefined,
    next && !paging.before && !covered ? trpc.show.bySlug({ slug: next.slug }) : undefined,
  ]);
  const sources = [...new Set(artist.matches.map((match) => sourceNames[match.source] ?? match.source))];
  return {
    artist: { ...artist, sources },
    following,
    shows: placed((later ?? coming).shows),
    more: (later ?? coming).nextCursor,
    past: {
      setlists: past.pastSetlists.map((setlist) => ({
        ...named(setlist),
        songs: covered ? [] : setlist.songs.map(({ songId: _songId, ...song }) => song),
      })),
      nextCursor: past.nextCursor,
      covered,
    },
    songs: songs.songs.map(({ isrc: _isrc, ...song }) => song),
    moreSongs: songs.nextCursor,
    nights: nextShow && nightsOf(past.pastSetlists, nextShow),
    keeps: nextShow?.setlist && keepsOf(nextShow.setlist),
    record: recordOf(record, covered),
    progress,
    paging: { before: paging.before !== undefined, after: paging.after !== undefined },
  };
}

function nullWhenNone(error: unknown): null {
  if (error instanceof TRPCError && error.code === "NOT_FOUND") return null;
  throw error;
}

/** What stays from one night to the next, in songs of a list; unknown below two shows. */
function keepsOf({ repeatRate, expectedSongs }: { repeatRate: number | null; expectedSongs: number }) {
  return repeatRate === null
    ? undefined
    : { songs: Math.round(repeatRate * expectedSongs), of: expectedSongs };
}
