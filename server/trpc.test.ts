/** Procedures as the browser and scripts reach them: over HTTP, superjson and the session's cookie. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { testApp } from "../tests/app.ts";
import { createApp } from "./app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let server: Server;
let base = "";
beforeAll(async () => {
  app = await testApp({ limits: true });
  const handler = createApp({
    services: app.services,
    development: false,
    pages: (_req, res) => void res.status(404).end(),
  });
  server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/trpc`;
});
afterEach(() => app.clear());
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.close();
});

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${base}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

type ErrorAnswer = { error: { json: { message: string; data: { code: string; field?: string } } } };
const ada = { email: "ada@example.org", password: "a long walk home", name: "Ada" };

test("joining sets one cookie that scripts cannot read, and the next question knows who asks", async () => {
  const joined = await post("auth.signUp", JSON.stringify({ json: ada }));
  const [cookie = "", ...more] = joined.headers.getSetCookie();
  expect(more).toEqual([]);
  expect(cookie).toMatch(/^theset=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000$/);
  const me = await fetch(`${base}/auth.me`, { headers: { cookie: cookie.split(";")[0]! } });
  expect(me.headers.get("cache-control")).toBe("no-store");
  expect(await me.json()).toMatchObject({ result: { data: { json: { fan: { name: "Ada" } } } } });
});

test("a wrong input is a 400 with its field and one sentence, no stack", async () => {
  const answer = await post("auth.signUp", JSON.stringify({ json: { ...ada, password: "password1" } }));
  expect(answer.status).toBe(400);
  const { error } = (await answer.json()) as ErrorAnswer;
  expect(error.json).toMatchObject({ message: expect.stringMatching(/Choose another\.$/) as string });
  expect(error.json.data).toMatchObject({ code: "BAD_REQUEST", field: "password" });
  expect(JSON.stringify(error)).not.toMatch(/stack|node_modules|argon/);
});

test("past a limit the answer is 429, and Retry-After says when the window ends", async () => {
  const wrong = JSON.stringify({ json: { email: ada.email, password: "not this one" } });
  const statuses = [];
  for (let n = 0; n < 6; n++) statuses.push((await post("auth.signIn", wrong)).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  const wait = Number((await post("auth.signIn", wrong)).headers.get("retry-after"));
  expect(wait).toBeGreaterThan(14 * 60);
  expect(wait).toBeLessThanOrEqual(15 * 60);
});

describe("what is meant for the prototype of every object", () => {
  const keys = ["__proto__", "constructor", "prototype", "constructor.prototype", "__proto__.polluted"];
  const wraps = [
    (key: string) => `{"json":{"path":"/x","${key}":{"polluted":true}}}`,
    (key: string) => `{"json":{"path":"/x"},"meta":{"values":{"${key}":["Date"]}}}`,
    (key: string) => `{"json":{"path":"/x"},"meta":{"values":{"path.${key}":["set"]}}}`,
    (key: string) => `{"json":{"path":"/x"},"meta":{"referentialEqualities":{"path":["${key}"]}}}`,
    (key: string) => `{"json":{"path":"/x"},"meta":{"referentialEqualities":{"${key}":["path"]}}}`,
    (key: string) => `{"json":{"path":"/x","${key}":1},"meta":{"values":{"path":[["class","${key}"]]}}}`,
    (key: string) => `{"${key}":{"polluted":true},"json":{"path":"/x"}}`,
  ];
  test.each(keys.flatMap((key) => wraps.map((wrap) => wrap(key))))("%s changes nothing", async (body) => {
    const answer = await post("view.record", body);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).not.toMatch(/stack|node_modules/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"json":null}',
  '{"json":{"path":1},"meta":7}',
  '{"json":{},"meta":{"values":[[1]]}}',
])("a body that is none (%j) is refused, and is no bug of ours", async (body) =>
  expect((await post("view.record", body)).status).toBe(400),
);
