/** Fans: people with an account, guests, and the shells of those who left. How a guest joins an account: guest-moves.ts. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

/** Makes a guest: a row without anything personal. @returns its id */
export async function insertGuest(db: DbOrTrx): Promise<string> {
  const { id } = await db.insertInto("fans").defaultValues().returning("id").executeTakeFirstOrThrow();
  return id;
}

export type NewAccount = { email: string; name: string; passwordHash: string; role?: "fan" | "admin" };

/** Makes an account. @returns its id, or undefined when the address has one already, in whatever case it is written */
export async function insertAccount(db: DbOrTrx, account: NewAccount): Promise<string | undefined> {
  const made = await db
    .insertInto("fans")
    .values({
      email: account.email,
      name: account.name,
      password_hash: account.passwordHash,
      role: account.role ?? "fan",
    })
    .onConflict((conflict) =>
      conflict
        .expression(sql`lower(email)`)
        .where("email", "is not", null)
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return made?.id;
}

/**
 * Turns a guest into an account: the same row, so that everything it has done is the account's.
 * @returns "gone" when it is no guest any more, "taken" when the address has an account
 */
export async function updateGuestToAccount(
  trx: DbOrTrx,
  guestId: string,
  account: NewAccount,
): Promise<"done" | "gone" | "taken"> {
  // Found out before writing: a unique violation would end the caller's transaction. A simultaneous one still does.
  if (await findFanByEmail(trx, account.email)) return "taken";
  const { numUpdatedRows } = await trx
    .updateTable("fans")
    .set({ email: account.email, name: account.name, password_hash: account.passwordHash })
    .where("id", "=", guestId)
    .where("email", "is", null)
    .where("deleted_at", "is", null)
    .where("blocked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? "done" : "gone";
}

/** An account by its address, in any case. */
export async function findFanByEmail(db: DbOrTrx, email: string) {
  return db
    .selectFrom("fans")
    .select(["id", "name", "email", "password_hash as passwordHash", sql<"fan" | "admin">`role`.as("role")])
    .where(sql`lower(email)`, "=", email.toLowerCase())
    .executeTakeFirst();
}

/** What an account's password is checked against; undefined for guests and shells. */
export async function findPasswordHash(db: DbOrTrx, fanId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("fans")
    .select("password_hash as passwordHash")
    .where("id", "=", fanId)
    .executeTakeFirst();
  return row?.passwordHash ?? undefined;
}

export async function updatePassword(db: DbOrTrx, fanId: string, passwordHash: string): Promise<void> {
  await db
    .updateTable("fans")
    .set({ password_hash: passwordHash })
    .where("id", "=", fanId)
    .where("email", "is not", null)
    .execute();
}

export async function updateName(db: DbOrTrx, fanId: string, name: string): Promise<void> {
  await db.updateTable("fans").set({ name }).where("id", "=", fanId).where("email", "is not", null).execute();
}

/** Whether the fan's name stands on the leaderboard; their place stays either way. */
export async function updateNamed(db: DbOrTrx, fanId: string, named: boolean): Promise<void> {
  await db.updateTable("fans").set({ is_named: named }).where("id", "=", fanId).execute();
}

export async function hasAdministrator(db: DbOrTrx): Promise<boolean> {
  const row = await db
    .selectFrom("fans")
    .select("id")
    .where("role", "=", "admin")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes an account an administrator's. */
export async function updateToAdmin(db: DbOrTrx, fanId: string): Promise<void> {
  await db
    .updateTable("fans")
    .set({ role: "admin" })
    .where("id", "=", fanId)
    .where("email", "is not", null)
    .execute();
}

/** Guests that nobody can come back as, and who left nothing. @returns how many went, at most 10,000 a call */
export async function deleteEmptyGuests(db: DbOrTrx): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("fans")
    .where(
      "id",
      "in",
      db
        .selectFrom("fans")
        .select("id")
        .where("email", "is", null)
        // A guest is made together with its session, in one transaction: a young one without any cannot be seen.
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom("sessions").whereRef("sessions.fan_id", "=", "fans.id"))),
        )
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom("votes").whereRef("votes.fan_id", "=", "fans.id"))),
        )
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom("follows").whereRef("follows.fan_id", "=", "fans.id"))),
        )
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom("suggestions").whereRef("suggestions.fan_id", "=", "fans.id"))),
        )
        .limit(10_000),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
