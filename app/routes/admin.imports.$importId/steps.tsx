import { Grid } from "../../components/control/grid";
import { State } from "../../components/control/state";
import { grouped } from "../../formats";
import type { SaidPage } from "./page.server";

const counted = ["read", "new", "changed", "unchanged", "skipped"] as const;

export function Steps({ steps }: { steps: SaidPage["steps"] }) {
  if (steps.length === 0) return <p className="mt-2">No step has begun. It waits for a free worker.</p>;
  return (
    <Grid label="What each step did">
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">State</th>
          {["Took", "Waited", "Calls", "Cached", "Read", "New", "Changed", "Same", "Left out"].map((name) => (
            <th key={name} scope="col" className="num">
              {name}
            </th>
          ))}
          <th scope="col">What is missing, and why</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.step}>
            <th scope="row">{step.name}</th>
            <td>
              <State kind={step.look[0]}>{step.look[1]}</State>
            </td>
            <td className="num">{step.took}</td>
            <td className="num">{step.waited || "–"}</td>
            <td className="num">{figure(step.calls)}</td>
            <td className="num">{figure(step.cached)}</td>
            {counted.map((name) => (
              <td key={name} className="num">
                {figure(step.counts?.[name] ?? null)}
              </td>
            ))}
            <td className="min-w-60 text-ink-2">{step.missing}</td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

/** A dash for what is not known: imports of before it was recorded, and steps that have not ended. */
const figure = (n: number | null) => (n === null ? "–" : grouped(n));
