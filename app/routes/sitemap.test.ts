import { expect, test } from "vitest";
import { loader as robots } from "./[robots.txt]";
import { loader as sitemap } from "./[sitemap.xml]";

const origin = "https://theset.example";

test("the sitemap names each page by its whole address, with the day it was last read where that is known", async () => {
  const entries = [
    { kind: "artist", slug: "one", changedAt: new Date("2026-11-01T10:00:00Z") },
    { kind: "show", slug: "one-hull-2026-12-01", changedAt: null },
  ];
  const answer = await sitemap({
    context: { trpc: { sitemap: { list: async () => ({ entries }) } }, origin },
  } as never);
  const text = await answer.text();
  expect(answer.headers.get("Content-Type")).toMatch(/^application\/xml/);
  expect(text).toMatch(/^<\?xml /);
  expect(text).toContain(
    `<url><loc>${origin}/artists/one</loc><lastmod>2026-11-01T10:00:00.000Z</lastmod></url>`,
  );
  expect(text).toContain(`<url><loc>${origin}/shows/one-hull-2026-12-01</loc></url>`);
  expect(text).toContain(`<url><loc>${origin}/about</loc></url>`);
});

test("robots are kept from the API and from what is somebody's own, and told where the sitemap is", async () => {
  const text = await robots({ context: { origin } } as never).text();
  expect(text).toContain("Disallow: /api/\n");
  expect(text).toContain("Disallow: /account\n");
  expect(text).toContain(`Sitemap: ${origin}/sitemap.xml\n`);
});
