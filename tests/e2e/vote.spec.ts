import type { Locator, Page } from "playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./fixtures";
import { catalogue, change, openShows, somebodyElse } from "./shows";

/** Each project votes on artists of its own, each test on a show of its own. */
const artists: Record<string, string> = {
  desktop: "Saltmarsh Radio",
  phone: "The Quarry Sisters",
  "no-js": "Copper Vesper",
};
let shows: string[] = [];

test.beforeAll(async ({ request }, { project }) => {
  shows = await openShows(request, artists[project.name]!);
});

const script = () => test.info().project.name !== "no-js";
const desktop = () => test.info().project.name === "desktop";
const phone = () => test.info().project.name === "phone";
const rowsOf = (page: Page) =>
  page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Will play: / }) });
const willPlay = (row: Locator) => row.getByRole("button", { name: /^Will play: / });
const want = (row: Locator) => row.getByRole("button", { name: /^Want: / });

/** The page is alive once its script runs; without script it always is. */
async function ready(page: Page) {
  if (script()) await expect(page.getByText("Counts move as fans vote.")).toBeVisible();
  else await expect(page.getByText(/^Counts are from \d\d:\d\d /)).toBeVisible();
}

test("a fan votes on both ballots with one tap each, and takes a vote back", async ({ page }) => {
  await page.goto(shows[0]!);
  await ready(page);
  const row = rowsOf(page).first();
  const title = await row.locator(".title").innerText();
  await expect(willPlay(row)).toHaveAccessibleName(`Will play: ${title}, 0`);
  await expect(want(row)).toHaveAttribute("aria-pressed", "false");

  await willPlay(row).click();
  await expect(willPlay(row)).toHaveAccessibleName(`Will play: ${title}, 1`);
  await expect(willPlay(row)).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("1 of 25").first()).toBeVisible();
  await want(row).click();
  await expect(want(row)).toHaveAttribute("aria-pressed", "true");
  if (!script()) await expect(page).toHaveURL(/#s-[\w-]+$/);

  await willPlay(row).click();
  await expect(willPlay(row)).toHaveAccessibleName(`Will play: ${title}, 0`);
  await expect(want(row)).toHaveAccessibleName(`Want: ${title}, 1`);

  await expect(async () => {
    await page.goto(shows[0]!);
    await expect(want(row)).toHaveAttribute("aria-pressed", "true", { timeout: 500 });
    await expect(willPlay(row)).toHaveAttribute("aria-pressed", "false", { timeout: 500 });
  }).toPass();
});

test("a sixth Want is not counted, and the sentence stands beside its song", async ({ page, expected }) => {
  test.skip(phone(), "the same on every width");
  expected.messages.push("403");
  await page.goto(shows[1]!);
  await ready(page);
  for (let i = 0; i < 5; i++) {
    await want(rowsOf(page).nth(i)).click();
    await expect(want(rowsOf(page).nth(i))).toHaveAttribute("aria-pressed", "true");
  }
  await expect(page.getByText("5 of 5").first()).toBeVisible();
  const sixth = rowsOf(page).nth(5);
  await want(sixth).click();
  await expect(sixth.getByRole("alert")).toHaveText(/you have used all 5 Wants.*Take one back first\./);
  await expect(want(sixth)).toHaveAttribute("aria-pressed", "false");
  await expect(want(sixth)).toHaveAccessibleName(/, 0$/);
  await expect(willPlay(sixth)).toHaveAccessibleName(/, 0$/);

  await want(rowsOf(page).first()).click();
  await want(sixth).click();
  await expect(want(sixth)).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a vote moves the count on another open page, in its place", async ({ page, browser }) => {
  test.skip(phone(), "the same on every width");
  test.skip(!script(), "a page without script is read again");
  await page.goto(shows[2]!);
  await ready(page);
  const titles = await rowsOf(page).locator(".title").allInnerTexts();
  const other = await somebodyElse(browser, shows[2]!);
  await willPlay(rowsOf(other.page).nth(3)).click();
  await want(rowsOf(other.page).nth(4)).click();

  await expect(willPlay(rowsOf(page).nth(3))).toHaveAccessibleName(/, 1$/);
  await expect(want(rowsOf(page).nth(4))).toHaveAccessibleName(/, 1$/);
  await expect(willPlay(rowsOf(page).nth(3))).toHaveAttribute("aria-pressed", "false");
  await expect(page.getByText("2 new votes, order kept")).toBeVisible();
  expect(await rowsOf(page).locator(".title").allInnerTexts()).toEqual(titles);
  await other.leave();

  await page.getByRole("link", { name: "Most wanted" }).click();
  await expect(page).toHaveURL(/\?order=wanted$/);
  await expect(rowsOf(page).first().locator(".title")).toHaveText(titles[4]!);
});

