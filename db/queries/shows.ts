/** Shows as pages read them. How an import writes them is in show-writes.ts. */
import { type RawBuilder, sql } from "kysely";
import type { DbOrTrx } from "../index.ts";
import { bill, sources } from "./show-listings.ts";

/** The venue's local date now; a show without a zone counts as over only when its date is over everywhere (UTC-12). */
export const todayAt = (show: string) =>
  sql<string>`(now() at time zone coalesce(${sql.ref(`${show}.timezone`)}, 'Etc/GMT+12'))::date`;
const venueToday = todayAt("shows");

/** Coming: on the lists, and its local date is not over at the venue. Undated ones are coming, cancelled ones too. */
export const isComing = sql<boolean>`(shows.missing_since is null
  and (shows.local_date is null or shows.local_date >= ${venueToday}))`;
const isPast = sql<boolean>`(shows.missing_since is null and shows.local_date < ${venueToday})`;

export type ContractStatus = "onsale" | "offsale" | "cancelled" | "postponed" | "rescheduled" | "past";
/** The five stored statuses, and `past` where the date is over and the show was not cancelled. */
export const status = sql<ContractStatus>`case when shows.status <> 'cancelled' and shows.local_date < ${venueToday}
  then 'past' else shows.status end`;

export type VenueBrief = {
  id: string;
  slug: string;
  name: string;
  city: string | null;
  region: string | null;
  country: string | null;
  timezone: string | null;
};
const venue = sql<VenueBrief | null>`case when venues.id is null then null else json_build_object(
  'id', venues.id, 'slug', venues.slug, 'name', venues.name, 'city', venues.city, 'region', venues.region,
  'country', venues.country, 'timezone', venues.timezone) end`;

export type SetlistBrief = {
  basis: "history" | "popularity" | "catalogue";
  expectedSongs: number;
  /** how many of the listed songs should be right: the sum of their probabilities */
  expectedHits: number;
  /** told from past shows alone */
  opener: { title: string; probability: number } | null;
};
const setlistBrief = sql<SetlistBrief | null>`(
  select json_build_object(
    'basis', setlists.basis,
    'expectedSongs', setlists.expected_songs,
    'expectedHits', coalesce(sum(setlist_songs.probability), 0),
    'opener', case when setlists.basis = 'history' then
      (array_agg(json_build_object('title', songs.title, 'probability', setlist_songs.probability)
        order by setlist_songs.position))[1] end)
  from setlists
  join setlist_songs on setlist_songs.setlist_id = setlists.id and setlist_songs.position <= setlists.expected_songs
  join songs on songs.id = setlist_songs.song_id
  where setlists.show_id = shows.id
  group by setlists.id)`;

/** For a select from `shows` with `artists` and `venues`: what a row of a list shows. */
export const listedShow = [
  "shows.id",
  "shows.slug",
  "shows.tm_event_id as tmEventId",
  "shows.name",
  "shows.local_date as localDate",
  "shows.local_time as localTime",
  "shows.starts_at as startsAt",
  "shows.timezone",
  status.as("status"),
  venue.as("venue"),
  sql<{ slug: string; name: string }>`json_build_object('slug', artists.slug, 'name', artists.name)`.as(
    "artist",
  ),
  setlistBrief.as("setlist"),
] as const;

export type ShowCursor = { localDate: string | null; id: string };

/** How many shows a page of a list has. */
export const SHOWS_A_PAGE = 50;

type ShowPage = { when: "coming" | "past"; after?: ShowCursor };

/** One artist's shows, a page at a time. */
export async function listArtistShows(db: DbOrTrx, args: { artistId: string } & ShowPage) {
  return listShows(db, sql<boolean>`shows.artist_id = ${args.artistId}::uuid`, args);
}

/** What plays at one venue, of all artists that are here and have a name. */
export async function listVenueShows(db: DbOrTrx, args: { venueId: string } & ShowPage) {
  return listShows(
    db,
    sql<boolean>`(shows.venue_id = ${args.venueId}::uuid and artists.name is not null)`,
    args,
  );
}

/** What all artists play whom a fan follows, coming, a page at a time. */
export async function listFollowedShows(db: DbOrTrx, args: { fanId: string; after?: ShowCursor }) {
  return listShows(
    db,
    sql<boolean>`(artists.name is not null
      and shows.artist_id in (select artist_id from follows where fan_id = ${args.fanId}::uuid))`,
    { when: "coming", after: args.after },
  );
}

/**
 * Coming by date with the undated last, or past with the newest first.
 * @returns up to SHOWS_A_PAGE + 1 rows: the one too many says that there is more
 */
