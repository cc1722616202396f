import { expect, test } from "vitest";
import { bytes, moment, rate, took, waited } from "./words";

test.each([
  [waited(null), "–"],
  [waited(41.9), "0:41"],
  [waited(370), "6:10"],
  [waited(3_970), "1:06:10"],
  [took(null), "–"],
  [took(409.6), "410 ms"],
  [took(1_900), "1.9 s"],
  [took(125_000), "2 min 5 s"],
  [rate(null), "–"],
  [rate(0), "0"],
  [rate(0.05), "0.05"],
  [rate(4.23), "4.2"],
  [rate(212.4), "212"],
  [bytes(412e6), "412 MB"],
  [bytes(1.23e9), "1.2 GB"],
  [bytes(9_500), "10 kB"],
  [moment("2026-11-27T14:02:59.000Z", "2026-11-27T20:00:00.000Z"), "14:02 UTC"],
  [moment("2026-11-28T04:00:00.000Z", "2026-11-27T20:00:00.000Z"), "28 Nov, 04:00 UTC"],
])("%s", (said, expected) => {
  expect(said).toBe(expected);
});
