/** Every address ever shown: (kind, slug) → id. The newest is canonical, older ones answer 301 for ever. */
import { sql } from "kysely";
import { firstFreeSlug } from "#rules/slugs";
import type { Db, DbOrTrx } from "../index.ts";

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
    const taken = new Set([...lost, ...(await listTaken(trx, kind, open))]);
    const rows = open.map(({ id, bases }) => {
      const slug = firstFreeSlug(bases, taken);
      taken.add(slug);
      return { id, slug };
    });
    const { rows: inserted } = await sql<{ id: string; slug: string }>`
      insert into slugs (kind, slug, target_id)
      select ${kind}, slug, id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id uuid, slug text)
      on conflict (kind, slug) do nothing
      returning slug, target_id as id`.execute(trx as Db);
    for (const row of inserted) claimed.set(row.id, row.slug);
    for (const row of rows) if (!claimed.has(row.id)) lost.add(row.slug);
    open = open.filter((wish) => !claimed.has(wish.id));
  }
  return claimed;
}

/** Of the addresses that may be given in this round, those that are not free. Few wishes ever need a number. */
async function listTaken(trx: DbOrTrx, kind: SlugKind, wishes: SlugWish[]): Promise<string[]> {
  const taken = await among(wishes.flatMap(({ bases }) => bases));
  const gone = new Set(taken);
  const seen = new Set<string>();
  // All their bases are taken, or wished for by somebody before them.
  const numbered = wishes.filter(({ bases }) => {
    const free = bases.find((base) => !gone.has(base) && !seen.has(base));
    if (free !== undefined) seen.add(free);
    return free === undefined;
  });
  return numbered.length === 0 ? taken : [...taken, ...(await among(numbers(numbered)))];

  async function among(slugs: string[]): Promise<string[]> {
    const found = await trx
      .selectFrom("slugs")
      .select("slug")
      .where("kind", "=", kind)
      // One array and no list: a statement takes 65,535 parameters, and a long tour has more candidates.
      .where(sql<boolean>`slug = any(${slugs}::text[])`)
      .execute();
    return found.map(({ slug }) => slug);
  }
}

/** First bases with a number: only wishes for the same first base share its numbers. */
function numbers(wishes: SlugWish[]): string[] {
  const rivals = new Map<string, number>();
  for (const { bases } of wishes) rivals.set(bases[0] ?? "", (rivals.get(bases[0] ?? "") ?? 0) + 1);
  return [...rivals].flatMap(([base, count]) =>
    Array.from({ length: count + ROUNDS }, (_, index) => `${base}-${index + 2}`),
  );
}
