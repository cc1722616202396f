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
  else
    await db
      .updateTable("shows")
      .set({ local_date: sql`current_date - 1` })
      .where("slug", "=", slug)
      .execute();
  await db.destroy();
}

/** Somebody else, with a page of their own. */
export async function somebodyElse(browser: Browser, path: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(path);
  return { page, leave: () => context.close() };
}
