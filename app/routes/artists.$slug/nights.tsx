import { ChevronRight } from "../../components/icons";
import { count, dayMonth } from "../../formats";
import type { Nights } from "./nights-of";

const ROW = 21;
const TOP = 30;
const WIDTH = 340;
const COLUMN = 17;
/** Where the title's column ends at the latest, a wide letter being two; longer titles are cut, the table has them whole. */
const TITLE_CHARS = 21;

/** Filled: played. A dash: not. Drawn at the size it is shown, so that its type stays legible. */
export function NightToNight({ dates, nextDate, songs, today }: Nights & { today: string }) {
  const left = WIDTH - 44 - dates.length * COLUMN;
  const always = songs.filter((song) => song.played.every(Boolean)).length;
  const finding = `${count(always, "song")} of these ${songs.length} ${always === 1 ? "was" : "were"} played every night.`;
  return (
    <section>
      <h2>Night to night</h2>
      <p className="mb-2 text-sm text-ink-2">
        {dates[0] && `${dayMonth(dates[0], today)} to ${dayMonth(dates.at(-1) ?? dates[0], today)}`}, one
        column a night. Filled: played. Last column: our odds for{" "}
        {nextDate ? dayMonth(nextDate, today) : "the next show"}.
      </p>
      <svg
        className="chart max-w-[340px]"
        viewBox={`0 0 ${WIDTH} ${TOP + songs.length * ROW}`}
        role="img"
        aria-labelledby="nights-t nights-d"
      >
        <title id="nights-t">{`${songs.length} songs over the last ${dates.length} nights`}</title>
        <desc id="nights-d">{finding}</desc>
        {dates.map((date, i) => (
          <text key={i} x={left + i * COLUMN + 6.5} y={14} textAnchor="middle">
            {Number(date.slice(8))}
          </text>
        ))}
        <text className="label" x={WIDTH} y={14} textAnchor="end">
          odds
        </text>
        {songs.map((song, row) => (
          <g key={row}>
            <text className="label" x={0} y={TOP + row * ROW + 12}>
              {cut(song.title)}
            </text>
            {song.played.map((played, i) => (
              <rect
                key={i}
                className={played ? "on" : "off"}
                x={left + i * COLUMN + (played ? 0 : 4)}
                y={TOP + row * ROW + (played ? 0 : 7)}
                width={played ? 13 : 5}
                height={played ? 15 : 2}
              />
            ))}
            <text className="label" x={WIDTH} y={TOP + row * ROW + 12} textAnchor="end">
              {song.percent}%
            </text>
          </g>
        ))}
      </svg>
      <NightsTable dates={dates} songs={songs} />
    </section>
  );
}

function NightsTable({ dates, songs }: Pick<Nights, "dates" | "songs">) {
  return (
    <details>
      <summary className="inline-flex min-h-11 items-center gap-1.5 text-[15px] underline underline-offset-[3px]">
        <ChevronRight size={16} aria-hidden="true" className="turn" />
        The same as a table
      </summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Song</th>
            <th scope="col" className="!text-right">
              Nights of {dates.length}
            </th>
            <th scope="col" className="!pr-0 !text-right">
              Odds
            </th>
          </tr>
        </thead>
        <tbody>
          {songs.map((song, row) => (
            <tr key={row}>
              <th scope="row" className="font-[650]">
                <bdi>{song.title}</bdi>
              </th>
              <td className="!text-right">{song.played.filter(Boolean).length}</td>
              <td className="!pr-0 !text-right">{song.percent}%</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}ー]/u;

function cut(title: string): string {
  let room = TITLE_CHARS;
  const letters = [...title];
  const fitting = letters.findIndex((letter) => (room -= wide.test(letter) ? 2 : 1) < 0);
  return fitting < 0
    ? title
    : `${letters
        .slice(0, fitting - 1)
        .join("")
        .trimEnd()}…`;
}
