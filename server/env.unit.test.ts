import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { EnvError, envNames, readEnv, upstreamConfig } from "./env.ts";

function problemsOf(env: Record<string, string>): string[] {
  try {
    readEnv(env);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

describe("MUSICBRAINZ_URL", () => {
  const of = (env: Record<string, string>) => upstreamConfig(readEnv(env)).musicbrainz;

  it("is the real one where nothing is said, at a call a second", () =>
    expect(of({})).toEqual({ url: "https://musicbrainz.org/ws/2", rps: 1, perDay: 50_000 }));

  it("may be another", () => {
    const env = {
      MUSICBRAINZ_URL: "http://127.0.0.1:9/ws/2",
      MUSICBRAINZ_RPS: "5",
      MUSICBRAINZ_PER_DAY: "9",
    };
    expect(of(env)).toEqual({ url: "http://127.0.0.1:9/ws/2", rps: 5, perDay: 9 });
  });

  it.each(["", " ", "off"])("turns it off as “%s”", (url) =>
    expect(of({ MUSICBRAINZ_URL: url })).toBeUndefined(),
  );
});

describe("TRUST_PROXY", () => {
  const good: [value: string, read: string | undefined][] = [
    ["off", undefined],
    ["1", "1"],
    ["loopback", "loopback"],
    ["loopback, 10.0.0.0/8", "loopback, 10.0.0.0/8"],
    ["fd00::/8", "fd00::/8"],
    ["192.0.2.7", "192.0.2.7"],
  ];
  it.each(good)("takes “%s”", (value, read) =>
    expect(readEnv({ TRUST_PROXY: value }).TRUST_PROXY).toBe(read),
  );

  const bad = ["nonsense", "true", "10.0.0.0/33", "1.2.3", "loopback/8", "10.0.0.0/8/1", "300"];
  it.each(bad)("refuses “%s” with a sentence that does not repeat it", (value) => {
    expect(() => readEnv({ TRUST_PROXY: value })).toThrow(EnvError);
    expect(() => readEnv({ TRUST_PROXY: value })).toThrow(/^TRUST_PROXY: must be off, a number of hops/);
  });
});

describe("a wrong environment", () => {
  it("is named whole at once: values, what is missing beside them, and what is misspelt", () => {
    const problems = problemsOf({
      PORT: "many",
      TRUST_PROXY: "nonsense",
      SPOTIFY_CLIENT_ID: "id",
      ADMIN_PASSWORD: "a long walk home",
      LIMITS: "off",
      HOST: "0.0.0.0",
      TICKETMASTER_KEY: "canary",
      DATABASE_LISTEN_URL: "postgres://localhost/theset",
    });
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "PORT",
      "TRUST_PROXY",
      "LIMITS",
      "ADMIN_EMAIL",
      "SPOTIFY_CLIENT_SECRET",
      "DATABASE_URL",
      "TICKETMASTER_KEY",
    ]);
    expect(problems.at(-1)).toBe("TICKETMASTER_KEY: is not known; did you mean TICKETMASTER_API_KEY?");
    expect(problems.join()).not.toContain("canary");
  });

  it("has a sentence for every variable that can be wrong", () => {
    const wrong = problemsOf({
      ...{ NODE_ENV: "x", DATABASE_URL: "x", APP_URL: "x", GUEST_VOTES: "x", LIMITS: "x", ADMIN_EMAIL: "x" },
      ...{ ADMIN_PASSWORD: "x", SESSION_SECRET: "x", CRON_SECRET: "x", METRICS_TOKEN: "x", LOG_LEVEL: "x" },
      ...{ LOG_FORMAT: "x", UPSTREAMS: "x", PORT: "1.5", SPOTIFY_RPS: "0", SETLISTFM_PER_DAY: "1.5" },
      ...{ SETLISTFM_KEEP_DAYS: "0", MUSICBRAINZ_URL: "ftp://x" },
    });
    expect(wrong).toHaveLength(18);
    for (const problem of wrong) expect(problem).toMatch(/^[A-Z_]+: must (be|look) /);
  });

  it("leaves a misspelling alone where the right one is set, and other programs' variables", () =>
    expect(problemsOf({ DATABASE_URI: "x", DATABASE_URL: "postgres://h/d", HOSTNAME: "box" })).toEqual([]));

  it.each(["", "  "])("takes an empty one (%j) for unset", (value) =>
    expect(problemsOf({ PORT: value, TICKETMASTER_KEY: value })).toEqual([]),
  );
});

describe(".env.example", () => {
  const text = readFileSync(".env.example", "utf8");
  const shown = parseEnv(text.replace(/^#(?=[A-Z_]+=)/gm, ""));

  it("lists every variable that is read, and no other", () =>
    expect(Object.keys(shown).sort()).toEqual([...envNames].sort()));

  it("comments each, and shows its default", () => {
    const defaults = readEnv({}) as Record<string, unknown>;
    for (const [name, value = ""] of Object.entries(shown)) {
      if (value === "" || name === "DATA_DIR") continue;
      if (name === "DATABASE_URL") expect(problemsOf({ DATABASE_URL: value })).toEqual([]);
      else expect([name, String(defaults[name])]).toEqual([name, value]);
    }
    expect(text).not.toMatch(/\n\n#?[A-Z_]+=/);
  });
});
