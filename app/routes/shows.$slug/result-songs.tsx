import { Gaff } from "../../components/gaff";
import type { ResultPart, ResultRow } from "./result";

type Props = { parts: ResultPart[]; missed: ResultRow[]; told: boolean };

/** What was played, by part and in order, then what we named and did not come. */
export function ResultSongs({ parts, missed, told }: Props) {
  return (
    <>
      {parts.map(({ name, rows }, n) => (
        <Part
          key={name}
          id={`part-${n}`}
          title={name || (told ? "What they played" : "Played, of our list")}
          rows={rows}
        />
      ))}
      {missed.length > 0 && <Part id="missed" title="We said, they didn’t" rows={missed} />}
    </>
  );
}

function Part({ id, title, rows }: { id: string; title: string; rows: ResultRow[] }) {
  return (
    <>
      <div className="break">
        <h3 id={id} className="flex">
          <Gaff>
            <bdi>{title}</bdi>
          </Gaff>
        </h3>
      </div>
      <ol role="list" aria-labelledby={id}>
        {rows.map((row, n) => (
          <Row key={n} row={row} />
        ))}
      </ol>
    </>
  );
}

const words = { hit: "Hit: ", surprise: "Surprise: ", missed: "Missed: ", uncounted: "" };

function Row({ row: { title, kind, place, percent = 0, said, mine, wished } }: { row: ResultRow }) {
  const classes = [`song res ${kind} p${percent}`, mine && "mine", wished && "wished"];
  return (
    <li className={classes.filter(Boolean).join(" ")}>
      <span className="rank">{place}</span>
      <div>
        <bdi className="title">{title}</bdi>
        <span className="odds">{`${words[kind]}${said}`}</span>
        {wished && (
          <span className="chip chip-want mt-1 inline-block">
            {kind === "missed" ? "You wanted it" : "You wanted it, and got it"}
          </span>
        )}
      </div>
    </li>
  );
}
