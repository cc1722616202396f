/** An administrator's word on who an artist is at a service, and what was read there of somebody else. */
import { sql } from "kysely";
import type { Service } from "#rules/artists";
import type { Db, DbOrTrx } from "../index.ts";
import { channels, notify } from "../channels.ts";
import { finishImport } from "./import-runs.ts";
import type { SyncStep } from "./imports.ts";
import { writeCatalogue } from "./song-writes.ts";

export type Chosen = {
  source: Service;
  sourceId: string;
  name?: string | undefined;
  url?: string | undefined;
  score?: number | undefined;
  evidence: unknown[];
};

/** Takes this one, by an administrator; `deleteOthers` makes it the only one. The caller holds the artist's lock. */
export async function writeChoice(trx: DbOrTrx, artistId: string, chosen: Chosen): Promise<void> {
  const { source, sourceId, name = null, url = null, score = null } = chosen;
  await sql`
    insert into artist_sources as old (artist_id, source, source_id, name, url, score, evidence, chosen_by)
    values (${artistId}, ${source}, ${sourceId}, ${name}, ${url}, ${score},
      ${JSON.stringify(chosen.evidence)}::jsonb, 'admin')
    on conflict (source, source_id) do update set chosen_by = 'admin'
    where old.artist_id = excluded.artist_id`.execute(trx as Db);
}

/** Nobody there is this artist, or nobody but `sourceId`. */
export async function deleteOthers(
  trx: DbOrTrx,
  artistId: string,
  source: Service,
  sourceId: string | null,
): Promise<void> {
  await trx
    .deleteFrom("artist_sources")
    .where("artist_id", "=", artistId)
    .where("source", "=", source)
    .where("source_id", "is distinct from", sourceId)
    .execute();
}

/** Whom an administrator took is the machine's again: its next judgement may replace them. */
export async function releaseChoice(trx: DbOrTrx, artistId: string, source: Service): Promise<void> {
  await trx
    .updateTable("artist_sources")
    .set({ chosen_by: "machine" })
    .where("artist_id", "=", artistId)
    .where("source", "=", source)
    .execute();
}

/** What was read at a service goes: somebody else played or recorded it. The caller has it read again. */
export async function deleteReadings(trx: DbOrTrx, artistId: string, source: Service): Promise<void> {
  if (source === "setlistfm") {
    await trx
      .deleteFrom("past_setlists")
      .where("artist_id", "=", artistId)
      .where("source", "=", source)
      .execute();
    // What somebody else played scores nobody.
    await trx
      .deleteFrom("show_results")
      .where("artist_id", "=", artistId)
      .where("source", "=", source)
      .execute();
    await sql`update artists set past_setlists_read_at = null where id = ${artistId}`.execute(trx as Db);
  } else {
    await trx.deleteFrom("releases").where("artist_id", "=", artistId).where("source", "=", source).execute();
    await trx
      .deleteFrom("release_walks")
      .where("artist_id", "=", artistId)
      .where("source", "=", source)
      .execute();
    const left = await trx
      .selectFrom("recordings")
      .select("id")
      .where("artist_id", "=", artistId)
      .limit(1)
      .executeTakeFirst();
    // The judgement of a catalogue leaves songs alone where nothing is read: these were somebody else's.
    if (!left) await writeCatalogue(trx, artistId, []);
    await sql`update artists set songs_read_at = null where id = ${artistId}`.execute(trx as Db);
    if (source === "spotify")
      await sql`update artists set popularity = null, followers = null where id = ${artistId}`.execute(
        trx as Db,
      );
  }
  await lockRows(trx, artistId);
  await deleteForeignSongs(trx, artistId);
  await withdrawSetlists(trx, artistId);
}

/** Whoever is about to vote for a song of theirs waits, and then finds the row there or gone. */
async function lockRows(trx: DbOrTrx, artistId: string): Promise<void> {
  await sql`
    select 1 from setlist_songs row join songs on songs.id = row.song_id
    where songs.artist_id = ${artistId} order by row.id for update of row`.execute(trx as Db);
}

const isWanted = sql`(row.hidden_at is not null
  or exists (select from votes where votes.setlist_song_id = row.id)
  or exists (select from suggestions where suggestions.setlist_song_id = row.id))`;

/** Odds that nothing is left to follow from: lists without a vote go; on others that are open no song has a chance. */
async function withdrawSetlists(trx: DbOrTrx, artistId: string): Promise<void> {
  const groundless = sql`
    select setlists.id from setlists join shows on shows.id = setlists.show_id
    where shows.artist_id = ${artistId} and not exists (select from past_setlists where past_setlists.artist_id = ${artistId} and song_count > 0)
      and not exists (select from songs where songs.artist_id = ${artistId} and songs.kind = 'studio')`;
  await sql`update setlist_songs set probability = 0, is_encore = false, position = 32000
    where probability > 0 and setlist_id in (${groundless}
      and (shows.voting_closes_at is null or shows.voting_closes_at > clock_timestamp()))`.execute(trx as Db);
  await sql`delete from setlists where id in (${groundless})
    and not exists (select from setlist_songs row where row.setlist_id = setlists.id and ${isWanted})`.execute(
    trx as Db,
  );
}

/**
 * Songs that nothing of this artist's names any more: no recording, no past setlist, no vote or suggestion, no score, no
 * name that somebody gave. What merely was predicted goes from the lists with them; the prediction is made again.
 */
async function deleteForeignSongs(trx: DbOrTrx, artistId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select songs.id from songs
    where songs.artist_id = ${artistId} and songs.kind = 'setlist' and songs.merged_into is null
      and not exists (select from recordings where recordings.song_id = songs.id)
      and not exists (select from past_setlist_songs where past_setlist_songs.song_id = songs.id)
      and not exists (select from song_aliases where song_aliases.song_id = songs.id)
      and not exists (select from songs lost where lost.merged_into = songs.id)
      and not exists (select from scored_songs where scored_songs.song_id = songs.id)
      and not exists (select from setlist_songs row where row.song_id = songs.id and ${isWanted})
    for update of songs`.execute(trx as Db);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  const { rows: listed } = await sql<{ showId: string }>`
    with gone as (delete from setlist_songs where song_id = any(${ids}::uuid[]) returning setlist_id)
    select distinct setlists.show_id as "showId" from gone join setlists on setlists.id = gone.setlist_id`.execute(
    trx as Db,
  );
  await sql`delete from songs where id = any(${ids}::uuid[])`.execute(trx as Db);
  for (const { showId } of listed) await notify(trx, channels.tally, showId);
}

/** Whether a whole import of the artist is under way. */
export async function isImporting(trx: DbOrTrx, artistId: string): Promise<boolean> {
  const row = await trx
    .selectFrom("imports")
    .select("id")
    .where("artist_id", "=", artistId)
    .where("kind", "=", "import")
    .where("completed_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a live sync of that step: it began with what is no longer true. */
export async function endSync(
  trx: DbOrTrx,
  artistId: string,
  step: SyncStep,
  message: string,
): Promise<void> {
  const live = await trx
    .selectFrom("imports")
    .select(["id as importId", "attempt"])
    .where("artist_id", "=", artistId)
    .where("kind", "=", "sync")
    .where("step", "=", step)
    .where("completed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (live) await finishImport(trx, live, { stage: "cancelled", message, error: message });
}
