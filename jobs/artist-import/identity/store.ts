/** Stores whom the judgement took at each service, and for the review everybody who was considered. */
import { listSources, type SourceRow, updateSource, upsertMatch } from "#db/queries/artist-sources";
import { listReviews, type ReviewCandidate, upsertReview } from "#db/queries/match-reviews";
import type { DbOrTrx } from "#db/index";
import { doubtOf, type Judgement, type Scored, type Service } from "#rules/artists";
import { titles } from "#server/upstreams/errors";
import type { Found } from "./candidates.ts";

/** In the order in which a silent one is named as the reason. */
export const SERVICES: Service[] = ["spotify", "musicbrainz", "setlistfm"];

/**
 * `fresh`: ids not known before; `taken`: services whose artist is another one here already; `changed`: services where
 * somebody else, or nobody, was taken before.
 */
export type Stored = { fresh: number; taken: Service[]; changed: Service[] };

/**
 * One match a service. While a service is silent a match is judged by less than it was before, so gaps are filled, and
 * what is known stays as it is. What an administrator said stands, also when it was said while the services were asked:
 * it is read again here, under the artist's lock.
 */
export async function storeMatches(
  trx: DbOrTrx,
  artistId: string,
  judged: Record<Service, Judgement>,
  { errors }: Found,
): Promise<Stored> {
  const stored: Stored = { fresh: 0, taken: [], changed: [] };
  const isWhole = Object.values(errors).every(({ kind }) => kind === "not-configured");
  const before = await listSources(trx, artistId);
  const refused = (await listReviews(trx, artistId)).filter((review) => review.refused);
  for (const service of SERVICES) {
    const { chosen, runnersUp } = judged[service];
    const known = before.filter(({ source }) => source === service);
    if (refused.some(({ source }) => source === service)) continue;
    const byHand = known.find(({ chosenBy }) => chosenBy === "admin");
    if (byHand) {
      await nameChosen(trx, service, byHand, chosen);
      continue;
    }
    if (!chosen) {
      if (!errors[service] && known.length === 0) await review(trx, artistId, service, judged[service]);
      continue;
    }
    const isKnown = known.some(({ sourceId }) => sourceId === chosen.id);
    // Judged by less, a match that stands would lose its place or its evidence.
    if (!isWhole && known.length > 0) continue;
    const { id: sourceId, name, url, score, evidence, formerIds = [] } = chosen;
    const match = { source: service, sourceId, name, score, evidence, formerIds, ...(url && { url }) };
    const isStored = await upsertMatch(trx, artistId, { ...match, runnersUp: runnersUp.map(forReview) });
    if (!isStored) {
      stored.taken.push(service);
      const reason = `${name} at ${titles[service]} belongs to another artist here.`;
      await review(trx, artistId, service, { reason, runnersUp: [chosen, ...runnersUp], undecided: true });
      continue;
    }
    await review(trx, artistId, service, judged[service]);
    if (isKnown) continue;
    stored.fresh++;
    const ids = [sourceId, ...formerIds];
    if (!known.some((row) => ids.includes(row.sourceId))) stored.changed.push(service);
  }
  return stored;
}

/** An id typed by hand has neither name nor address until the service was asked. */
async function nameChosen(
  trx: DbOrTrx,
  service: Service,
  { sourceId }: SourceRow,
  chosen: Scored | undefined,
): Promise<void> {
  if (!chosen) return;
  const { id, name, url, formerIds = [] } = chosen;
  // The judgement may be older than an administrator's word.
  if (![id, ...formerIds].includes(sourceId)) return;
  await updateSource(trx, service, sourceId, { name, ...(url && { url }) });
}

function review(trx: DbOrTrx, artistId: string, source: Service, judgement: Judgement): Promise<void> {
  const { chosen, runnersUp, reason } = judgement;
  const candidates = [...(chosen ? [chosen] : []), ...runnersUp].map(forReview);
  return upsertReview(trx, artistId, { source, reason, candidates, doubt: doubtOf(judgement) });
}

/** What an admin needs to choose another one. */
function forReview({ id, name, disambiguation, url, score, evidence }: Scored): ReviewCandidate {
  return { id, name, score, evidence, ...(disambiguation && { disambiguation }), ...(url && { url }) };
}
