import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createCaller } from "../routers/_app.ts";
import { createLimits } from "../limits.ts";
import { testApp } from "../../tests/app.ts";

/** LIMITS=off, as for load tests: what concerns passwords stays on. */
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ limits: false });
});
afterEach(() => app.clear());
afterAll(() => app.close());

const ada = { email: "ada@example.org", password: "a long walk home", name: "Ada" };
const wrong = { email: ada.email, password: "not this one" };
const WRONG = { code: "UNAUTHORIZED" };
const TOO_MANY = { code: "TOO_MANY_REQUESTS", cause: { retryAfter: expect.any(Number) as number } };

/** As if 15 minutes had passed. */
const windowEnds = () => sql`update people_limits set expire = 0`.execute(app.db);
/** As if a window had just counted so many. */
const counted = (key: string, points: number) =>
  sql`update people_limits set points = ${points} where key like ${`${key}:%`}`.execute(app.db);

/** One of two web processes: what they share is the database and the secret. */
function process(n: number) {
  const limits = createLimits({
    db: app.db,
    secret: "the secret of both processes, long enough",
    on: n === 0,
  });
  return (address: string) => createCaller({ ...app.browser({ address }).context, limits });
}

test("of 200 tries at once over two processes and many addresses five are checked; the right password works after the window", async () => {
  await app.visitor().auth.signUp(ada);
  const both = [process(0), process(1)];
  const tries = await Promise.allSettled(
    Array.from({ length: 200 }, (_, n) => both[n % 2]!(`203.0.113.${n}`).auth.signIn(wrong)),
  );
  const codes = tries.map((answer) =>
    answer.status === "rejected" ? (answer.reason as { code: string }).code : "",
  );
  expect(codes.filter((code) => code === "UNAUTHORIZED")).toHaveLength(5);
  expect(codes.filter((code) => code === "TOO_MANY_REQUESTS")).toHaveLength(195);
  const right = () => both[1]!("203.0.113.1").auth.signIn(ada);
  await expect(right()).rejects.toMatchObject(TOO_MANY);
  await windowEnds();
  expect((await right()).fan.name).toBe("Ada");
});

test("an unknown address is counted like a known one", async () => {
  for (let n = 0; n < 5; n++) await expect(app.caller.auth.signIn(wrong)).rejects.toMatchObject(WRONG);
  await expect(app.caller.auth.signIn(wrong)).rejects.toMatchObject(TOO_MANY);
});

test("the right password makes the account's count begin anew, but not the address's", async () => {
  await app.visitor().auth.signUp(ada);
  await expect(app.caller.auth.signIn(wrong)).rejects.toMatchObject(WRONG);
  await expect(app.caller.auth.signIn(wrong)).rejects.toMatchObject(WRONG);
  await app.visitor().auth.signIn(ada);
  const { rows } = await sql`select split_part(key, ':', 1) as key, points from people_limits`.execute(
    app.db,
  );
  expect(rows).toEqual([{ key: "tries-from", points: 2 }]);
});

test("fifty wrong ones from an address are enough, whoever they were for; others go on", async () => {
  await app.visitor().auth.signUp(ada);
  const guesser = app.visitor({ address: "203.0.113.7" });
  await expect(guesser.auth.signIn({ ...wrong, email: "one@example.org" })).rejects.toMatchObject(WRONG);
  await counted("tries-from", 50);
  await expect(guesser.auth.signIn(ada)).rejects.toMatchObject(TOO_MANY);
  expect((await app.visitor({ address: "203.0.113.8" }).auth.signIn(ada)).fan.name).toBe("Ada");
});

test("tries that were refused count nowhere, so that nobody keeps an account or a network shut", async () => {
  for (let n = 0; n < 9; n++) await app.caller.auth.signIn(wrong).catch(() => undefined);
  const { rows } =
    await sql`select split_part(key, ':', 1) as key, points from people_limits order by 1`.execute(app.db);
  expect(rows).toEqual([
    { key: "tries-for", points: 5 },
    { key: "tries-from", points: 5 },
  ]);
});

test("each further wrong one is answered later", async () => {
  const times = [];
  for (let n = 0; n < 5; n++) {
    const began = performance.now();
    await app.caller.auth.signIn(wrong).catch(() => undefined);
    times.push(performance.now() - began);
  }
  expect(times[3]).toBeGreaterThan(500);
  expect(times[4]).toBeGreaterThan(1_000);
});

test("a wrong password for changing or leaving is counted too", async () => {
  const fan = app.visitor();
  await fan.auth.signUp(ada);
  const change = () =>
    fan.auth.changePassword({ password: "not this one", newPassword: "another long walk" });
  const leave = () => fan.auth.deleteAccount({ password: "not this one" });
  for (const attempt of [change, leave, change, leave, change])
    await expect(attempt()).rejects.toMatchObject({ cause: { issues: [{ path: ["password"] }] } });
  await expect(leave()).rejects.toMatchObject(TOO_MANY);
  expect((await fan.auth.me()).fan?.name).toBe("Ada");
});
