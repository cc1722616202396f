/** Same artist or not, over all services at once: scored evidence, runners-up kept. */
export { fitsName } from "./artists/names.ts";
export { DOUBTFUL, doubtOf } from "./artists/doubt.ts";
export { compareTitles } from "./artists/overlap.ts";
export { judgeArtists } from "./artists/people.ts";

/** Whether somebody chose this one by hand, by its present id or one that was merged into it. */
export function isDecided(subject: Subject, service: Service, { id, formerIds = [] }: Candidate): boolean {
  const decided = subject.decided?.[service];
  return decided != null && [id, ...formerIds].includes(decided);
}

/** Services that know artists by ids of their own, or by mbids as setlist.fm does. */
export type Service = "musicbrainz" | "spotify" | "setlistfm";

/** Someone another service knows who may be the artist we mean. */
export type Candidate = {
  /** the service's id, for setlist.fm and MusicBrainz the mbid */
  id: string;
  name: string;
  disambiguation?: string;
  url?: string;
  /** other mbids of the same artist, from before MusicBrainz merged them */
  formerIds?: string[];
  /** other names, as MusicBrainz knows them */
  aliases?: string[];
  /** Spotify ids by MusicBrainz' relations */
  spotifyIds?: string[];
};

export type Candidates = Record<Service, Candidate[]>;

/** Whom we mean: the name we know, and whom the ticket seller links to: ids, and for setlist.fm addresses. */
export type Subject = {
  name: string;
  links: Record<Service, string[]>;
  /** ids chosen by hand: nobody else is considered there, and what follows from them is believed; null: nobody is it */
  decided?: Partial<Record<Service, string | null>>;
};

/** How many song titles an artist's catalogue and the setlists of one on setlist.fm share. */
export type Overlap = {
  catalogue: { service: "musicbrainz" | "spotify"; id: string };
  setlistfmId: string;
  /** songs on the shorter of both sides */
  of: number;
  shared: number;
};

export type Evidence = { kind: string; weight: number; text: string };

/** `score` 0 to 1: the sum of the evidence's weights, kept within these bounds. */
export type Scored = Candidate & { score: number; evidence: Evidence[] };

export type Judgement = {
  chosen?: Scored;
  /** best first, at most five */
  runnersUp: Scored[];
  /** a sentence for reviewers */
  reason: string;
  /** someone bears the name, and yet nobody was chosen: titles of songs might tell */
  undecided: boolean;
};

/**
 * From here on it is the same artist. Reached by the name alone where nobody shares it (0.60 to 0.70), and by a link
 * with a similar name (0.30 + 0.30); missed by a link with another name (0.30), by a name that others bear too
 * (0.45) and by any similar name (0.40). A wrong artist's setlists cost more trust than none.
 */
export const SAME_ARTIST = 0.6;
