import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path";

describe("safePath", () => {
  it.each([
    "/",
    "/artists/mara",
    "/search?q=a%20b",
    "/shows/x#s-1",
    "/shows/x?a=1&b=2#song-3",
    "/search?q=AC%2FDC",
    "/search?q=https://example.org/",
    "/search?q=100%25",
    "/account/sessions",
    "/calendar/artists/mara.ics",
    "/venues/o2-arena-london/",
  ])("keeps %s", (path) => expect(safePath(path)).toBe(path));

  const evil = "evil.example";
  const payloads: unknown[] = [
    // another host, plainly
    `https://${evil}/`,
    `http:${evil}`,
    `HTTPS://${evil}`,
    `//${evil}`,
    `///${evil}`,
    `////${evil}//`,
    `//${evil}%2f..`,
    `//user@${evil}`,
    `//[::1]/`,
    `${evil}`,
    `.${evil}`,
    `@${evil}`,
    `?next=//${evil}`,
    `#//${evil}`,
    // back slashes, which browsers turn round
    `/\\${evil}`,
    `\\/${evil}`,
    `\\\\${evil}`,
    `/\\/${evil}`,
    `\\${evil}`,
    `/a\\b`,
    `/\\\\${evil}`,
    `https:\\\\${evil}`,
    // the same, encoded once and twice
    `/%5c${evil}`,
    `/%5C${evil}`,
    `/%5c%5c${evil}`,
    `/%255c${evil}`,
    `/%2f${evil}`,
    `/%2F${evil}`,
    `/%2f%2f${evil}`,
    `/%252f${evil}`,
    `%2f%2f${evil}`,
    `/a/%5c${evil}`,
    // characters that browsers take out before they look
    `\t//${evil}`,
    `/\t/${evil}`,
    `/\n/${evil}`,
    `/\r/${evil}`,
    `/\r\n/${evil}`,
    ` //${evil}`,
    `/ /${evil}`,
    `/%09/${evil}`,
    `/%0a/${evil}`,
    `/%0d/${evil}`,
    `/%00/${evil}`,
    `/\u0000/${evil}`,
    `/\u00a0/${evil}`,
    `/\u200b/${evil}`,
    `/\ufeff/${evil}`,
    `/\u2028/${evil}`,
    // look-alikes of slashes and dots
    `/\uff0f${evil}`,
    `\uff0f\uff0f${evil}`,
    `/\u2215${evil}`,
    `/\u29f5${evil}`,
    `/evil\u3002example`,
    // dots and doubles that leave two slashes at the front
    `/.//${evil}`,
    `/..//${evil}`,
    `/a/..//${evil}`,
    `/./${evil}`,
    `/..`,
    `/a//${evil}`,
    // other schemes, headers and things that are no text
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "blob:x",
    "/a\r\nSet-Cookie: x=1",
    "/a\u0007",
    "",
    "/" + "a".repeat(3_000),
    undefined,
    null,
    7,
    ["/a"],
    { toString: () => "/a" },
  ];
  it("is tried with sixty payloads and more", () => expect(payloads.length).toBeGreaterThan(60));
  it.each(payloads)("sends %j to the front page", (payload) => expect(safePath(payload)).toBe("/"));
});
