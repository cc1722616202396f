import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, imported, test } from "./fixtures";

const password = "a long walk home";
let artist = "";

test.beforeAll(async ({ request }, { project }) => {
  artist = await imported(request, project.name === "no-js" ? "Copper Vesper" : "Saltmarsh Radio");
});

const script = () => test.info().project.name !== "no-js";
const emailOf = (who: string) => `${who}-${test.info().project.name}-${test.info().retry}@example.org`;
const main = (page: Page) => page.getByRole("main");
const follow = (page: Page) => main(page).getByRole("button", { name: /^Follow / });
const button = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true });

async function join(page: Page, who: string, from = "/join") {
  await page.goto(from);
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail address").fill(emailOf(who));
  await page.getByLabel("Password").fill(password);
  await button(page, "Join").click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Ada" })).toBeVisible();
}

async function signIn(page: Page, who: string, typed = password) {
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill(emailOf(who));
  await page.getByLabel("Password").fill(typed);
  await button(page, "Sign in").click();
}

test("a guest follows, joins, and the follow is kept, here and after signing in again", async ({ page }) => {
  await page.goto(artist);
  expect(await page.context().cookies(), "cookies of who only looks").toEqual([]);
  await expect(follow(page)).toHaveAttribute("aria-pressed", "false");
  await follow(page).click();
  await expect(follow(page)).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(new RegExp(`${artist}$`));
  if (script()) await expect(follow(page)).toBeFocused();
  await page.goto("/");
  await expect(page.getByRole("region", { name: "My shows" })).toBeVisible();

  await join(page, "follower", `/join?redirectTo=${encodeURIComponent(artist)}`);
  await expect(page).toHaveURL(new RegExp(`${artist}$`));
  await expect(follow(page)).toHaveAttribute("aria-pressed", "true");

  await page.goto("/account");
  await button(page, "Sign out").click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("region", { name: "My shows" })).toHaveCount(0);
  await signIn(page, "follower");
  await expect(page.getByRole("region", { name: "My shows" })).toBeVisible();
  await page.goto("/account/shows");
  await main(page)
    .getByRole("button", { name: /^Stop following/ })
    .click();
  await expect(main(page).getByText("You follow nobody yet.")).toBeVisible();
});

test("a refusal stands beside its field; what was typed is kept, but for the password", async ({
  page,
  expected,
}) => {
  expected.messages.push("400", "401");
  await page.goto("/join");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail address").fill(emailOf("refused"));
  await page.getByLabel("Password").fill("password1");
  await button(page, "Join").click();
  const field = page.getByLabel("Password");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/This password is among the first that are guessed/);
  await expect(page.getByLabel("Name")).toHaveValue("Ada");
  await expect(page.getByLabel("E-mail address")).toHaveValue(emailOf("refused"));
  if (script()) await expect(field).toBeFocused();
  else await expect(field).toHaveValue("");
  if (script()) await expectAccessible(page);

  await signIn(page, "refused", "not this one");
  await expect(page.getByRole("alert")).toHaveText(
    "The e-mail address or the password is wrong. Check both and try again.",
  );
  await expect(page.getByLabel("E-mail address")).toHaveValue(emailOf("refused"));
});

