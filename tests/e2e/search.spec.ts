import { expect, expectAccessible, expectNoSidewaysScroll, imported, test } from "./fixtures";

test.beforeAll(async ({ request }) => {
  await imported(request, "Saltmarsh Radio");
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the form finds an artist in spite of an error of typing, and says what was meant", async ({
    page,
  }) => {
    await page.goto("/");
    const field = page.getByRole("main").getByRole("searchbox", { name: "Find an artist" });
    await field.fill("satlmarsh radoi");
    await page.getByRole("main").getByRole("button", { name: "Find" }).click();
    await expect(page).toHaveURL(/\/search\?q=satlmarsh/);
    await expect(page.getByRole("link", { name: "Saltmarsh Radio" }).first()).toBeVisible();
    await page.getByRole("status").getByRole("link", { name: "Saltmarsh Radio" }).click();
    await expect(page).toHaveURL(/\/search\?q=Saltmarsh%20Radio/);
    await expect(page.getByText("Did you mean")).toBeHidden();
  });

  test("venues and cities are found beside artists", async ({ page }) => {
    await page.goto("/artists/saltmarsh-radio");
    const place = page.getByRole("region", { name: "Coming shows" }).getByRole("link", { name: /all shows/ });
    await place.first().click();
    const venue = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    await page.goto(`/search?q=${encodeURIComponent(venue)}`);
    const places = page.getByRole("region", { name: "Places" });
    await expect(places.getByRole("heading", { name: "Venues" })).toBeVisible();
    await places.getByRole("link", { name: venue }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(venue);
  });
});

test.describe("as you type", () => {
  test("arrows walk, Enter opens, Escape closes, and the focus stays in the field", async ({ page }) => {
    await page.goto("/");
    const field = page.getByRole("main").getByRole("combobox", { name: "Find an artist" });
    await expect(field).toHaveAttribute("aria-expanded", "false");
    await field.pressSequentially("saltm");
    const list = page.getByRole("listbox");
    const option = list
      .getByRole("group", { name: "Artists" })
      .getByRole("option", { name: /^Saltmarsh Radio/ });
    await expect(option).toBeVisible();
    await expect(field).toHaveAttribute("aria-expanded", "true");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await page.keyboard.press("ArrowDown");
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
    await expectAccessible(page, ["color-contrast", "aria-valid-attr-value"]);
    await page.keyboard.press("Escape");
    await expect(list).toBeHidden();
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("saltm");

    await page.keyboard.press("ArrowDown");
    await expect(option).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/artists\/saltmarsh-radio$/);
  });

  test("Enter without a choice is a whole search", async ({ page }) => {
    await page.goto("/about");
    await page.goto("/search");
    const field = page.getByRole("main").getByRole("combobox");
    await field.pressSequentially("saltm");
    await expect(page.getByRole("listbox")).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/search\?q=saltm$/);
    await expect(page.getByRole("listbox")).toBeHidden();
  });

  test("a press on an option opens it", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("main").getByRole("combobox").pressSequentially("salt");
    await page.getByRole("option", { name: /^Saltmarsh Radio/ }).click();
    await expect(page).toHaveURL(/\/artists\/saltmarsh-radio$/);
  });

  test("an answer that comes late for what stood there before is not shown", async ({ page }) => {
    await page.goto("/");
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/search\.suggest.*salt/, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    const field = page.getByRole("main").getByRole("combobox");
    await field.pressSequentially("salt");
    await page.waitForRequest(/search\.suggest.*salt/);
    await field.fill("zzqx");
    await page.waitForResponse(/search\.suggest.*zzqx/);
    release();
    await expect(page.getByRole("option")).toHaveCount(0);
    await expect(field).toHaveAttribute("aria-expanded", "false");
  });

  test("what was offered for another text goes when there is no answer", async ({ page, expected }) => {
    expected.messages.push("net::ERR_FAILED");
    await page.goto("/");
    const field = page.getByRole("main").getByRole("combobox");
    await field.pressSequentially("salt");
    await expect(page.getByRole("option").first()).toBeVisible();
    await page.route(/search\.suggest/, (route) => route.abort());
    await field.fill("zzqx");
    await expect(page.getByRole("listbox")).toBeHidden();
    await expect(field).toHaveAttribute("aria-expanded", "false");
  });
});
