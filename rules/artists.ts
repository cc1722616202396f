/** Same artist or not: scored evidence, runners-up kept. */
import { clean, nameKey } from "./text.ts";

/** Someone another service knows who may be the artist we mean. */
export type Candidate = {
  /** the service's id, for setlist.fm and MusicBrainz the mbid */
  id: string;
  name: string;
  disambiguation?: string;
  url?: string;
};

/** Whom we mean: the name we know, and the mbids that the ticket seller links to it. */
export type Subject = { name: string; mbids: string[] };

/** Something else that speaks for or against the candidate with this id; `weight` -1 to 1 is added to its score. */
export type Witness = { id: string; kind: string; weight: number; text: string };

export type Evidence = { kind: string; weight: number; text: string };

/** `score` 0 to 1: the sum of the evidence's weights, kept within these bounds. */
export type Scored = Candidate & { score: number; evidence: Evidence[] };

export type Judgement = { chosen?: Scored; runnersUp: Scored[]; reason: string };

/**
 * From here on it is the same artist. Reached by the name alone where nobody shares it (0.60 to 0.70), and by a link
 * with a similar name (0.30 + 0.30); missed by a link with another name (0.30), by a name that others bear too
 * (0.50) and by any similar name (0.40). A wrong artist's setlists cost more trust than none.
 */
export const SAME_ARTIST = 0.6;
/** Two candidates nearer than this are not told apart; the article in a name is worth just so much. */
const MARGIN = 0.1;
/** Runners-up kept for whoever reviews the match. */
const RUNNERS_UP = 5;

const WEIGHTS = { exact: 0.7, key: 0.65, article: 0.6, near: 0.4, link: 0.3, otherLink: -0.05 };
const NAMESAKE = -0.2;
const IMITATION = -0.5;
const IMITATIONS =
  /(?<!\S)(tributes?|tributo|hommage|cover|covers|coverband|karaoke|orchestra|orchester|philharmonic|symphony|impersonators?|lullaby|lullabies)(?!\S)/g;

/**
 * Who of the candidates is the artist, if anybody; the others by score, at most five. Independent of the candidates'
 * order. Nobody is chosen below `SAME_ARTIST`, nor when two are equally likely; `reason` is a sentence for reviewers.
 */
export function judgeArtist(subject: Subject, candidates: Candidate[], witnesses: Witness[] = []): Judgement {
  const scored = [...candidates]
    .map((candidate) => scoreAmong(subject, candidate, candidates, witnesses))
    .sort((a, b) => b.score - a.score || compare(a.id, b.id) || compare(describe(a), describe(b)))
    .filter((one, at, all) => all.findIndex((other) => other.id === one.id) === at);
  const [best, second] = scored;
  const undecided = (reason: string) => ({ runnersUp: scored.slice(0, RUNNERS_UP), reason });
  if (!best) return undecided("Nobody of that name was found.");
  if (best.score < SAME_ARTIST) {
    return undecided(
      isNamesake(subject, best, candidates)
        ? `Several artists are called ${best.name} and nothing tells which one is meant.`
        : `The likeliest, ${best.name}, has too little that speaks for it.`,
    );
  }
  if (second && hundredths(best.score - second.score) < hundredths(MARGIN)) {
    return undecided(`${best.name} and ${second.name} are equally likely.`);
  }
  const why = best.evidence.filter(({ weight }) => weight > 0).map(({ text }) => text);
  return { chosen: best, runnersUp: scored.slice(1, 1 + RUNNERS_UP), reason: `${why.join("; ")}.` };
}

/** What speaks for and against one candidate by itself; `judgeArtist` also weighs its namesakes. */
export function scoreCandidate(subject: Subject, candidate: Candidate, witnesses: Witness[] = []): Scored {
  const evidence = [nameEvidence(subject.name, candidate.name)];
  if (isLinked(subject, candidate)) {
    evidence.push({ kind: "link", weight: WEIGHTS.link, text: "the ticket seller links to it" });
  }
  const imitation = imitationWord(subject.name, candidate);
  if (imitation)
    evidence.push({ kind: "imitation", weight: IMITATION, text: `"${imitation}" in its description` });
  for (const { id, kind, weight, text } of witnesses) {
    if (id === candidate.id) evidence.push({ kind, weight, text });
  }
  return withEvidence(candidate, evidence);
}

