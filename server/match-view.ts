/** A match as an administrator reviews it: whom, by whom, with which evidence, and who else was considered. */
import type { DbOrTrx } from "#db/index";
import { listSourcesWithEvidence, type TakenRow } from "#db/queries/artist-sources";
import { listReviews, type Review, type ReviewCandidate } from "#db/queries/match-reviews";
import type { Service } from "#rules/artists";

export const services: Service[] = ["spotify", "musicbrainz", "setlistfm"];

export type ServiceMatch = {
  source: Service;
  /** absent: nobody was taken */
  taken?: ReviewCandidate & { chosenBy: "machine" | "admin"; fetchedAt: Date };
  refused: boolean;
  /** why that one, or why nobody */
  reason: string | null;
  doubt: number;
  others: ReviewCandidate[];
  judgedAt?: Date;
  /** what was shown: whoever chooses says what they saw */
  version: string;
};

/** All services of one artist. Reads under the artist's lock see what nobody changes meanwhile. */
export async function readMatches(db: DbOrTrx, artistId: string): Promise<ServiceMatch[]> {
  const [sources, reviews] = [await listSourcesWithEvidence(db, artistId), await listReviews(db, artistId)];
  return services.map((source) => {
    const review = reviews.find((one) => one.source === source);
    // The surest one first; the rows behind it are ids that were merged into it.
    const taken = sources.find((row) => row.source === source);
    return matchOf(source, taken, review);
  });
}

function matchOf(source: Service, taken: TakenRow | undefined, review: Review | undefined): ServiceMatch {
  const refused = review?.refused ?? false;
  const candidates = review?.candidates ?? taken?.runnersUp ?? [];
  const others = candidates.filter(({ id }) => id !== taken?.sourceId);
  const base = { source, refused, others, ...(review && { judgedAt: review.judgedAt }) };
  const reason = review?.reason ?? null;
  if (!taken)
    return {
      ...base,
      reason,
      doubt: refused ? 0 : 1,
      version: refused ? "nobody by an administrator" : "nobody",
    };
  const { sourceId, name, url, score, evidence, chosenBy, fetchedAt } = taken;
  const byHand = chosenBy === "admin";
  return {
    ...base,
    taken: {
      id: sourceId,
      name: name ?? "",
      ...(url && { url }),
      score: score ?? 0,
      evidence,
      chosenBy,
      fetchedAt,
    },
    reason: byHand ? null : reason,
    doubt: byHand ? 0 : (review?.doubt ?? 1 - (score ?? 0)),
    version: `${sourceId} by ${byHand ? "an administrator" : "the machine"}`,
  };
}
