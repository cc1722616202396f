import { describe, expect, it } from "vitest";
import { EnvError, readEnv, upstreamConfig } from "./env.ts";

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
