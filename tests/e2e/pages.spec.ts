import { expect, expectAccessible, expectNoSidewaysScroll, imported, test } from "./fixtures";
import { setDown } from "./shows";

/** The names that are hardest on a page: written from right to left, and as long as a line of a song. */
const artists: Record<string, string> = {
  desktop: "أصوات البحر البعيد",
  phone: "And the Last One Out Shall Kindly Turn Off the Aurora Borealis",
};
let name = "";
let artist = "";
let show = "";
let over = "";
let venue = "";

test.beforeAll(async ({ request }, { project }) => {
  name = artists[project.name]!;
  artist = await imported(request, name);
  const html = await (await request.get(artist)).text();
  show = /href="(\/shows\/[^"]+)"/.exec(html)?.[1] ?? "";
  over = [...html.matchAll(/href="(\/shows\/[^"]+)"/g)].at(-1)?.[1] ?? "";
  await setDown(over);
  venue = /href="(\/venues\/[^"]+)"/.exec(html)?.[1] ?? "";
});

// A long page takes axe a while.
test.slow();

const pages: [page: string, path: () => string, title: () => RegExp][] = [
  ["home", () => "/", () => /^What will they play tonight/],
  ["search", () => "/search?q=saltmarsh", () => /^Search: saltmarsh/],
  ["search for a place", () => `/search?q=${encodeURIComponent("Bristol")}`, () => /^Search: Bristol/],
  ["search without a word", () => "/search", () => /^Find an artist/],
  ["search without a hit", () => "/search?q=zzqx", () => /^Search: zzqx/],
  ["artist", () => artist, () => new RegExp(`^${name}: coming shows`)],
  ["show", () => show, () => new RegExp(`^${name} at .+, \\d+ \\w+ \\d{4} – what they will play · TheSet$`)],
  ["show, most likely first", () => `${show}?order=likely`, () => new RegExp(`^${name} at`)],
  ["result", () => over, () => new RegExp(`^${name}.+ – what they played · TheSet$`)],
  ["record", () => "/leaderboard", () => /^The record/],
  ["songs", () => `${artist}/songs`, () => new RegExp(`^${name}: songs`)],
  ["recordings left out", () => `${artist}/songs?view=left-out`, () => new RegExp(`^${name}: songs`)],
  ["venue", () => venue, () => /: coming shows · TheSet$/],
  ["venue, past shows", () => `${venue}?when=past`, () => /: coming shows · TheSet$/],
  ["trending", () => "/trending", () => /^Trending artists and shows/],
  ["about", () => "/about", () => /^About/],
  ["not found", () => "/nothing-here", () => /^Not on the list/],
];

for (const [what, path, title] of pages) {
  test(`${what} is whole, accessible in both schemes, and never scrolls sideways`, async ({
    page,
    expected,
    isMobile,
  }) => {
    if (what === "not found") expected.messages.push("404");
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path());
    await expect(page).toHaveTitle(title());
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await page.evaluate(() =>
      document.querySelectorAll("details").forEach((details) => (details.open = true)),
    );
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, ["color-contrast"]);
    if (isMobile) return expectNoSidewaysScroll(page);
    for (const width of [320, 360, 390, 768, 1080, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
    }
  });
}

test("setlists are paged, and the way back is there", async ({ page, isMobile }) => {
  test.skip(isMobile, "the same on every width");
  await page.goto(artist);
  await page.getByRole("link", { name: "Earlier setlists" }).click();
  await expect(page).toHaveURL(/\?before=/);
  await page.getByRole("link", { name: "Newest setlists" }).click();
  await expect(page).not.toHaveURL(/before/);
});

test("a row leads to its show, its place to the venue, and from there to the show", async ({
  page,
  isMobile,
}) => {
  test.skip(isMobile, "the same on every width");
  await page.goto(artist);
  const row = page.getByRole("region", { name: "Coming shows" }).getByRole("listitem").first();
  await row.getByRole("link").nth(1).click();
  await expect(page).toHaveURL(/\/venues\//);
  await page
    .getByRole("region", { name: "Coming shows" })
    .getByRole("listitem")
    .filter({ hasText: name })
    .first()
    .click({ position: { x: 5, y: 5 } });
  await expect(page).toHaveURL(/\/shows\//);
  await expect(
    page.getByRole("main").getByRole("link").and(page.locator('[href^="/venues/"]')),
  ).toBeVisible();
});

test("a page asks nobody but its own origin", async ({ page, baseURL, isMobile }) => {
  test.skip(isMobile, "the same on every width");
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL ?? "") && !request.url().startsWith("data:"))
      foreign.push(request.url());
  });
  for (const path of ["/", artist, `${artist}/songs`, show, venue])
    await page.goto(path, { waitUntil: "load" });
  expect(foreign).toEqual([]);
});
