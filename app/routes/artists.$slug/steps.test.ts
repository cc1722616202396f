import { describe, expect, it } from "vitest";
import type { Progress } from "../../types";
import { stepLines } from "./steps";

type Report = Progress["report"]["steps"][number];
const done = (step: Report["step"], rest: Partial<Report> = {}): Report => ({
  step,
  state: "done",
  read: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  skipped: 0,
  ...rest,
});
const lines = (stage: Progress["stage"], steps: Report[], message = "At it") =>
  stepLines({ stage, message, report: { steps } } as Progress, ["Ticketmaster", "setlist.fm"]).map(
    ({ step, state, text }) => `${step} ${state}: ${text}`,
  );

describe("stepLines", () => {
  it("announces what is to come while nothing has begun", () => {
    expect(lines("initializing", [])).toEqual([
      "identity next: Who they are",
      "shows next: Coming shows",
      "songs next: Songs",
      "past-setlists next: Past setlists",
      "predictions next: The odds",
    ]);
  });

  it("shows the first unfinished step as running, in the worker's words", () => {
    expect(lines("importing-shows", [done("identity")], "Reading their coming shows: 12 so far")).toEqual([
      "identity done: Found them at Ticketmaster and setlist.fm",
      "shows running: Reading their coming shows: 12 so far",
      "songs next: Songs",
      "past-setlists next: Past setlists",
      "predictions next: The odds",
    ]);
  });

  it("counts what there is, not what was new", () => {
    const steps = [
      done("identity"),
      done("shows", { new: 3, unchanged: 11 }),
      done("songs", { new: 61, skipped: 12 }),
      done("past-setlists", { changed: 1 }),
      done("predictions", { unchanged: 14 }),
    ];
    expect(lines("completed", steps).slice(1)).toEqual([
      "shows done: 14 coming shows",
      "songs done: 61 songs, 12 other recordings left out",
      "past-setlists done: 1 past setlist",
      "predictions done: Odds for 14 shows",
    ]);
  });

  it("names what is missing and why", () => {
    const steps = [
      done("identity", { missing: "setlist.fm", reason: "Nobody of that name was found." }),
      done("shows"),
      done("songs", { new: 40, missing: "songs", reason: "Spotify did not answer", upstream: "spotify" }),
      done("past-setlists", { state: "failed", reason: "setlist.fm did not answer", upstream: "setlistfm" }),
      done("predictions", { state: "skipped", reason: "No past show is known yet." }),
    ];
    expect(lines("partial", steps)).toEqual([
      "identity done: Found them at Ticketmaster and setlist.fm, without setlist.fm. Nobody of that name was found.",
      "shows done: No coming shows",
      "songs done: 40 songs so far. Spotify did not answer",
      "past-setlists failed: Past setlists: setlist.fm did not answer",
      "predictions skipped: The odds: No past show is known yet.",
    ]);
  });

  it("lists nothing that a failed import did not come to", () => {
    expect(lines("failed", [])).toEqual([]);
  });
});
