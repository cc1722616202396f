/**
 * Who may be the artist at each service, at the least cost: by the seller's links and MusicBrainz' relations where there
 * are any, by name else. The three are asked side by side; each waits for another only for an id that spares a search.
 */
import {
  type Candidate,
  type Candidates,
  fitsName,
  isDecided,
  type Service,
  type Subject,
} from "#rules/artists";
import { type CallOptions, UpstreamError } from "#server/upstreams/index";
import { artistUrl } from "#server/upstreams/musicbrainz/address";
import type { MbArtist } from "#server/upstreams/musicbrainz/nouns";
import type { SpotifyArtist } from "#server/upstreams/spotify/nouns";
import type { JobContext } from "../../context.ts";

/** Links of one kind that are followed: two are a mistake that can be judged, ten are nonsense. */
const LINKS = 3;
/** Namesakes at MusicBrainz whose relations are asked for: a call each, at one a second. */
const NAMESAKES = 3;

/** What Spotify says of somebody's fame, where the key is told. */
export type Fame = Pick<SpotifyArtist, "popularity" | "followers">;

export type Found = {
  candidates: Candidates;
  errors: Partial<Record<Service, UpstreamError>>;
  /** by Spotify's id */
  fame: Map<string, Fame>;
};

/** A service that does not answer is in `errors`; what it said before is judged all the same. */
export async function findCandidates(ctx: JobContext, subject: Subject, call: CallOptions): Promise<Found> {
  const candidates: Candidates = { musicbrainz: [], spotify: [], setlistfm: [] };
  const errors: Found["errors"] = {};
  const attempt = (service: Service, work: () => Promise<void>) =>
    work().catch((error: unknown) => {
      if (!(error instanceof UpstreamError)) throw error;
      errors[service] ??= error;
    });
  const fame: Found["fame"] = new Map();
  const args = { ctx, subject, candidates, call, fame };
  const named = attempt("setlistfm", () => askSetlistfm(args));
  const musicbrainz = attempt("musicbrainz", () => askMusicbrainz(args, named));
  const spotify = attempt("spotify", () => askSpotify(args, musicbrainz));
  const setlistfm = attempt("setlistfm", async () => {
    await Promise.all([named, musicbrainz]);
    if (!errors.setlistfm) await followToSetlistfm(args);
  });
  // A failure of ours must not leave calls behind that nobody waits for.
  const ended = await Promise.allSettled([named, musicbrainz, spotify, setlistfm]);
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return { candidates, errors, fame };
}

type Args = {
  ctx: JobContext;
  subject: Subject;
  candidates: Candidates;
  call: CallOptions;
  fame: Found["fame"];
};

/** By name, which also shows namesakes, and by the seller's links. */
async function askSetlistfm({ ctx, subject, candidates, call }: Args): Promise<void> {
  const { setlistfm } = ctx.upstreams;
  const { decided } = subject;
  if (decided?.setlistfm === null) return;
  if (!decided?.setlistfm) candidates.setlistfm.push(...(await setlistfm.findArtists(subject.name, call)));
  const linked = decided?.setlistfm ? [decided.setlistfm] : idsOf(subject, "musicbrainz");
  for (const mbid of linked) await addFromSetlistfm({ ctx, subject, candidates, call }, mbid);
}

/** Whom MusicBrainz knows, where setlist.fm's search gave somebody else or another spelling only. */
async function followToSetlistfm(args: Args): Promise<void> {
  const { subject, candidates } = args;
  if (subject.decided?.setlistfm !== undefined) return;
  for (const { id } of credible(subject, "musicbrainz", candidates.musicbrainz).slice(0, 1)) {
    await addFromSetlistfm(args, id);
  }
}

async function addFromSetlistfm({ ctx, candidates, call }: Omit<Args, "fame">, mbid: string): Promise<void> {
  const known = candidates.setlistfm.some(({ id, formerIds }) => id === mbid || formerIds?.includes(mbid));
  if (known) return;
  const found = await ctx.upstreams.setlistfm.findArtist(mbid, call);
  if (found) add(candidates.setlistfm, found, mbid);
}

