/**
 * Results scored: what is known of some shows is read, judged by rules/results, and written where it is not so already.
 * Safe to do again at any time. The fans' own scores are made in the database, as there may be many; the rule is
 * `scoreOf` of what each said, in the order said.
 */
import { sql } from "kysely";
import { judgeShow, type Verdict } from "#rules/results/judge";
import type { Db, DbOrTrx } from "../index.ts";
import { listShowFacts } from "./result-facts.ts";

type Judged = Verdict & { showId: string };
/** of scored_songs, beside its key: what a verdict says of a song */
const judgedColumns = [
  "setlist_song_id",
  "probability",
  "played",
  "named",
  "is_encore",
  "votes",
  "last_show",
  "last_ten",
];

/**
 * Takes the turn of everybody who voted on those of these shows that have no result yet, so that no guest becomes somebody
 * else while they are scored for the first time; later on their scores are only changed. Before the results are locked.
 */
export async function lockNewVoters(trx: DbOrTrx, showIds: string[]): Promise<void> {
  await sql`select 1 from fans where id in (
      select fan_id from ballots where show_id = any(${showIds}::uuid[]) and ballot = 'expect' and used > 0
        and not exists (select from show_results where show_results.show_id = ballots.show_id))
    order by id for key share`.execute(trx as Db);
}

/** Scores those of these shows that have a result: every song, and everybody who said something. */
export async function scoreShows(trx: DbOrTrx, showIds: string[]): Promise<void> {
  if (showIds.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select show_id as id from show_results where show_id = any(${showIds}::uuid[])
    order by show_id for update`.execute(trx as Db);
  const scored = rows.map(({ id }) => id);
  if (scored.length === 0) return;
  const facts = await listShowFacts(trx, scored);
  const judged = facts.flatMap(({ showId, ...known }): Judged[] => {
    const verdict = judgeShow(known);
    return verdict ? [{ showId, ...verdict }] : [];
  });
  await writeSongs(trx, scored, judged);
  await writeScores(trx, scored, judged);
}

async function writeSongs(trx: DbOrTrx, showIds: string[], judged: Judged[]): Promise<void> {
  const rows = judged.flatMap(({ showId, songs }) =>
    songs.map((song) => ({
      show_id: showId,
      song_id: song.songId,
      setlist_song_id: song.setlistSongId,
      probability: song.probability,
      played: song.played,
      named: song.named,
      is_encore: song.isEncore,
      votes: song.votes,
      last_show: song.lastShow,
      last_ten: song.lastTen,
    })),
  );
  const record = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (show_id uuid, song_id uuid,
    setlist_song_id uuid, probability real, played boolean, named boolean, is_encore boolean, votes int,
    last_show real, last_ten real)`;
  await sql`delete from scored_songs old where show_id = any(${showIds}::uuid[])
    and not exists (select from ${record} where t.show_id = old.show_id and t.song_id = old.song_id)`.execute(
    trx as Db,
  );
  const columns = (of?: string) =>
    sql.join(judgedColumns.map((name) => sql.ref(of ? `${of}.${name}` : name)));
  await sql`
    insert into scored_songs as old (show_id, song_id, ${columns()}) select show_id, song_id, ${columns()} from ${record}
    on conflict (show_id, song_id) do update set (${columns()}) = (${columns("excluded")})
    where (${columns("old")}) is distinct from (${columns("excluded")})`.execute(trx as Db);
  await sql`
    update show_results result set scored_at = clock_timestamp(), played = greatest(1, (
      select count(*) from scored_songs where scored_songs.show_id = result.show_id and scored_songs.played))
    where show_id = any(${showIds}::uuid[])`.execute(trx as Db);
}

async function writeScores(trx: DbOrTrx, showIds: string[], judged: Judged[]): Promise<void> {
  const rows = judged.flatMap(({ showId, scores }) => scores.map((score) => ({ show_id: showId, ...score })));
  // What each fan said, in the order said: as many names count as songs were played, and each error costs one.
  const wanted = sql`(
    select t.show_id, t.scorer, null::uuid as fan_id, t.hits, t.named, t.played, t.brier
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t (show_id uuid, scorer text, hits int, named int, played int, brier real)
    union all
    select show_id, 'fan', fan_id, count(*) filter (where hit and nth <= played),
      least(count(*), played), played, (count(*) filter (where not hit) + played - count(*) filter (where hit))::real / played
    from (
      select result.show_id, result.played, votes.fan_id, coalesce(scored.played, false) as hit, row_number() over (
        partition by result.show_id, votes.fan_id order by votes.created_at, votes.setlist_song_id) as nth
      from show_results result
      join setlists on setlists.show_id = result.show_id
      join setlist_songs row on row.setlist_id = setlists.id
      join votes on votes.setlist_song_id = row.id and votes.ballot = 'expect'
      left join scored_songs scored on scored.show_id = result.show_id and scored.song_id = row.song_id
      where result.show_id = any(${showIds}::uuid[])) said
    group by show_id, fan_id, played)`;
  await sql`delete from scores old where show_id = any(${showIds}::uuid[]) and not exists (
    select from ${wanted} w where w.show_id = old.show_id and w.scorer = old.scorer
      and w.fan_id is not distinct from old.fan_id)`.execute(trx as Db);
  await sql`
    insert into scores as old (show_id, scorer, fan_id, artist_id, local_date, hits, named, played, brier)
    select w.show_id, w.scorer, w.fan_id, shows.artist_id, shows.local_date, w.hits, w.named, w.played, w.brier
    from ${wanted} w join shows on shows.id = w.show_id
    on conflict (show_id, scorer, fan_id) do update set local_date = excluded.local_date, hits = excluded.hits,
      named = excluded.named, played = excluded.played, brier = excluded.brier
    where (old.local_date, old.hits, old.named, old.played, old.brier)
      is distinct from (excluded.local_date, excluded.hits, excluded.named, excluded.played, excluded.brier)`.execute(
    trx as Db,
  );
}
