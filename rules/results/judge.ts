/** One show judged: how every song turned out, and how right the machine, the fans together and the rivals were. */
import {
  fansForecast,
  type Forecast,
  rivalForecasts,
  type Said,
  type Score,
  scoreOf,
  usualForecast,
} from "./score.ts";

export type Entry = {
  /** absent where nobody knew the song */
  songId: string | null;
  tape: boolean;
  /** from 1; null in the main set */
  encore: number | null;
};

export type ShowFacts = {
  /** what was played, in order */
  entries: Entry[];
  /** the predicted setlist as it stood when the show began, likeliest first; absent where there was none */
  odds: { songId: string; setlistSongId: string; probability: number }[] | null;
  /** of the ballot "will play" */
  said: Said[];
  voters: number;
  /** the whole shows before, newest first: songs in the order played, each once */
  history: string[][];
};

export type SongOutcome = {
  songId: string;
  setlistSongId: string | null;
  probability: number;
  played: boolean;
  named: boolean;
  isEncore: boolean;
  votes: number;
  lastShow: number;
  lastTen: number;
};

export type Verdict = {
  songs: SongOutcome[];
  scores: (Score & { scorer: "machine" | "fans" | "last-show" | "last-ten" | "usual" })[];
};

/** The songs that count, in order: no tapes, each once, and whether it was (also) in an encore. */
export function playedSongs(entries: Entry[]): Map<string, { isEncore: boolean }> {
  const songs = new Map<string, { isEncore: boolean }>();
  for (const { songId, tape, encore } of entries) {
    if (songId === null || tape) continue;
    songs.set(songId, { isEncore: encore !== null || (songs.get(songId)?.isEncore ?? false) });
  }
  // A whole show under "Encore" is a slip of whoever wrote it down.
  const allEncore = [...songs.values()].every(({ isEncore }) => isEncore);
  return allEncore ? new Map([...songs.keys()].map((songId) => [songId, { isEncore: false }])) : songs;
}

/** Undefined where no song that counts was played. */
export function judgeShow({ entries, odds, said, voters, history }: ShowFacts): Verdict | undefined {
  const played = playedSongs(entries);
  if (played.size === 0) return undefined;
  const machine = odds?.filter(({ probability }) => probability > 0);
  const rivals = rivalForecasts(history);
  const forecasts = {
    machine,
    fans: fansForecast(said, voters),
    "last-show": rivals?.lastShow,
    "last-ten": rivals?.lastTen,
    usual: usualForecast(rivals?.lastTen),
  };
  const names = new Set(played.keys());
  const scores = Object.entries(forecasts).flatMap(([scorer, forecast]) =>
    forecast ? [{ scorer: scorer as keyof typeof forecasts, ...scoreOf(names, forecast) }] : [],
  );

  const rows = new Map((odds ?? []).map((row) => [row.songId, row]));
  const named = new Set(machine?.slice(0, played.size).map(({ songId }) => songId));
  const votes = new Map(said.map((song) => [song.songId, song.votes]));
  const [lastShow, lastTen] = [chances(rivals?.lastShow), chances(rivals?.lastTen)];
  const considered = new Set([
    ...names,
    ...(machine ?? []).map(({ songId }) => songId),
    ...said.filter((song) => song.votes > 0).map(({ songId }) => songId),
    ...lastTen.keys(),
  ]);
  const songs = [...considered].map((songId) => ({
    songId,
    setlistSongId: rows.get(songId)?.setlistSongId ?? null,
    probability: rows.get(songId)?.probability ?? 0,
    played: played.has(songId),
    named: named.has(songId),
    isEncore: played.get(songId)?.isEncore ?? false,
    votes: votes.get(songId) ?? 0,
    lastShow: lastShow.get(songId) ?? 0,
    lastTen: lastTen.get(songId) ?? 0,
  }));
  return { songs, scores };
}

const chances = (forecast: Forecast | undefined) =>
  new Map(forecast?.map(({ songId, probability }) => [songId, probability]));