test("votes by keyboard, and the focus stays where it was", async ({ page }) => {
  test.skip(!desktop(), "needs a keyboard");
  await page.goto(shows[3]!);
  await ready(page);
  const row = rowsOf(page).nth(1);
  await willPlay(row).focus();
  await page.keyboard.press("Space");
  await expect(willPlay(row)).toHaveAttribute("aria-pressed", "true");
  await expect(willPlay(row)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(want(row)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(want(row)).toHaveAttribute("aria-pressed", "true");
  await expect(want(row)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(willPlay(rowsOf(page).nth(2))).toBeFocused();
});

test("quick taps end with the last one, on the page and at the server", async ({ page }) => {
  test.skip(!desktop(), "the same on every width");
  await page.goto(shows[4]!);
  await ready(page);
  const button = willPlay(rowsOf(page).first());
  for (let i = 0; i < 5; i++) await button.click({ delay: 0 });
  await want(rowsOf(page).first()).dblclick();
  await expect(button).toHaveAccessibleName(/, 1$/);
  await expect(async () => {
    await page.reload();
    await expect(button).toHaveAttribute("aria-pressed", "true", { timeout: 500 });
    await expect(want(rowsOf(page).first())).toHaveAccessibleName(/, 0$/, { timeout: 500 });
  }).toPass();
});

test("a vote that nobody answers is taken back with a sentence, and is safe to send again", async ({
  page,
  expected,
}) => {
  test.skip(!desktop(), "needs script, once");
  expected.messages.push("Failed to load resource", "ERR_FAILED");
  await page.goto(shows[5]!);
  await ready(page);
  const row = rowsOf(page).first();
  await page.route("**/api/trpc/vote.*", (route) => route.abort());
  await willPlay(row).click();
  await expect(row.getByRole("alert")).toHaveText("Your vote was not saved. It is safe to send it again.");
  await expect(willPlay(row)).toHaveAttribute("aria-pressed", "false");
  await expect(willPlay(row)).toHaveAccessibleName(/, 0$/);
  await expect(willPlay(row)).toBeFocused();

  await page.unroute("**/api/trpc/vote.*");
  await willPlay(row).click();
  await expect(row.getByRole("alert")).toHaveCount(0);
  await expect(willPlay(row)).toHaveAccessibleName(/, 1$/);
});

test("when the show begins the buttons go, and what was picked stays", async ({ page, expected }) => {
  test.skip(!desktop() && script(), "once with script and once without");
  expected.messages.push("403");
  await page.addInitScript(() => {
    window.EventSource = class extends EventSource {
      constructor(url: string | URL) {
        super(url);
        this.addEventListener("tally", ({ data }) => Object.assign(window, { told: String(data) }));
      }
    };
  });
  await page.goto(shows[6]!);
  await ready(page);
  await willPlay(rowsOf(page).first()).click();
  await expect(page.getByText("1 of 25").first()).toBeVisible();
  // The counts tell when voting closes, too: those of the first vote must not be read after the change.
  const told = () => page.evaluate(() => (window as { told?: string }).told);
  if (script()) await expect.poll(told).toContain('"votes":1');
  await change(shows[6]!, { localDate: "yesterday" });
  await want(rowsOf(page).nth(1)).click();
  await expect(page.getByText("Voting closed", { exact: true })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText(/voting closed/i);
  await expect(rowsOf(page)).toHaveCount(0);
  await expect(page.getByText(", your pick")).toHaveCount(1);
  if (script()) await expectAccessible(page);
});

test("a cancelled show keeps the picks and says that they are not scored", async ({ page }) => {
  test.skip(!desktop(), "the same on every width");
  await page.goto(shows[7]!);
  await ready(page);
  await willPlay(rowsOf(page).first()).click();
  await expect(willPlay(rowsOf(page).first())).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("1 of 25").first()).toBeVisible();
  await change(shows[7]!, { status: "cancelled" });
  await page.goto(shows[7]!);
  await expect(page.getByText("Your 1 pick is kept but will not be scored.")).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(0);
  await expect(page.getByText(", your pick")).toHaveCount(1);
});

test("a missing song is found, suggested, voted for, and taken back", async ({ page, request }, {
  project,
}) => {
  test.skip(phone(), "the same on every width");
  await page.goto(shows[8]!);
  await ready(page);
  const before = await rowsOf(page).count();
  const listed = await rowsOf(page).locator(".title").allInnerTexts();
  const title = (await catalogue(request, artists[project.name]!)).find((song) => !listed.includes(song))!;
  await page.getByRole("searchbox", { name: "A song is missing?" }).fill(title);
  await page.getByRole("button", { name: "Find it" }).click();
  await expect(page).toHaveURL(/suggest=/);
  const offer = page.getByRole("button", { name: `Suggest: ${title}`, exact: true });
  await offer.click();
  await expect(rowsOf(page)).toHaveCount(before + 1);
  const row = rowsOf(page).filter({ hasText: title }).last();
  await expect(row.getByText("Your suggestion.")).toBeVisible();
  await willPlay(row).click();
  await expect(willPlay(row)).toHaveAttribute("aria-pressed", "true");
  await willPlay(row).click();
  await expect(willPlay(row)).toHaveAttribute("aria-pressed", "false");
  await row.getByRole("button", { name: `Take back: ${title}` }).click();
  await expect(rowsOf(page)).toHaveCount(before);
});

test("a voted page is accessible in both schemes and never scrolls sideways", async ({ page }) => {
  test.slow();
  test.skip(!script(), "axe is a script");
  await page.goto(shows[9]!);
  await ready(page);
  await willPlay(rowsOf(page).first()).click();
  await want(rowsOf(page).first()).click();
  await want(rowsOf(page).nth(1)).click();
  await expect(want(rowsOf(page).nth(1))).toHaveAttribute("aria-pressed", "true");
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, ["color-contrast"]);
  await expectNoSidewaysScroll(page);
  // One for all of the page, and no count is in it.
  const live = page.locator("[aria-live], [role=status], [role=log]");
  expect(await live.count()).toBeLessThanOrEqual(1);
  await expect(page.locator(".song").locator("[aria-live], [role=status]")).toHaveCount(0);
});

test("who wants to be surprised covers every setlist, and sees one when they ask", async ({ page }) => {
  test.skip(phone(), "the same on every width");
  await page.goto(shows[9]!);
  await page.getByRole("button", { name: "Cover setlists" }).click();
  await expect(page.getByRole("heading", { name: "Covered, as you asked" })).toBeVisible();
  await expect(page.locator(".song")).toHaveCount(0);
  await page.getByRole("link", { name: "Show the setlist" }).click();
  await expect(rowsOf(page).first()).toBeVisible();
  await page.goto(shows[8]!);
  await expect(page.getByRole("heading", { name: "Covered, as you asked" })).toBeVisible();
  await page.goto("/");
  await expect(page.getByText("Heavier means surer.")).toHaveCount(0);
  await page.getByRole("button", { name: "Cover setlists" }).click();
  await expect(page.getByText("Heavier means surer.")).toBeVisible();
  await page.goto(shows[8]!);
  await expect(rowsOf(page).first()).toBeVisible();
});