test("signing in leads back to where one was, and never to another site", async ({ page }) => {
  await join(page, "back", `/join?redirectTo=${encodeURIComponent("//elsewhere.example/")}`);
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  // Who is signed in has nothing to do on these pages.
  await page.goto(`/login?redirectTo=${encodeURIComponent("/about#odds")}`);
  await expect(page).toHaveURL(/\/about#odds$/);
});

test("a fan renames, changes the password, ends a sign-in elsewhere, and takes their data along", async ({
  page,
  browser,
  baseURL,
}) => {
  await join(page, "keeper", "/join?redirectTo=%2Faccount");
  const elsewhere = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const there = await elsewhere.newPage();
  await signIn(there, "keeper");
  await expect(there.getByRole("banner").getByRole("link", { name: "Ada" })).toBeVisible();
  await page.goto("/account");
  await main(page)
    .getByRole("button", { name: /^End\b/ })
    .click();
  await expect(main(page).getByRole("status")).toHaveText("That browser is signed out.");
  await there.goto("/account");
  await expect(there).toHaveURL(/\/login\?redirectTo=%2Faccount$/);
  await elsewhere.close();

  await page.getByLabel("What others may see of you").fill("Lady <b>A.</b>");
  await button(page, "Change the name").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lady <b>A.</b>");
  await page.getByLabel("Present password").fill(password);
  await page.getByLabel("New password").fill(`${password} again`);
  await button(page, "Change the password").click();
  await expect(main(page).getByRole("status")).toHaveText(
    "Your password is changed. All other browsers are signed out.",
  );

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download it as JSON" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^theset-\d{4}-\d\d-\d\d\.json$/);
  const kept = JSON.parse(await readFile(await file.path(), "utf8")) as { fan: { email: string } };
  expect(kept.fan.email).toBe(emailOf("keeper"));

  const answer = await page.request.get("/account");
  expect(answer.headers()["cache-control"]).toBe("no-store");
  expect(answer.headers()["set-cookie"]).toBeUndefined();
});

test("leaving takes the password, and then there is no such account", async ({ page, expected }) => {
  expected.messages.push("400", "401");
  await join(page, "leaver", "/join?redirectTo=%2Faccount");
  await main(page).getByText("Delete my account", { exact: true }).click();
  await page.getByLabel("Your password").fill("not this one");
  await button(page, "Delete my account for good").click();
  await expect(page.getByLabel("Your password")).toHaveAccessibleDescription(/This is not your password/);
  await page.getByLabel("Your password").fill(password);
  await button(page, "Delete my account for good").click();
  await expect(main(page).getByRole("status")).toHaveText(/^All that was yours here is deleted/);
  await signIn(page, "leaver");
  await expect(page.getByRole("alert")).toBeVisible();
});

test("a calendar is subscribed to by its address, and told when nothing has changed", async ({ page }) => {
  await page.goto(artist);
  await expect(page.getByRole("link", { name: /^Subscribe/ })).toHaveAttribute("href", /^webcal:\/\//);
  const file = await page.getByRole("link", { name: /^As a file/ }).getAttribute("href");
  const first = await page.request.get(file ?? "");
  expect(first.status()).toBe(200);
  expect(first.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(await first.text()).toMatch(/^BEGIN:VCALENDAR\r\n[^]*BEGIN:VEVENT\r\n[^]*END:VCALENDAR\r\n$/);
  const again = await page.request.get(file ?? "", {
    headers: { "If-None-Match": first.headers()["etag"] ?? "" },
  });
  expect(again.status()).toBe(304);
  for (const nobodys of ["/calendar/artists/nobody.ics", `/calendar/follows/${"x".repeat(43)}.ics`])
    expect((await page.request.get(nobodys)).status()).toBe(404);

  await follow(page).click();
  await expect(follow(page)).toHaveAttribute("aria-pressed", "true");
  await page.goto("/account/shows");
  await button(page, "Make a calendar").click();
  const address = await page.getByLabel(/^Its address/).inputValue();
  expect(await (await page.request.get(address)).text()).toContain("BEGIN:VEVENT");
  await button(page, "New address").click();
  await expect(page.getByLabel(/^Its address/)).not.toHaveValue(address);
  expect((await page.request.get(address)).status()).toBe(404);
});

test("all of it is accessible in both schemes, by keyboard, and never scrolls sideways", async ({ page }) => {
  test.skip(!script(), "the same pages");
  test.slow();
  await page.goto("/join");
  await page.getByLabel("Name").focus();
  for (const typed of ["Ada", emailOf("keyboard"), password]) {
    await page.keyboard.type(typed);
    await page.keyboard.press("Tab");
  }
  await expect(button(page, "Join")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/$/);
  await page.goto(artist);
  await follow(page).focus();
  await page.keyboard.press("Space");
  await expect(follow(page)).toHaveAttribute("aria-pressed", "true");
  for (const path of ["/account", "/account/shows", "/logout", "/"]) await whole(page, path);
  await page.context().clearCookies();
  for (const path of ["/login", "/join", "/follow"]) await whole(page, path);
});

async function whole(page: Page, path: string) {
  await page.goto(path);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, ["color-contrast"]);
  for (const width of [320, 390, 1080]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
