/** More than anybody expects: an artist with more shows than a query may page through, and names made to break things. */
import { album, artist, discography } from "../artist.ts";
import type { Plan } from "../types.ts";

/** On stage every night for three years to come, two days in five twice: some 1,500 listings. */
export const caravan = artist("caravan", "The Endless Caravan", {
  disambiguation: "US band that never went home",
  country: "US",
  albums: discography("caravan", ["Mile One", "Mile Two", "No Exit for Ninety Miles"], 2015, 12),
  habit: { kind: "rotating", songs: 18, encore: 2 },
  plan: {
    weeks: 26,
    rest: 0,
    perWeek: 7,
    ahead: 1100,
    since: "2026-07-06",
    size: "hall",
    regions: ["uk", "eu", "us", "jp", "oz"],
    tours: ["Still on the Road"],
    oddities: ["plain", "early-late", "plain", "early-late", "plain"],
  },
});

/** Sells every night as an album: some 900 releases. */
export const traders = artist("traders", "The Tape Traders", {
  disambiguation: "US band that lets the tape run",
  country: "US",
  albums: discography("traders", ["Side A", "Side B", "Auto-Reverse", "Leader", "Splice", "Hiss"], 2012, 14),
  catalogue: "archive",
  habit: { kind: "jam", songs: 18, encore: 1 },
  plan: {
    weeks: 26,
    rest: 4,
    perWeek: 3,
    ahead: 120,
    since: "2025-10-06",
    size: "hall",
    regions: ["us"],
    tours: ["Roll Tape"],
    oddities: ["plain"],
  },
});

const plan: Plan = {
  weeks: 26,
  rest: 0,
  perWeek: 2,
  ahead: 150,
  since: "2026-06-01",
  size: "club",
  regions: ["eu", "uk"],
  tours: ["Robert'); DROP TABLE shows;--"],
  oddities: ["plain"],
};

/** No letter that an address could take. */
export const shouts = artist("shouts", "!!!", {
  albums: [album("???", "2024-01-19", "!|!!|!!!|<b>|%s%n|null|undefined|NaN|🎪🔥")],
  habit: { kind: "fixed", songs: 8, encore: 1 },
  plan,
});

export const script = artist("script", '<script>alert("hello")</script>', {
  albums: [
    album("</title>", "2024-05-03", "<img src=x onerror=alert(1)>|&lt;|' OR 1=1|{{7*7}}|../../etc|\\|`"),
  ],
  habit: { kind: "fixed", songs: 6, encore: 1 },
  plan: { ...plan, offset: 9 },
});

/** Written from right to left, with a letter under a tower of marks and an emoji of several people. */
export const backwards = artist("backwards", `\u202eKrow Ta Edis Rehto\u202c Z${"\u0335".repeat(400)} 👩‍👩‍👧‍👦`, {
  albums: [album("\u202eeno", "2023-03-10", "\u202eeno|owt|\u200b\u200bThree|ſour|ﬁve|ＳＩＸ|seven\u0301")],
  habit: { kind: "fixed", songs: 6, encore: 1 },
  plan: { ...plan, offset: 17 },
});
