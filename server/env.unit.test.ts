import { describe, expect, it } from "vitest";
import { EnvError, readEnv } from "./env.ts";

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
