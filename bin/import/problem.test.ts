import { expect, it } from "vitest";
import { problemOf } from "./problem.ts";

const asked = "Copper \u001b[2JVesper";
const candidates = [
  { name: "Copper Vesper", tmAttractionId: "K8vZ917aaa1" },
  { name: "\u001b]0;owned\u0007Copper\nVesper", tmAttractionId: "K8vZ917aaa2" },
];

it("lists namesakes by their ids and sends no orders to the terminal", () =>
  expect(problemOf(asked, { line: asked, outcome: "ambiguous", candidates })).toEqual({
    code: 2,
    text: `TheSet: several artists are called "Copper �[2JVesper"; import one by its id:
  K8vZ917aaa1         Copper Vesper
  K8vZ917aaa2         �]0;owned�Copper�Vesper
`,
  }));

it.each([
  ["started", {}, undefined],
  ["joined", {}, undefined],
  ["not-found", {}, [2, 'TheSet: Ticketmaster knows no artist called "Copper �[2JVesper"\n']],
  [
    "not-found",
    { candidates: candidates.slice(0, 1) },
    [2, expect.stringContaining("nearly so:\n  K8vZ917aaa1")],
  ],
  ["not-found", { reason: "There is none." }, [2, "TheSet: There is none\n"]],
  [
    "not-tried",
    { reason: "It is away." },
    [1, expect.stringContaining("could not be looked for: It is away.")],
  ],
] as const)("%s with %j", (outcome, rest, expected) => {
  const problem = problemOf(asked, { line: asked, outcome, ...rest } as never);
  expect(problem && [problem.code, problem.text]).toEqual(expected);
});
