import { Form, Link, useNavigation } from "@remix-run/react";
import { Grid, Heads } from "../../components/control/grid";
import { Press } from "../../components/control/press";
import { ProgressBar } from "../../components/control/progress-bar";
import { State, type StateKind } from "../../components/control/state";
import type { SaidImport } from "./page.server";

export type SaidLine = {
  line: string;
  outcome: "started" | "joined" | "not-found" | "ambiguous" | "not-tried";
  candidates?: { name: string; tmAttractionId: string }[];
  reason?: string;
  import: SaidImport | null;
};

const outcomes: Record<SaidLine["outcome"], [StateKind, string]> = {
  started: ["fine", "Started"],
  joined: ["fine", "Runs already"],
  "not-found": ["failed", "Not found"],
  ambiguous: ["behind", "Several"],
  "not-tried": ["paused", "Not tried"],
};

export function Paste({ lines, wrong }: { lines: string; wrong: boolean }) {
  const busy = useNavigation().formData?.get("act") === "start";
  return (
    <details className="ask mt-3" open={wrong || undefined}>
      <summary className="btn">Start several</summary>
      <Form method="post" className="note grid max-w-[62ch] gap-2">
        <input type="hidden" name="act" value="start" />
        <label htmlFor="lines">
          One artist a line, 50 at most: a name, a Ticketmaster id or the address of an artist’s page there.
          Of names only exact ones are taken.
        </label>
        <textarea
          id="lines"
          name="lines"
          rows={6}
          required
          defaultValue={lines}
          className="rounded border border-edge bg-sheet p-2 text-ink"
        />
        <p>
          <button className="btn" disabled={busy}>
            {busy ? "Starting" : "Start their imports"}
          </button>
        </p>
      </Form>
    </details>
  );
}

/** What came of a pasted list, line by line, with the bars of what runs. */
export function Batch({ at, lines }: { at: string; lines: SaidLine[] }) {
  const rest = lines.filter(({ outcome }) => outcome === "not-tried").map(({ line }) => line);
  return (
    <section aria-labelledby="batch">
      <h2 id="batch">Your list of {at} UTC</h2>
      <Grid label="Pasted lines">
        <Heads of={["Line", "What came of it", "Import"]} />
        <tbody>
          {lines.map((line) => (
            <tr key={line.line}>
              <th scope="row" className="max-w-44 tablet:max-w-64">
                <bdi>{line.line}</bdi>
              </th>
              <td>
                <State kind={outcomes[line.outcome][0]}>{outcomes[line.outcome][1]}</State>
                {line.reason && <p className="text-ink-2">{line.reason}</p>}
                <Candidates line={line} />
              </td>
              <td className="min-w-48">{line.import && <BatchImport row={line.import} />}</td>
            </tr>
          ))}
        </tbody>
      </Grid>
      <p className="flex flex-wrap gap-2 pt-3">
        {rest.length > 0 && (
          <Press act="start" fields={{ lines: rest.join("\n") }}>
            {`Try the other ${rest.length} now`}
          </Press>
        )}
        <Link to="/admin/imports" className="btn">
          Put this list away
        </Link>
      </p>
    </section>
  );
}

function BatchImport({ row }: { row: SaidImport }) {
  return (
    <>
      <Link to={`/admin/imports/${row.importId}`}>
        <bdi>{row.name}</bdi>
      </Link>{" "}
      <State kind={row.look[0]}>{row.look[1]}</State>
      {row.running && <ProgressBar percentage={row.percentage} of={`Import of ${row.name}`} />}
    </>
  );
}

function Candidates({ line: { outcome, candidates = [] } }: { line: SaidLine }) {
  if (candidates.length === 0) return null;
  return (
    <>
      <p className="mt-1 text-ink-2">
        {outcome === "ambiguous" ? "Which of them is meant?" : "Nobody is called exactly so. Nearly so:"}
      </p>
      <ul className="flex flex-wrap gap-1.5 py-1">
        {candidates.map(({ name, tmAttractionId }) => (
          <li key={tmAttractionId}>
            <Press act="start" fields={{ lines: tmAttractionId }} name={`Import ${name}, ${tmAttractionId}`}>
              <bdi>{name}</bdi> <span className="font-normal text-ink-2">{tmAttractionId}</span>
            </Press>
          </li>
        ))}
      </ul>
    </>
  );
}
