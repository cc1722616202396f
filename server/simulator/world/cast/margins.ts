/** Names and lives that are hard on software: other scripts, no letters at all, too long, too poor, too new. */
import { album, artist, discography, person } from "../artist.ts";
import type { Plan } from "../types.ts";

const small: Plan = {
  weeks: 26,
  rest: 4,
  perWeek: 1.2,
  ahead: 130,
  since: "2025-03-03",
  size: "club",
  regions: ["eu", "uk"],
  tours: ["On the Road"],
  oddities: ["plain"],
};

export const lighthouse = artist("lighthouse", "真夜中の灯台", {
  sortName: "Mayonaka no Toudai",
  disambiguation: "rock band from Fukuoka",
  country: "JP",
  albums: [
    album(
      "灯台守の手紙",
      "2020-11-04",
      "灯台守の手紙|波止場|北極星とラジオ|港町ブルース|潮騒|午前二時の信号|硝子の海|Lighthouse",
    ),
    album(
      "真夜中",
      "2024-06-12",
      "真夜中の灯台守とラジオ|夜行フェリー|月と防波堤|さよなら桟橋|カモメ電報|霧笛|水平線の向こう|Last Ferry",
    ),
  ],
  habit: { kind: "rotating", songs: 13, encore: 2 },
  plan: {
    ...small,
    offset: 8,
    perWeek: 1.8,
    regions: ["jp"],
    size: "hall",
    tours: ["真夜中ツアー", "灯台ツアー"],
    oddities: ["plain", "no-specific-time", "plain"],
  },
});

export const sea = artist("sea", "أصوات البحر البعيد", {
  sortName: "Aswat al-Bahr al-Baeed",
  disambiguation: "Lebanese indie band",
  country: "LB",
  links: "musicbrainz",
  // Somebody put another band's address there.
  musicbrainz: "wrong-spotify",
  albums: [
    album(
      "ميناء",
      "2022-02-18",
      "أغنية البحر البعيد|ميناء|ليل بيروت|رسائل من الشاطئ|موجة|نافذة على الماء|السفينة الأخيرة|ملح",
    ),
    album("مدّ وجزر", "2025-09-05", "مدّ|جزر|فنار|قمر الصيادين|صوت الراديو|على الرصيف|Postcard to Tripoli"),
  ],
  habit: { kind: "fixed", songs: 11, encore: 1 },
  plan: {
    ...small,
    offset: 3,
    perWeek: 1,
    regions: ["me", "eu"],
    tours: ["مدّ وجزر"],
    oddities: ["plain", "time-tba"],
  },
});

export const sigrun = artist("sigrun", "Sigrún Ösp", {
  sortName: "Sigrún Ösp",
  country: "IS",
  links: "spotify",
  genre: "pop",
  albums: [
    album(
      "Ljós í glugga",
      "2021-01-15",
      "Ljós í glugga|Öskudagur|Þoka|Norðanátt|Æðarfugl|Snjór á þaki|Kría|Við höfnina",
    ),
    album("Hægt", "2025-02-07", "Hægt|Fjaran|Blár|Ævintýri|Síðasta rútan|Ró|Half-Light|Dögun"),
  ],
  habit: { kind: "fixed", songs: 12, encore: 2 },
  plan: {
    ...small,
    offset: 11,
    regions: ["eu", "uk", "us"],
    tours: ["Hægt"],
    oddities: ["plain", "blanks", "plain", "no-place"],
  },
});

export const bangs = artist("bangs", "!!?", {
  disambiguation: "Belgian noise duo",
  country: "BE",
  links: "musicbrainz",
  albums: [album("...", "2023-10-13", "?|!|...|(…)|1979|22|—|Untitled, Untitled|&&&")],
  habit: { kind: "rotating", songs: 8, encore: 0 },
  marks: ["unknown-songs", "no-tour"],
  plan: { ...small, offset: 20, perWeek: 0.8, tours: ["?"] },
});

export const aurora = artist("aurora", "And the Last One Out Shall Kindly Turn Off the Aurora Borealis", {
  country: "CA",
  links: "full",
  albums: discography(
    "aurora",
    ["Please Mind the Permafrost", "Thank You for Holding, Your Glacier Is Important to Us"],
    2020,
    9,
    3,
  ),
  habit: { kind: "fixed", songs: 13, encore: 1 },
  marks: ["guests"],
  guests: [person("Tuomi", "Tuomi", "Finnish throat singer")],
  plan: { ...small, offset: 15, perWeek: 1.5, regions: ["us", "eu"], tours: ["Kindly Tour"] },
});

/** No link of any kind, nothing on setlist.fm, and listings that leave out whatever can be left out. */
export const matches = artist("matches", "Wet Matches", {
  links: "none",
  history: "none",
  genre: "undefined",
  albums: [album("Damp", "2024-03-01", "Damp|Strike Anywhere|Box of Fifty|Sulphur|Pocket Lint", "single")],
  plan: {
    ...small,
    offset: 6,
    perWeek: 1.5,
    oddities: [
      "bare",
      "plain",
      "no-attractions",
      "sales-1900",
      "no-place",
      "time-tba",
      "no-specific-time",
      "no-status",
    ],
  },
});

/** Two of her concerts were written down, and nobody ever wrote down a third. */
export const ines = artist("ines", "Ines Kaldur", {
  sortName: "Kaldur, Ines",
  disambiguation: "Estonian singer",
  country: "EE",
  genre: "pop",
  history: "first-two",
  albums: [
    album(
      "Kiri",
      "2023-04-21",
      "Kiri|Jäälill|Radio Tartu|Letter to a Bog|Vaikus|Snow, Otherwise|Meri|Rye Bread",
    ),
  ],
  habit: { kind: "fixed", songs: 10, encore: 1 },
  plan: { ...small, offset: 22, since: "2025-09-01", tours: ["Kiri"] },
});

/** Jazz: two sets a night, two shows on a Saturday, and tunes that run into each other. */
export const delroy = artist("delroy", "Delroy Minton Quintet", {
  sortName: "Minton, Delroy, Quintet",
  country: "GB",
  genre: "other",
  albums: discography(
    "delroy",
    ["Brixton Nocturnes", "Five for Silver Street", "Minton's Other Playhouse"],
    2016,
    9,
    3,
  ),
  covers: [{ name: "Waltz for a Wet Dog", by: person("Ludo Falk", "Falk, Ludo", "Austrian songwriter") }],
  habit: { kind: "jam", songs: 10, encore: 1 },
  marks: ["named-sets", "medleys", "covers", "no-tour", "unfilled"],
  plan: {
    ...small,
    offset: 12,
    perWeek: 1.6,
    regions: ["uk", "us", "jp"],
    tours: ["Club Dates"],
    oddities: ["plain", "early-late", "plain"],
  },
});
