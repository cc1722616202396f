import { expect, test } from "vitest";
import { allowance, callsOf } from "./allowance.ts";

const RUNS = 5;

test.each(Object.values(callsOf))("a day of runs at %i calls an artist costs a quarter at most", (calls) => {
  for (const perDay of [0, 1, 40, 1440, 5000]) {
    let begun = 0;
    for (let run = 0; run < RUNS; run++) begun += allowance({ perDay, calls, runs: RUNS, begun });
    expect(begun * calls).toBeLessThanOrEqual(perDay / 4);
    // And all of it is used.
    expect(begun).toBe(Math.floor(perDay / 4 / calls));
  }
});

test("one run leaves something to the later ones", () => {
  expect(allowance({ perDay: 1440, calls: 3, runs: 24, begun: 0 })).toBe(5);
});

test("what people and gaps asked for counts too", () => {
  expect(allowance({ perDay: 1440, calls: 3, runs: 24, begun: 118 })).toBe(2);
  expect(allowance({ perDay: 1440, calls: 3, runs: 24, begun: 500 })).toBe(0);
});
