/** What every browser test wants: a page that complains about nothing, axe, and artists that are already here. */
import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test as base } from "playwright/test";

type Fixtures = {
  /** words of console messages that this test expects, such as a 404 it asks for */
  expected: { messages: string[] };
  quiet: void;
};

export const test = base.extend<Fixtures>({
  expected: async ({}, use) => use({ messages: [] }),
  /** Errors in the console, refused by the policy or thrown, fail the test. */
  quiet: [
    async ({ page, expected }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" || /Content.Security.Policy/i.test(message.text()))
          complaints.push(message.text());
      });
      await use();
      const unexpected = complaints.filter((text) => !expected.messages.some((word) => text.includes(word)));
      expect(unexpected, "the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** Ids of the simulator's artists by name. */
export async function attractionId(request: APIRequestContext, name: string): Promise<string> {
  const response = await request.get(`${process.env.THESET_E2E_SIMULATOR}/_simulator/artists`);
  const artists = (await response.json()) as { name: string; tmAttractionId: string }[];
  const found = artists.find((artist) => artist.name === name);
  if (!found) throw new Error(`the simulator knows no ${name}`);
  return found.tmAttractionId;
}

/** Imports through the API and waits for the end. @returns the artist's address */
export async function imported(request: APIRequestContext, name: string): Promise<string> {
  const tmAttractionId = await attractionId(request, name);
  const started = await request.post("/api/artists/import", { data: { tmAttractionId } });
  expect(started.status()).toBe(202);
  const { artistId, slug } = (await started.json()) as { artistId: string; slug: string };
  await expect
    .poll(async () => (await (await request.get(`/api/artists/${artistId}/status`)).json()).percentage, {
      timeout: 40_000,
    })
    .toBe(100);
  return `/artists/${slug}`;
}

/** A person is made to wait 2 s for a search; on a loaded machine even the simulator takes longer now and then. */
export async function searched(page: Page): Promise<void> {
  await expect(async () => {
    const silence = page.getByText("Ticketmaster does not answer right now");
    if (await silence.isVisible()) await page.reload();
    await expect(silence).toBeHidden({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

export async function faults(request: APIRequestContext, list: object[]): Promise<void> {
  const response = await request.put(`${process.env.THESET_E2E_SIMULATOR}/_simulator/faults`, { data: list });
  expect(response.ok(), await response.text()).toBe(true);
}

/** No violation of WCAG 2.2 A and AA nor of axe's best practices, or of these rules alone. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // Without frames there is nothing to gather in a second page, which costs half a second each.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, `sideways scroll on ${page.url()}`).toBeLessThanOrEqual(0);
}
