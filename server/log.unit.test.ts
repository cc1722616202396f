import { expect, test } from "vitest";
import { createLog } from "./log.ts";

function written(log: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []): string {
  let text = "";
  log(
    createLog("test", {
      level: "trace",
      format: "json",
      secrets,
      destination: { write: (line) => (text += line) },
    }),
  );
  for (const line of text.trim().split("\n")) JSON.parse(line);
  return text;
}

test.each([
  [
    "an upstream's address",
    { err: new Error("GET https://api.example/v2/events?apikey=CANARY&size=200 failed") },
  ],
  ["an address with a token", { url: "https://api.example/?x=1&access_token=CANARY" }],
  ["a bearer in a message", { err: new Error("refused Bearer CANARY-0123456789") }],
  [
    "a database's address",
    { err: new Error("cannot reach postgres://theset:CANARY@db.example:5432/theset") },
  ],
  [
    "a header",
    { request: { headers: { authorization: "CANARY", cookie: "CANARY", "x-api-key": "CANARY" } } },
  ],
  ["a field of that name", { password: "CANARY", token: "CANARY", input: { password: "CANARY" } }],
  ["our cookie", { note: `theset=${"CANARY".padEnd(43, "x")}.${"CANARY".padEnd(43, "y")}` }],
  [
    "values that violated a constraint",
    {
      err: Object.assign(new Error("duplicate key"), {
        detail: "Key (email)=(CANARY@example.org) already exists.",
      }),
    },
  ],
])("%s keeps its secret out of the log", (_what, fields) => {
  const text = written((log) => log.error(fields, "it broke"));
  expect(text).toContain("it broke");
  expect(text).not.toContain("CANARY");
});

test("this process's own secrets are in no line, wherever they turn up", () => {
  const secret = 'a "quoted" CANARY';
  const text = written(
    (log) => {
      const cause = new Error(`the answer was ${secret}`);
      log.warn({ err: new Error("odd", { cause }), list: [secret] }, `what about ${secret}?`);
    },
    [secret],
  );
  expect(text).not.toContain("CANARY");
  expect(text).toContain("[redacted]");
});

test("ordinary words stay as they are", () => {
  const text = written(
    (log) =>
      log.info(
        { path: "/artists/key-token", key: "active", queue: "cleanup" },
        "the bearer of basic understanding",
      ),
    ["cleanup"],
  );
  expect(text).toContain('"path":"/artists/key-token","key":"active","queue":"cleanup"');
  expect(text).toContain("the bearer of basic understanding");
});
