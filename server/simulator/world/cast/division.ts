/** One artist with more songs and shows than an import does in a moment: something to kill it in the middle of. */
import { artist, discography } from "../artist.ts";

export const division = artist("division", "The Long Division", {
  disambiguation: "US band with three hundred songs",
  country: "US",
  albums: discography(
    "division",
    [
      "Remainder",
      "Carry the One",
      "Numerator",
      "Show Your Work",
      "Improper",
      "Prime",
      "Square Roots",
      "Ratio",
      "Tangent",
      "Chalk",
      "Sum",
      "Decimal",
    ],
    2002,
    25,
  ),
  habit: { kind: "jam", songs: 20, encore: 2 },
  plan: {
    weeks: 26,
    rest: 0,
    perWeek: 3,
    ahead: 140,
    since: "2025-08-11",
    size: "hall",
    regions: ["us", "eu"],
    tours: ["Arithmetic Tour"],
    oddities: ["plain"],
  },
});
