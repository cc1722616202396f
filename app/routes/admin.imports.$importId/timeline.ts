/** Where an import's time went, as lanes of a drawing and as a sentence: pure, from what its recorder wrote. */
import { duration } from "../../formats";
import { serviceNames, stepNames } from "../../import-words";

export type TraceLike = {
  step: string;
  beganAt: Date;
  endedAt: Date | null;
  updatedAt: Date;
  calls: number;
  cached: number;
  waitedMs: number;
  spans: { kind: "wait" | "failed"; upstream: string | null; fromMs: number; toMs: number; why: string }[];
};
/** ms since the import was wished for */
export type Part = { kind: "work" | "wait" | "failed"; from: number; to: number; what: string };
export type Lane = { name: string; from: number; to: number; parts: Part[] };
export type Timeline = { totalMs: number; lanes: Lane[]; finding: string };

/** A queue shorter than this share of the whole is not worth a lane. */
const QUEUE_SHARE = 0.02;

/** @param end when the import ended, or now while it runs. @returns undefined when nothing was recorded */
export function timelineOf(startedAt: Date, end: Date, traces: TraceLike[]): Timeline | undefined {
  if (traces.length === 0) return undefined;
  const at = (moment: Date) => Math.max(0, moment.getTime() - startedAt.getTime());
  const last = Math.max(...traces.map(({ endedAt, updatedAt }) => at(endedAt ?? updatedAt)));
  const totalMs = Math.max(1, at(end), last);
  const order = Object.keys(stepNames);
  const ordered = [...traces].sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
  const steps = ordered.map((trace): Lane => {
    const from = at(trace.beganAt);
    // Without an end it runs on, or was broken off by the end of the whole.
    const to = Math.max(from, trace.endedAt ? at(trace.endedAt) : totalMs);
    const spans = trace.spans.map(({ kind, upstream, fromMs, toMs, why }): Part => {
      const inside = (ms: number) => Math.min(to, from + ms);
      const who = upstream ? `${serviceNames[upstream] ?? upstream}: ` : "";
      const what = kind === "wait" ? `${who}waiting for ${why}` : why;
      return { kind, from: inside(fromMs), to: inside(toMs), what };
    });
    return { name: stepNames[trace.step] ?? trace.step, from, to, parts: [work(trace, from, to), ...spans] };
  });
  const began = Math.min(...steps.map(({ from }) => from));
  const queue: Lane[] = began > totalMs * QUEUE_SHARE ? [queueLane(began)] : [];
  return { totalMs, lanes: [...queue, ...steps], finding: finding(began, ordered, steps) };
}

function work({ calls, cached }: TraceLike, from: number, to: number): Part {
  const kept = cached > 0 ? `, ${cached} from the cache` : "";
  const what =
    calls + cached === 0 ? "working" : `working: ${calls} ${calls === 1 ? "call" : "calls"}${kept}`;
  return { kind: "work", from, to, what };
}

const queueLane = (to: number): Lane => ({
  name: "Queue",
  from: 0,
  to,
  parts: [{ kind: "wait", from: 0, to, what: "waiting for a free worker" }],
});

/** "Identify 1.2 s, songs 52 s of which 11 s waiting and one failure. Songs took the longest." */
function finding(began: number, traces: TraceLike[], lanes: Lane[]): string {
  const said = lanes.map(({ name, from, to }, n) => {
    const { waitedMs = 0, spans = [] } = traces[n] ?? {};
    const failed = spans.filter(({ kind }) => kind === "failed").length;
    const notes = [
      ...(waitedMs >= 100 ? [`${duration(waitedMs)} waiting`] : []),
      ...(failed > 0 ? [`${failed} ${failed === 1 ? "failure" : "failures"}`] : []),
    ];
    return `${name} ${duration(to - from)}${notes.length > 0 ? `, with ${notes.join(" and ")}` : ""}`;
  });
  const longest = [...lanes].sort((a, b) => b.to - b.from - (a.to - a.from))[0];
  const queue = began > 100 ? `A worker was free after ${duration(began)}. ` : "";
  return `${queue}${said.join("; ")}. ${longest ? `${longest.name} took the longest.` : ""}`;
}
