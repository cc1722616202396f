/** F1 and F2: the hourly ranking, from nothing and after an hour's votes, against the guide's statement. */
import { sql } from "kysely";
import type { Db } from "#db/index";
import { recalculateTrends } from "#db/queries/trends";
import { benchDatabases } from "../database.ts";
import { type Bench, type BenchContext, type Figure, inTurn, ratioFigure, timed } from "../frame.ts";
import { guideScores } from "./guide.ts";
import { fill, type Volume, whole } from "./volume.ts";

/** Shows that an hour brings votes to. */
const VOTED_AN_HOUR = 500;

export const trending: Bench = {
  about: `F1, F2: ${whole.votes / 1e6} million votes on ${whole.setlistSongs} setlist songs ranked, against the guide's statement`,
  run: (context) => rankings(context, whole),
};

export async function rankings({ serverUrl, rounds, say }: BenchContext, volume: Volume): Promise<Figure[]> {
  const databases = await benchDatabases(serverUrl);
  const { db, drop } = await databases.create();
  try {
    const { ms } = await timed(() => fill(db, volume));
    say(`${volume.votes} votes are there after ${(ms / 1000).toFixed(0)} s`);
    const same = await compare(db, volume);
    const empty = () => sql`truncate trends, trend_clock`.execute(db);
    const first = await inTurn(
      rounds,
      async () => {
        await empty();
        return timed(() => recalculateTrends(db));
      },
      () => timed(() => guideScores(db)),
    );
    const again = await inTurn(
      rounds,
      async (round) => {
        await castHour(db, round);
        return timed(() => recalculateTrends(db));
      },
      () => timed(() => guideScores(db)),
    );
    const ratios = (pairs: typeof first) => pairs.map(([ours, guide]) => guide.ms / ours.ms);
    const more = (pairs: typeof first) => ({
      ours: pairs.map(([a]) => a.ms),
      guide: pairs.map(([, b]) => b.ms),
      same,
    });
    return [
      ratioFigure("F1 ranked from nothing", { atLeast: 50 }, ratios(first), more(first)),
      ratioFigure("F2 ranked again after an hour", { atLeast: 90 }, ratios(again), more(again)),
    ];
  } finally {
    await drop();
    await databases.end();
  }
}

/** @throws where a score of ours is not the guide's: speed for something else would be none */
async function compare(db: Db, { artists, shows }: Volume): Promise<number> {
  await recalculateTrends(db, artists + shows);
  const ours = await db
    .selectFrom("trends")
    .select(["target_id", "score"])
    .where("kind", "=", "artist")
    .execute();
  const guide = await guideScores(db);
  const other = ours.filter(({ target_id, score }) => Math.abs((guide.get(target_id) ?? NaN) - score) > 0.01);
  if (ours.length !== guide.size || other.length > 0 || ours.length === 0)
    throw new Error(`${other.length} of ${ours.length} scores are not the guide's ${guide.size}`);
  return ours.length;
}

async function castHour(db: Db, round: number): Promise<void> {
  await sql`insert into vote_hours as old (show_id, hour, artist_id, votes)
    select id, date_trunc('hour', now()), artist_id, 1 + ${round}::integer from shows
    order by hashtext(slug || ${String(round)}::text) limit ${VOTED_AN_HOUR}
    on conflict (show_id, hour) do update set votes = old.votes + excluded.votes`.execute(db);
}
