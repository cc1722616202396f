import { expect, test } from "vitest";
import { saidOf } from "./said";

const said = (query: string) => saidOf(new URLSearchParams(query));

test("votes that found no room are counted in words", () => {
  expect(said("dropped=1")).toMatch(/but for 1 vote: .*25 Will play and 5 Wants/);
  expect(said("dropped=12")).toMatch(/but for 12 votes:/);
});

test("a link puts no words and no nonsense on the page", () => {
  for (const query of ["", "done=hello", "dropped=0", "dropped=-1", "dropped=1e9", "dropped=9999999"])
    expect(said(query)).toBeUndefined();
});
