/** The rules of voting: what a fan may use on a show, when it closes, and how a refusal is said. */

/** Votes of each ballot on one show; the database holds the same numbers as a check (`ballots_cap`). */
export const caps = { expect: 25, wish: 5 } as const;
export type Ballot = keyof typeof caps;

/** Votes a fan may cast or take back in a minute, and all fans of one network together. */
export const perMinute = { fan: 60, address: 3_000 } as const;

export const ballotNames = Object.keys(caps) as [Ballot, ...Ballot[]];

/** What the fan-facing word for a ballot is, in the plural: "you have used all 5 Wants". */
const plurals: Record<Ballot, string> = { expect: "Will plays", wish: "Wants" };

export type Refusal =
  | { why: "full"; ballot: Ballot }
  /** `localTime` null: nobody knows when the show begins */
  | { why: "closed"; closesAt: Date; localTime: string | null; timezone: string | null }
  | { why: "cancelled" | "hidden" };

/** Why a vote was not counted and what to do, in words for a fan. Times are the venue's; without a zone UTC, and said so. */
export function refusalOf(refusal: Refusal): string {
  switch (refusal.why) {
    case "full":
      return `Not counted: you have used all ${caps[refusal.ballot]} ${plurals[refusal.ballot]} for this show. Take one back first.`;
    case "closed": {
      const why = refusal.localTime === null ? "as no stage time is known" : "when the show began";
      return `Not counted: voting closed ${momentOf(refusal.closesAt, refusal.timezone)}, ${why}.`;
    }
    case "cancelled":
      return "Not counted: this show was cancelled, and voting closed with it.";
    case "hidden":
      return "Not counted: this song was taken off the list of this show.";
  }
}

function momentOf(at: Date, timezone: string | null): string {
  const said = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: timezone ?? "UTC",
  }).formatToParts(at);
  const part = (type: string) => said.find((one) => one.type === type)?.value ?? "";
  const zone = timezone ? "" : " UTC";
  return `on ${part("day")} ${part("month")} at ${part("hour")}:${part("minute")}${zone}`;
}
