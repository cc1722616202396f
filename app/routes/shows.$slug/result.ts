/** A show's result as its page says it: who was how right, song by song. Made on the server. */
import { percent } from "#rules/odds";
import type { RouterOutputs } from "#server/routers/_app";
import { ago, count, partOf } from "../../formats";
import { chartOf } from "./picture";

type Answer = RouterOutputs["show"]["bySlug"];
export type Actual = NonNullable<Answer["actual"]>;
export type Accuracy = NonNullable<Answer["accuracy"]>;
export type Scored = NonNullable<Answer["scored"]>;
type Entry = Pick<
  Actual["songs"][number],
  "title" | "probability" | "votes" | "inList" | "mine" | "setlistSongId"
>;

/** Hit: on our list and played. Surprise: played, not on it. Missed: on it, not played. The rest is not counted. */
export type Kind = "hit" | "surprise" | "missed" | "uncounted";
export type ResultRow = {
  title: string;
  kind: Kind;
  /** its number among the songs played, each counted once */
  place?: number;
  /** our odds in whole per cents; undefined where there were none */
  percent?: number;
  /** share of the fans who named it, in whole per cents */
  share?: number;
  /** after "Hit: ", or all of it for what is not counted */
  said: string;
  mine?: true;
  wished?: true;
};
export type ResultPart = { name: string; rows: ResultRow[] };

type Asked = { actual: Actual; accuracy: Accuracy; scored: Scored; setlist: Answer["setlist"]; now: Date };

/** All that the sheet shows of a result; strings, so that a page carries no rules. */
export function resultOf({ actual, accuracy, scored, setlist, now }: Asked) {
  const voters = accuracy.fans?.voters;
  const wished = new Set(setlist?.songs.flatMap((song) => (song.myWish ? [song.setlistSongId] : [])));
  const row = (song: Entry, kind: Kind): ResultRow => {
    const odds = song.probability ? percent(song.probability) : undefined;
    const share = voters ? Math.min(100, Math.round((100 * song.votes) / voters)) : undefined;
    return {
      title: song.title,
      kind,
      said: saidOf({ ...song, odds, share, kind }),
      ...(odds !== undefined && { percent: odds }),
      ...(share !== undefined && odds !== undefined && { share }),
      ...(song.mine && { mine: true }),
      ...(song.setlistSongId && wished.has(song.setlistSongId) && { wished: true }),
    };
  };
  const parts = actual.told ? partsOf(actual.songs, row) : untoldParts(scored, row);
  const missed = scored.filter((song) => song.inList && !song.played).map((song) => row(song, "missed"));
  const counted = parts.flatMap(({ rows }) => rows).filter(({ kind }) => kind !== "uncounted");
  return {
    headline: headlineOf(accuracy, actual.played),
    about: accuracy.machine
      ? aboutOf(counted, missed.length, actual.played)
      : "We gave no odds before it began, so there is nothing to mark.",
    scores: scoresOf(accuracy),
    parts,
    missed,
    chart: chartOf([...counted, ...missed]),
    told: actual.told,
    settled: actual.settled,
    url: actual.url,
    counted: ago(actual.scoredAt, now),
  };
}
export type Result = ReturnType<typeof resultOf>;

/** "The machine had 14 of 19, fans 15, you 12" */
export function headlineOf({ machine, fans, you }: Accuracy, played: number): string {
  if (!machine) return `They played ${count(played, "song")}`;
  return [
    `The machine had ${machine.hits} of ${machine.played}`,
    fans && `fans ${fans.hits}`,
    you && `you ${you.hits}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function aboutOf(rows: ResultRow[], missed: number, played: number): string {
  const surprises = rows.filter(({ kind }) => kind === "surprise").length;
  const hits = rows.filter(({ kind }) => kind === "hit").length;
  const named = hits + missed;
  const came = missed === 0 ? "all" : hits === 0 ? "none" : String(hits);
  const rest = `${count(surprises, "song")} that ${surprises === 1 ? "was" : "were"} not among them`;
  return `They played ${count(played, "song")}: of the ${named} likeliest on our list ${came}${surprises > 0 ? `, and ${rest}` : ""}.`;
}

export type ScoreCell = { who: string; hits: number; of: number; error: string; note?: string; mine?: true };

/** Oneself first, then who is compared with whom; the rules beside the machine last. */
function scoresOf({ machine, fans, you, lastShow, lastTen }: Accuracy): ScoreCell[] {
  const cell = (who: string, score: typeof machine, note?: string): ScoreCell[] =>
    score
      ? [{ who, hits: score.hits, of: score.played, error: score.brier.toFixed(2), ...(note && { note }) }]
      : [];
  // Who names fewer songs than were played is compared with as many names of the machine (decision 019).
  const short =
    you && you.named < you.played
      ? `${you.named} named; the machine’s first ${you.named} had ${you.machineHits}`
      : undefined;
  return [
    ...cell("You", you, short).map((own) => ({ ...own, mine: true as const })),
    ...cell("Machine", machine),
    ...cell("Fans together", fans, fans && count(fans.voters, "ballot")),
    ...cell("Their last show again", lastShow),
    ...cell("Their last ten shows", lastTen),
  ];
}

/** What was played by part, in its order: the main set has no name, or the one that was written down. */
function partsOf(entries: Actual["songs"], row: (song: Entry, kind: Kind) => ResultRow): ResultPart[] {
  const parts = new Map<string, ResultRow[]>();
  let place = 0;
  for (const entry of entries) {
    const name = partOf(entry);
    const uncounted = entry.tape || entry.again || entry.probability === null;
    const made = row(entry, uncounted ? "uncounted" : entry.inList ? "hit" : "surprise");
    const said = entry.tape ? "From tape, not counted" : entry.again ? "Once more, counted once" : made.said;
    const shown = uncounted ? { ...made, said } : { ...made, place: ++place };
    parts.set(name, [...(parts.get(name) ?? []), { ...shown, title: entry.title || "Unnamed" }]);
  }
  return [...parts].map(([name, rows]) => ({ name, rows }));
}

/** Without the source's text there is no order: what was played of our list, the likeliest first. */
function untoldParts(scored: Scored, row: (song: Entry, kind: Kind) => ResultRow): ResultPart[] {
  const played = scored.filter((song) => song.played);
  return [{ name: "", rows: played.map((song) => row(song, song.inList ? "hit" : "surprise")) }];
}

type Said = Entry & { odds?: number; share?: number; kind: Kind };

function saidOf({ odds, share, kind, mine }: Said): string {
  if (kind === "uncounted") return "Not counted: nobody has written down which song it was";
  const we = odds === undefined ? "not on anybody’s list before" : `we said ${odds}%`;
  const you = kind === "hit" ? "you too" : "you named it";
  return [we, share !== undefined && odds !== undefined && `fans ${share}%`, mine && you]
    .filter(Boolean)
    .join(", ");
}
