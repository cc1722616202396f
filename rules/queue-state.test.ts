import { expect, test } from "vitest";
import { byProblem, queueState } from "./queue-state.ts";

const idle = { active: 0, waiting: 0, failed: 0, oldestWaitingSeconds: null, paused: false };

test.each([
  [{}, "fine"],
  [{ active: 1 }, "busy"],
  [{ waiting: 3, oldestWaitingSeconds: 299 }, "busy"],
  [{ waiting: 3, oldestWaitingSeconds: 300, failed: 2 }, "behind"],
  [{ failed: 1, active: 1 }, "failing"],
  [{ paused: true, waiting: 9, oldestWaitingSeconds: 900 }, "paused"],
])("%j is %s", (some, state) => {
  expect(queueState({ ...idle, ...some })).toBe(state);
});

test("problems stand first", () => {
  const queues = [
    { ...idle, name: "b" },
    { ...idle, name: "a" },
    { ...idle, name: "paused", paused: true },
    { ...idle, name: "behind", waiting: 1, oldestWaitingSeconds: 400 },
  ];
  expect(byProblem(queues).map(({ name }) => name)).toEqual(["behind", "paused", "a", "b"]);
});
