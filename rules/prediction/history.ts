/** What a prediction is made from. Shapes only. */

/** A song as it was played; `key` is what makes two entries the same song (a song id, or a title key). */
export type PlayedSong = {
  key: string;
  /** false, or the number of the encore it stood in (from 1) */
  encore: false | number;
  /** played from a recording: no song of the show */
  tape?: boolean;
};

export type PastShow = {
  /** YYYY-MM-DD, the venue's */
  date: string;
  tour?: string;
  venue?: string;
  /** in the order played; a song twice in a show counts once */
  songs: PlayedSong[];
};

/** The show to predict: nothing of it is known but this. A `tour` of "" is known to have no name, unlike none. */
export type ComingShow = { date?: string; tour?: string; venue?: string };

/** Countable truths about a song, of which the sentence beside its odds is made (rules/reasons.ts). */
export type SongFacts = {
  /** the last shows looked at: 10, or as many as are known */
  window: number;
  /** in how many of them it was played, opened, closed the main set, closed the show, stood in the encore */
  played: number;
  opened: number;
  closedMain: number;
  closed: number;
  inEncore: number;
  /** plays over the whole known history, and shows known */
  plays: number;
  shows: number;
  /** shows since it was last played; 0: at the last one */
  gap: number;
  /** shows from its first known playing to its last: over `plays` - 1, how often it comes */
  span: number;
  /** YYYY-MM-DD */
  firstPlayed: string;
  lastPlayed: string;
  /** shows of the latest named tour, and at how many it was played; absent where the show is on none we know */
  tour?: { shows: number; played: number };
  /** nights of the show's run at its venue before it, and at how many it was played; absent on a first night */
  run?: { nights: number; played: number };
  /** where nothing was counted: its place in the catalogue, in the order the odds follow */
  catalogue?: {
    /** 1: no other of the `of` songs is more popular; absent where nobody tells how popular it is */
    rank?: number;
    of: number;
    /** of the record it stands on */
    year?: string;
    track?: number;
  };
};

export type PredictedSong = {
  key: string;
  /** chance that it is played at this show at all, 0 to 1 */
  probability: number;
  /** from 1; the first `expectedSongs` are the setlist in running order, encore last, the others follow by probability */
  position: number;
  isEncore: boolean;
  facts: SongFacts;
};

export type Prediction = {
  /** name and version, kept with the setlist */
  model: string;
  expectedSongs: number;
  /** shows counted, and the mean share of a show that was in the one before (0 to 1; undefined below two shows) */
  showsKnown: number;
  repeatRate?: number;
  songs: PredictedSong[];
};
