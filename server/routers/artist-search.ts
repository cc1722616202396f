/** A whole search for an artist: here first, then at Ticketmaster, nobody twice. */
import type { TRPCError } from "@trpc/server";
import { z } from "zod";
import { listArtistsByTicketmaster } from "#db/queries/artist-sources";
import { type ArtistHit, searchArtists } from "#db/queries/search";
import { clean, nameKey } from "#rules/text";
import type { Context } from "../context.ts";
import { secondsLeft } from "../limits.ts";
import { publicProcedure } from "../trpc.ts";
import { UpstreamError } from "../upstreams/errors.ts";
import type { Attraction } from "../upstreams/index.ts";

const LOCAL_HITS = 20;

export type FoundArtist = {
  name: string;
  tmAttractionId: string;
  /** only for artists that are here */
  slug: string | null;
  imageUrl: string | null;
  genre: string | null;
  /** coming events by Ticketmaster's count, for artists found there */
  upcoming: number | null;
  imported: boolean;
};

export const artistSearch = publicProcedure
  .input(z.object({ q: z.string().max(500) }))
  .query(async ({ ctx, input }) => {
    const q = clean(input.q, 100);
    const key = nameKey(q);
    if (key === "") return { artists: [] as FoundArtist[], upstream: "skipped" as const };
    const [local, upstream] = await Promise.all([
      searchArtists(ctx.db, key, LOCAL_HITS),
      askUpstream(ctx, q),
    ]);
    const others = await withoutDoubles(ctx, local, upstream.attractions);
    return {
      artists: [...local.map(fromHere), ...others],
      upstream: upstream.state,
      until: upstream.until,
      reason: upstream.reason,
      didYouMean: meant(key, local, others),
    };
  });

function fromHere({ distance: _distance, ...artist }: ArtistHit): FoundArtist {
  return { ...artist, upcoming: null, imported: true };
}

/** Ticketmaster finds by other spellings too: what it names and we have is ours as well. */
async function withoutDoubles(
  { db }: Context,
  local: ArtistHit[],
  attractions: Attraction[],
): Promise<FoundArtist[]> {
  const shown = new Set(local.map((artist) => artist.tmAttractionId));
  const others = attractions.filter((attraction) => !shown.has(attraction.id));
  const known = await listArtistsByTicketmaster(
    db,
    others.map((other) => other.id),
  );
  const ours = new Map(known.map((row) => [row.tmAttractionId, row]));
  return others.map((other) => ({
    name: ours.get(other.id)?.name ?? other.name,
    tmAttractionId: other.id,
    slug: ours.get(other.id)?.slug ?? null,
    imageUrl: other.imageUrl ?? null,
    genre: other.genre ?? null,
    upcoming: other.upcoming ?? null,
    imported: ours.has(other.id),
  }));
}

/** The nearest name, when nobody is called what was asked for, neither here nor there. */
function meant(key: string, local: ArtistHit[], others: FoundArtist[]): string | undefined {
  const [nearest] = local;
  if (!nearest || nearest.distance === 0) return undefined;
  return others.some(({ name }) => nameKey(name).includes(key)) ? undefined : nearest.name;
}

type UpstreamAnswer = {
  attractions: Attraction[];
  state: "ok" | "unavailable" | "skipped";
  until?: Date;
  /** why it was not asked, where that is not the upstream's doing */
  reason?: string;
};

/**
 * Visitors' searches may use half of the day's calls at most; the rest is for imports. Past the limit on searches what is
 * here is still found.
 */
async function askUpstream(ctx: Context, q: string): Promise<UpstreamAnswer> {
  try {
    await ctx.limits.take("search", ctx.visitor.address);
  } catch (error) {
    const seconds = secondsLeft(error);
    if (seconds === undefined) throw error;
    const until = new Date(Date.now() + seconds * 1000);
    return { attractions: [], state: "unavailable", until, reason: (error as TRPCError).message };
  }
  try {
    return {
      attractions: await ctx.upstreams.ticketmaster.findAttractions(q, {
        urgent: true,
        share: 0.5,
        signal: ctx.signal,
        log: ctx.log,
      }),
      state: "ok",
    };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const state = error.kind === "not-configured" ? "skipped" : "unavailable";
    return { attractions: [], state, until: error.until };
  }
}
