/** What is in the database, told by natural keys: equal texts mean that two databases say the same to everybody. */
import type { Database } from "./databases.ts";

/** Ids, moments and counters of attempts: these may differ between two runs that mean the same. */
const stripped = [
  "id",
  "artist_id",
  "venue_id",
  "show_id",
  "song_id",
  "setlist_id",
  "past_setlist_id",
  "target_id",
  "created_at",
  "updated_at",
  "fetched_at",
  "made_at",
  "status_since",
  "first_seen_at",
  "shows_read_at",
  "past_setlists_read_at",
  "songs_read_at",
  "merged_into",
  "recording_id",
  "release_id",
  "tracks_read_at",
  "started_at",
  "listed_at",
  "judged_at",
  "read_at",
  "scored_at",
  "settled_at",
  "readings",
  "setlist_song_id",
  "fan_id",
];

const artist =
  "(select source_id from artist_sources s where s.source = 'ticketmaster' and s.artist_id = x.artist_id)";
const showArtist =
  "(select source_id from artist_sources s join shows on shows.artist_id = s.artist_id where s.source = 'ticketmaster' and shows.id = x.show_id)";
const show = "(select slug from shows where shows.id = x.show_id)";
const song = "(select title_key from songs where songs.id = x.song_id)";

/** Each table with its natural parents; `artist` is what a snapshot of one artist is chosen by. */
const told: Record<string, Record<string, string>> = {
  artists: {
    artist: "(select source_id from artist_sources s where s.source = 'ticketmaster' and s.artist_id = x.id)",
    readShows: "x.shows_read_at is not null",
    readSongs: "x.songs_read_at is not null",
    readPastSetlists: "x.past_setlists_read_at is not null",
  },
  artist_sources: { artist },
  match_reviews: { artist },
  slugs: {},
  venues: {},
  shows: { artist, venue: "(select source_id from venues where venues.id = x.venue_id)" },
  show_sources: { artist, show },
  show_bill: { artist: showArtist, show },
  songs: {
    artist,
    heir: "(select title_key from songs heir where heir.id = x.merged_into)",
    recording: "(select source || source_id from recordings r where r.id = x.recording_id)",
  },
  song_aliases: { artist, song },
  releases: { artist, read: "x.tracks_read_at is not null" },
  release_walks: { artist, listed: "x.listed_at is not null" },
  recordings: { artist, song, release: "(select source_id from releases r where r.id = x.release_id)" },
  past_setlists: { artist },
  past_setlist_songs: {
    artist:
      "(select s.source_id from past_setlists p join artist_sources s on s.artist_id = p.artist_id where s.source = 'ticketmaster' and p.id = x.past_setlist_id)",
    pastSetlist: "(select source_id from past_setlists p where p.id = x.past_setlist_id)",
    song,
  },
  setlists: { artist: showArtist, show },
  setlist_songs: {
    artist:
      "(select s.source_id from setlists l join shows on shows.id = l.show_id join artist_sources s on s.artist_id = shows.artist_id where s.source = 'ticketmaster' and l.id = x.setlist_id)",
    show: "(select slug from setlists l join shows on shows.id = l.show_id where l.id = x.setlist_id)",
    song,
  },
  show_results: { artist, show },
  scored_songs: { artist: showArtist, show, song },
  scores: { artist, show },
};
/** A song that left a prediction keeps its row, which nobody sees: it tells of predictions before this one. */
const shown: Record<string, string> = { setlist_songs: "where x.probability > 0" };

/** How an import went; its counts tell apart what a killed attempt had written already, so they stay out. */
const runs: Record<string, string> = {
  imports: `select to_jsonb(r) from (select kind, stage, percentage, message, error, ${artist} as artist from imports x) r`,
  import_steps: `select to_jsonb(r) from (select x.step, x.state, missing, reason, upstream, imports.kind,
    (select source_id from artist_sources s where s.source = 'ticketmaster' and s.artist_id = imports.artist_id) as artist
    from import_steps x join imports on imports.id = x.import_id) r`,
};
/**
 * The services' limits and kept answers, tries, views, trends and what jobs did, which hang on when things happened and
 * who died meanwhile, and the migrator's own.
 */
const untold =
  /^(upstream_|sync_tries$|view|trend|kysely_|queue_counts$|job_runs$|job_failures$|import_traces$)/;
/** what people did, which no import writes */
const peoples =
  /^(fans|sessions|follows|people_limits|votes|ballots|tallies|vote_hours|suggestions|queue_controls|schedule_controls|audit_log)$/;

export type Snapshot = Record<string, string[]>;

/** @param options of one artist only (by Ticketmaster id), and without how the imports went */
export async function snapshot(
  db: Database,
  options: { artist?: string; dataOnly?: boolean } = {},
): Promise<Snapshot> {
  const tables = await db.rows<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const unknown = tables.filter(
    ({ name }) => !(name in told || name in runs || untold.test(name) || peoples.test(name)),
  );
  if (unknown.length > 0)
    throw new Error(`snapshot.ts does not know ${unknown.map(({ name }) => name).join(", ")}`);

  const result: Snapshot = {};
  for (const [table, parents] of Object.entries(told)) {
    if (options.artist && !("artist" in parents)) continue;
    const pairs = Object.entries(parents).map(([name, sql]) => `'${name}', ${sql}`);
    const select = `select (to_jsonb(x) - $1::text[]) || jsonb_build_object(${pairs.join(", ")}) as line from ${table} x ${shown[table] ?? ""}`;
    result[table] = await lines(db, select, [stripped], options.artist);
  }
  if (options.dataOnly) return result;
  for (const [table, select] of Object.entries(runs))
    result[table] = await lines(db, select.replace("to_jsonb(r)", "to_jsonb(r) as line"), [], options.artist);
  return result;
}

async function lines(db: Database, select: string, values: unknown[], only?: string): Promise<string[]> {
  const artistIs = only ? `where line->>'artist' = $${values.length + 1}` : "";
  const found = await db.rows<{ text: string }>(
    `select line::text as text from (${select}) t ${artistIs} order by text`,
    only ? [...values, only] : values,
  );
  return found.map(({ text }) => text);
}

/** Rows of one snapshot that the other has not, a few a table: what a failed comparison prints. */
export function differences(one: Snapshot, other: Snapshot): string[] {
  return Object.keys({ ...one, ...other }).flatMap((table) => {
    const left = count(one[table] ?? []);
    const right = count(other[table] ?? []);
    return [...new Set([...left.keys(), ...right.keys()])]
      .filter((line) => left.get(line) !== right.get(line))
      .slice(0, 4)
      .map((line) => `${table} ${left.get(line) ?? 0} × against ${right.get(line) ?? 0} × ${line}`);
  });
}

function count(rows: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  return counts;
}
