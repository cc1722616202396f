import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { actor } from "../session/open.ts";
import { testApp } from "../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const ada = { email: "Ada@example.org", password: "a long walk home", name: "Ada" };
const refusedBeside = (field: string) => ({ cause: { issues: [{ path: [field] }] } });

describe("joining", () => {
  test("signs in here, and from another browser in any case of the address", async () => {
    const here = app.visitor();
    expect(await here.auth.me()).toEqual({ fan: null });
    const joined = await here.auth.signUp(ada);
    expect(joined).toEqual({ fan: { id: joined.fan.id, name: "Ada" }, dropped: 0 });
    expect((await here.auth.me()).fan).toMatchObject({
      ...joined.fan,
      email: ada.email,
      role: "fan",
      guest: false,
    });
    const there = app.visitor();
    expect(await there.auth.signIn({ ...ada, email: " ADA@EXAMPLE.ORG " })).toEqual(joined);
    expect((await there.auth.me()).fan?.id).toBe(joined.fan.id);
  });

  test("keeps neither password nor token in any table", async () => {
    await app.visitor().auth.signUp(ada);
    const { rows } = await sql<{ text: string }>`select (select json_agg(f)::text from fans f)
      || (select json_agg(s)::text from sessions s) as text`.execute(app.db);
    expect(rows[0]?.text).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(rows[0]?.text).not.toContain(ada.password);
  });

  test("with an address that has an account is refused in plain words, also by two at once", async () => {
    const both = await Promise.allSettled([
      app.visitor().auth.signUp(ada),
      app.visitor().auth.signUp({ ...ada, email: "ADA@example.org" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const guest = await guestVisitor();
    await expect(guest.caller.auth.signUp(ada)).rejects.toMatchObject({
      code: "CONFLICT",
      message: "There is an account with this e-mail address. Sign in with it, or join with another.",
      ...refusedBeside("email"),
    });
    expect((await guest.caller.auth.me()).fan).toMatchObject({ id: guest.id, guest: true });
  });

  test.each([
    ["email", { email: "nobody" }],
    ["email", { email: `${"a".repeat(250)}@example.org` }],
    ["email", { email: "a\u0000@example.org" }],
    ["name", { name: " \u200b " }],
    ["name", { name: "x".repeat(61) }],
    ["password", { password: "short1!" }],
    ["password", { password: "password1" }],
    ["password", { password: "PassWord1" }],
    ["password", { password: "ada@example.org" }],
    ["password", { password: "a".repeat(201) }],
  ])("names the field %s of %j", async (field, wrong) => {
    await expect(app.visitor().auth.signUp({ ...ada, ...wrong })).rejects.toMatchObject(refusedBeside(field));
    expect(await app.db.selectFrom("fans").select("id").execute()).toEqual([]);
  });

  test("takes a long password of one letter, blanks and every script as it is", async () => {
    const password = `${"z".repeat(150)} ☕ Ωmega`;
    await app.visitor().auth.signUp({ ...ada, password });
    await expect(app.visitor().auth.signIn({ ...ada, password: password.trimEnd() + "." })).rejects.toThrow();
    await app.visitor().auth.signIn({ ...ada, password });
  });

  test("turns the guest into the account: the same fan, another session", async () => {
    const guest = await guestVisitor();
    const token = guest.cookie();
    expect((await guest.caller.auth.signUp(ada)).fan.id).toBe(guest.id);
    expect(guest.cookie()).not.toBe(token);
    expect((await app.visitor({ cookies: token }).auth.me()).fan).toBeNull();
    expect((await guest.caller.auth.me()).fan).toMatchObject({ id: guest.id, guest: false });
  });

  test("in the session of another account makes a second one, and ends that session", async () => {
    const browser = app.browser();
    const first = await browser.caller.auth.signUp(ada);
    const token = browser.cookies();
    const second = await browser.caller.auth.signUp({ ...ada, email: "second@example.org" });
    expect(second.fan.id).not.toBe(first.fan.id);
    expect((await app.visitor({ cookies: token }).auth.me()).fan).toBeNull();
  });

  test("is not how a blocked guest gets rid of the block", async () => {
    const guest = await guestVisitor();
    await block(guest.id);
    await expect(guest.caller.auth.signUp(ada)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("signing in", () => {
  test("says the same of an unknown address and a wrong password, and sets no cookie", async () => {
    await app.visitor().auth.signUp(ada);
    const answers = [];
    for (const wrong of [{ email: "nobody@example.org" }, { password: "not a long walk" }]) {
      const browser = app.browser();
      const error = await browser.caller.auth.signIn({ ...ada, ...wrong }).catch((thrown: unknown) => thrown);
      answers.push({
        error: { ...(error as object) },
        message: (error as Error).message,
        cookies: browser.cookies(),
      });
    }
    expect(answers[0]).toMatchObject({ error: { code: "UNAUTHORIZED" }, cookies: undefined });
    expect(answers[0]).toEqual(answers[1]);
  });

  test("begins a session of a new id and ends the one before", async () => {
    const browser = app.browser();
    await browser.caller.auth.signUp(ada);
    const before = browser.cookies();
    await browser.caller.auth.signIn(ada);
    expect(browser.cookies()).not.toBe(before);
    expect((await app.visitor({ cookies: before }).auth.me()).fan).toBeNull();
    expect(await app.db.selectFrom("sessions").select("id").execute()).toHaveLength(1);
  });

  test("leaves what a blocked guest did with the guest", async () => {
    await app.visitor().auth.signUp(ada);
    const guest = await guestVisitor();
    await block(guest.id);
    await guest.caller.auth.signIn(ada);
    expect((await guest.caller.auth.me()).fan).toMatchObject({ name: "Ada", blocked: false });
    const kept = await app.db.selectFrom("fans").select("id").where("id", "=", guest.id).execute();
    expect(kept).toHaveLength(1);
  });
});

test("signing out ends the session for good, and twice is once", async () => {
  const browser = app.browser();
  await browser.caller.auth.signUp(ada);
  const token = browser.cookies();
  await browser.caller.auth.signOut();
  await browser.caller.auth.signOut();
  expect((await app.visitor({ cookies: token }).auth.me()).fan).toBeNull();
});

test("a cookie that we did not sign is nobody's", async () => {
  const browser = app.browser();
  await browser.caller.auth.signUp(ada);
  const [name = "", value = ""] = (browser.cookies() ?? "").split("=");
  const [token = "", signature = ""] = value.split(".");
  for (const forged of [`${token}.${"A".repeat(43)}`, `${"A".repeat(43)}.${signature}`, token, `${value}x`])
    expect((await app.visitor({ cookies: `${name}=${forged}` }).auth.me()).fan).toBeNull();
});

/** Somebody who has acted once without an account. */
async function guestVisitor() {
  const browser = app.browser();
  const { id } = await actor(browser.context);
  return { id, caller: browser.caller, cookie: browser.cookies };
}

async function block(fanId: string) {
  await app.db.updateTable("fans").set({ blocked_at: new Date() }).where("id", "=", fanId).execute();
  app.services.sessions.forget(fanId);
}