async function listShows(db: DbOrTrx, whose: RawBuilder<boolean>, { when, after }: ShowPage) {
  const forward = when === "coming";
  let query = db
    .selectFrom("shows")
    .innerJoin("artists", "artists.id", "shows.artist_id")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .select(listedShow)
    .where(whose)
    .where(forward ? isComing : isPast)
    .orderBy("shows.local_date", (order) => (forward ? order.asc().nullsLast() : order.desc()))
    .orderBy("shows.id", forward ? "asc" : "desc")
    .limit(SHOWS_A_PAGE + 1);
  if (after) {
    const date = after.localDate ?? "infinity";
    query = query.where(
      forward
        ? sql<boolean>`(coalesce(shows.local_date, 'infinity'::date), shows.id) > (${date}::date, ${after.id}::uuid)`
        : sql<boolean>`(shows.local_date, shows.id) < (${date}::date, ${after.id}::uuid)`,
    );
  }
  return query.execute();
}

/** Coming with a date, and it will be played as far as anybody knows. */
const isOn = (show: string) => {
  const column = (name: string) => sql.ref(`${show}.${name}`);
  // A range on the bare column too: the zone arithmetic cannot use the index.
  return sql<boolean>`(${column("missing_since")} is null and ${column("status")} not in ('cancelled', 'postponed')
    and ${column("local_date")} >= (now() - interval '2 days')::date and ${column("local_date")} >= ${todayAt(show)})`;
};

/**
 * The next show of every artist that has one and is not cancelled, soonest first. Shows are walked by date and those
 * with an earlier one of their artist passed over, so the cost is that of the rows shown and not of all shows.
 */
export async function listSoonShows(db: DbOrTrx, limit: number) {
  return db
    .selectFrom("shows")
    .innerJoin("artists", "artists.id", "shows.artist_id")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .select(listedShow)
    .where(isOn("shows"))
    .where("artists.name", "is not", null)
    .where(
      sql<boolean>`not exists (select from shows earlier where earlier.artist_id = shows.artist_id and ${isOn("earlier")}
        and (earlier.local_date, coalesce(earlier.starts_at, 'infinity'), earlier.id)
          < (shows.local_date, coalesce(shows.starts_at, 'infinity'), shows.id) offset 0)`,
    )
    .orderBy("shows.local_date")
    .orderBy("shows.starts_at", (order) => order.asc().nullsLast())
    .orderBy("shows.id")
    .limit(limit)
    .execute();
}

/** A show by any address it ever had, with venue, artist, bill and sources. */
export async function findShowBySlug(db: DbOrTrx, slug: string) {
  return db
    .selectFrom("slugs")
    .innerJoin("shows", "shows.id", "slugs.target_id")
    .innerJoin("artists", "artists.id", "shows.artist_id")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .where("slugs.kind", "=", "show")
    .where("slugs.slug", "=", slug)
    .select([
      "shows.id",
      "shows.slug",
      "shows.tm_event_id as tmEventId",
      "shows.name",
      "shows.local_date as localDate",
      "shows.local_time as localTime",
      "shows.starts_at as startsAt",
      "shows.timezone",
      status.as("status"),
      "shows.status_since as statusSince",
      "shows.initial_local_date as initialLocalDate",
      "shows.ticket_url as ticketUrl",
      "shows.price_min as priceMin",
      "shows.price_max as priceMax",
      "shows.price_currency as priceCurrency",
      "shows.voting_closes_at as closesAt",
      "artists.shows_read_at as showsReadAt",
      "artists.songs_read_at as songsReadAt",
      "artists.past_setlists_read_at as pastSetlistsReadAt",
      venue.as("venue"),
      sql<{ id: string; slug: string; name: string }>`json_build_object(
        'id', artists.id, 'slug', artists.slug, 'name', artists.name)`.as("artist"),
      bill.as("bill"),
      sources.as("sources"),
      // By the database's clock, like every rule about closing.
      sql<boolean>`shows.status <> 'cancelled' and (shows.voting_closes_at is null or shows.voting_closes_at > now())`.as(
        "votingOpen",
      ),
    ])
    .executeTakeFirst();
}

/** What a prediction may know of an artist's coming shows. One that has begun keeps the odds with which it began. */
export async function listShowsToPredict(db: DbOrTrx, artistId: string) {
  return db
    .selectFrom("shows")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .where("artist_id", "=", artistId)
    .where(isComing)
    .where(sql<boolean>`coalesce(voting_closes_at > now(), true)`)
    .select(["shows.id", "local_date as date", "venues.name as venue"])
    .orderBy("shows.id")
    .execute();
}
