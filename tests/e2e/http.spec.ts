import { attractionId, expect, imported, test } from "./fixtures";

test("an unknown page is a real 404 with a way on", async ({ page, expected }) => {
  expected.messages.push("404");
  const response = await page.goto("/shows/nobody-nowhere-2026-01-01");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not on the list");
  await page.getByRole("main").getByLabel("Find an artist").fill("Saltmarsh");
  await page.getByRole("main").getByRole("button", { name: "Find" }).click();
  await expect(page).toHaveURL(/\/search\?q=Saltmarsh/);
});

test("every error of the API is JSON with a code and a message", async ({ request }) => {
  const no = "/api/artists/01a20cee-0000-7000-8000-000000000000";
  const cases: [method: string, path: string, body: string | undefined, type: string, status: number][] = [
    ["GET", "/api/nothing", undefined, "", 404],
    ["GET", `${no}/status`, undefined, "", 404],
    ["GET", `${no}/stream`, undefined, "", 404],
    ["GET", "/api/artists/not-an-id/status", undefined, "", 404],
    ["POST", `${no}/status`, "", "application/json", 405],
    ["GET", "/api/artists/import", undefined, "", 405],
    ["PUT", "/api/artists/import", "{}", "application/json", 405],
    ["POST", "/api/artists/import", "{", "application/json", 400],
    ["POST", "/api/artists/import", "{}", "application/json", 400],
    ["POST", "/api/artists/import", '{"tmAttractionId":"K8vZ917Gku7"}', "text/plain", 400],
    ["POST", "/api/artists/import", '{"tmAttractionId":"no spaces please"}', "application/json", 400],
    ["POST", "/api/artists/import", '{"tmAttractionId":"K8vZ917nobody"}', "application/json", 404],
  ];
  for (const [method, path, data, type, status] of cases) {
    const headers = type ? { "Content-Type": type } : undefined;
    const response = await request.fetch(path, { method, data, headers, maxRedirects: 0 });
    const where = `${method} ${path} ${data ?? ""}`;
    expect(response.status(), where).toBe(status);
    expect(response.headers()["content-type"], where).toContain("application/json");
    const { error } = (await response.json()) as { error: Record<string, string> };
    expect(typeof error.code === "string" && typeof error.message === "string", where).toBe(true);
    if (status === 405)
      expect(response.headers().allow, where).toBe(path.endsWith("import") ? "POST" : "GET");
    if (status === 400) expect(error.field, where).toBe("tmAttractionId");
  }
});

test("a finished import's stream gives its end and closes", async ({ request }) => {
  await imported(request, "Saltmarsh Radio");
  const tmAttractionId = await attractionId(request, "Saltmarsh Radio");
  const again = await request.post("/api/artists/import", { data: { tmAttractionId } });
  const { artistId } = (await again.json()) as { artistId: string };
  const stream = await request.get(`/api/artists/${artistId}/stream`);
  expect(stream.headers()["content-type"]).toContain("text/event-stream");
  expect(await stream.text()).toContain('"percentage":100');
});

test("robots are kept from the API, and icons are shipped", async ({ request }) => {
  expect(await (await request.get("/robots.txt")).text()).toContain("Disallow: /api/");
  for (const path of ["/favicon.ico", "/favicon.svg"]) expect((await request.get(path)).status()).toBe(200);
});

test("no shared cache keeps one visitor's page for another", async ({ request }) => {
  expect((await request.get("/about")).headers()["cache-control"]).toContain("private");
});
