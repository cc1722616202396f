import { Link } from "@remix-run/react";
import { Grid } from "../../components/control/grid";
import { ProgressBar } from "../../components/control/progress-bar";
import { State } from "../../components/control/state";
import { stepNames } from "../../import-words";
import type { SaidImport } from "./page.server";

export function ImportList({ imports, syncs }: { imports: SaidImport[]; syncs: boolean }) {
  return (
    <Grid label={syncs ? "Single steps, newest first" : "Imports, newest first"}>
      <thead>
        <tr>
          <th scope="col">Artist</th>
          {syncs && <th scope="col">Step</th>}
          <th scope="col">State</th>
          <th scope="col">Started, UTC</th>
          <th scope="col" className="num">
            Took
          </th>
          <th scope="col">By</th>
          <th scope="col">What it says</th>
        </tr>
      </thead>
      <tbody>
        {imports.map((row) => (
          <tr key={row.importId}>
            <th scope="row" className="max-w-44 tablet:max-w-64">
              <Link to={`/admin/imports/${row.importId}`}>
                <bdi>{row.name}</bdi>
              </Link>
            </th>
            {syncs && <td>{stepNames[row.step ?? ""] ?? row.step}</td>}
            <td>
              <State kind={row.look[0]}>{row.look[1]}</State>
              {row.running && <ProgressBar percentage={row.percentage} of={`Import of ${row.name}`} />}
            </td>
            <td className="whitespace-nowrap">{row.started}</td>
            <td className="num">{row.took}</td>
            <td>
              <bdi>{row.by}</bdi>
            </td>
            <td className="min-w-60 text-ink-2">{row.message}</td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}
