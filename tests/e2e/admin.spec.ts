import type { Page } from "playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, imported, test } from "./fixtures";
import { administrator } from "./people";

let artist = "";
let admin: Awaited<ReturnType<typeof administrator>>;

test.beforeAll(async ({ request }, { project }) => {
  artist = await imported(request, "Saltmarsh Radio");
  admin = await administrator(request, `boss-${project.name}`);
});

async function signIn(page: Page, to = "/admin") {
  // The control room sends whoever is not signed in to sign in, and back.
  await page.goto(to);
  await expect(page).toHaveURL(/\/login\?redirectTo=/);
  await page.getByLabel("E-mail address").fill(admin.email);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(to);
}

/** A queue and a schedule that no other test needs; one for each project. */
const held = () =>
  test.info().project.name === "no-js"
    ? { queue: "trending-calc", schedule: "trending" }
    : { queue: "cleanup", schedule: "clean-up" };

test("a queue is held with a reason, its job waits, and goes on when it is resumed", async ({ page }) => {
  test.skip(test.info().project.name === "phone", "the same on every width");
  const { queue, schedule } = held();
  await signIn(page, "/admin/queues");
  const row = page.getByRole("row", { name: new RegExp(`^${queue} `) });
  await row.getByText("Pause").first().click();
  await row.getByLabel("Why, for the others").fill("The locks are changed");
  await row.getByRole("button", { name: `Pause ${queue}` }).click();
  const main = page.getByRole("main");
  await expect(main.getByText(`${queue} is paused`)).toBeVisible();
  await expect(main.getByText("The locks are changed")).toBeVisible();

  await page.goto("/admin/schedules");
  await page.getByRole("button", { name: `Run ${schedule} now` }).click();
  await expect(main.getByRole("status")).toHaveText("Sent. A free worker takes it now.");
  // A worker may take that one still: it holds within five seconds of the answer.
  await expect(async () => {
    await page.getByRole("button", { name: `Run ${schedule} now` }).click();
    await expect(main.getByRole("status")).toContainText("waiting or running already", { timeout: 1_000 });
  }).toPass({ timeout: 10_000 });

  await page.goto(`/admin/queues/${queue}?state=waiting`);
  await expect(main.getByText(`${queue} is paused`)).toBeVisible();
  await main
    .getByRole("button", { name: `Resume ${queue}` })
    .first()
    .click();
  await expect(main.getByText(`${queue} is paused`)).toBeHidden();
  await expect(async () => {
    await page.goto("/admin/schedules");
    const last = page.getByRole("row", { name: new RegExp(`^${schedule} `) });
    await expect(last.getByText("Done")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });

  await page.goto("/admin/audit");
  await expect(page.getByRole("row", { name: new RegExp(`paused.*${queue}`, "i") }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(`ran.*${schedule}`, "i") }).first()).toBeVisible();
});

test("an import is found, looked into, and done again", async ({ page }) => {
  test.skip(test.info().project.name === "phone", "the same on every width");
  await signIn(page, "/admin/imports");
  await page.getByRole("searchbox", { name: "Artist", exact: true }).fill("Saltmarsh");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/q=Saltmarsh/);
  await page.getByRole("main").getByRole("link", { name: "Saltmarsh Radio" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Saltmarsh Radio/);
  await expect(page.getByRole("img", { name: /went/ })).toBeVisible();
  await page.getByRole("button", { name: "Import again" }).click();
  await expect(page.getByRole("main").getByRole("status").first()).toContainText("new import");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Done", { exact: true }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
});

test("the overview says that it is live, and the picture of a moment ago is newer than it was", async ({
  page,
}) => {
  test.skip(test.info().project.name !== "desktop", "needs script, once");
  await signIn(page);
  await expect(page.getByText(/Live, updated \d+ s ago/)).toBeVisible();
});

test("every page of the control room is accessible in both schemes, and never scrolls sideways", async ({
  page,
  isMobile,
}) => {
  test.skip(test.info().project.name === "no-js", "looked at with script");
  test.slow();
  await signIn(page);
  const artistId = await artistIdOf(page);
  const paths = [
    "/admin",
    "/admin/imports",
    "/admin/queues",
    "/admin/queues/artist-import?state=completed",
    "/admin/schedules",
    "/admin/matches",
    `/admin/matches/${artistId}`,
    `/admin/matches/${artistId}/songs`,
    "/admin/people",
    "/admin/suggestions",
    "/admin/audit",
  ];
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: "light" });
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, ["color-contrast"]);
    for (const width of isMobile ? [390] : [320, 768, 1440]) {
      if (!isMobile) await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
    }
  }
});

async function artistIdOf(page: Page): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ json: { slug: artist.replace("/artists/", "") } }));
  const answer = await (await page.request.get(`/api/trpc/artist.bySlug?input=${input}`)).json();
  return answer.result.data.json.artist.id as string;
}
