import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, type Mock, test, vi } from "vitest";
import { type Audience, createAudience } from "./audience.ts";
import { streamHeaders } from "./stream.ts";

const MB = 1024 * 1024;
/** An event of so many bytes that begins with its number. */
const snapshot = (n: number, bytes = 0) => Buffer.from(`data: ${n} ${"x".repeat(bytes)}\n\n`);

let audience: Audience;
let empty: Mock<() => void>;
let server: Server;
const sockets: Socket[] = [];
/** What is written in one turn leaves at its end. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  empty = vi.fn<() => void>();
  audience = createAudience(empty);
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** A reader with a real socket; it reads nothing before `read()`. */
async function join(version = "1.1") {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => undefined);
  const asked = once(server, "request") as Promise<[unknown, ServerResponse]>;
  socket.write(`GET / HTTP/${version}\r\nHost: here\r\n\r\n`);
  const [, res] = await asked;
  res.writeHead(200, streamHeaders);
  audience.join(res);
  await turn();
  let text = "";
  return {
    res,
    socket,
    read: () => void socket.on("data", (bytes) => (text += bytes.toString("latin1").replace(/x+/g, ""))),
    text: () => text,
    numbers: () => [...text.matchAll(/data: (\d+) /g)].map((found) => Number(found[1])),
    pings: () => text.match(/: ping/g)?.length ?? 0,
  };
}

/** Tells until the socket of a reader that does not read takes no more. @returns the number of the last one */
async function fill(res: ServerResponse): Promise<number> {
  let n = 0;
  while (res.writableLength === 0) {
    audience.tell(snapshot(++n, 60 * 1024));
    await turn();
  }
  return n;
}

test("a reader that does not read holds one snapshot, and skips to the newest once it reads", async () => {
  const slow = await join();
  const quick = await join();
  quick.read();
  const last = await fill(slow.res);
  const held = slow.res.writableLength;
  for (let n = last + 1; n <= last + 50; n++) {
    audience.tell(snapshot(n, 60 * 1024));
    await vi.waitFor(() => expect(quick.numbers().at(-1)).toBe(n), { interval: 1 });
  }
  expect(slow.res.writableLength).toBe(held);
  slow.read();
  await vi.waitFor(() => expect(slow.numbers().at(-1)).toBe(last + 50));
  expect(slow.numbers().at(-2)).toBe(last);
  expect(quick.numbers()).toEqual(Array.from({ length: last + 50 }, (_, index) => index + 1));
});

test("one with more than 64 KB unread is dropped, and only that one", async () => {
  const stuck = await join();
  const quick = await join();
  quick.read();
  for (let n = 1; n <= 8; n++) {
    audience.tell(snapshot(n, MB));
    await vi.waitFor(() => expect(quick.numbers().at(-1)).toBe(n), { interval: 1 });
  }
  expect(stuck.res.destroyed).toBe(true);
  expect(quick.res.destroyed).toBe(false);
});

test("a comment every 20 s keeps proxies from closing it; who takes none between two is dropped", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "setTimeout"] });
  const stuck = await join();
  const quick = await join();
  quick.read();
  await fill(stuck.res);
  vi.advanceTimersByTime(19_000);
  await turn();
  vi.advanceTimersByTime(1_000);
  await turn();
  expect(stuck.res.destroyed).toBe(false);
  vi.advanceTimersByTime(20_000);
  expect(stuck.res.destroyed).toBe(true);
  vi.useRealTimers();
  await vi.waitFor(() => expect(quick.pings()).toBe(2));
});

test("who speaks HTTP/1.0, which knows no chunks, gets the bytes as they are", async () => {
  const old = await join("1.0");
  const today = await join();
  for (const reader of [old, today]) reader.read();
  audience.tell(snapshot(1));
  audience.tell(snapshot(2));
  await vi.waitFor(() => expect([old, today].map((reader) => reader.numbers().at(-1))).toEqual([2, 2]));
  const body = (text: string) => text.slice(text.indexOf("\r\n\r\n") + 4).replace(/retry: \d+/, "retry: N");
  expect(body(old.text())).toBe("retry: N\ndata: 1 \n\ndata: 2 \n\n");
  expect(body(today.text())).toBe("c\r\nretry: N\n\r\na\r\ndata: 1 \n\n\r\na\r\ndata: 2 \n\n\r\n");
});

test("it is over once, when the last reader has left", async () => {
  const readers = [await join(), await join()];
  readers[0]!.socket.destroy();
  await once(readers[0]!.res, "close");
  expect(empty).not.toHaveBeenCalled();
  readers[1]!.socket.destroy();
  await once(readers[1]!.res, "close");
  expect(empty).toHaveBeenCalledTimes(1);
});

test("an end is every reader's, those who come late included", async () => {
  const early = await join();
  audience.end();
  const late = await join();
  expect([early, late].map(({ res }) => res.writableEnded)).toEqual([true, true]);
});