function scoreAmong(subject: Subject, candidate: Candidate, all: Candidate[], witnesses: Witness[]): Scored {
  const { evidence } = scoreCandidate(subject, candidate, witnesses);
  if (isNamesake(subject, candidate, all)) {
    evidence.push({ kind: "namesake", weight: NAMESAKE, text: "others bear the same name" });
  }
  if (!isLinked(subject, candidate) && all.some((other) => isLinked(subject, other))) {
    evidence.push({
      kind: "link",
      weight: WEIGHTS.otherLink,
      text: "the ticket seller links to another one",
    });
  }
  return withEvidence(candidate, evidence);
}

function withEvidence(candidate: Candidate, evidence: Evidence[]): Scored {
  const sum = evidence.reduce((total, { weight }) => total + weight, 0);
  return { ...candidate, score: hundredths(Math.min(1, Math.max(0, sum))) / 100, evidence };
}

function nameEvidence(subject: string, candidate: string): Evidence {
  const [one, other] = [nameKey(subject), nameKey(candidate)];
  if (clean(subject, 500) === clean(candidate, 500)) {
    return { kind: "name", weight: WEIGHTS.exact, text: "it has exactly this name" };
  }
  if (one === other)
    return { kind: "name", weight: WEIGHTS.key, text: "it has this name in another spelling" };
  if (withoutArticle(one) === withoutArticle(other)) {
    return { kind: "name", weight: WEIGHTS.article, text: "it has this name but for the article" };
  }
  const similarity = nameSimilarity(one, other);
  if (similarity < 0.5) return { kind: "name", weight: 0, text: "it has another name" };
  const weight = hundredths(WEIGHTS.near * similarity) / 100;
  return { kind: "name", weight, text: "it has a similar name" };
}

/** 0 to 1: Dice's coefficient over pairs of letters; 0.75 at least where all words of one name stand in the other. */
function nameSimilarity(one: string, other: string): number {
  const pairs = new Map<string, number>();
  const [a, b] = [withoutArticle(one), withoutArticle(other)];
  for (let at = 0; at + 1 < a.length; at++) {
    const pair = a.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at + 1 < b.length; at++) {
    const pair = b.slice(at, at + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    shared++;
  }
  const dice = (2 * shared) / Math.max(1, a.length + b.length - 2);
  return holds(a, b) || holds(b, a) ? Math.max(dice, 0.75) : dice;
}

/** "Tom Petty and the Heartbreakers" holds "Tom Petty"; three letters are too few to say so. */
function holds(longer: string, shorter: string): boolean {
  const words = new Set(longer.split(" "));
  return shorter.length > 3 && shorter.split(" ").every((word) => words.has(word));
}

/** The word that makes it a tribute, cover band or the like, unless the artist we mean bears it too. */
function imitationWord(subject: string, candidate: Candidate): string | undefined {
  const own = new Set(nameKey(subject).split(" "));
  const described = nameKey(candidate.disambiguation ?? "");
  // "not the cover band" says the opposite.
  const text = `${nameKey(candidate.name)} ${/(?<!\S)not(?!\S)/.test(described) ? "" : described}`;
  return (text.match(IMITATIONS) ?? []).find((word) => !own.has(word));
}

function isNamesake(subject: Subject, candidate: Candidate, all: Candidate[]): boolean {
  const key = nameKey(candidate.name);
  return all.some(
    (other) =>
      other.id !== candidate.id &&
      nameKey(other.name) === key &&
      imitationWord(subject.name, other) === undefined,
  );
}

function isLinked(subject: Subject, candidate: Candidate): boolean {
  return subject.mbids.some((mbid) => mbid.toLowerCase() === candidate.id.toLowerCase());
}

function withoutArticle(key: string): string {
  return key.replace(/^the /, "").replace(/ the$/, "");
}

function describe(scored: Scored): string {
  return [scored.name, scored.disambiguation, scored.url].join("\n");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Weights are summed and compared in hundredths, where 0.7 - 0.6 is 0.1. */
function hundredths(value: number): number {
  return Math.round(value * 100);
}
