/** The machine and its rivals as pages say them, over all shows or one artist's. */
import type { RouterOutputs } from "#server/routers/_app";
import { count, grouped } from "./formats";

type Records = RouterOutputs["leaderboard"]["artist"]["scorers"];
type Scorer = Records[number]["scorer"];

const names: Record<Scorer, string> = {
  machine: "The machine",
  fans: "Fans together",
  "last-ten": "Their last ten shows",
  "last-show": "Their last show again",
};

export type RivalRow = {
  who: string;
  shows: string;
  /** songs right of 100 played, and how far chance may move it */
  right: string;
  give?: string;
  error: string;
  /** where it was not scored at all shows: the machine at the same ones */
  note?: string;
};

/** In the order of the names above; who was never scored is left out. */
export function rivalRows(records: Records): RivalRow[] {
  const all = records.find(({ scorer }) => scorer === "machine")?.shows;
  return (Object.keys(names) as Scorer[]).flatMap((scorer) => {
    const row = records.find((one) => one.scorer === scorer);
    if (!row) return [];
    const { share, shareError, brier, shows, machineShare, machineBrier } = row;
    return {
      who: names[scorer],
      shows: grouped(shows),
      right: hundred(share),
      ...(shareError !== null && { give: `± ${Math.max(1, Math.round(100 * shareError))}` }),
      error: brier.toFixed(2),
      ...(shows !== all && {
        note: `The machine at ${shows === 1 ? "this show" : `these ${count(shows, "show")}`}: ${hundred(machineShare)}, error ${machineBrier.toFixed(2)}`,
      }),
    };
  });
}

/** "13.2 of 18.4": mean songs right of mean songs played */
export function meanOf({ hits, played }: { hits: number; played: number }): string {
  return `${mean(hits)} of ${mean(played)}`;
}

const mean = (n: number) => n.toFixed(1).replace(/\.0$/, "");
const hundred = (share: number) => String(Math.round(100 * share));
