import { expect, faults, searched, test } from "./fixtures";

/** Each project imports an artist that no other touches. */
const artists: Record<string, string> = {
  desktop: "Tall Ships in Winter",
  phone: "Ashen Meridian",
  "no-js": "Hollow Parade",
};

test.beforeAll(({ request }) =>
  faults(request, [{ upstream: "setlistfm", kind: "slow", ms: 700, times: 1000 }]),
);
test.afterAll(({ request }) => faults(request, []));

test("a person finds an artist, imports it, watches, and reads what they will play", async ({ page }, {
  project,
}) => {
  const name = artists[project.name]!;
  const script = project.name !== "no-js";
  test.slow();

  await page.goto("/");
  await page.getByRole("main").getByLabel("Find an artist").fill(name);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`“${name}”`);
  await searched(page);
  await page
    .getByRole("button", { name: `Import ${name}` })
    .first()
    .click();

  await expect(page).toHaveURL(/\/artists\/[a-z0-9-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  const bar = page.getByRole("progressbar", { name: `Import of ${name}` });
  await expect(bar).toBeVisible();
  const seen: number[] = [];
  const document = await page.evaluateHandle(() => window.document);
  if (script) {
    await expect(async () => {
      seen.push(Number(await bar.getAttribute("aria-valuenow")));
      expect(seen.at(-1)).toBe(100);
    }).toPass({ intervals: [100], timeout: 30_000 });
    expect(new Set(seen).size, `the bar moved: ${seen.join(" ")}`).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await expect(page.getByRole("region", { name: "Import" }).getByRole("status")).toHaveText(
      "The import is complete.",
    );
    expect(await document.evaluate((old) => old === window.document), "no reload was needed").toBe(true);
  } else {
    // The page renews itself every five seconds; whoever is impatient follows the link.
    await expect(page.getByRole("link", { name: "Look again" })).toHaveAttribute(
      "href",
      new URL(page.url()).pathname,
    );
    await expect(page.getByRole("heading", { name: "Last import" })).toBeVisible({ timeout: 40_000 });
  }

  const shows = page.getByRole("region", { name: "Coming shows" }).getByRole("listitem");
  await expect(shows.filter({ hasText: /\d+ of \d+ expected/ }).first()).toBeVisible();
  const source = page
    .getByRole("region", { name: "Past setlists" })
    .getByRole("link", { name: /^setlist.fm/ });
  await expect(source.first()).toHaveAttribute("href", /^https:\/\/www\.setlist\.fm\//);
  await expect(source.first()).not.toHaveAttribute("rel", /nofollow/);

  await shows.filter({ hasText: "expected" }).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/shows\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  const songs = page.getByRole("list", { name: /What we think|Anyone’s guess/ }).getByRole("listitem");
  await expect(songs.first()).toContainText(/\d+%\s*(near certain|likely|toss-up|unlikely|long shot)/);
  expect(await songs.count()).toBeGreaterThan(5);

  await page.getByRole("link", { name: "TheSet, home" }).click();
  await expect(page.getByRole("heading", { name: "Lately imported" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Lately imported" })).toContainText(name);
});

test("a wrong link is answered beside its field", async ({ page, expected }) => {
  expected.messages.push("400");
  await page.goto("/search");
  const field = page.getByRole("textbox", { name: "Ticketmaster artist link or id" });
  await field.fill("https://www.ticketmaster.com/mara-bristol/event/1700612F");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText("This is the link of an event, not of an artist.");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue(/event\/1700612F$/);
});

test("an id that Ticketmaster does not know imports nobody", async ({ page, expected }) => {
  expected.messages.push("404");
  await page.goto("/search");
  await page.getByRole("textbox", { name: "Ticketmaster artist link or id" }).fill("K8vZ917nobody");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Ticketmaster knows no such artist");
});
