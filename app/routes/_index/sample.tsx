import { Link } from "@remix-run/react";
import { percent } from "#rules/odds";
import type { RouterOutputs } from "#server/routers/_app";
import { Gaff } from "../../components/gaff";
import { clock, dayMonth, fromToday, localDay, place, weekday } from "../../formats";

const ROWS = 7;

type SampleSheet = {
  slug: string;
  artist: string;
  label: string;
  songs: { id: string; title: string; percent: number }[];
};

/** Songs from the surest to the least sure, evenly through the list: what weight and line mean, on a real show. */
export function sampleOf(
  { show, setlist }: RouterOutputs["show"]["bySlug"],
  now: Date,
): SampleSheet | undefined {
  if (!setlist || setlist.songs.length < ROWS) return undefined;
  const songs = [...setlist.songs].sort((a, b) => b.probability - a.probability);
  const spread = Array.from(
    { length: ROWS },
    (_, i) => songs[Math.round((i * (songs.length - 1)) / (ROWS - 1))],
  );
  return {
    slug: show.slug,
    artist: show.artist.name,
    label: place(show.venue?.city, dateOf(show, localDay(now, show.timezone))),
    songs: spread.flatMap((song) =>
      song ? [{ id: song.setlistSongId, title: song.title, percent: percent(song.probability) }] : [],
    ),
  };
}

/** "tonight 20:45", "Fri 27 Nov" */
function dateOf({ localDate, localTime }: RouterOutputs["show"]["bySlug"]["show"], today: string): string {
  if (!localDate) return "date TBA";
  const away = fromToday(localDate, today);
  if (away === "tonight" || away === "tomorrow") return localTime ? `${away} ${clock(localTime)}` : away;
  return `${weekday(localDate)} ${dayMonth(localDate, today)}`;
}

export function Sample({ slug, artist, label, songs }: SampleSheet) {
  return (
    <section className="mini lift" aria-labelledby="sample">
      <Gaff>{label}</Gaff>
      <h2 id="sample" className="title pb-1">
        <bdi>{artist}</bdi>
      </h2>
      <ol role="list">
        {songs.map((song) => (
          <li key={song.id} className={`p${song.percent}`}>
            <span className="title title-odds">
              <bdi>{song.title}</bdi>
            </span>
            <b className="text-[15px]">{song.percent}%</b>
          </li>
        ))}
      </ol>
      <p className="py-3 text-[15px]">
        <b>Heavier means surer.</b>{" "}
        <Link to={`/shows/${slug}`}>
          The whole list for <bdi>{artist}</bdi>
        </Link>
      </p>
    </section>
  );
}
