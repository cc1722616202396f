import { expect, test } from "./fixtures";

/** Stands for every form of the site: with script and, in its own project, without. */
test("a visitor chooses the colours, on any page, and they stay", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/about");
  const background = () => page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  const light = await background();

  await page.getByRole("button", { name: "Dark", exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page).toHaveURL(/\/about$/);
  expect(await background()).not.toBe(light);
  await expect(page.getByRole("button", { name: "Dark", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );

  await page.goto("/search?q=a%26b");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Device" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await expect(page).toHaveURL(/\/search\?q=a%26b$/);
  expect(await background()).toBe(light);
});
