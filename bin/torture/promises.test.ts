import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { promises } from "./promises.ts";

test.each(Object.entries(promises))("%s is the name of a test, which prints its figure", (name, { file }) => {
  const text = readFileSync(new URL(`../../tests/torture/${file}.test.ts`, import.meta.url), "utf8");
  expect(text).toMatch(new RegExp(`["\`](R\\d+, )*${name}\\b[^"\`]*[:,]`));
  expect(text).toContain(`figure("${name}"`);
});
