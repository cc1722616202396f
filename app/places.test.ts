import { expect, test } from "vitest";
import { countryName, named, placed } from "./places";

test.each([
  ["GB", "United Kingdom"],
  ["US", "United States"],
  ["HK", "Hong Kong"],
  ["TR", "Türkiye"],
  ["QQ", "QQ"],
  ["England", "England"],
  ["gb", "gb"],
])("%s is %s", (code, name) => expect(countryName(code)).toBe(name));

test("places keep all else, and an unknown country stays unknown", () => {
  expect(named({ name: "Roundhouse", country: "FR" })).toEqual({ name: "Roundhouse", country: "France" });
  expect(named({ country: null })).toEqual({ country: null });
  expect(placed([{ id: 1, venue: null }])).toEqual([{ id: 1, venue: null }]);
});
