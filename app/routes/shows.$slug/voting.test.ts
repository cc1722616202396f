import { describe, expect, it } from "vitest";
import { votingOf } from "./voting";

const now = new Date("2026-11-27T12:00:00Z");
const bristol = { city: "Bristol" } as Parameters<typeof votingOf>[0]["venue"];
const show = { status: "onsale", localTime: "20:45:00", timezone: "Europe/London", venue: bristol } as const;
const open = { votingOpen: true, closesAt: new Date("2026-11-27T20:45:00Z") };
type Case = Parameters<typeof votingOf>;
const words = (...asked: Case) => {
  const { label, sentence, why, rest } = votingOf(...asked);
  return [label, `${sentence}${why} ${rest}`.trim()];
};

describe("votingOf", () => {
  const cases: [when: string, ...asked: [Case[0], Case[1]], said: string[]][] = [
    [
      "tonight",
      show,
      open,
      ["Voting open until 20:45", "Voting closes at 20:45 in Bristol, when the show begins."],
    ],
    [
      "on another day, which is named",
      show,
      { ...open, closesAt: new Date("2026-12-01T20:45:00Z") },
      [
        "Voting open until Tue 1 Dec, 20:45",
        "Voting closes on Tue 1 Dec at 20:45 in Bristol, when the show begins.",
      ],
    ],
    [
      "without a stage time",
      { ...show, localTime: null },
      { ...open, closesAt: new Date("2026-11-27T20:00:00Z") },
      ["Voting open until 20:00", "No stage time is known, so voting closes at 20:00 in Bristol."],
    ],
    [
      "where the venue's zone is unknown",
      { ...show, localTime: null, timezone: null },
      { ...open, closesAt: new Date("2026-11-27T06:00:00Z") },
      ["Voting open until 06:00 UTC", "No stage time is known, so voting closes at 06:00 UTC."],
    ],
    [
      "when postponed without a date",
      { ...show, status: "postponed", localTime: null },
      { ...open, closesAt: null },
      ["Postponed", "No date is known yet, so voting stays open. Your picks stay valid."],
    ],
    [
      "once the show has begun",
      show,
      { ...open, votingOpen: false },
      [
        "Voting closed",
        "Voting closed at 20:45, when the show began. Nobody has written down the setlist yet. We look every hour.",
      ],
    ],
    [
      "when cancelled",
      { ...show, status: "cancelled" },
      { ...open, votingOpen: false },
      [
        "Cancelled",
        "Voting closed when the show was cancelled. Your 6 picks are kept but will not be scored.",
      ],
    ],
  ];
  it.each(cases)("says when voting ends %s", (_, of, setlist, said) => {
    expect(words(of, setlist, 6, now)).toEqual(said);
  });

  it("counts days by the venue's calendar", () => {
    const sydney = { ...show, timezone: "Australia/Sydney", venue: null };
    const closesAt = new Date("2026-11-27T14:30:00Z");
    expect(words(sydney, { votingOpen: true, closesAt }, 0, now)[0]).toBe(
      "Voting open until Sat 28 Nov, 01:30",
    );
  });
});
