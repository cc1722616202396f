import { expect, imported, test } from "./fixtures";

test("everything is reached by keyboard, in the order it is read", async ({ page, request }) => {
  const address = await imported(request, "Saltmarsh Radio");
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").getByLabel("Find an artist")).toBeFocused();

  await page.keyboard.type("saltmarsh radio");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=saltmarsh/);
  await expect(page.getByRole("main")).toBeFocused();
  for (const name of ["Find an artist, venue or city", "Find"]) {
    await page.keyboard.press("Tab");
    await expect(page.locator(":focus")).toHaveAccessibleName(name);
  }
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveAttribute("href", address);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await expect(page.getByRole("main")).toBeFocused();
});

test("the focus is always seen", async ({ page }) => {
  await page.goto("/about");
  for (let i = 0; i < 14; i++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    if (await page.evaluate(() => document.activeElement === document.body)) break;
    expect(seen, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? "")).toBe(true);
  }
});
