/** Every address ever shown: (kind, slug) → id. The newest is canonical, older ones answer 301 for ever. */
import { sql } from "kysely";
import { firstFreeSlug } from "#rules/slugs";
import type { DbOrTrx } from "../index.ts";

export type SlugKind = "artist" | "venue" | "show";
export type SlugWish = {
  id: string;
  /** in order of preference; when all are taken, the first with -2, -3, … */
  bases: string[];
};

/** Whom or what an address leads to, whether it is the canonical one or an older one. */
export async function findTarget(db: DbOrTrx, kind: SlugKind, slug: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("slugs")
    .select("target_id as id")
    .where("kind", "=", kind)
    .where("slug", "=", slug)
    .executeTakeFirst();
  return row?.id;
}

/** More attempts than two writers racing for the same address can ever need. */
const ROUNDS = 20;

/**
 * Gives every id a free address, all in one statement a round; a round is repeated only for those that lost a race to
 * another transaction.
 * @returns id → slug
 */
export async function claimSlugs(
  trx: DbOrTrx,
  kind: SlugKind,
  wishes: SlugWish[],
): Promise<Map<string, string>> {
  const claimed = new Map<string, string>();
  const lost = new Set<string>();
  let open = wishes;
  for (let round = 0; open.length > 0; round++) {
    if (round === ROUNDS)
      throw new Error(`no free ${kind} slug for ${open.map((wish) => wish.bases[0]).join(", ")}`);
    const found = await trx
      .selectFrom("slugs")
      .select("slug")
      .where("kind", "=", kind)
      // One array and no list: a statement takes 65,535 parameters, and a long tour has more candidates.
      .where(sql<boolean>`slug = any(${candidates(open)}::text[])`)
      .execute();
    const taken = new Set([...lost, ...found.map((row) => row.slug)]);
    const rows = open.map((wish) => {
      const slug = firstFreeSlug(wish.bases, taken);
      taken.add(slug);
      return { kind, slug, target_id: wish.id };
    });
    const inserted = await trx
      .insertInto("slugs")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["kind", "slug"]).doNothing())
      .returning(["slug", "target_id as id"])
      .execute();
    for (const row of inserted) claimed.set(row.id, row.slug);
    for (const row of rows) if (!claimed.has(row.target_id)) lost.add(row.slug);
    open = open.filter((wish) => !claimed.has(wish.id));
  }
  return claimed;
}

/** Every address that may be given in this round: only wishes for the same first base share its numbers. */
function candidates(wishes: SlugWish[]): string[] {
  const rivals = new Map<string, number>();
  for (const { bases } of wishes) rivals.set(bases[0] ?? "", (rivals.get(bases[0] ?? "") ?? 0) + 1);
  const numbered = [...rivals].flatMap(([base, count]) =>
    Array.from({ length: count + ROUNDS }, (_, index) => `${base}-${index + 2}`),
  );
  return [...wishes.flatMap((wish) => wish.bases), ...numbered];
}
