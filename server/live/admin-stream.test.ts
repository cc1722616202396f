import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { channels, notify } from "#db/channels";
import { insertAccount } from "#db/queries/fans";
import { loader } from "../../app/routes/api.admin.stream.ts";
import { testApp } from "../../tests/app.ts";
import type { Overview } from "../overview/read.ts";
import { openSession } from "../session/open.ts";
import { adminStream } from "./admin-stream.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let browser: ReturnType<typeof app.browser>;
let adminId: string;
beforeAll(async () => {
  app = await testApp({ limits: true });
});
beforeEach(async () => {
  browser = await browserOf("admin");
});
afterEach(async () => {
  expect(app.hub.followers()).toBe(0);
  expect(app.services.streams.open()).toBe(0);
  await app.clear();
});
afterAll(() => app.close());

async function browserOf(role: "admin" | "fan") {
  const one = app.browser();
  const account = { email: `${role}@example.org`, name: role, passwordHash: "none", role };
  adminId = (await insertAccount(app.db, account)) ?? "";
  one.context.setCookie((await openSession(one.context, app.db, adminId)).cookie);
  return one;
}

function open() {
  const leaving = new AbortController();
  const connection = { signal: leaving.signal, backlog: () => 0, address: "192.0.2.1" };
  const answer = adminStream(app.services, connection, { cookies: browser.cookies(), range: "1h" });
  return { answer, leave: () => leaving.abort(), ...follow(answer) };
}

/** Snapshots as they come. */
function follow(answer: Response) {
  const heard: Overview[] = [];
  let text = "";
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      for (let at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n")) {
        const [, data] = /event: overview\ndata: (.*)/.exec(text.slice(0, at)) ?? [];
        if (data) heard.push(JSON.parse(data) as Overview);
        text = text.slice(at + 2);
      }
    }
  })();
  return { heard, ended };
}

const ask = (one: ReturnType<typeof app.browser>) =>
  loader({
    request: new Request("http://here/api/admin/stream"),
    params: {},
    context: { trpc: one.caller, live: { admin: () => new Response("let in") } } as never,
  });

test("guests are refused with 401, fans with 403, administrators are let in", async () => {
  await expect(ask(app.browser())).rejects.toMatchObject({ status: 401 });
  await expect(ask(await browserOf("fan"))).rejects.toMatchObject({ status: 403 });
  expect(await (await ask(browser)).text()).toBe("let in");
});

test("whole snapshots, at once and again every 2 s; read once for all who look", async () => {
  const readers = [open(), open()];
  await vi.waitFor(() => expect(readers.every(({ heard }) => heard.length >= 3)).toBe(true), 15_000);
  const [one, two] = readers.map(({ heard }) => heard.slice(1).map(({ at }) => at));
  // The first of each is its own; what the hub reads both get.
  expect(two?.some((at) => one?.includes(at))).toBe(true);
  expect(readers[0]?.heard[0]?.range).toBe("1h");
  for (const { leave, ended } of readers) {
    leave();
    await ended;
  }
});

test("it ends when the session ends", async () => {
  const { heard, ended } = open();
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), 5_000);
  await browser.caller.auth.signOut();
  await ended;
});

test("it ends when the role is lost", async () => {
  const { heard, ended } = open();
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), 5_000);
  await app.db.updateTable("fans").set({ role: "fan" }).where("id", "=", adminId).execute();
  await notify(app.db, channels.fan, adminId);
  await ended;
});

test("it takes a place among all streams", async () => {
  const { streams } = app.services;
  const places = Array.from({ length: 200 }, () => streams.enter("192.0.2.1"));
  const refused = open();
  expect(refused.answer.status).toBe(503);
  expect(Number(refused.answer.headers.get("retry-after"))).toBeGreaterThan(0);
  for (const give of places) give?.();
});
