/** Who they are: the ticket seller's name and links, and which artist of setlist.fm that is, by scored evidence. */
import { listSources, updateSource, upsertMatch } from "#db/queries/artist-sources";
import { updateArtistFacts } from "#db/queries/artists";
import { type Candidate, judgeArtist } from "#rules/artists";
import { artistSlugs } from "#rules/slugs";
import { nameKey } from "#rules/text";
import { type Attraction, type CallOptions, describe, UpstreamError } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import { noCounts, type Run } from "./progress.ts";

/** Ticketmaster says that there is no such attraction, and we never knew more than its id. */
export class UnknownArtistError extends Error {}

/**
 * @throws UnknownArtistError when there is nobody to import
 * @throws UpstreamError when Ticketmaster does not answer; what is known of the artist stays
 */
export async function identity(ctx: JobContext, run: Run, call: CallOptions): Promise<void> {
  await run.write((trx) => run.progress(trx, "identity", 0, "Finding out who they are"));
  const sources = await listSources(ctx.db, run.artistId);
  const attractionId = sources.find((row) => row.source === "ticketmaster")?.sourceId ?? "";
  const attraction = await ctx.upstreams.ticketmaster.findAttraction(attractionId, call);
  if (!attraction) throw new UnknownArtistError("Ticketmaster knows no such artist.");
  const { name, genre, imageUrl, url } = attraction;
  await run.write(async (trx) => {
    const facts = { name, nameKey: nameKey(name), genre, imageUrl, url };
    await updateArtistFacts(trx, run.artistId, facts, artistSlugs({ name, genre }, Math.random));
    await updateSource(trx, "ticketmaster", attractionId, facts);
    await run.progress(trx, "identity", 0.5, `Found ${name} at Ticketmaster, looking for their setlists`);
  });

  const found = await findOnSetlistfm(ctx, attraction, call);
  await run.write(async (trx) => {
    const { chosen, runnersUp } = found.judgement ?? { runnersUp: [] };
    const stored =
      chosen &&
      (await upsertMatch(trx, run.artistId, {
        source: "setlistfm",
        sourceId: chosen.id,
        name: chosen.name,
        url: chosen.url,
        score: chosen.score,
        evidence: chosen.evidence,
        runnersUp,
      }));
    await run.finish(trx, "identity", {
      ...noCounts,
      state: "done",
      read: 1 + found.candidates,
      new: stored ? 1 : 0,
      ...(stored
        ? {}
        : { missing: "setlist.fm", reason: whyMissing(found, stored), upstream: found.error?.upstream }),
    });
  });
}

type Found = { candidates: number; judgement?: ReturnType<typeof judgeArtist>; error?: UpstreamError };

/** Candidates by name, and whoever the ticket seller links to, judged. A silent setlist.fm costs the match, not the step. */
async function findOnSetlistfm(ctx: JobContext, attraction: Attraction, call: CallOptions): Promise<Found> {
  const { setlistfm } = ctx.upstreams;
  const mbids = attraction.links.musicbrainz;
  try {
    const candidates: Candidate[] = await setlistfm.findArtists(attraction.name, call);
    for (const mbid of mbids) {
      if (candidates.some((candidate) => candidate.id === mbid)) continue;
      const linked = await setlistfm.findArtist(mbid, call);
      if (linked) candidates.push(linked);
    }
    return {
      candidates: candidates.length,
      judgement: judgeArtist({ name: attraction.name, mbids }, candidates),
    };
  } catch (error) {
    if (error instanceof UpstreamError) return { candidates: 0, error };
    throw error;
  }
}

function whyMissing({ judgement, error }: Found, stored: boolean | undefined): string {
  if (error) return describe(error);
  if (stored === false) return "That setlist.fm artist belongs to another artist here.";
  return judgement?.reason ?? "Nobody of that name was found on setlist.fm.";
}
