/** Whether a piece behind a separator speaks of a stage. "Live" is a word of many titles, so it never does alone by standing there. */

const PLACES =
  "(arena|stadium|hall|theatre|theater|academy|festival|club|gardens?|park|centre|center|odeon|ballroom|apollo|bowl|house|studios?|lounge|church|cathedral|amphitheatre|amphitheater|cafe|tour|palace|fair|dome|forum)";

/** What may follow "live" to make it a form. */
const AFTER = new RegExp(
  "^live( |$)(" +
    [
      "$",
      "(at|from|aus|im|bei|au|auf|dal|dalla|op|version|ver|sessions?|acoustic|acustic\\S+|recording|takes?|mix|edit|bootleg|demo|performance|lounge|medley|bonus|video|audio|unplugged|rehearsal|remaster\\S*|intro|outro|bbc|mtv|kexp|concert|studio)( |$)",
      // "Live on KEXP" and "Live in Paris", but "Live On", "Live in Me" and "Live in the Moment".
      "on (?!(in|through|and|forever|my|your)( |$))\\S",
      "in (?!(me|you|my|your|peace|love|harmony|fear|sin|hope|infamy|color|colour|a dream|the (moment|now|past|sun|light|dark|shadows?))( |$))\\S",
      "(and|n) (acoustic|loud|unplugged|direct|rare|in concert|uncut)( |$)",
      "(.* )?((19|20)\\d\\d|\\d\\d?)$",
      `(.* )?${PLACES}$`,
    ].join("|") +
    ")",
);

/** Words that may stand before a final "live". */
const BEFORE =
  /^(acoustic|unplugged|recorded|previously|unreleased|bbc|mtv|radio|version|sessions?|studio|bonus|track|concert|full|band|video|audio|original|solo|piano|demo|official|instrumental|medley|in|the|\d+)$/;

const ANYWHERE =
  /\b(recorded (live|at|in)|live (at the|from|sessions?|lounge|version|recording|performance|in concert|on (kexp|letterman|snl))|mtv unplugged|(bbc|peel|radio|kexp|itunes|spotify|daytrotter|aol|triple j|like a version|maida vale|amazon|apple music|deezer|vevo|colors) (\S+ )?sessions?|tiny desk|the first take|in concert|en vivo|en directo|ao vivo|dal vivo|en concierto|en concert|em concerto|im konzert|en public)\b|^(?!jam )\S.* sessions?$|^live .*\b(19|20)\d\d\b|^live\b.*\b(version|mix|edit)$|концерт|ライブ|ライヴ|라이브|现场|現場|演唱会|演唱會/;

/** @param key the piece's comparison key */
export function isLive(piece: string, key: string): boolean {
  // "Live: Paris", but "Live, Laugh, Love"
  if (/^\s*live\s*[:;|/]/i.test(piece)) return true;
  // "1/4/71 Paris Theatre"
  if (/^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)/.test(piece)) return true;
  if (AFTER.test(key) || ANYWHERE.test(key)) return true;
  return (
    key.endsWith(" live") &&
    key
      .slice(0, -5)
      .split(" ")
      .every((word) => BEFORE.test(word))
  );
}
