import { readdirSync } from "node:fs";
import { expect, test } from "vitest";

// Routes that answer with something else than a page; a page without an action is refused by Remix with our own page.
const resources = readdirSync(import.meta.dirname)
  .filter((name) => /(?<!\.test)\.ts$/.test(name))
  .map((name) => name.slice(0, -".ts".length));

test.each(resources)("%s answers a method it does not know in words", async (name) => {
  const route = (await import(/* @vite-ignore */ `./${name}.ts`)) as { action?: unknown; loader?: unknown };
  expect(route.action).toBeTypeOf("function");
  expect(route.loader).toBeTypeOf("function");
});
