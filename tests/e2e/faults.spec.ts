import { attractionId, expect, expectAccessible, faults, test } from "./fixtures";

test.describe.configure({ mode: "serial" });
test.slow();
test.afterAll(({ request }) => faults(request, []));

test("a service that is silent costs its part, and the page says which", async ({ page, request }) => {
  await faults(request, [{ upstream: "setlistfm", kind: "503", times: 1000 }]);
  await page.goto("/search");
  await page
    .getByRole("textbox", { name: "Ticketmaster artist link or id" })
    .fill(await attractionId(request, "Lido Season"));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page).toHaveURL(/\/artists\//);
  await expect(page.getByRole("region", { name: "Import" }).getByRole("status")).toHaveText(
    "The import is done, but something is missing.",
    {
      timeout: 40_000,
    },
  );
  await expect(page.getByText("Imported, with gaps")).toBeVisible();
  await expect(page.getByRole("region", { name: "Import" })).toContainText("setlist.fm");
  await expect(page.getByRole("button", { name: "Import again" })).toBeVisible();
  const shows = page.getByRole("region", { name: "Coming shows" }).getByRole("listitem");
  await expect(shows.first()).toBeVisible();
  await expectAccessible(page);
  await shows.first().getByRole("link").first().click();
  // Without setlist.fm nobody knows what was played: their songs stand in, and the page says so.
  await expect(page.getByText(/follow the order of their records, not what was played/)).toBeVisible();
  await expectAccessible(page);
});

test("a search without Ticketmaster shows who is here and says so", async ({ page, request }) => {
  await faults(request, [{ upstream: "ticketmaster", kind: "500", times: 1000 }]);
  await page.goto("/search?q=Lido");
  await expect(page.getByText("Only artists already here are shown.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Lido Season" })).toBeVisible();
  await expectAccessible(page);
});

test("an artist whom nobody could identify says so and can be tried again", async ({ page, request }) => {
  const tmAttractionId = await attractionId(request, "Tall Ships in Winter");
  const unknown = `${tmAttractionId.slice(0, -2)}zz`;
  const started = await request.post("/api/artists/import", { data: { tmAttractionId: unknown } });
  expect(started.status()).toBe(202);
  const { slug, name } = (await started.json()) as { slug: string; name: string | null };
  expect(name).toBeNull();
  await page.goto(`/artists/${slug}`);
  await expect(page.getByRole("region", { name: "Import" }).getByRole("status")).toHaveText(
    "The import failed.",
    {
      timeout: 40_000,
    },
  );
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expectAccessible(page);
});
