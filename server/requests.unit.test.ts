import type { AddressInfo } from "node:net";
import { request, type IncomingMessage, type Server } from "node:http";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bounded, formsOnly, readable, retryAfter, withoutForwarded } from "./requests.ts";
import { sameOriginGuard } from "./security.ts";

let server: Server;
let port: number;
beforeAll(async () => {
  const app = express();
  app.use(readable, retryAfter, bounded, sameOriginGuard(undefined), formsOnly, withoutForwarded);
  app.all("/status/:code", (req, res) => void res.status(Number(req.params.code)).end("said"));
  app.all("*", async (req, res) => {
    // What Remix does with a request, and what its actions do with a body.
    const { host, "content-type": type = "" } = req.headers;
    const body = ["GET", "HEAD"].includes(req.method) ? {} : { body: "a=1" };
    const made = new Request(new URL(`http://${host}${req.url}`), {
      method: req.method,
      headers: { "content-type": type },
      ...body,
    });
    if ("body" in body && !req.path.startsWith("/api")) await made.formData();
    res.status(200).end();
  });
  server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

type Sent = { method?: string; path?: string; headers?: Record<string, string>; body?: string };
function send({ method = "GET", path = "/", headers = {}, body = "" }: Sent): Promise<IncomingMessage> {
  const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const options = { host: "127.0.0.1", port, method, path, headers: { ...length, ...headers } };
  return new Promise((resolve, reject) => {
    const sent = request(options, (res) => resolve(res.resume()));
    sent.on("error", reject).end(body);
  });
}
const status = async (sent: Sent) => (await send(sent)).statusCode;

describe("a request nobody could read", () => {
  it("has a method of which no Request can be made: 405 with those that can", async () => {
    for (const method of ["TRACE", "PROPFIND", "SEARCH"]) {
      const answer = await send({ method });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, expect.stringContaining("POST")]);
    }
  });

  it("has a Host or an address of which no URL can be made", async () => {
    for (const host of ["a b", "[::", "%25", "a/b", "a?b", "a:b:c", "a@b"])
      expect(await status({ headers: { host } })).toBe(400);
    for (const path of ["http://evil.example/", "*"]) expect(await status({ path })).toBe(400);
    for (const host of ["a.example", "localhost:3000", "[::1]:3000", "a_b"])
      expect(await status({ headers: { host } })).toBe(200);
  });

  it("sends a page a body that is no form of ours", async () => {
    const types = [
      "application/json",
      "multipart/form-data",
      "multipart/form-data; boundary=x",
      "text/plain",
      "x",
    ];
    for (const type of types)
      expect(await status({ method: "POST", body: "{}", headers: { "content-type": type } })).toBe(415);
    expect(await status({ method: "POST", body: "{}" })).toBe(415);
    const form = { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" };
    expect(await status({ method: "POST", body: "a=%", headers: form })).toBe(200);
    // An empty body is an empty form; the API reads its own bodies.
    expect(await status({ method: "POST" })).toBe(200);
    const json = { "content-type": "application/json" };
    expect(await status({ method: "POST", path: "/api/x", body: "{", headers: json })).toBe(200);
  });
});

it("says when to come back with every 429 and 503", async () => {
  expect((await send({ path: "/status/503" })).headers["retry-after"]).toBe("5");
  expect((await send({ path: "/status/429" })).headers["retry-after"]).toBe("60");
  expect((await send({ path: "/status/500" })).headers["retry-after"]).toBeUndefined();
});

it("takes no Origin for ours that only resembles it", async () => {
  const from = (origin: string) => status({ method: "POST", headers: { origin } });
  const ours = `127.0.0.1:${port}`;
  for (const origin of [`http://${ours}`, `https://${ours}`]) expect(await from(origin)).toBe(200);
  const others = [
    `http://${ours}/`,
    `http://x@${ours}`,
    `http://${ours}.evil.example`,
    "http://127.0.0.1",
    "null",
    "",
  ];
  for (const origin of others) expect(await from(origin)).toBe(403);
});
