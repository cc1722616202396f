import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { promises } from "./promises.ts";

test.each(Object.entries(promises))("%s is the name of a test, which prints its figure", (name, { file }) => {
  for (const one of [file].flat()) {
    const text = readFileSync(new URL(`../../tests/torture/${one}.test.ts`, import.meta.url), "utf8");
    expect(text).toMatch(new RegExp(`["\`](R\\d+, )*${name}(, R\\d+)*: `));
    expect(text).toMatch(new RegExp(`(figure|killAll)\\(\\s*"${name}"`));
  }
});
