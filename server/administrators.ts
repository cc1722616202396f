/** Administrators as whoever runs TheSet makes them: at a start and at the command line, never over the network. */
import { channels, notify } from "#db/channels";
import type { Db, DbOrTrx } from "#db/index";
import { insertAudit } from "#db/queries/audit";
import { findFanByEmail, insertAccount, updatePassword, updateToAdmin } from "#db/queries/fans";
import { deleteSessions } from "#db/queries/sessions";
import { hashPassword } from "./session/password.ts";

export type Credentials = { email: string; password: string };

/**
 * Makes an account that administers. @param password must have passed `whyRefused`
 * @returns false when the address has an account
 */
export async function makeAdministrator(db: Db, { email, password }: Credentials): Promise<boolean> {
  // A name to begin with, that others may see: not the whole address.
  const name = (email.split("@")[0] ?? "").slice(0, 60);
  const passwordHash = await hashPassword(password);
  return db.transaction().execute(async (trx) => {
    const fanId = await insertAccount(trx, { email, name, passwordHash, role: "admin" });
    if (fanId !== undefined) await note(trx, fanId, "admin.create", "Made a new account an administrator's");
    return fanId !== undefined;
  });
}

/** Makes a fan an administrator, who keeps the password. @returns whether there is such a fan */
export async function promote(db: Db, email: string): Promise<boolean> {
  const fan = await findFanByEmail(db, email);
  if (!fan || fan.role === "admin") return fan !== undefined;
  await db.transaction().execute(async (trx) => {
    await updateToAdmin(trx, fan.id);
    await notify(trx, channels.fan, fan.id);
    await note(trx, fan.id, "admin.create", `Made ${fan.name ?? "an account"} an administrator`);
  });
  return true;
}

/** The log knows who it was done to, and that it was done from the command line: nobody's name is known there. */
function note(trx: DbOrTrx, fanId: string, action: string, summary: string): Promise<void> {
  return insertAudit(trx, { actor: null, action, subject: { kind: "fan", id: fanId }, summary });
}

/**
 * Gives an account, of a fan or an administrator, another password and ends all its sessions.
 * @param credentials.password must have passed `whyRefused`
 * @returns whether there is such an account
 */
export async function resetPassword(db: Db, { email, password }: Credentials): Promise<boolean> {
  const fan = await findFanByEmail(db, email);
  if (!fan) return false;
  const passwordHash = await hashPassword(password);
  await db.transaction().execute(async (trx) => {
    await updatePassword(trx, fan.id, passwordHash);
    await deleteSessions(trx, fan.id);
    await notify(trx, channels.fan, fan.id);
    const whose = fan.name ?? "an account";
    await note(trx, fan.id, "admin.reset-password", `Gave ${whose} a new password and ended all sign-ins`);
  });
  return true;
}
