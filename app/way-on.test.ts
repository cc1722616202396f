import { expect, test } from "vitest";
import { signInFrom, wayOn } from "./way-on";

test("signing in leads back to where somebody came from, and nowhere else", () => {
  expect(wayOn("/shows/a-b?order=likely#s-1")).toBe("/shows/a-b?order=likely#s-1");
  for (const other of ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", null, undefined])
    expect(wayOn(other)).toBe("/");
});

test("votes that found no room are told on the account's page, which leads on", () => {
  expect(wayOn("/shows/a-b", 3)).toBe("/account?dropped=3&redirectTo=%2Fshows%2Fa-b");
  expect(wayOn("//elsewhere.example", 3)).toBe("/account?dropped=3&redirectTo=%2F");
});

test("the sign-in page is told the way back", () => {
  expect(signInFrom("/")).toBe("/login");
  expect(signInFrom("/search?q=a&b")).toBe("/login?redirectTo=%2Fsearch%3Fq%3Da%26b");
});
