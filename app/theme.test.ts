import { describe, expect, it } from "vitest";
import { readTheme, safePath, themeCookie } from "./theme";

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

describe("safePath", () => {
  it.each(["/", "/artists/mara", "/search?q=a%20b", "/shows/x#s-1"])("keeps %s", (path) => {
    expect(safePath(path)).toBe(path);
  });
  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "/a\\b",
    "javascript:alert(1)",
    "/a\r\nSet-Cookie: x=1",
    "\t//evil.example",
    "",
    undefined,
    "/" + "a".repeat(3_000),
  ])("sends %j to the front page", (path) => expect(safePath(path)).toBe("/"));
});
