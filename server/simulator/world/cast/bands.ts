/** Bands that others open for, or that have hardly begun. */
import { album, artist, person } from "../artist.ts";

export const vesper = artist("vesper", "Copper Vesper", {
  country: "AT",
  disambiguation: "Vienna art rock quintet",
  links: "musicbrainz",
  albums: [
    album(
      "Verdigris",
      "2017-04-07",
      "Verdigris|Bell Metal|Nachtbus|Tin Roof, Tin Moon|Patina|The Coppersmith's Daughter|Evensong for Machines|" +
        "Alloy|Penny Stove|Conductor|Green Roofs",
    ),
    album(
      "A Clock with Opinions",
      "2020-02-21",
      "A Clock with Opinions|Minute Hand|Cuckoo, Cuckoo|Escapement|Late Again, Vienna|Wind Me Up Slowly|" +
        "Pendulum Girl|Eleven Strokes|The Watchmaker Regrets|Second Hand, Third Floor|Zwölf",
    ),
    album(
      "Small Hours Department",
      "2023-06-02",
      "Small Hours Department|Night Clerk|Carbon Copy|The Lift Is Out|Rubber Stamp Heart|Form 7B|Swivel Chair|" +
        "Fire Drill|Lost Property|Overtime|Everyone's Coats|Last Tram Home",
    ),
    album(
      "Vesper, Vesper",
      "2026-02-27",
      "Bright Nails|Vesper, Vesper|Pigeons of the Ringstrasse|Dusk Is a Verb|A Room with No Piano|Sugar Cube|" +
        "Blue Plaque|Opera Glasses|Under the Chestnuts|Cloakroom|Encore une fois",
    ),
  ],
  covers: [{ name: "Waltz for a Wet Dog", by: person("Ludo Falk", "Falk, Ludo", "Austrian songwriter") }],
  guests: [person("Ines Kaldur", "Kaldur, Ines", "Estonian singer")],
  habit: { kind: "rotating", songs: 20, encore: 3 },
  marks: ["covers", "guests", "unfilled", "unknown-songs"],
  plan: {
    offset: 16,
    weeks: 26,
    rest: 5,
    perWeek: 3,
    ahead: 130,
    since: "2024-07-01",
    size: "hall",
    regions: ["eu", "uk", "us"],
    tours: ["Small Hours Tour", "Vesper, Vesper Tour", "Clockwork Nights"],
    oddities: [
      "plain",
      "plain",
      "resale",
      "plain",
      "sales-1900",
      "plain",
      "blanks",
      "plain",
      "date-tbd",
      "priced",
      "no-place",
      "plain",
      "promoter",
      "plain",
      "no-status",
    ],
  },
});

export const vesperNamesake = artist("vesper-namesake", "Copper Vesper", {
  disambiguation: "Australian bush dance band",
  country: "AU",
  links: "none",
  albums: [
    album("Strip the Willow", "2009-08-01", "Strip the Willow|Wattle Reel|Galah Polka|Stockman's Jig"),
  ],
  habit: { kind: "fixed", songs: 4, encore: 0 },
  marks: ["no-tour"],
  plan: {
    weeks: 26,
    rest: 12,
    perWeek: 0.5,
    ahead: 180,
    since: "2025-06-02",
    size: "club",
    regions: ["oz"],
    tours: ["Bush Dance"],
    oddities: ["plain"],
  },
});

/** First concerts ever on 26 November 2026: nothing to predict from the day before, three setlists a week later. */
export const lido = artist("lido", "Lido Season", {
  disambiguation: "dream pop duo from Margate",
  genre: "pop",
  albums: [
    album(
      "Unheated",
      "2026-10-09",
      "Unheated|Changing Room|Deep End|Lane Ropes|Lifeguard, Lifeguard|Verruca Sock|Nothing Floats Like You|" +
        "Chlorine Summer|Closing Bell|Goose Pimples",
    ),
  ],
  habit: { kind: "fixed", songs: 9, encore: 1 },
  plan: {
    weeks: 26,
    rest: 2,
    perWeek: 1.5,
    ahead: 100,
    since: "2026-11-26",
    size: "club",
    regions: ["uk", "eu"],
    tours: ["Unheated Tour"],
    oddities: ["plain", "plain", "time-tba"],
  },
});
