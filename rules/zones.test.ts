import { expect, it, test } from "vitest";
import { zoneAt } from "./zones.ts";

test.each([
  ["Whitstable", 51.3607, 1.0253, "Europe/London"],
  ["Phoenix", 33.4484, -112.074, "America/Phoenix"],
  ["Auckland", -36.8509, 174.7645, "Pacific/Auckland"],
  ["Adelaide", -34.9285, 138.6007, "Australia/Adelaide"],
])("%s", (_, latitude, longitude, zone) => {
  expect(zoneAt({ latitude, longitude })).toBe(zone);
});

it("knows none of a place that is none", () => {
  expect(zoneAt({})).toBeUndefined();
  expect(zoneAt({ latitude: 51 })).toBeUndefined();
  expect(zoneAt({ latitude: 91, longitude: 0 })).toBeUndefined();
  expect(zoneAt({ latitude: NaN, longitude: 0 })).toBeUndefined();
});
