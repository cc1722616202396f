/**
 * Titles as a witness, only where names and links leave it open: they cost calls. Three setlist.fm artists at most at one
 * call each (their newest setlists), and three catalogues at one or two: a page of Spotify's releases holds too few names of
 * songs by itself, so the tracks of the newest album are asked for as well; MusicBrainz' release groups come a hundred a
 * call with all singles. No more: what seven calls do not tell is left to whoever reviews matches.
 */
import {
  type Candidate,
  compareTitles,
  fitsName,
  type Judgement,
  type Overlap,
  type Service,
  type Subject,
} from "#rules/artists";
import { type CallOptions, UpstreamError } from "#server/upstreams/index";
import type { JobContext } from "../../context.ts";

const CANDIDATES = 3;

/** Whether titles could change whom the import reads songs and setlists from. */
export function isOpen({ spotify, musicbrainz, setlistfm }: Record<Service, Judgement>): boolean {
  const hasCatalogue = spotify.chosen !== undefined || musicbrainz.chosen !== undefined;
  return setlistfm.undecided || spotify.undecided || (musicbrainz.undecided && !hasCatalogue);
}

/** A service that does not answer tells nothing here; the step goes on without. */
export async function findOverlaps(
  ctx: JobContext,
  subject: Subject,
  judged: Record<Service, Judgement>,
  call: CallOptions,
): Promise<Overlap[]> {
  const inQuestion = ({ chosen, runnersUp }: Judgement): Candidate[] =>
    chosen ? [chosen] : runnersUp.filter((one) => fitsName(subject.name, one)).slice(0, CANDIDATES);
  const players = inQuestion(judged.setlistfm);
  const service = inQuestion(judged.spotify).length > 0 ? "spotify" : "musicbrainz";
  const catalogues = inQuestion(judged[service]);
  if (players.length === 0 || catalogues.length === 0) return [];
  // Each namesake's catalogue fits its own setlists: with nobody sure on either side titles do not tell who is meant.
  if (!judged.setlistfm.chosen && !judged[service].chosen) return [];

  const read = service === "spotify" ? spotifyTitles : musicbrainzTitles;
  const [played, recorded] = await Promise.all([
    each(players, ({ id }) => playedTitles(ctx, id, call)),
    each(catalogues, ({ id }) => read(ctx, id, call)),
  ]);
  return recorded.flatMap(({ id, titles }) =>
    played.map((player) => ({
      catalogue: { service, id } as const,
      setlistfmId: player.id,
      ...compareTitles(titles, player.titles),
    })),
  );
}

async function each(candidates: Candidate[], read: (candidate: Candidate) => Promise<string[]>) {
  const all: { id: string; titles: string[] }[] = [];
  for (const candidate of candidates) {
    try {
      all.push({ id: candidate.id, titles: await read(candidate) });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return all;
    }
  }
  return all;
}

async function playedTitles(ctx: JobContext, mbid: string, call: CallOptions): Promise<string[]> {
  const { setlists } = await ctx.upstreams.setlistfm.pastSetlists(mbid, 1, call);
  const songs = setlists.flatMap((setlist) => setlist.songs);
  return songs.filter(({ name, tape, cover }) => name !== "" && !tape && !cover).map(({ name }) => name);
}

async function spotifyTitles(ctx: JobContext, id: string, call: CallOptions): Promise<string[]> {
  const { spotify } = ctx.upstreams;
  const { albums } = await spotify.readAlbums(id, 0, call);
  const newest = albums
    .filter(({ type }) => type === "album")
    .sort((a, b) => ((a.date ?? "") < (b.date ?? "") ? 1 : -1))[0];
  const tracks = newest ? ((await spotify.readTracks(newest.id, call)) ?? []) : [];
  return [...albums, ...tracks].map(({ title }) => title);
}

async function musicbrainzTitles(ctx: JobContext, mbid: string, call: CallOptions): Promise<string[]> {
  const { items } = await ctx.upstreams.musicbrainz.readReleaseGroups(mbid, 0, call);
  return items.map(({ title }) => title);
}
