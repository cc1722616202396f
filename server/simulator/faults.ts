/** Everything that goes wrong with an upstream, on demand. */
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { type Damage, damages } from "./damage.ts";
import type { Answer, Refusal, Upstream } from "./service.ts";
import { random } from "./world/random.ts";

/** What each fault does, for `--help`. */
export const faultKinds = {
  "500": "internal error",
  "503": "service unavailable",
  "429-spike": "too fast",
  "429-quota": "the day's calls are used up",
  "429-retry-after": "too fast, with Retry-After (seconds, default 2)",
  "429-date": "too fast, with a date as Retry-After (seconds from now, default 2)",
  "401": "key refused with 401",
  "403": "key refused with 403",
  "not-found": "404",
  hang: "never answers",
  slow: "answers late (ms, default 3000)",
  drip: "one byte a second",
  cut: "closes the connection half way",
  html: "200 with a web page",
  empty: "200 without a body",
  huge: "a body without end",
  bomb: "a small packed body that unpacks to 20 MB",
  "wrong-types": "right fields of wrong types",
  nulls: "right fields, all of them null",
  nul: "NUL characters and lone surrogates in names",
  script: "a script and a change of direction in names",
  long: "names of 5,000 characters",
  twins: "every entry of every list twice",
  many: "lists with 100,000 entries more",
  endless: "totals that promise pages without end",
  dates: "dates before the year 0",
  redirect: "302 to an address of this machine",
} as const;

export type FaultKind = keyof typeof faultKinds;

export type Fault = {
  upstream: Upstream;
  kind: FaultKind;
  /** share of the requests it hits, 1 by default */
  rate?: number;
  /** only paths (with query) that contain this */
  match?: string;
  /** gone after so many hits */
  times?: number;
  seconds?: number;
  ms?: number;
};

/** Chooses the first fault that hits a request, and uses it up. Chance is seeded: the same requests fail each time. */
export function makeFaults(seed: string) {
  const rng = random(`faults/${seed}`);
  let faults: Fault[] = [];
  return {
    set(list: Fault[]) {
      faults = list.map((fault) => ({ ...fault }));
    },
    hit(upstream: Upstream, path: string): Fault | undefined {
      const fault = faults.find(
        (one) =>
          one.upstream === upstream &&
          (one.times ?? 1) > 0 &&
          path.includes(one.match ?? "") &&
          rng() < (one.rate ?? 1),
      );
      if (fault?.times !== undefined) fault.times--;
      return fault;
    },
  };
}

const html =
  "<!doctype html><html><head><title>Just a moment</title></head><body>Checking your browser.</body></html>";
const json = { "content-type": "application/json;charset=utf-8" };
const refusals: readonly string[] = ["500", "503", "429-spike", "429-quota", "401", "403", "not-found"];
const isDamage = (kind: FaultKind): kind is FaultKind & Damage => Object.hasOwn(damages, kind);
/** Made when it is first asked for: 20 KB that unpack to 20 MB of JSON, twice what is read. */
let bomb: Buffer | undefined;
const makeBomb = () => gzipSync(`{"filler":"${"0".repeat(20_000_000)}"}`, { level: 9 });

function damaged(answer: Answer, kind: Damage): Answer {
  return answer.status === 200
    ? { ...answer, body: JSON.stringify(damages[kind](JSON.parse(answer.body))) }
    : answer;
}

const isRefusal = (kind: FaultKind): kind is FaultKind & Refusal => refusals.includes(kind);

/** Writes a whole answer. */
export function write(res: ServerResponse, { status, headers, body }: Answer): number {
  res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  res.end(body);
  return status;
}

/**
 * Answers as the fault says: `answer` makes the true one (and counts it), `refuse` words a refusal as this upstream
 * does. Returns the status that was sent, 0 for none.
 */
export async function misbehave(
  res: ServerResponse,
  fault: Fault,
  answer: () => Answer,
  refuse: (kind: Refusal) => Answer,
): Promise<number> {
  const { kind } = fault;
  if (isRefusal(kind)) return write(res, refuse(kind));
  if (isDamage(kind)) return write(res, damaged(answer(), kind));
  switch (kind) {
    case "429-retry-after": {
      const spike = refuse("429-spike");
      return write(res, {
        ...spike,
        headers: { ...spike.headers, "retry-after": String(fault.seconds ?? 2) },
      });
    }
    case "429-date": {
      const spike = refuse("429-spike");
      const moment = new Date(Date.now() + (fault.seconds ?? 2) * 1000);
      return write(res, { ...spike, headers: { ...spike.headers, "retry-after": moment.toUTCString() } });
    }
    case "hang":
      return 0;
    case "slow":
      await sleep(fault.ms ?? 3000, undefined, { ref: false });
      return res.destroyed ? 0 : write(res, answer());
    case "drip": {
      const { status, headers, body } = answer();
      const bytes = Buffer.from(body);
      res.writeHead(status, { ...headers, "content-length": bytes.length });
      void (async () => {
        for (let i = 0; i < bytes.length && !res.destroyed; i++) {
          res.write(bytes.subarray(i, i + 1));
          await sleep(1000, undefined, { ref: false });
        }
        res.end();
      })();
      return status;
    }
    case "cut": {
      const { status, headers, body } = answer();
      const bytes = Buffer.from(body);
      res.writeHead(status, { ...headers, "content-length": bytes.length });
      res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => res.destroy());
      return status;
    }
    case "huge": {
      res.writeHead(200, json);
      res.write('{"filler":"');
      const block = "endless ".repeat(8192);
      const more = () => {
        while (!res.destroyed && res.write(block));
      };
      res.on("drain", more);
      more();
      return 200;
    }
    case "html":
      return write(res, { status: 200, headers: { "content-type": "text/html" }, body: html });
    case "empty":
      return write(res, { status: 200, headers: json, body: "" });
    case "bomb": {
      const body = (bomb ??= makeBomb());
      res.writeHead(200, { ...json, "content-encoding": "gzip", "content-length": body.length });
      res.end(body);
      return 200;
    }
    case "redirect":
      return write(res, { status: 302, headers: { location: "http://127.0.0.1:9/" }, body: "" });
  }
}
