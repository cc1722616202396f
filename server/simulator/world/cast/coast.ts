/** Saltmarsh Radio, and everybody who is mistaken for them. */
import { album, artist, person } from "../artist.ts";
import type { Attraction } from "../types.ts";

export const quarry = artist("quarry", "The Quarry Sisters", {
  country: "IE",
  links: "spotify",
  albums: [
    album(
      "Slate and Honey",
      "2022-10-07",
      "Coal Road Reel|Slate and Honey|Three for the Miller|Widow's Hollow|Lime Kiln|Bridie at the Weighbridge|" +
        "Hammer, Sister|The Long Field|Good Boots",
    ),
    album(
      "Blasting Days",
      "2025-03-14",
      "Blasting Days|Fuse Wire|Our Father's Lamp|Canary|Ten to Six|Dust on the Good Plates|Pit Pony|Whistle",
    ),
  ],
  habit: { kind: "fixed", songs: 12, encore: 1 },
  marks: ["no-tour"],
});

const covered = [
  { name: "Ferris Wheel, Off-Season", by: person("The Lantern Union", "Lantern Union, The", "UK skiffle") },
  { name: "Lonesome Ferryman", by: person("Ada Prewitt", "Prewitt, Ada", "US singer, d. 1981") },
];

export const saltmarsh = artist("saltmarsh", "Saltmarsh Radio", {
  tmAttractionId: "K8vZ917sRd0",
  disambiguation: "indie rock band from Faversham",
  albums: [
    album(
      "Radio Silence, Please",
      "2019-03-22",
      "Radio Silence, Please|Left the Kettle On|Alder Road|Brine|Old Kilbride|Postcard from the Estuary|" +
        "Saint of the Car Park|Kingdom of Wires|Swimming in Your Coat|Hymn for a Broken Heater",
    ),
    album(
      "Nine Lives in Ostend",
      "2022-09-16",
      "Nine Lives in Ostend|Harbour Lights Out|Mothlight|The Long Way to Ghent|I’d Sooner Be the Sea|Gravel|" +
        "Everything I Said at the Weir|Your Mother’s Piano|Ladder to the Loft|Paper Weather|Live and Let Drift",
    ),
    album("Live at the Brinehouse", "2023-12-01", "Mothlight|Gravel|Brine|Alder Road|Old Kilbride", "live"),
    album(
      "Low Water",
      "2026-07-03",
      "Low Water|Undertow|Slow Tide Machine|The Tide Tables|Glass Orchard|Kelp|Alive Until Lunchtime|" +
        "Causeway|Half the Moon Is Ours|Mud Larks",
    ),
  ],
  covers: covered,
  guests: [person("Mara Lindqvist", "Lindqvist, Mara", "Swedish cellist")],
  habit: { kind: "fixed", songs: 17, encore: 2 },
  marks: ["tapes", "guests", "announced", "edited"],
  plan: {
    weeks: 26,
    rest: 3,
    perWeek: 2.6,
    ahead: 110,
    since: "2024-09-02",
    size: "club",
    regions: ["uk", "eu", "uk", "us"],
    tours: ["Ostend and Back Tour", "Low Water Tour", "Nine Lives Tour"],
    oddities: [
      "plain",
      "resale",
      "plain",
      "cancelled",
      "vip",
      "plain",
      "postponed",
      "plain",
      "rescheduled",
      "plain",
      "time-tba",
      "no-zone",
      "plain",
      "offsale",
      "parking",
      "plain",
    ],
  },
  support: "quarry",
});

/** Same name, another band, and on Ticketmaster an id that differs in the case of one letter. */
export const namesake = artist("saltmarsh-namesake", "Saltmarsh Radio", {
  tmAttractionId: "K8vZ917srd0",
  disambiguation: "Dutch ambient duo",
  country: "NL",
  links: "none",
  genre: "undefined",
  albums: [
    album(
      "Polder",
      "2012-05-11",
      "Polder I|Polder II|Polder III|Dike|Reed Bed|Pump House|Long Ditch|Fog Signal",
    ),
  ],
  habit: { kind: "fixed", songs: 6, encore: 0 },
  marks: ["no-tour", "unknown-songs"],
  plan: {
    weeks: 26,
    rest: 14,
    perWeek: 0.5,
    ahead: 170,
    since: "2025-02-03",
    size: "club",
    regions: ["eu"],
    tours: ["Polder"],
    oddities: ["plain", "sales-1900"],
  },
});

export const tribute = artist("tribute", "Harbour Lights Out – A Tribute to Saltmarsh Radio", {
  disambiguation: "tribute band",
  // Somebody pasted the original's link.
  links: "wrong",
  linkedMbid: saltmarsh.mbid,
  genre: "other",
  albums: [],
  history: "none",
  plan: {
    weeks: 13,
    rest: 2,
    perWeek: 0.8,
    ahead: 100,
    since: "2025-01-06",
    size: "club",
    regions: ["uk"],
    tours: ["Tribute"],
    oddities: ["plain"],
  },
});

/** What else a search for them finds. */
export const bystanders: Attraction[] = [
  { name: "Saltmarsh", tmAttractionId: "K8vZ9174mR7", genre: "other" },
  { name: "Salt March Revival", tmAttractionId: "K8vZ917oMr-", genre: "undefined" },
  { name: "The Saltmarsh Singers", tmAttractionId: "K8vZ9178cHo", genre: "undefined" },
  { name: "Saltmarsh Radio - Parking", tmAttractionId: "K8vZ917pKg4", genre: "undefined" },
  { name: "Harbour Lights: The Musical Saltmarsh", tmAttractionId: "K8vZ917mU2V", genre: "musical" },
];

/** A promoter who stands on bills as if he played. */
export const promoter: Attraction = {
  name: "Brinehouse Presents",
  tmAttractionId: "K8vZ9170BpR",
  genre: "undefined",
};
