/** The catalogue judged anew over everything read so far, and its songs joined to those of past setlists. */
import type { DbOrTrx } from "#db/index";
import { listMedleys, writeEntries } from "#db/queries/past-setlist-writes";
import { listRecordings, writeVerdicts } from "#db/queries/recordings";
import { listReleases } from "#db/queries/releases";
import {
  insertAliases,
  listAliases,
  listKnownSongs,
  mergeSongs,
  writeCatalogue,
} from "#db/queries/song-writes";
import { clean } from "#rules/text";
import { judgeCatalogue } from "#rules/titles";
import { joinTitles } from "#rules/titles/join";
import { matchCatalogue } from "#rules/titles/match";
import { entryReader, keyOf } from "../played.ts";
import { toRecording, typesByTitle } from "./witnesses.ts";

const TITLE_LENGTH = 300;
const JOINED = "same-song: another name of a song that stands already";

/** Ids of the studio songs, of those among them that this judgement made or altered; recordings that are no song. */
export type Judged = { songs: string[]; fresh: string[]; changed: string[]; dropped: number };

/** Judges and writes all songs of an artist. With nothing read, what is known stays. The caller holds the artist's lock. */
export async function judgeArtist(trx: DbOrTrx, artist: { id: string; name: string }): Promise<Judged> {
  const all = await listRecordings(trx, artist.id);
  // One catalogue, not two halves of two: MusicBrainz' recordings count only where there is no Spotify.
  const spotify = all.filter(({ source }) => source === "spotify");
  const used = spotify.length > 0 ? spotify : all;
  if (used.length === 0) return { songs: [], fresh: [], changed: [], dropped: 0 };
  const types = typesByTitle(await listReleases(trx, artist.id, "musicbrainz"));
  const { songs, verdicts } = judgeCatalogue(
    artist.name,
    used.map((row) => toRecording(row, types)),
  );
  const listed = [...new Map(songs.map((song) => [keyOf(song.key), song])).entries()].map(
    ([key, { title, recordingId }]) => ({ key, title: clean(title, TITLE_LENGTH), recordingId }),
  );
  const known = await listKnownSongs(trx, artist.id);
  const names = await listAliases(trx, artist.id);
  const joined = joinTitles(listed, known, names);
  const catalogue = listed.filter(({ key }) => !joined.has(key));
  const { rows, merges, aliases } = matchCatalogue(catalogue, known, names);
  await mergeSongs(trx, merges);
  await insertAliases(trx, artist.id, aliases);
  const { ids, fresh, changed } = await writeCatalogue(
    trx,
    artist.id,
    catalogue.map((song) => ({ ...song, id: rows.get(song.key) })),
  );
  await writeVerdicts(
    trx,
    verdicts.map(({ id, verdict, reason, songKey }) => {
      const key = songKey === undefined ? undefined : keyOf(songKey);
      const heir = key === undefined ? undefined : joined.get(key);
      const songId = (key !== undefined && ids.get(heir ?? key)) || null;
      if (heir !== undefined && verdict === "kept") return { id, verdict: "folded", reason: JOINED, songId };
      return { id, verdict, reason: clean(reason, TITLE_LENGTH), songId };
    }),
  );
  await splitMedleys(trx, artist.id);
  const dropped = verdicts.filter(({ verdict }) => verdict === "dropped").length;
  return { songs: [...ids.values()], fresh, changed, dropped };
}

/** Medleys whose parts are known by now become their parts, as they are when a setlist is read after the catalogue. */
async function splitMedleys(trx: DbOrTrx, artistId: string): Promise<void> {
  const medleys = await listMedleys(trx, artistId);
  if (medleys.length === 0) return;
  const read = entryReader(await listKnownSongs(trx, artistId), await listAliases(trx, artistId));
  const split = medleys.map(({ pastSetlistId, songs }) => ({
    pastSetlistId,
    before: songs,
    songs: read(songs),
  }));
  await writeEntries(
    trx,
    artistId,
    split.filter(({ before, songs }) => songs.length !== before.length),
  );
}
