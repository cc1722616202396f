/** Who an artist is at a service, with everybody who was considered: what an administrator reviews. */
import { sql } from "kysely";
import type { Candidate, Evidence, Service } from "#rules/artists";
import type { Db, DbOrTrx } from "../index.ts";

/** Somebody who was considered, as the review keeps them. */
export type ReviewCandidate = Pick<Candidate, "id" | "name" | "disambiguation" | "url"> & {
  score: number;
  evidence: Evidence[];
};

export type Review = {
  source: Service;
  reason: string | null;
  candidates: ReviewCandidate[];
  doubt: number;
  /** an administrator said that nobody there is this artist */
  refused: boolean;
  judgedAt: Date;
};

export async function listReviews(db: DbOrTrx, artistId: string): Promise<Review[]> {
  const rows = await db
    .selectFrom("match_reviews")
    .select(["source", "reason", "candidates", "doubt", "refused", "judged_at as judgedAt"])
    .where("artist_id", "=", artistId)
    .execute();
  return rows as unknown as Review[];
}

const REASON_CHARS = 1000;

/** Stores how a service's candidates were judged; what an administrator decided there stays as it is. */
export async function upsertReview(
  trx: DbOrTrx,
  artistId: string,
  review: Omit<Review, "refused" | "judgedAt">,
): Promise<void> {
  const { source, doubt } = review;
  const reason = (review.reason ?? "").slice(0, REASON_CHARS) || null;
  await sql`
    insert into match_reviews as old (artist_id, source, reason, candidates, doubt)
    values (${artistId}, ${source}, ${reason}, ${JSON.stringify(review.candidates)}::jsonb, ${doubt})
    on conflict (artist_id, source) do update set
      reason = excluded.reason, candidates = excluded.candidates, doubt = excluded.doubt,
      judged_at = clock_timestamp()
    where not old.refused and (old.reason, old.candidates, old.doubt)
      is distinct from (excluded.reason, excluded.candidates, excluded.doubt)`.execute(trx as Db);
}

/** Notes that an administrator decided: whom, is in artist_sources; `refused`: nobody. */
export async function decideReview(
  trx: DbOrTrx,
  artistId: string,
  source: Service,
  decision: { refused: boolean; candidates: ReviewCandidate[] },
): Promise<void> {
  const { refused, candidates } = decision;
  await sql`
    insert into match_reviews (artist_id, source, candidates, doubt, refused)
    values (${artistId}, ${source}, ${JSON.stringify(candidates)}::jsonb, 0, ${refused})
    on conflict (artist_id, source) do update set
      candidates = excluded.candidates, doubt = 0, refused = excluded.refused`.execute(trx as Db);
}

/** An administrator's decision is taken back; the next judgement writes its own. */
export async function releaseReview(
  trx: DbOrTrx,
  artistId: string,
  source: Service,
  { doubt }: { doubt: number },
): Promise<void> {
  await trx
    .updateTable("match_reviews")
    .set({ refused: false, doubt, reason: null })
    .where("artist_id", "=", artistId)
    .where("source", "=", source)
    .execute();
}

export type MatchCursor = { doubt: number; id: string };
export type MatchedService = {
  source: Service;
  sourceId: string | null;
  name: string | null;
  score: number | null;
  chosenBy: "machine" | "admin" | null;
  doubt: number;
  refused: boolean;
};
export type MatchRow = {
  artistId: string;
  slug: string;
  name: string | null;
  doubt: number;
  services: MatchedService[];
};

/**
 * Artists with whom was taken at each of `services`, the most doubtful first (the sum over the services, in thousandths).
 * A service that was never asked about them has the greatest doubt, as one where nobody was taken.
 */
export async function listMatches(
  db: DbOrTrx,
  args: {
    services: Service[];
    /** a comparison key; names that begin with it */
    key?: string | undefined;
    /** leaves out artists with no service at or above this */
    leastDoubt?: number | undefined;
    after?: MatchCursor | undefined;
    limit: number;
  },
): Promise<MatchRow[]> {
  const { services, key, leastDoubt, after, limit } = args;
  const prefix = key ? `${key.replace(/[\\%_]/g, "\\$&")}%` : null;
  const { rows } = await sql<MatchRow>`
    with artist as (
      select artists.id, artists.slug, artists.name, round(sum(coalesce(review.doubt, 1)) * 1000)::int as doubt,
        max(coalesce(review.doubt, 1)) as most
      from artists cross join unnest(${services}::text[]) s (source)
      left join match_reviews review on review.artist_id = artists.id and review.source = s.source
      where artists.name is not null and (${prefix}::text is null or artists.name_key like ${prefix})
      group by artists.id
    ), page as (
      select * from artist
      where (${leastDoubt ?? null}::real is null or most >= ${leastDoubt ?? null}::real)
        and (${after?.id ?? null}::uuid is null
          or (doubt, id) < (${after?.doubt ?? null}::int, ${after?.id ?? null}::uuid))
      order by doubt desc, id desc
      limit ${limit}
    )
    select page.id as "artistId", page.slug, page.name, page.doubt, (
      select json_agg(json_build_object('source', s.source, 'sourceId', taken.source_id, 'name', taken.name,
        'score', taken.score, 'chosenBy', taken.chosen_by, 'refused', coalesce(review.refused, false),
        'doubt', coalesce(review.doubt, 1)) order by place)
      from unnest(${services}::text[]) with ordinality s (source, place)
      left join match_reviews review on review.artist_id = page.id and review.source = s.source
      left join lateral (
        select source_id, name, score, chosen_by from artist_sources
        where artist_sources.artist_id = page.id and artist_sources.source = s.source
        order by chosen_by = 'admin' desc, score desc nulls last, fetched_at desc limit 1) taken on true) as services
    from page
    order by page.doubt desc, page.id desc`.execute(db as Db);
  return rows;
}
