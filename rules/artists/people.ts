/**
 * Who of all services' candidates is the artist. A person is at most one candidate of each service, and the ids speak for
 * each other only within one; all persons are weighed, so neither the order of candidates nor that of services counts,
 * and a wrong link of one service has to stand against what all the others say.
 */
import {
  type Candidate,
  type Candidates,
  type Evidence,
  isDecided,
  type Judgement,
  type Overlap,
  SAME_ARTIST,
  type Scored,
  type Service,
  type Subject,
} from "../artists.ts";
import { type Member, member, namesakesOf, pairEvidence, SERVICES } from "./evidence.ts";
import { fitsName } from "./names.ts";
import { hundredths, sumOf } from "./weights.ts";

/** Two persons nearer than this are not told apart; the article in a name is worth just so much. */
const MARGIN = 0.1;
/** What a member must bring for a person to be likelier with it than without: more than a namesake has, less than a name. */
const MEMBER = 0.4;
/** Runners-up kept for whoever reviews the match. */
const RUNNERS_UP = 5;
/** The name is worth less at MusicBrainz, which holds two million artists, unless a second witness stands beside it. */
const NAME_ALONE = -0.15;
/** Three lists of so many make 9,000 persons; whom we mean is among the first of each, or linked. */
const CONSIDERED = 20;

type Best = { weight: number; members: Member[] };
/**
 * How likely a person is as far as it bears on one of its members: without what the others lose for standing alone. They
 * stop losing it by company of any kind, and would then speak for whoever had none before.
 */
type Bearing = number;
/** What a pair brings to one of the two. */
type Side = { evidence: Evidence[]; sum: number; isWitness: boolean };

/** Nobody is chosen below `SAME_ARTIST`, nor when two are equally likely. Independent of the candidates' order. */
export function judgeArtists(
  subject: Subject,
  candidates: Candidates,
  overlaps: Overlap[] = [],
): Record<Service, Judgement> {
  const all = allowed(subject, candidates);
  const members = Object.fromEntries(
    SERVICES.map((service) => [service, considered(subject, service, all[service])]),
  ) as Record<Service, Member[]>;
  const sides = pairUp(members, overlaps);

  const bestWith = new Map<Member, Best>();
  const bearings = new Map<Member, Bearing>();
  let best: Best = { weight: 0, members: [] };
  for (const mb of [undefined, ...members.musicbrainz]) {
    for (const spotify of [undefined, ...members.spotify]) {
      for (const setlistfm of [undefined, ...members.setlistfm]) {
        const person = [mb, spotify, setlistfm].filter((one) => one !== undefined);
        const brought = person.map((one) => sumIn(one, person, sides));
        const lost = person.map((one, at) => brought[at]! - companyIn(one, person, sides).sum);
        const weight = brought.reduce((sum, one) => sum + one - hundredths(MEMBER), 0);
        const lostByAll = lost.reduce((sum, one) => sum + one, 0);
        if (weight > best.weight) best = { weight, members: person };
        for (const [at, one] of person.entries()) {
          const bearing = weight - (lostByAll - lost[at]!);
          if (bearing > (bearings.get(one) ?? -Infinity)) bearings.set(one, bearing);
          if (weight > (bestWith.get(one)?.weight ?? -Infinity))
            bestWith.set(one, { weight, members: person });
        }
      }
    }
  }

  const judge = (service: Service): Judgement => {
    const scored = members[service]
      .map((one) => {
        const { weight, members: person } = bestWith.get(one)!;
        const evidence = evidenceIn(one, person, sides);
        const score = Math.min(100, Math.max(0, sumOf(evidence))) / 100;
        return {
          weight,
          bearing: bearings.get(one)!,
          scored: { ...one.candidate, score, evidence } satisfies Scored,
        };
      })
      .sort((a, b) => b.weight - a.weight || b.scored.score - a.scored.score);
    return verdict(
      subject,
      all[service],
      scored,
      best.members.find((one) => one.service === service),
    );
  };
  return { musicbrainz: judge("musicbrainz"), spotify: judge("spotify"), setlistfm: judge("setlistfm") };
}