/** The seller's mbid, else who has the seller's Spotify artist, else whom setlist.fm calls so, else a search. */
async function askMusicbrainz(args: Args, setlistfm: Promise<void>): Promise<void> {
  const { ctx, subject, candidates, call } = args;
  const { musicbrainz } = ctx.upstreams;
  const { decided, links } = subject;
  if (decided?.musicbrainz === null) return;
  const isFound = () => credible(subject, "musicbrainz", candidates.musicbrainz).length > 0;
  const lookUp = async (mbid: string) => {
    const found = await musicbrainz.findArtist(mbid, call);
    if (found) add(candidates.musicbrainz, fromMusicbrainz(found), mbid);
  };
  for (const mbid of idsOf(subject, "musicbrainz")) await lookUp(mbid);
  if (decided?.musicbrainz || isFound()) return;

  for (const spotifyId of idsOf(subject, "spotify")) {
    for (const found of await musicbrainz.findBySpotify(spotifyId, call)) {
      const candidate = fromMusicbrainz(found);
      const spotifyIds = [...new Set([...(candidate.spotifyIds ?? []), spotifyId])];
      add(candidates.musicbrainz, { ...candidate, spotifyIds });
    }
  }
  if (isFound()) return;

  // Searches are what MusicBrainz sheds first when it is busy; lookups it answers.
  await setlistfm;
  const missing = ({ id }: Candidate) => !links.musicbrainz.includes(id);
  const mbids = credible(subject, "setlistfm", candidates.setlistfm).filter(missing).slice(0, NAMESAKES);
  for (const { id } of mbids) await lookUp(id);
  if (isFound()) return;

  const named = (await musicbrainz.findArtists(subject.name, call)).map(fromMusicbrainz);
  for (const [at, { id }] of credible(subject, "musicbrainz", named).entries()) {
    // The answers of a search hold no relations.
    if (at < NAMESAKES) await lookUp(id);
  }
  for (const candidate of named) add(candidates.musicbrainz, candidate);
}

/** The seller's links, else MusicBrainz' relations, else a search; where the two point apart, both. */
async function askSpotify(args: Args, musicbrainz: Promise<void>): Promise<void> {
  const { ctx, subject, candidates, call, fame } = args;
  const { spotify } = ctx.upstreams;
  const take = (found: SpotifyArtist) => {
    add(candidates.spotify, fromSpotify(found));
    fame.set(found.id, found);
  };
  const lookUp = async (id: string) => {
    if (candidates.spotify.some((known) => known.id === id)) return;
    const found = await spotify.findArtist(id, call);
    if (found) take(found);
  };
  if (subject.decided?.spotify === null) return;
  for (const id of idsOf(subject, "spotify")) await lookUp(id);
  if (subject.decided?.spotify) return;

  await musicbrainz;
  const mbs = credible(subject, "musicbrainz", candidates.musicbrainz);
  const related = mbs.flatMap(({ spotifyIds = [] }) => spotifyIds);
  const agree = related.some((id) => candidates.spotify.some((known) => known.id === id));
  if (!agree) for (const id of related.slice(0, LINKS)) await lookUp(id);
  const names = mbs.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const fits = (candidate: Candidate) =>
    [subject.name, ...names].some((name) => fitsName(name, candidate)) &&
    (idsOf(subject, "spotify").includes(candidate.id) || related.includes(candidate.id));
  if (candidates.spotify.some(fits)) return;
  for (const found of await spotify.findArtists(subject.name, call)) take(found);
}

function idsOf(subject: Subject, service: "musicbrainz" | "spotify"): string[] {
  const decided = subject.decided?.[service];
  if (decided === undefined) return subject.links[service].slice(0, LINKS);
  return decided === null ? [] : [decided];
}

/** Those who bear the name, or were chosen by hand: worth another call. */
function credible(subject: Subject, service: Service, candidates: Candidate[]): Candidate[] {
  return candidates.filter(
    (candidate) => isDecided(subject, service, candidate) || fitsName(subject.name, candidate),
  );
}

/** Adds one once; an id that answers with another was merged into it. */
function add(to: Candidate[], candidate: Candidate, askedFor = candidate.id): void {
  if (to.some(({ id }) => id === candidate.id)) return;
  to.push(askedFor === candidate.id ? candidate : { ...candidate, formerIds: [askedFor] });
}

function fromMusicbrainz({ mbid, name, sortName, disambiguation, aliases, links }: MbArtist): Candidate {
  return {
    id: mbid,
    name,
    url: artistUrl(mbid),
    // Names in their own script are sorted by a latin one, which is what sellers write.
    aliases: sortName ? [...aliases, sortName] : aliases,
    spotifyIds: links.spotify,
    ...(disambiguation && { disambiguation }),
  };
}

/** Not their followers: a small namesake sells tickets too, and the famous one's songs would be wrong for it. */
function fromSpotify({ id, name, url }: SpotifyArtist): Candidate {
  return { id, name, url };
}
