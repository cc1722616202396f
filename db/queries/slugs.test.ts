import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDb } from "../../tests/database.ts";
import { newIds } from "./ids.ts";
import { claimSlugs } from "./slugs.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());

it("finds addresses for as many shows as a seller lists", async () => {
  const ids = await newIds(test.db, 1000);
  const wishes = ids.map((id, at) => ({ id, bases: [`a-${at}`, `a-${at}-2000`] }));
  const claimed = await claimSlugs(test.db, "show", wishes);
  expect([claimed.size, claimed.get(ids[999]!)]).toEqual([1000, "a-999"]);
});

it("numbers those that want the same address, on from what others have", async () => {
  for (const [from, count] of [
    [0, 60],
    [60, 60],
  ] as const) {
    const ids = await newIds(test.db, count);
    const claimed = await claimSlugs(
      test.db,
      "show",
      ids.map((id) => ({ id, bases: ["b-tba"] })),
    );
    const numbers = [...claimed.values()].map((slug) => Number(slug.slice(6) || 1)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: count }, (_, at) => from + at + 1));
  }
});
