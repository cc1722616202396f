import { Grid, Heads } from "../../components/control/grid";
import { State } from "../../components/control/state";

type Failure = {
  id: string;
  attempt: number;
  at: string;
  error: string;
  stack: string | null;
  interrupted: boolean;
  earlier: boolean;
};

export function Attempts({ failures }: { failures: Failure[] }) {
  if (failures.length === 0) return <p className="mt-2">None. Failures are kept for 30 days.</p>;
  return (
    <Grid label="Attempts that failed, newest first">
      <Heads of={[{ num: "Attempt" }, "When, UTC", "How", "What was said"]} />
      <tbody>
        {failures.map((failure) => (
          <tr key={failure.id}>
            <th scope="row" className="num">
              {failure.attempt}
              {failure.earlier && <span className="block font-normal">before it was sent again</span>}
            </th>
            <td className="whitespace-nowrap">{failure.at}</td>
            <td>
              {failure.interrupted ? (
                <State kind="closed">Interrupted</State>
              ) : (
                <State kind="failed">Failed</State>
              )}
            </td>
            <td>
              <bdi>{failure.error}</bdi>
              {failure.stack && (
                <details>
                  <summary className="inline-flex min-h-6 items-center underline">Where it broke</summary>
                  <pre className="whitespace-pre-wrap bg-sunk p-2 text-[13px]">{failure.stack}</pre>
                </details>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}
