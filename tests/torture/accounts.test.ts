/** Accounts over two web processes that know of each other only what Postgres tells them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Postgres, startPostgres } from "./databases.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type Rig } from "./rig.ts";
import { until } from "./until.ts";

let postgres: Postgres;
let rig: Rig;
let webs: Running[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
  rig = await createRig(postgres, "small");
  webs = await Promise.all([rig.startWeb(), rig.startWeb()]);
}, 600_000);
afterAll(async () => {
  await endProcesses();
  await rig?.close();
  await postgres?.stop();
});

const ada = { email: "ada@example.org", password: "a long walk home", name: "Ada" };

async function ask(
  web: Running | undefined,
  path: string,
  options: { cookie?: string; input?: unknown } = {},
) {
  const response = await fetch(`${web?.url}/api/trpc/${path}`, {
    method: "input" in options ? "POST" : "GET",
    headers: { "content-type": "application/json", cookie: options.cookie ?? "" },
    ...("input" in options ? { body: JSON.stringify({ json: options.input }) } : {}),
  });
  const answer = (await response.json()) as { result?: { data: { json: unknown } } };
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { status: response.status, data: answer.result?.data.json, cookie };
}
const nameOf = async (web: Running | undefined, cookie: string) =>
  ((await ask(web, "auth.me", { cookie })).data as { fan: { name: string } | null }).fan?.name;

test("who signs in at one is known at the other, and who signs out at one is unknown at the other", async () => {
  const [one, two] = webs;
  const { cookie } = await ask(one, "auth.signUp", { input: ada });
  expect(await nameOf(two, cookie)).toBe("Ada");
  await ask(one, "auth.rename", { cookie, input: { name: "Lady A." } });
  await until(
    "the other process has heard of the name",
    5_000,
    async () => (await nameOf(two, cookie)) === "Lady A.",
  );
  await ask(one, "auth.signOutEverywhere", { cookie, input: null });
  await until(
    "the other process has heard of the end",
    5_000,
    async () => (await nameOf(two, cookie)) === undefined,
  );
});

test("of 200 passwords at once over both five are looked at, and the right one works after the window", async () => {
  const wrong = { email: ada.email, password: "not this one" };
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, n) => ask(webs[n % 2], "auth.signIn", { input: wrong })),
  );
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  expect([count(401), count(429)]).toEqual([5, 195]);
  expect((await ask(webs[0], "auth.signIn", { input: ada })).status).toBe(429);
  // As if 15 minutes had passed.
  await rig.db.rows("update people_limits set expire = 0");
  expect((await ask(webs[1], "auth.signIn", { input: ada })).status).toBe(200);
});
