import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { acceptWaiting } from "./accept-waiting.ts";

const CALLERS = 30;

test("whoever asked before a busy server stopped is answered", async () => {
  const server = createServer((_req, res) => {
    const until = performance.now() + 10;
    while (performance.now() < until);
    res.setHeader("connection", "close").end("whole");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const asked = Array.from({ length: CALLERS }, () => {
    const req = request({ port, host: "127.0.0.1", agent: false }).end();
    return new Promise<boolean>((resolve) => {
      req.on("response", (response) => response.resume().on("end", () => resolve(true)));
      req.on("error", () => resolve(false));
    });
  });
  await once(server, "request");
  await acceptWaiting(server, 5_000);
  server.close();
  expect(await Promise.all(asked)).toEqual(Array(CALLERS).fill(true));
});

test("steady traffic does not hold it up", async () => {
  const server = createServer();
  const steady = setInterval(() => server.emit("connection", {}), 0);
  server.removeAllListeners("connection");
  await expect(acceptWaiting(server, 50)).resolves.toBeUndefined();
  clearInterval(steady);
});
