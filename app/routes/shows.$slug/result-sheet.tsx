import { Gaff } from "../../components/gaff";
import { ArrowUpRight, Check, Clock } from "../../components/icons";
import { Picture } from "./chart";
import type { ShowPage } from "./page.server";
import { ResultSongs } from "./result-songs";

type Result = NonNullable<ShowPage["result"]>;

/** The sheet after the show: who was right, the show against our odds, and what was played, in its order. */
export function ResultSheet({ result }: { result: Result }) {
  const { headline, about, parts, missed, chart, told, settled, url, counted } = result;
  return (
    <section className="sheet lift taped" aria-labelledby="setlist">
      <Gaff icon={settled ? Check : Clock}>{settled ? "The result" : "The result so far"}</Gaff>
      <h2 id="setlist">{headline}</h2>
      <p className="mt-1 text-ink-2">{about}</p>
      {!settled && (
        <p className="note note-warn my-3">
          Not settled yet: fans write these setlists and correct them for a few days. This one may change, and
          the scores with it.
        </p>
      )}
      <Scores scores={result.scores} />
      {chart.bars.length > 0 && <Picture chart={chart} />}
      {!told && (
        <p className="note my-3">
          We may show what stands at setlist.fm only for a while after reading it. The result is counted and
          stays; the setlist in its order is on <a href={url}>its page at setlist.fm</a>.
        </p>
      )}
      <ResultSongs parts={parts} missed={missed} told={told} />
      <p className="pt-3 text-sm">
        Source:{" "}
        <a href={url} className="inline-flex min-h-8 items-center gap-1">
          setlist.fm
          <ArrowUpRight size={16} aria-hidden="true" />
          <span className="sr-only">, the setlist of this show</span>
        </a>
        <span className="text-ink-2">, scored {counted}</span>
      </p>
    </section>
  );
}

/** The first three in large type, and everybody in a table with their error. */
function Scores({ scores }: Pick<Result, "scores">) {
  return (
    <>
      <dl className="scores">
        {scores
          .filter(({ who }) => !who.startsWith("Their"))
          .map(({ who, hits, of, note, mine }) => (
            <div key={who} className={mine ? "yours" : undefined}>
              <dt className="text-sm font-[650]">{who}</dt>
              <dd>
                <b className="figure">{hits}</b> <span className="of">of {of}</span>
                {note && <span className="block text-xs">{note}</span>}
              </dd>
            </div>
          ))}
      </dl>
      {scores.length > 0 && (
        <table className="table mt-2">
          <caption className="sr-only">Who was how right</caption>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col" className="!text-right">
                Right
              </th>
              <th scope="col" className="!pr-0 !text-right">
                Error, less is better
              </th>
            </tr>
          </thead>
          <tbody>
            {scores.map(({ who, hits, of, error }) => (
              <tr key={who}>
                <th scope="row" className="font-[650]">
                  {who}
                </th>
                <td className="whitespace-nowrap !text-right">{`${hits} of ${of}`}</td>
                <td className="!pr-0 !text-right">{error}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Beside it: what the words and figures mean. */
export function HowCounted() {
  return (
    <section>
      <h2>How songs are counted</h2>
      <p className="text-sm text-ink-2">
        Our list is as long as the show was: of 19 songs played, the 19 we thought likeliest. Hit: on it and
        played. Missed: on it, not played. Surprise: played, not on it. Tapes do not count, and a song played
        twice counts once. The odds are those of the moment when the show began.
      </p>
      <p className="mt-2 text-sm text-ink-2">
        The error is the Brier score, a song played: it looks at the odds, not only at the list, and punishes
        being sure and wrong. 0 is perfect; who names nothing gets 1.
      </p>
      <p className="mt-2 text-sm text-ink-2">
        Two simple rules run beside us: naming the songs of the show before, and the most played of the last
        ten.
      </p>
    </section>
  );
}
