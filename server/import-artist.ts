/** Starting an import: who is it, the artist's row and permanent address, one live import, one job. */
import { TRPCError } from "@trpc/server";
import { findArtistBySource } from "#db/queries/artist-sources";
import { insertArtist, lockSource, type ArtistFacts, type ArtistRow } from "#db/queries/artists";
import { insertAudit } from "#db/queries/audit";
import { type ImportOrigin, insertOrJoinImport } from "#db/queries/imports";
import { artistSlugs } from "#rules/slugs";
import { nameKey } from "#rules/text";
import type { Context } from "./context.ts";
import type { LimitName } from "./limits.ts";
import { blocked } from "./session/open.ts";
import type { SignedIn } from "./session/sessions.ts";
import { UpstreamError } from "./upstreams/errors.ts";
import type { Attraction } from "./upstreams/index.ts";

/**
 * Who starts imports: a request, or somebody at the command line, who says so as `origin`, is not limited and has more
 * patience with Ticketmaster.
 */
export type Importer = Pick<
  Context,
  "db" | "queue" | "upstreams" | "limits" | "log" | "signal" | "visitor" | "fan"
> & { origin?: ImportOrigin };

export type StartedImport = {
  artistId: string;
  slug: string;
  name: string | null;
  importId: string;
  /** it was running already */
  joined: boolean;
};

/**
 * Starts the import of a Ticketmaster attraction, or joins the one that runs. Artist, import and job come to exist
 * together or not at all. Answers within 3 s: an unknown attraction is asked of Ticketmaster once, for 2 s at most.
 * @throws TRPCError NOT_FOUND when Ticketmaster says that there is no such artist; no row is made then.
 * TOO_MANY_REQUESTS past the limit: joining one that runs is free, administrators are
 */
export async function startImport(ctx: Importer, tmAttractionId: string): Promise<StartedImport> {
  const fan = await ctx.fan();
  if (fan?.blocked) throw blocked();
  const limit = ctx.origin ? undefined : limitOf(ctx, fan);
  const wish = ctx.origin ? { origin: ctx.origin } : whoWishes(fan);
  const known = await findArtistBySource(ctx.db, "ticketmaster", tmAttractionId);
  // Not asked for those who could not start it anyway.
  if (!known && limit) await ctx.limits.check(limit.name, limit.who);
  const attraction = known ? undefined : await askTicketmaster(ctx, tmAttractionId);
  return ctx.db.transaction().execute(async (trx) => {
    const artist = known ?? (await findOrInsert(trx));
    // Not in the artist's turn: a worker that writes would keep people waiting, and the index keeps imports single.
    const { importId, joined } = await insertOrJoinImport(trx, artist.id, {
      kind: "import",
      message: "Waiting for a free worker",
      ...wish,
    });
    // In this transaction: whoever is refused has started nothing, and what is rolled back has used nothing up.
    if (!joined && limit) await ctx.limits.take(limit.name, limit.who, trx);
    if (!joined)
      await ctx.queue.send(
        trx,
        "artist-import",
        { importId, sentBy: wish.origin },
        { priority: "high", key: importId },
      );
    if (!joined && fan?.role === "admin")
      await insertAudit(trx, {
        actor: fan.id,
        action: "artist.import",
        subject: { kind: "import", id: importId },
        summary: `Started the import of ${artist.name ?? tmAttractionId}`,
        details: { artistId: artist.id },
      });
    return { artistId: artist.id, slug: artist.slug, name: artist.name, importId, joined };

    async function findOrInsert(within: typeof trx): Promise<ArtistRow> {
      await lockSource(within, "ticketmaster", tmAttractionId);
      const found = await findArtistBySource(within, "ticketmaster", tmAttractionId);
      const facts = attraction ? artistFacts(attraction) : undefined;
      return (
        found ??
        insertArtist(within, {
          tmAttractionId,
          facts,
          slugBases: artistSlugs({ name: "", ...facts }, Math.random),
        })
      );
    }
  });
}

/** A guest is a visitor: the account is made by a vote, and is nobody's name. */
function whoWishes(fan: SignedIn | undefined) {
  if (!fan || fan.guest) return { origin: "visitor" } as const;
  return { origin: fan.role === "admin" ? "admin" : "fan", startedBy: fan.id } as const;
}

/** undefined: as many as they like */
function limitOf(ctx: Importer, fan: SignedIn | undefined): { name: LimitName; who: string } | undefined {
  if (fan?.role === "admin") return undefined;
  return fan && !fan.guest
    ? { name: "import-fan", who: fan.id }
    : { name: "import", who: ctx.visitor.address };
}

/** undefined: it did not answer in time, and the import will find out by itself. */
async function askTicketmaster(ctx: Importer, tmAttractionId: string): Promise<Attraction | undefined> {
  // Ids made up by the thousand would use up the day's calls.
  if (!ctx.origin) await ctx.limits.check("unknown-id", ctx.visitor.address);
  try {
    const attraction = await ctx.upstreams.ticketmaster.findAttraction(tmAttractionId, {
      urgent: ctx.origin === undefined,
      signal: ctx.signal,
      log: ctx.log,
    });
    if (attraction) return attraction;
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
  if (!ctx.origin) await ctx.limits.take("unknown-id", ctx.visitor.address);
  throw new TRPCError({
    code: "NOT_FOUND",
    message: "Ticketmaster knows no such artist. The id may be an event’s, not an artist’s.",
  });
}

function artistFacts(attraction: Attraction): ArtistFacts {
  const { name, genre, imageUrl, url } = attraction;
  return { name, nameKey: nameKey(name), genre, imageUrl, url };
}
