/**
 * The peer, as the guide imports: select, then insert or update, a row at a time, each statement its own transaction,
 * through the same query builder and pool as ours.
 */
import type { Kysely } from "kysely";
import type { Db } from "#db/index";
import { titleKey } from "#rules/text";
import { listings, releases, venues } from "./artist.ts";
import type { Artist } from "./ours.ts";

type Values = Record<string, unknown>;

/**
 * All rows that our own import leaves, in the same tables.
 * @returns ms spent on venues, shows and songs alone: the three tables that the guide has
 */
export async function writeRowByRow(typed: Db, artist: Artist): Promise<number> {
  // Tables by name: the peer's statements all have one shape.
  const db = typed as unknown as Kysely<Record<string, Values>>;
  let guideMs = 0;
  const venueIds = new Map<string, string>();

  /** @returns the row's id, where it has one */
  async function upsert(table: string, key: Values, values: Values, id = "id"): Promise<string> {
    const began = performance.now();
    const found = await db
      .selectFrom(table)
      .select(id)
      .where((eb) => eb.and(key))
      .executeTakeFirst();
    let row = found;
    if (!found)
      row = await db
        .insertInto(table)
        .values({ ...key, ...values })
        .returning(id)
        .executeTakeFirst();
    else if (Object.keys(values).length > 0)
      await db
        .updateTable(table)
        .set(values)
        .where((eb) => eb.and(key))
        .execute();
    if (["venues", "shows", "songs"].includes(table)) guideMs += performance.now() - began;
    return String(row?.[id]);
  }

  for (const { id, name, city, region, country, timezone, latitude, longitude } of venues) {
    const row = { slug: `venue-${id.toLowerCase()}`, name, city, region, country, timezone };
    const key = { source: "ticketmaster", source_id: id };
    venueIds.set(id, await upsert("venues", key, { ...row, latitude, longitude }));
    await upsert("slugs", { kind: "venue", slug: row.slug }, { target_id: venueIds.get(id) }, "target_id");
  }
  for (const listing of listings) await writeShow(listing);
  for (const { recordings, ...release } of releases) await writeRelease(release, recordings);
  return guideMs;

  async function writeShow(listing: (typeof listings)[number]): Promise<void> {
    const slug = `show-${listing.id.toLowerCase()}`;
    const show = await upsert(
      "shows",
      { slug },
      {
        artist_id: artist.id,
        tm_event_id: listing.id,
        venue_id: venueIds.get(listing.venue?.id ?? ""),
        local_date: listing.localDate,
        local_time: listing.localTime,
        timezone: listing.timezone,
        name: listing.name,
        status: listing.status,
        ticket_url: listing.url,
        price_min: listing.price?.min,
        price_max: listing.price?.max,
        price_currency: listing.price?.currency,
      },
    );
    await upsert("slugs", { kind: "show", slug }, { target_id: show }, "target_id");
    const source = { source: "ticketmaster", source_id: listing.id, artist_id: artist.id };
    await upsert("show_sources", source, { show_id: show, url: listing.url }, "show_id");
    for (const [at, act] of listing.attractions.slice(1).entries()) {
      const bill = { show_id: show, position: at + 1 };
      await upsert("show_bill", bill, { name: act.name, attraction_id: act.id }, "show_id");
    }
  }

  async function writeRelease(
    { sourceId, title, type, date, trackCount }: Omit<(typeof releases)[number], "recordings">,
    recordings: (typeof releases)[number]["recordings"],
  ): Promise<void> {
    const at = { artist_id: artist.id, source: "spotify", source_id: sourceId };
    const release = await upsert("releases", at, { title, type, released: date, track_count: trackCount });
    for (const track of recordings) {
      const song = await upsert(
        "songs",
        { artist_id: artist.id, title_key: titleKey(track.title) },
        { title: track.title, kind: "studio" },
      );
      await upsert(
        "recordings",
        { source: "spotify", source_id: track.sourceId, artist_id: artist.id },
        {
          release_id: release,
          title: track.title,
          track_number: track.trackNumber,
          duration_ms: track.durationMs,
          isrc: track.isrc,
          artists: track.artists,
          explicit: track.explicit,
          verdict: "kept",
          song_id: song,
        },
      );
    }
  }
}
