/** The names of what the model looks at, in the order in which the trees were fitted. */

/** Of the artist after the last show, the same for every song and every coming show. */
export const ARTIST_FEATURES = [
  "habit",
  "habit2",
  "habit3",
  "habit5",
  "afterBreak",
  "inRunHabit",
  "lastLength",
  "debutRate",
  "repertoire",
  "error",
] as const;
/** Of a song after the last show. */
export const SONG_FEATURES = [
  "f2",
  "f5",
  "f12",
  "f40",
  "f150",
  "fAll",
  "fSinceDebut",
  "plays",
  "age",
  "rank5",
  "rank12",
  "rank40",
  "rankHazard",
  "gap",
  "gapMean",
  "gapRecent",
  "gapLast",
  "gapSpread",
  "gapLongest",
  "lag1",
  "lag2",
  "lag3",
  "lag4",
  "lag5",
  "in10",
  "cohort",
  "hazardArtist",
  "hazardSong",
  "hazardPattern",
  "similar",
  "follows",
  "openedShare",
  "closedShare",
  "closedMainShare",
  "encoreShare",
  "place",
  "beside",
] as const;
/** Of the coming show. */
export const SHOW_FEATURES = [
  "days",
  "tourShows",
  "legShows",
  "night",
  "sameTour",
  "tourLength",
  "kindLength",
  "kindShows",
] as const;
/** Of a song at the coming show. */
export const TONIGHT_FEATURES = [
  "songDays",
  "tour",
  "tourPlays",
  "leg",
  "legPlays",
  "legBefore",
  "run",
  "runLast",
  "nightShare",
  "venueBefore",
  "month",
  "kind",
  "byHabit",
] as const;

export const FEATURES = [
  ...ARTIST_FEATURES,
  ...SONG_FEATURES,
  ...SHOW_FEATURES,
  ...TONIGHT_FEATURES,
] as const;
export const WIDTH = FEATURES.length;
/** Columns from here on differ between two coming shows. */
export const TONIGHT = ARTIST_FEATURES.length + SONG_FEATURES.length;
