/** Shows to vote on, and what happens to a show while somebody looks at its page. */
import type { APIRequestContext, Browser } from "playwright/test";
import { sql } from "kysely";
import { createDb } from "#db/index";
import { imported } from "./fixtures";

/** The addresses of an artist's coming shows on which one may vote. */
export async function openShows(request: APIRequestContext, name: string): Promise<string[]> {
  type Shows = { shows: { slug: string; status: string; setlist?: object }[] };
  const { shows } = await ask<Shows>(request, "artist.bySlug", await slugOf(request, name));
  return shows
    .filter((show) => show.status === "onsale" && show.setlist)
    .map((show) => `/shows/${show.slug}`);
}

/** Titles of an artist's songs, in their order. */
export async function catalogue(request: APIRequestContext, name: string): Promise<string[]> {
  type Songs = { songs: { title: string }[] };
  const { songs } = await ask<Songs>(request, "artist.songs", await slugOf(request, name));
  return songs.map(({ title }) => title);
}

async function slugOf(request: APIRequestContext, name: string) {
  return { slug: (await imported(request, name)).replace("/artists/", "") };
}

async function ask<Answer>(request: APIRequestContext, procedure: string, json: object): Promise<Answer> {
  const input = encodeURIComponent(JSON.stringify({ json }));
  const answer = await (await request.get(`/api/trpc/${procedure}?input=${input}`)).json();
  return answer.result.data.json as Answer;
}

/** By the clock at its venue: there it may still be the day before ours. */
const yesterday = sql<string>`(now() at time zone coalesce(timezone, 'UTC'))::date - 1`;

/** As if its date had come, or the seller had called it off. */
export async function change(path: string, to: { localDate: "yesterday" } | { status: "cancelled" }) {
  const db = createDb(process.env.THESET_E2E_DATABASE ?? "", { max: 1 });
  const slug = path.replace("/shows/", "");
  if ("status" in to)
    await db
      .updateTable("shows")
      .set({ status: to.status, status_since: sql`now()` })
      .where("slug", "=", slug)
      .execute();
  else await db.updateTable("shows").set({ local_date: yesterday }).where("slug", "=", slug).execute();
  await db.destroy();
}

/** As if they had played there what they last played: its result, with the machine's and a simple rule's score. */
export async function setDown(path: string): Promise<void> {
  const db = createDb(process.env.THESET_E2E_DATABASE ?? "", { max: 1 });
  await sql`with show as (
      update shows set local_date = ${yesterday}, local_time = null where slug = ${path.replace("/shows/", "")}
      returning id, artist_id, local_date
    ), past as (
      select past_setlists.* from past_setlists join show on show.artist_id = past_setlists.artist_id
      where song_count > 0 order by past_setlists.local_date desc limit 1
    ), played as (
      select distinct song_id from past_setlist_songs join past on past.id = past_setlist_id
      where song_id is not null and not tape
    ), result as (
      insert into show_results (show_id, artist_id, source, source_id, url, played)
      select show.id, show.artist_id, source, source_id, url, (select count(*) from played) from show, past
      returning show_id
    ), song as (
      insert into scored_songs (show_id, song_id, setlist_song_id, probability, played, named)
      select show_id, row.song_id, row.id, row.probability, row.song_id in (select song_id from played),
        rank() over (order by row.probability desc, row.id) <= (select count(*) from played)
      from result join setlists using (show_id) join setlist_songs row on row.setlist_id = setlists.id
      returning played, named
    )
    insert into scores (show_id, scorer, artist_id, local_date, hits, named, played, brier)
    select show.id, scorer, artist_id, local_date, (select count(*) from song where song.played and named), n, n, 0.5
    from show, (select count(*) as n from played) counted, unnest(array['machine', 'last-ten']) scorer`.execute(
    db,
  );
  await db.destroy();
}

/** Somebody else, with a page of their own. */
export async function somebodyElse(browser: Browser, path: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(path);
  return { page, leave: () => context.close() };
}
