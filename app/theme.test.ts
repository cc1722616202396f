import { describe, expect, it } from "vitest";
import { readTheme, themeCookie } from "./theme";

describe("readTheme", () => {
  it.each([
    [null, "system"],
    ["theme=dark", "dark"],
    ["a=1; theme=light; b=2", "light"],
    ["mytheme=dark", "system"],
    ["theme=neon", "system"],
  ])("%s is %s", (cookies, theme) => expect(readTheme(cookies)).toBe(theme));
});

it("forgets the choice when the device's scheme is chosen again", () => {
  expect(themeCookie("dark")).toContain("Max-Age=31536000");
  expect(themeCookie("system")).toContain("Max-Age=0");
});
