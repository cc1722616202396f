/** The process that reads: as many sockets as asked, each frame with its moment and the number in it. */
import { connect, type Socket } from "node:net";
import { answerParent, clockMs } from "./child.ts";

/** frames that came, and how long a number took to be there, by itself or by a later one, over all sockets, in ms */
export type Arrivals = { frames: number; p50: number; p99: number; max: number };
/** what was sent, by number and moment */
export type Births = [number, number][];

const OPENING_AT_ONCE = 200;
const EVENT = Buffer.from("event: tally");
const VOTES = Buffer.from('"votes":');

class Reader {
  /** numbers and moments, in turn */
  arrivals: number[] = [];
  frames = 0;
  constructor(readonly socket: Socket) {
    socket.on("data", (bytes) => this.read(bytes));
  }
  private read(bytes: Buffer): void {
    const now = clockMs();
    for (let at = bytes.indexOf(EVENT); at >= 0; at = bytes.indexOf(EVENT, at + 1)) {
      this.frames++;
      const digits = bytes.indexOf(VOTES, at) + VOTES.length;
      let number = 0;
      for (let i = digits; bytes[i]! >= 48 && bytes[i]! <= 57; i++) number = number * 10 + bytes[i]! - 48;
      this.arrivals.push(number, now);
    }
  }
}

const groups = new Map<string, Reader[]>();

function open(url: string): Promise<Reader> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const reader = new Reader(socket);
    socket.once("error", reject);
    socket.once("data", (bytes) =>
      bytes.toString("latin1").startsWith("HTTP/1.1 200")
        ? resolve(reader)
        : reject(new Error(String(bytes))),
    );
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: bench\r\n\r\n`);
  });
}

async function openAll({ group, url, count }: { group: string; url: string; count: number }): Promise<void> {
  const readers: Reader[] = [];
  while (readers.length < count) {
    const some = Math.min(OPENING_AT_ONCE, count - readers.length);
    readers.push(...(await Promise.all(Array.from({ length: some }, () => open(url)))));
  }
  groups.set(group, [...(groups.get(group) ?? []), ...readers]);
}

function reset({ group }: { group: string }): void {
  for (const reader of groups.get(group) ?? []) {
    reader.arrivals = [];
    reader.frames = 0;
  }
}

function arrivals({ group, births }: { group: string; births: Births }): Arrivals {
  const readers = groups.get(group) ?? [];
  const waits: number[] = [];
  let frames = 0;
  for (const { arrivals, frames: count } of readers) {
    frames += count;
    let at = 0;
    for (const [number, born] of births) {
      while (at < arrivals.length && arrivals[at]! < number) at += 2;
      waits.push(at < arrivals.length ? arrivals[at + 1]! - born : Infinity);
    }
  }
  const sorted = Float64Array.from(waits).sort();
  const share = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  return { frames, p50: share(0.5), p99: share(0.99), max: share(1) };
}

/** The newest number that every socket has. */
function seenByAll({ group }: { group: string }): number {
  return Math.min(...(groups.get(group) ?? []).map((reader) => reader.arrivals.at(-2) ?? 0));
}

function close({ group }: { group: string }): void {
  for (const { socket } of groups.get(group) ?? []) socket.destroy();
  groups.delete(group);
}

const answers = { openAll, reset, arrivals, seenByAll, close };
export type ReaderAnswers = typeof answers;
answerParent(answers);
