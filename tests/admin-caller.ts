/** An administrator who is signed in, for tests of what only they may ask. */
import { insertAccount } from "#db/queries/fans";
import { openSession } from "#server/session/open";
import type { testApp } from "./app.ts";

/** A new account, in a browser of its own. @returns the `admin.` procedures as it calls them */
export async function adminCaller(app: Awaited<ReturnType<typeof testApp>>) {
  const browser = app.browser();
  const account = { email: "ada@example.org", name: "Ada", passwordHash: "none", role: "admin" as const };
  const { cookie } = await openSession(browser.context, app.db, (await insertAccount(app.db, account)) ?? "");
  browser.context.setCookie(cookie);
  return browser.caller.admin;
}
