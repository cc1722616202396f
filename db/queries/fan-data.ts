/** Everything that is kept about one fan, for them to take along. */
import { sql } from "kysely";
import type { Ballot } from "#rules/voting";
import type { DbOrTrx } from "../index.ts";

type Vote = { show: string; artist: string | null; title: string; ballot: Ballot; createdAt: string };
type ListRow = { createdAt: string };

/** All rows with the fan's id, whole; times are ISO 8601. What a password or a session is checked against stays here. */
export async function getFanData(db: DbOrTrx, fanId: string) {
  const rows = (select: ReturnType<typeof sql>) =>
    sql`(select coalesce(json_agg(row), '[]') from (${select}) row)`;
  const title = sql`(select songs.title from setlist_songs join songs on songs.id = setlist_songs.song_id
    where setlist_songs.id = kept.setlist_song_id)`;
  return db
    .selectFrom("fans")
    .where("fans.id", "=", fanId)
    .select([
      "fans.id",
      "fans.email",
      "fans.name",
      sql<"fan" | "admin">`fans.role`.as("role"),
      "fans.created_at as createdAt",
      "fans.blocked_at as blockedAt",
      "fans.calendar_key as calendarKey",
      "fans.is_named as isNamed",
      sql<(ListRow & { id: string; userAgent: string; seenAt: string })[]>`${rows(sql`
        select id, user_agent as "userAgent", created_at as "createdAt", seen_at as "seenAt"
        from sessions where fan_id = fans.id order by created_at`)}`.as("sessions"),
      sql<Vote[]>`${rows(sql`
        select shows.slug as show, artists.name as artist, ${title} as title, kept.ballot, kept.created_at as "createdAt"
        from votes kept join shows on shows.id = kept.show_id join artists on artists.id = kept.artist_id
        where kept.fan_id = fans.id order by kept.created_at`)}`.as("votes"),
      sql<{ show: string; hits: number; named: number; played: number; brier: number }[]>`${rows(sql`
        select shows.slug as show, kept.hits, kept.named, kept.played, kept.brier
        from scores kept join shows on shows.id = kept.show_id
        where kept.fan_id = fans.id order by kept.local_date, shows.slug`)}`.as("scores"),
      sql<{ show: string; ballot: Ballot; used: number }[]>`${rows(sql`
        select shows.slug as show, kept.ballot, kept.used
        from ballots kept join shows on shows.id = kept.show_id
        where kept.fan_id = fans.id order by shows.slug, kept.ballot`)}`.as("ballots"),
      sql<(ListRow & { artist: string; name: string | null })[]>`${rows(sql`
        select artists.slug as artist, artists.name, kept.created_at as "createdAt"
        from follows kept join artists on artists.id = kept.artist_id
        where kept.fan_id = fans.id order by kept.created_at`)}`.as("follows"),
      sql<(ListRow & { show: string; title: string })[]>`${rows(sql`
        select shows.slug as show, ${title} as title, kept.created_at as "createdAt"
        from suggestions kept join shows on shows.id = kept.show_id
        where kept.fan_id = fans.id order by kept.created_at`)}`.as("suggestions"),
      sql<{ show: string; title: string; hiddenAt: string }[]>`${rows(sql`
        select shows.slug as show, songs.title, kept.hidden_at as "hiddenAt"
        from setlist_songs kept join songs on songs.id = kept.song_id
        join setlists on setlists.id = kept.setlist_id join shows on shows.id = setlists.show_id
        where kept.hidden_by = fans.id order by kept.hidden_at`)}`.as("songsHidden"),
      sql<{ artist: string; kind: string; startedAt: string }[]>`${rows(sql`
        select artists.slug as artist, kept.kind, kept.started_at as "startedAt"
        from imports kept join artists on artists.id = kept.artist_id
        where kept.started_by = fans.id order by kept.started_at`)}`.as("importsStarted"),
      // What administrators did; empty for everybody else.
      sql<{ at: string; action: string; summary: string }[]>`${rows(sql`
        select at, action, summary from audit_log where actor = fans.id order by id`)}`.as("actions"),
      sql<{ queue: string; at: string; reason: string | null }[]>`${rows(sql`
        select queue, paused_at as at, reason from queue_controls where paused_by = fans.id
        order by paused_at`)}`.as("queuesPaused"),
      sql<{ schedule: string; at: string }[]>`${rows(sql`
        select name as schedule, changed_at as at from schedule_controls where changed_by = fans.id
        order by changed_at`)}`.as("schedulesChanged"),
    ])
    .executeTakeFirst();
}
