/**
 * Who they are: the ticket seller's name and links, and who that is at MusicBrainz, Spotify and setlist.fm, judged together
 * by scored evidence. A silent service costs its own match only, and takes nothing away that was known before.
 */
import { listSources, type SourceRow, updateSource } from "#db/queries/artist-sources";
import { updateArtistFacts, updateFame } from "#db/queries/artists";
import { listReviews, type Review } from "#db/queries/match-reviews";
import { type Judgement, judgeArtists, type Service, type Subject } from "#rules/artists";
import { queueOfStep } from "#db/queue";
import { artistSlugs } from "#rules/slugs";
import { nameKey } from "#rules/text";
import { titles } from "#server/upstreams/errors";
import { type Attraction, type CallOptions, describe } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import { findCandidates, type Found } from "./identity/candidates.ts";
import { findOverlaps, isOpen } from "./identity/overlaps.ts";
import { SERVICES, type Stored, storeMatches } from "./identity/store.ts";
import { noCounts, type Run } from "./progress.ts";

/** Ticketmaster says that there is no such attraction, and we never knew more than its id. */
export class UnknownArtistError extends Error {}

/**
 * @param options.redo what follows from a match that changes is read again; an import does so by itself
 * @throws UnknownArtistError when there is nobody to import
 * @throws UpstreamError when Ticketmaster does not answer; what is known of the artist stays
 */
export async function identity(
  ctx: JobContext,
  run: Run,
  call: CallOptions,
  options = { redo: false },
): Promise<void> {
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
    const message = `Found ${name} at Ticketmaster, looking for their songs and setlists`;
    await run.progress(trx, "identity", 0.3, message);
  });

  const subject = subjectOf(attraction, sources, await listReviews(ctx.db, run.artistId));
  const found = await findCandidates(ctx, subject, call);
  let judged = judgeArtists(subject, found.candidates);
  if (isOpen(judged)) {
    await run.write((trx) => run.progress(trx, "identity", 0.7, `Comparing songs: several may be ${name}`));
    judged = judgeArtists(subject, found.candidates, await findOverlaps(ctx, subject, judged, call));
  }
  await run.write(async (trx) => {
    const stored = await storeMatches(trx, run.artistId, judged, found);
    if (options.redo) await redo(ctx, trx, run.artistId, stored.changed);
    const spotifyId = judged.spotify.chosen?.id;
    const fame = spotifyId === undefined ? undefined : found.fame.get(spotifyId);
    if (spotifyId !== undefined && fame) await updateFame(trx, run.artistId, spotifyId, fame);
    await run.finish(trx, "identity", {
      ...noCounts,
      state: "done",
      read: 1 + SERVICES.reduce((sum, service) => sum + found.candidates[service].length, 0),
      new: stored.fresh,
      ...whatIsMissing(judged, found, stored, subject),
    });
  });
}

function subjectOf({ name, links }: Attraction, sources: SourceRow[], reviews: Review[]): Subject {
  const byHand = sources.filter(({ source, chosenBy }) => chosenBy === "admin" && source !== "ticketmaster");
  const refused = reviews.filter((review) => review.refused);
  return {
    name,
    links,
    decided: Object.fromEntries([
      ...refused.map(({ source }) => [source, null] as const),
      ...byHand.map(({ source, sourceId }) => [source, sourceId] as const),
    ]),
  };
}

/** Songs or setlists of whoever was taken for them before are gone or will be: what the new one has is read. */
async function redo(
  ctx: JobContext,
  trx: Parameters<JobContext["queue"]["send"]>[0],
  artistId: string,
  changed: Service[],
): Promise<void> {
  const steps = new Set(changed.map((service) => (service === "setlistfm" ? "past-setlists" : "songs")));
  // A key of its own: one that runs may have begun with the old match.
  const options = { priority: "normal", key: `${artistId} redo` } as const;
  for (const step of steps)
    await ctx.queue.send(trx, queueOfStep[step], { artistId, sentBy: "identity" }, options);
}

/** Services without a match and why; the first that was silent is named, for that one will be asked again. */
function whatIsMissing(
  judged: Record<Service, Judgement>,
  { errors }: Found,
  { taken }: Stored,
  { decided = {} }: Subject,
): { missing?: string; reason?: string; upstream?: string } {
  const why = (service: Service): string | undefined => {
    // Nobody there is this artist, an administrator said.
    if (decided[service] === null) return undefined;
    const error = errors[service];
    if (error) return describe(error);
    if (taken.includes(service)) return `That ${titles[service]} artist belongs to another artist here.`;
    if (judged[service].chosen) return undefined;
    if (decided[service]) return `${titles[service]} has nobody under the id that was chosen by hand.`;
    return `${titles[service]}: ${judged[service].reason}`;
  };
  const missing = SERVICES.filter((service) => why(service) !== undefined);
  if (missing.length === 0) return {};
  // One that is not set up here is no failure, and asking again would not help.
  const silent = missing.find((service) => errors[service] && errors[service].kind !== "not-configured");
  return {
    missing: missing.map((service) => titles[service]).join(", "),
    // Each is a sentence of its own; in a row they are one.
    reason: missing.map((service) => why(service)?.replace(/\.$/, "")).join("; "),
    ...(silent && { upstream: silent }),
  };
}