function verdict(
  subject: Subject,
  all: Candidate[],
  scored: { weight: number; bearing: Bearing; scored: Scored }[],
  inBest: Member | undefined,
): Judgement {
  const ranked = scored.map((one) => one.scored);
  const undecided = (reason: string): Judgement => ({
    runnersUp: [...ranked].sort((a, b) => b.score - a.score).slice(0, RUNNERS_UP),
    reason,
    undecided: all.some((candidate) => fitsName(subject.name, candidate)),
  });
  const [first, ...others] = scored;
  if (!first) return undecided("Nobody of that name was found.");
  const likeliest = first.scored;
  if (!inBest || likeliest.score < SAME_ARTIST) {
    return undecided(
      namesakesOf(subject, likeliest, all).length > 0
        ? `Several artists are called ${likeliest.name} and nothing tells which one is meant.`
        : `The likeliest, ${likeliest.name}, has too little that speaks for it.`,
    );
  }
  const rival = others.find(({ bearing }) => first.bearing - bearing < hundredths(MARGIN));
  if (rival) return undecided(`${likeliest.name} and ${rival.scored.name} are equally likely.`);
  const why = likeliest.evidence.filter(({ weight }) => weight > 0).map(({ text }) => text);
  return {
    chosen: likeliest,
    runnersUp: ranked.filter((one) => one !== likeliest).slice(0, RUNNERS_UP),
    reason: `${[...new Set(why)].join("; ")}.`,
    undecided: false,
  };
}

/** Every id once, in an order of its own; where somebody was chosen by hand, nobody else. */
function allowed(subject: Subject, candidates: Candidates): Candidates {
  const unique = (service: Service) =>
    [...candidates[service]]
      .sort((a, b) => compare(a.id, b.id) || compare(describe(a), describe(b)))
      .filter((one, at, all) => all[at - 1]?.id !== one.id)
      .filter((one) => subject.decided?.[service] === undefined || isDecided(subject, service, one));
  return {
    musicbrainz: unique("musicbrainz"),
    spotify: unique("spotify"),
    setlistfm: unique("setlistfm"),
  };
}

function considered(subject: Subject, service: Service, all: Candidate[]): Member[] {
  return all
    .map((candidate) => member(subject, service, candidate, all))
    .sort((a, b) => b.sum - a.sum)
    .slice(0, CONSIDERED);
}

type Sides = Map<Member, Map<Member, Side>>;

function pairUp({ musicbrainz, spotify, setlistfm }: Record<Service, Member[]>, overlaps: Overlap[]): Sides {
  const sides: Sides = new Map();
  const add = (to: Member, from: Member, evidence: Evidence[]) => {
    if (evidence.length === 0) return;
    const known = sides.get(to) ?? new Map<Member, Side>();
    sides.set(to, known.set(from, { evidence, sum: sumOf(evidence), isWitness: evidence.some(isWitness) }));
  };
  const pair = (ones: Member[], others: Member[]) => {
    for (const one of ones) {
      for (const other of others) {
        const found = pairEvidence(overlaps, one, other);
        add(one, other, found.one);
        add(other, one, found.other);
      }
    }
  };
  pair(musicbrainz, [...spotify, ...setlistfm]);
  pair(spotify, setlistfm);
  return sides;
}

function evidenceIn(one: Member, person: Member[], sides: Sides): Evidence[] {
  const evidence = [...one.own, ...person.flatMap((other) => sides.get(one)?.get(other)?.evidence ?? [])];
  if (sumIn(one, person, sides) !== sumOf(evidence)) {
    evidence.push({ kind: "alone", weight: NAME_ALONE, text: "nothing but its name speaks for it" });
  }
  return evidence;
}

function sumIn(one: Member, person: Member[], sides: Sides): number {
  const { sum, witnessed } = companyIn(one, person, sides);
  return witnessed || sum <= 0 ? sum : sum + hundredths(NAME_ALONE);
}

/** What a member brings to a person by itself and by the others in it, and whether any of that is more than its name. */
function companyIn(one: Member, person: Member[], sides: Sides): { sum: number; witnessed: boolean } {
  let { sum } = one;
  let witnessed = one.service !== "musicbrainz" || one.own.some(isWitness);
  const known = sides.get(one);
  for (const other of person) {
    const side = known?.get(other);
    if (!side) continue;
    sum += side.sum;
    witnessed ||= side.isWitness;
  }
  return { sum, witnessed };
}

function isWitness({ kind, weight }: Evidence): boolean {
  return kind !== "name" && weight > 0;
}

function describe({ name, disambiguation, url, aliases, spotifyIds, formerIds }: Candidate): string {
  return JSON.stringify([name, disambiguation, url, aliases, spotifyIds, formerIds]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
