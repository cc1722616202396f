import { expect, test } from "vitest";
import { meanOf, rivalRows } from "./scorers";

const row = (scorer: "machine" | "fans" | "last-show" | "last-ten", rest: object = {}) => ({
  scorer,
  shows: 12,
  hits: 13.24,
  played: 18,
  share: 0.694,
  shareError: 0.021,
  brier: 0.4567,
  machineShare: 0.694,
  machineBrier: 0.4567,
  ...rest,
});

test("the machine comes first, then the fans, then the rules; with what chance may do", () => {
  const rows = rivalRows([row("last-show"), row("machine"), row("last-ten")]);
  expect(rows.map(({ who }) => who)).toEqual([
    "The machine",
    "Their last ten shows",
    "Their last show again",
  ]);
  expect(rows[0]).toEqual({ who: "The machine", shows: "12", right: "69", give: "± 2", error: "0.46" });
});

test("who was scored at fewer shows stands beside the machine at the same ones", () => {
  const rows = rivalRows([
    row("machine"),
    row("fans", { shows: 1, share: 0.8, shareError: null, machineShare: 0.5, machineBrier: 0.6 }),
  ]);
  expect(rows[1]).toEqual({
    who: "Fans together",
    shows: "1",
    right: "80",
    error: "0.46",
    note: "The machine at this show: 50, error 0.60",
  });
});

test("means have a decimal where there is one", () => {
  expect(meanOf({ hits: 13.24, played: 18 })).toBe("13.2 of 18");
});
