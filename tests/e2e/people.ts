/** Browsers' requests as each kind of person: a visitor, a guest, a fan, a blocked fan, an administrator. */
import type { APIRequestContext, PlaywrightWorkerArgs } from "playwright/test";
import { createDb } from "#db/index";

export const persons = ["visitor", "guest", "fan", "blocked", "admin"] as const;
export type Person = (typeof persons)[number];
const password = "a long walk home";

/** @param show the address of a show that is open for votes: a guest is made by voting */
export async function requestOf(
  playwright: PlaywrightWorkerArgs["playwright"],
  baseURL: string,
  person: Person,
  setlistSongId: string,
): Promise<APIRequestContext> {
  const request = await playwright.request.newContext({ baseURL });
  if (person === "visitor") return request;
  if (person === "guest") {
    await request.post("/api/trpc/vote.cast", { data: { json: { setlistSongId } } });
    return request;
  }
  const email = `${person}-${Date.now()}@access.example.org`;
  await request.post("/api/trpc/auth.signUp", { data: { json: { email, password, name: person } } });
  const db = createDb(process.env.THESET_E2E_DATABASE ?? "", { max: 1 });
  const fan = db.updateTable("fans").where("email", "=", email);
  if (person === "blocked") await fan.set({ blocked_at: new Date() }).execute();
  if (person === "admin") await fan.set({ role: "admin" }).execute();
  await db.destroy();
  // Sessions are kept for a moment by each process: a new one is read as its fan is now.
  if (person === "fan") return request;
  await request.post("/api/trpc/auth.signIn", { data: { json: { email, password } } });
  return request;
}

/** An administrator's e-mail address and password, made through the site and the database. */
export async function administrator(request: APIRequestContext, name: string) {
  const email = `${name}-${Date.now()}@access.example.org`;
  await request.post("/api/trpc/auth.signUp", { data: { json: { email, password, name } } });
  const db = createDb(process.env.THESET_E2E_DATABASE ?? "", { max: 1 });
  await db.updateTable("fans").set({ role: "admin" }).where("email", "=", email).execute();
  await db.destroy();
  return { email, password };
}
