/**
 * Who they are: the ticket seller's name and links, and who that is at MusicBrainz, Spotify and setlist.fm, judged together
 * by scored evidence. A silent service costs its own match only, and takes nothing away that was known before.
 */
import { listSources, type SourceRow, updateSource, upsertMatch } from "#db/queries/artist-sources";
import { updateArtistFacts, updateFame } from "#db/queries/artists";
import type { DbOrTrx } from "#db/index";
import {
  type Candidate,
  type Judgement,
  judgeArtists,
  type Scored,
  type Service,
  type Subject,
} from "#rules/artists";
import { artistSlugs } from "#rules/slugs";
import { nameKey } from "#rules/text";
import { titles } from "#server/upstreams/errors";
import { type Attraction, type CallOptions, describe } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import { findCandidates, type Found } from "./identity/candidates.ts";
import { findOverlaps, isOpen } from "./identity/overlaps.ts";
import { noCounts, type Run } from "./progress.ts";

/** Ticketmaster says that there is no such attraction, and we never knew more than its id. */
export class UnknownArtistError extends Error {}

/** In the order in which a silent one is named as the reason. */
const SERVICES: Service[] = ["spotify", "musicbrainz", "setlistfm"];

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
    const message = `Found ${name} at Ticketmaster, looking for their songs and setlists`;
    await run.progress(trx, "identity", 0.3, message);
  });

  const subject = subjectOf(attraction, sources);
  const found = await findCandidates(ctx, subject, call);
  let judged = judgeArtists(subject, found.candidates);
  if (isOpen(judged)) {
    await run.write((trx) => run.progress(trx, "identity", 0.7, `Comparing songs: several may be ${name}`));
    judged = judgeArtists(subject, found.candidates, await findOverlaps(ctx, subject, judged, call));
  }
  await run.write(async (trx) => {
    const stored = await storeMatches(trx, run.artistId, sources, judged, found);
    const spotifyId = judged.spotify.chosen?.id;
    const fame = spotifyId === undefined ? undefined : found.fame.get(spotifyId);
    if (spotifyId !== undefined && fame) await updateFame(trx, run.artistId, spotifyId, fame);
    await run.finish(trx, "identity", {
      ...noCounts,
      state: "done",
      read: 1 + SERVICES.reduce((sum, service) => sum + found.candidates[service].length, 0),
      new: stored.fresh,
      ...whatIsMissing(judged, found, stored),
    });
  });
}

function subjectOf({ name, links }: Attraction, sources: SourceRow[]): Subject {
  const byHand = sources.filter(({ source, chosenBy }) => chosenBy === "admin" && source !== "ticketmaster");
  return {
    name,
    links,
    decided: Object.fromEntries(byHand.map(({ source, sourceId }) => [source, sourceId])),
  };
}

/** `fresh`: ids not known before; `taken`: services whose artist is another one here already. */
type Stored = { fresh: number; taken: Service[] };

/**
 * One match a service. While a service is silent a match is judged by less than it was before, so gaps are filled, and
 * what is known stays as it is.
 */
async function storeMatches(
  trx: DbOrTrx,
  artistId: string,
  before: SourceRow[],
  judged: Record<Service, Judgement>,
  { errors }: Found,
): Promise<Stored> {
  const stored: Stored = { fresh: 0, taken: [] };
  const isWhole = Object.values(errors).every(({ kind }) => kind === "not-configured");
  for (const service of SERVICES) {
    const { chosen, runnersUp } = judged[service];
    const known = before.filter(({ source }) => source === service);
    if (!chosen || known.some(({ chosenBy }) => chosenBy === "admin")) continue;
    const isKnown = known.some(({ sourceId }) => sourceId === chosen.id);
    // Judged by less, a match that stands would lose its place or its evidence.
    if (!isWhole && known.length > 0) continue;
    const { id: sourceId, name, url, score, evidence, formerIds = [] } = chosen;
    const match = { source: service, sourceId, name, score, evidence, formerIds, ...(url && { url }) };
    const isStored = await upsertMatch(trx, artistId, { ...match, runnersUp: runnersUp.map(forReview) });
    if (!isStored) stored.taken.push(service);
    else if (!isKnown) stored.fresh++;
  }
  return stored;
}

/** What an admin needs to choose another one. */
function forReview({ id, name, disambiguation, url, score, evidence }: Scored): Candidate & Partial<Scored> {
  return { id, name, score, evidence, ...(disambiguation && { disambiguation }), ...(url && { url }) };
}

/** Services without a match and why; the first that was silent is named, for that one will be asked again. */
function whatIsMissing(
  judged: Record<Service, Judgement>,
  { errors }: Found,
  { taken }: Stored,
): { missing?: string; reason?: string; upstream?: string } {
  const why = (service: Service): string | undefined => {
    const error = errors[service];
    if (error) return describe(error);
    if (taken.includes(service)) return `That ${titles[service]} artist belongs to another artist here.`;
    return judged[service].chosen ? undefined : `${titles[service]}: ${judged[service].reason}`;
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
