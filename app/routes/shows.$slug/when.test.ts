import { describe, expect, it } from "vitest";
import { whenOf } from "./when";

type Show = Parameters<typeof whenOf>[0];
const now = new Date("2026-11-24T12:00:00Z");
const show = (rest: Partial<Show>) =>
  ({
    localDate: "2026-11-27",
    localTime: "20:45:00",
    startsAt: new Date("2026-11-27T20:45:00Z"),
    timezone: "Europe/London",
    status: "onsale",
    statusSince: null,
    initialLocalDate: null,
    ...rest,
  }) as Show;

describe("whenOf", () => {
  it("names date, time and the venue's zone", () => {
    expect(whenOf(show({}), now)).toEqual({
      date: "Friday 27 November 2026",
      time: "20:45",
      zone: "GMT",
      label: "In 3 days",
      note: undefined,
    });
  });

  it("counts days by the venue's calendar", () => {
    const sydney = show({
      localDate: "2026-11-25",
      localTime: "19:30:00",
      startsAt: new Date("2026-11-25T08:30:00Z"),
      timezone: "Australia/Sydney",
    });
    expect(whenOf(sydney, now).label).toBe("Tomorrow 19:30");
    expect(whenOf(sydney, new Date("2026-11-24T14:00:00Z")).label).toBe("Tonight 19:30");
  });

  it("says what is not known yet", () => {
    expect(whenOf(show({ localTime: null, startsAt: null }), now)).toMatchObject({
      date: "Friday 27 November 2026, time to be announced",
      label: "In 3 days",
    });
    expect(whenOf(show({ localDate: null, localTime: null, startsAt: null }), now)).toMatchObject({
      date: "Date to be announced",
      label: "Date to be announced",
    });
  });

  it.each([
    ["cancelled", "Cancelled", "Ticketmaster lists this show as cancelled since Tue 24 Nov 2026, 09:20."],
    [
      "postponed",
      "Postponed",
      "as postponed since Tue 24 Nov 2026, 09:20. It was to be Friday 20 November 2026.",
    ],
    ["rescheduled", "In 3 days", "It was to be Friday 20 November 2026."],
    ["past", "Was on 27 Nov 2026", "This show is over."],
  ] as const)("says what became of a show that is %s", (status, label, note) => {
    const statusSince = new Date("2026-11-24T09:20:00Z");
    const when = whenOf(show({ status, statusSince, initialLocalDate: "2026-11-20" } as Partial<Show>), now);
    expect(when.label).toBe(label);
    expect(when.note).toContain(note);
  });

  it("points to no odds where there were none", () => {
    const note = (status: string) =>
      whenOf(show({ status } as Partial<Show>), now, { predicted: false }).note ?? "";
    expect(note("cancelled")).toBe("Ticketmaster lists this show as cancelled.");
    expect(note("past")).toBe("");
  });
});
