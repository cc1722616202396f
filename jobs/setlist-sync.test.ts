import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertGuest } from "#db/queries/fans";
import { titleKey } from "#rules/text";
import { worlds } from "#server/simulator/index";
import { buildWorld } from "#server/simulator/world/index";
import { testApp } from "../tests/app.ts";
import { castVotes } from "../tests/cast-votes.ts";
import { predictArtist } from "./artist-import/predictions.ts";
import { setlistSync } from "./setlist-sync.ts";

const { saltmarsh } = worlds.small.artists;
const DAY = 86_400_000;
const world = buildWorld("small", "theset");

/** A show that is over, its setlist final, and the days before it. */
const tonight = world
  .shows(Date.now())
  .filter(({ artist, oddity }) => artist === saltmarsh && oddity === "plain")
  .findLast(({ startsAt }) => startsAt < Date.now() - 4 * DAY)!;
const options = { world: "small" as const, now: new Date(tonight.startsAt - DAY) };
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp(options);
});
afterAll(() => app.close());

test("a show imported and voted on before is scored by the sync after it, against what was played", async () => {
  const { artistId, slug } = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
  await app.drain();
  const show = await app.db
    .selectFrom("shows")
    .where("local_date", "=", tonight.date)
    .select(["id", "slug"])
    .executeTakeFirstOrThrow();
  const move = (days: number) =>
    sql`update shows set local_date = local_date + ${days}::int where id = ${show.id}`.execute(app.db);
  // The database's clock is today's, so for its odds the show is moved ahead of it for a moment.
  await move(40);
  await app.db.transaction().execute((trx) => predictArtist(trx, artistId));
  await move(-40);

  const odds = () =>
    app.db
      .selectFrom("setlist_songs")
      .innerJoin("setlists", "setlists.id", "setlist_id")
      .innerJoin("songs", "songs.id", "song_id")
      .where("show_id", "=", show.id)
      .select(["setlist_songs.id", "songs.title_key as key", "probability", "position"])
      .orderBy("probability", "desc")
      .orderBy("position")
      .execute();
  const before = await odds();
  const fanId = await insertGuest(app.db);
  const named = [...before.slice(0, 3), before.at(-1)!];
  await castVotes(
    app.db,
    named.map(({ id }) => ({ fanId, setlistSongId: id, hoursAgo: 240 })),
  );

  options.now = new Date(tonight.startsAt + 3 * DAY);
  await setlistSync(app.jobs, { artistId }, new AbortController().signal);
  expect(await odds()).toEqual(before);

  const { sets } = world
    .setlists(saltmarsh, options.now.getTime())
    .find((one) => one.show.key === tonight.key)!;
  const entries = sets.flatMap(({ songs }) => songs);
  const played = new Set(entries.filter(({ tape }) => !tape).map(({ name }) => titleKey(name)));
  const hits = (keys: string[]) => keys.filter((key) => played.has(key)).length;
  const answer = await app.caller.show.bySlug({ slug: show.slug });
  expect(answer.actual?.songs.map(({ tape }) => tape)).toEqual(entries.map(({ tape }) => tape ?? false));
  expect(answer.actual).toMatchObject({
    played: played.size,
    source: "setlistfm",
    settled: true,
    told: true,
  });
  const likeliest = before.slice(0, played.size).map(({ key }) => key);
  expect(answer.accuracy?.machine).toMatchObject({
    hits: hits(likeliest),
    named: played.size,
    played: played.size,
  });
  const listed = new Set(before.map(({ key }) => key));
  const errors = before.map(({ key, probability }) => ((played.has(key) ? 1 : 0) - probability) ** 2);
  const unlisted = [...played].filter((key) => !listed.has(key)).length;
  const brier = (errors.reduce((sum, error) => sum + error, 0) + unlisted) / played.size;
  expect(answer.accuracy?.machine?.brier).toBeCloseTo(brier, 4);
  expect(answer.accuracy?.lastTen?.played).toBe(played.size);
  expect(answer.accuracy?.fans).toBeUndefined();

  const right = hits(named.map(({ key }) => key));
  const mine = await app.db.selectFrom("scores").selectAll().where("fan_id", "=", fanId).execute();
  expect(mine).toMatchObject([{ hits: right, named: 4, played: played.size, local_date: tonight.date }]);
  expect(mine[0]!.brier).toBeCloseTo((4 - right + played.size - right) / played.size, 4);
  expect(
    (await app.caller.show.list({ artistSlug: slug, when: "past" })).shows.map(({ id }) => id),
  ).toContain(show.id);
});
