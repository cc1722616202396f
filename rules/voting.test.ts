import { describe, expect, it, test } from "vitest";
import { type Refusal, refusalOf } from "./voting.ts";

const closed = (
  closesAt: string,
  timezone: string | null,
  localTime: string | null = "20:45:00",
): Refusal => ({ why: "closed", closesAt: new Date(closesAt), localTime, timezone });

describe("a refusal says why, and what to do", () => {
  test.each<[Refusal, string]>([
    [
      { why: "full", ballot: "wish" },
      "Not counted: you have used all 5 Wants for this show. Take one back first.",
    ],
    [
      { why: "full", ballot: "expect" },
      "Not counted: you have used all 25 Will plays for this show. Take one back first.",
    ],
    [{ why: "cancelled" }, "Not counted: this show was cancelled, and voting closed with it."],
    [{ why: "hidden" }, "Not counted: this song was taken off the list of this show."],
    // By the venue's clock, on either side of a change of clocks.
    [
      closed("2026-11-27T19:45:00Z", "Europe/Berlin"),
      "Not counted: voting closed on 27 November at 20:45, when the show began.",
    ],
    [
      closed("2026-10-25T00:30:00Z", "Europe/Berlin"),
      "Not counted: voting closed on 25 October at 02:30, when the show began.",
    ],
    [
      closed("2026-10-25T01:30:00Z", "Europe/Berlin"),
      "Not counted: voting closed on 25 October at 02:30, when the show began.",
    ],
    [
      closed("2026-11-28T04:00:00Z", "America/New_York"),
      "Not counted: voting closed on 27 November at 23:00, when the show began.",
    ],
    [
      closed("2026-11-27T00:00:00Z", "Asia/Tokyo"),
      "Not counted: voting closed on 27 November at 09:00, when the show began.",
    ],
  ])("%j", (refusal, sentence) => {
    expect(refusalOf(refusal)).toBe(sentence);
  });

  it("names UTC where the venue's zone is not known", () => {
    expect(refusalOf(closed("2026-11-27T06:00:00Z", null))).toBe(
      "Not counted: voting closed on 27 November at 06:00 UTC, when the show began.",
    );
  });

  it("does not say that a show began of whose beginning nobody knows", () => {
    expect(refusalOf(closed("2026-11-27T19:00:00Z", "Europe/Berlin", null))).toBe(
      "Not counted: voting closed on 27 November at 20:00, as no stage time is known.",
    );
  });
});
