/** What speaks for and against candidates: each by itself, and each pair that may be one artist. */
import {
  type Candidate,
  type Evidence,
  isDecided,
  type Overlap,
  SAME_ARTIST,
  type Service,
  type Subject,
} from "../artists.ts";
import { nameKey } from "../text.ts";
import { fitsName, imitationWord, nameByMusicbrainz, nameEvidence, placeFits } from "./names.ts";
import { overlapEvidence } from "./overlap.ts";
import { hundredths, sumOf } from "./weights.ts";

export const SERVICES = ["musicbrainz", "spotify", "setlistfm"] as const satisfies Service[];

/**
 * A link is worth less than a name: sellers and wikis link to the wrong one. One that MusicBrainz has is believed only
 * if the artist there bears the name; else a single wrong mbid would vouch for a wrong Spotify artist too.
 */
const WEIGHTS = {
  link: 0.3,
  otherLink: -0.05,
  relation: 0.3,
  otherRelation: -0.05,
  sameMbid: 0.2,
  knownToSetlistfm: 0.1,
  otherMbid: -0.1,
  place: 0.25,
  namesake: -0.25,
  imitation: -0.5,
  decided: 1,
};

function ownEvidence(subject: Subject, service: Service, candidate: Candidate, all: Candidate[]): Evidence[] {
  const evidence = [nameEvidence(subject.name, candidate)];
  const add = (kind: string, weight: number, text: string) => evidence.push({ kind, weight, text });
  if (isDecided(subject, service, candidate)) add("admin", WEIGHTS.decided, "it was chosen by hand");
  if (isLinked(subject, service, candidate)) add("link", WEIGHTS.link, "the ticket seller links to it");
  else if (all.some((other) => isLinked(subject, service, other)))
    add("link", WEIGHTS.otherLink, "the ticket seller links to another one");
  const imitation = imitationWord(subject.name, candidate);
  if (imitation) add("imitation", WEIGHTS.imitation, `"${imitation}" in its description`);
  if (placeFits(subject.name, candidate))
    add("place", WEIGHTS.place, "its description says what the name says in brackets");
  if (namesakesOf(subject, candidate, all).length > 0) {
    add("namesake", WEIGHTS.namesake, "others bear the same name");
  }
  return evidence;
}

/** Others of the same service with the same name; imitations are no rivals. */
export function namesakesOf(subject: Subject, candidate: Candidate, all: Candidate[]): Candidate[] {
  const key = nameKey(candidate.name);
  return all.filter(
    (other) =>
      other.id !== candidate.id &&
      nameKey(other.name) === key &&
      imitationWord(subject.name, other) === undefined,
  );
}

/** A candidate with what is known of it by itself. `credible`: its links are believed. */
export type Member = {
  service: Service;
  candidate: Candidate;
  own: Evidence[];
  sum: number;
  credible: boolean;
};

export function member(subject: Subject, service: Service, candidate: Candidate, all: Candidate[]): Member {
  const own = ownEvidence(subject, service, candidate, all);
  const credible = isDecided(subject, service, candidate) || fitsName(subject.name, candidate);
  return { service, candidate, own, sum: sumOf(own), credible };
}

/** What each of two gains and loses if both are the same artist. */
export type Pair = { one: Evidence[]; other: Evidence[] };

export function pairEvidence(overlaps: Overlap[], one: Member, other: Member): Pair {
  const pair: Pair = { one: [], other: [] };
  if (one.service === "musicbrainz") {
    // Another script or an earlier name: fits what MusicBrainz calls them, if not what the seller does.
    const renamed = one.credible ? byMusicbrainz(other, one.candidate) : [];
    pair.other.push(...renamed);
    const named = renamed.length > 0 || other.credible;
    if (other.service === "spotify") relate(one, other.candidate, named, pair);
    if (other.service === "setlistfm") compareMbids(one, other.candidate, named, pair);
  }
  const overlap = overlaps.find(
    ({ catalogue, setlistfmId }) =>
      other.service === "setlistfm" &&
      setlistfmId === other.candidate.id &&
      catalogue.service === one.service &&
      catalogue.id === one.candidate.id,
  );
  const told = overlap && overlapEvidence(overlap);
  // Namesakes' catalogues fit their own setlists: titles tell who is meant only where one side is sure by itself.
  if (told && isSure(other)) pair.one.push(told);
  if (told && isSure(one)) pair.other.push(told);
  return pair;
}

const isSure = ({ sum }: Member) => sum >= hundredths(SAME_ARTIST);

function relate(mb: Member, spotify: Candidate, named: boolean, pair: Pair): void {
  const { spotifyIds = [] } = mb.candidate;
  if (!mb.credible || spotifyIds.length === 0) return;
  const isIt = spotifyIds.includes(spotify.id);
  pair.other.push({
    kind: "relation",
    weight: isIt ? WEIGHTS.relation : WEIGHTS.otherRelation,
    text: isIt ? "MusicBrainz links to it" : "MusicBrainz links to another one",
  });
  if (isIt && named) {
    const text = "it links to an artist of this name on Spotify";
    pair.one.push({ kind: "relation", weight: WEIGHTS.relation, text });
  }
}

function compareMbids(mb: Member, setlistfm: Candidate, named: boolean, pair: Pair): void {
  if (!isSameMbid(mb.candidate, setlistfm)) {
    const text = "MusicBrainz knows it by another mbid";
    pair.other.push({ kind: "mbid", weight: WEIGHTS.otherMbid, text });
    return;
  }
  if (mb.credible) {
    const text = "MusicBrainz knows it by the same mbid";
    pair.other.push({ kind: "mbid", weight: WEIGHTS.sameMbid, text });
  }
  if (named) {
    const text = "setlist.fm knows it by the same mbid";
    pair.one.push({ kind: "mbid", weight: WEIGHTS.knownToSetlistfm, text });
  }
}

function byMusicbrainz({ candidate, own }: Member, mb: Candidate): Evidence[] {
  const weight = nameByMusicbrainz(own[0]?.weight ?? 0, candidate, mb);
  return weight > 0 ? [{ kind: "name", weight, text: "MusicBrainz knows them by this name" }] : [];
}

function isSameMbid(one: Candidate, other: Candidate): boolean {
  const ids = mbids(one);
  return mbids(other).some((id) => ids.includes(id));
}

function isLinked(subject: Subject, service: Service, candidate: Candidate): boolean {
  const { links } = subject;
  if (service === "spotify") return links.spotify.includes(candidate.id);
  if (mbids(candidate).some((id) => links.musicbrainz.some((mbid) => mbid.toLowerCase() === id))) return true;
  const page = service === "setlistfm" && pageId(candidate.url);
  return page ? links.setlistfm.some((url) => pageId(url) === page) : false;
}

const mbids = ({ id, formerIds = [] }: Candidate) => [id, ...formerIds].map((mbid) => mbid.toLowerCase());

/** …/setlists/copper-vesper-23d6a88b.html: the words before the id change with the name. */
function pageId(url: string | undefined): string | undefined {
  return /-([0-9a-f]{6,9})\.html/.exec(url ?? "")?.[1];
}
