import { describe, expect, it } from "vitest";
import { binOf, logOdds, logOddsAgain, noAnswers, readForest } from "#rules/prediction/trees";
import { cutsOf } from "./bins.ts";
import { boost, generator, type Options } from "./boost.ts";
import { storedForest } from "./store.ts";

const WIDTH = 3;
const OPTIONS: Options = {
  trees: 30,
  leaves: 6,
  rate: 0.3,
  least: 1,
  ridge: 1,
  rowShare: 0.8,
  columnShare: 1,
};

/** Played when the first figure is above the second, whatever the third. */
function fitted() {
  const random = generator(5);
  const rows = Float32Array.from({ length: 2000 * WIDTH }, () => random() * 10);
  const labels = Uint8Array.from({ length: 2000 }, (_, at) =>
    rows[at * WIDTH]! > rows[at * WIDTH + 1]! ? 1 : 0,
  );
  const cuts = cutsOf(
    rows,
    WIDTH,
    Int32Array.from(labels, (_, at) => at),
  );
  const bins = Uint8Array.from(rows, (value, at) => binOf(cuts[at % WIDTH]!, value));
  const scores = new Float32Array(2000);
  const trees = boost(
    { bins, width: WIDTH, labels, weights: new Float32Array(2000).fill(1) },
    scores,
    OPTIONS,
    generator(1),
  );
  return { rows, labels, scores, stored: storedForest(["a", "b", "c"], cuts, 0, trees) };
}

describe("boost", () => {
  const { rows, labels, scores, stored } = fitted();

  it("learns a rule that no single figure tells", () => {
    const right = labels.filter((label, at) => label === (scores[at]! > 0 ? 1 : 0)).length;
    expect(right).toBeGreaterThan(1850);
  });

  it("stores what it fitted", () => {
    const forest = readForest(stored);
    labels.forEach((_, at) => expect(logOdds(forest, rows, at * WIDTH)).toBeCloseTo(scores[at]!, 2));
  });

  it("says again what it would say anew", () => {
    const forest = readForest(stored);
    const answers = noAnswers(1, 1, WIDTH);
    const random = generator(9);
    const row = Float32Array.of(5, 0, 0);
    for (let question = 0; question < 300; question++) {
      row[1 + (question % 2)] = random() * 10;
      expect(logOddsAgain(forest, answers, 0, row, 0)).toBe(logOdds(forest, row, 0));
    }
  });

  it("is the same every time", () => expect(fitted().stored).toEqual(stored));
});

describe("bins", () => {
  it("hold what is at most their cut", () => {
    const cuts = Float32Array.from([1, 2, 5]);
    expect([0, 1, 1.5, 2, 5, 6].map((value) => binOf(cuts, value))).toEqual([0, 0, 1, 1, 2, 3]);
  });
});
