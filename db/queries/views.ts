/**
 * Views of pages, a row a page and day. Whether somebody was counted today is told by a hash with the day's random salt;
 * salt and hashes go on the day after, so that who they were cannot be found out, by us neither. No address is stored.
 */
import { createHmac, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

export type Page = { kind: "artist" | "show"; slug: string };
/** what tells one visitor from another, used for the hash only */
export type Visitor = { address: string; userAgent: string };

/** of UTC */
const today = sql<string>`(now() at time zone 'UTC')::date`;

/** Counts a view once per day and visitor. @returns whether it counted; a page that is none counts nothing */
export async function insertView(db: DbOrTrx, page: Page, visitor: Visitor): Promise<boolean> {
  const target = await db
    .selectFrom("slugs")
    .select(["target_id as id", today.as("day")])
    .where("kind", "=", page.kind)
    .where("slug", "=", page.slug)
    .executeTakeFirst();
  if (!target) return false;
  const salt = await saltOf(db, target.day);
  const mark = createHmac("sha256", salt)
    .update(JSON.stringify([visitor.address, visitor.userAgent, page.kind, target.id]))
    .digest();
  const { rows } = await sql<{ count: number }>`
    with marked as (
      insert into view_marks (day, mark) values (${target.day}::date, ${mark})
      on conflict do nothing returning day
    )
    insert into views as v (kind, target_id, day) select ${page.kind}, ${target.id}::uuid, day from marked
    on conflict (kind, target_id, day) do update set count = v.count + 1
    returning count`.execute(db);
  return rows.length > 0;
}

/** Made by the first view of a day. */
async function saltOf(db: DbOrTrx, day: string): Promise<Buffer> {
  const find = () => db.selectFrom("view_salts").select("salt").where("day", "=", day).executeTakeFirst();
  const known = await find();
  if (known) return known.salt;
  await db
    .insertInto("view_salts")
    .values({ day, salt: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await find();
  if (!made) throw new Error(`the salt of ${day} is gone: that day is over`);
  return made.salt;
}

/** Past days' salts and marks; the counts stay. @returns how many marks went, at most 10,000 a call */
export async function deleteOldMarks(db: DbOrTrx): Promise<number> {
  await db.deleteFrom("view_salts").where("day", "<", today).execute();
  const deleted = await db
    .deleteFrom("view_marks")
    .where(({ eb, refTuple }) =>
      eb(
        refTuple("day", "mark"),
        "in",
        eb
          .selectFrom("view_marks")
          .select(["day", "mark"])
          .where("day", "<", today)
          .limit(10_000)
          .$asTuple("day", "mark"),
      ),
    )
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
