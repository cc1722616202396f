/**
 * Records where a step's time goes, for the control room. It must not cost an import anything: one statement when a step
 * begins, one a second at most while it runs, one when it ends; none of them is waited for longer than PATIENCE_MS, and
 * what a slow database does not take is dropped.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "#db/index";
import type { Fence } from "#db/queries/import-runs";
import {
  beginTrace,
  type TraceBegun,
  type TraceFigures,
  type TraceSpan,
  updateTrace,
} from "#db/queries/import-traces";
import type { StepName } from "#db/queries/imports";
import { type CallOptions, describe } from "#server/upstreams/index";

const EVERY_MS = 1_000;
const PATIENCE_MS = 250;
/** The longest ones tell where the time went; a step of a thousand calls waits a thousand times. */
const MOST_SPANS = 30;
/** Shorter than a pixel of most drawings. */
const LEAST_WAIT_MS = 20;

export type Trace = {
  /** the step's call options, with our ears on them */
  call: CallOptions;
  /** @param over the step ended, well or badly; false: broken off, and another attempt will take it up */
  end(over: boolean): Promise<void>;
};

export function traceStep(db: Db, fence: Fence, step: StepName, call: CallOptions): Trace {
  const began = performance.now();
  const now = () => performance.now() - began;
  const own: TraceFigures = { calls: 0, cached: 0, waitedMs: 0, spans: [] };
  let begun: TraceBegun | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let over = false;

  /** One at a time; whoever comes while one is under way is written with the next. */
  function write(change?: { ended: boolean }): Promise<void> {
    const ours = (writing ?? Promise.resolve())
      .then(() => save(change))
      .catch(() => undefined)
      .then(() => {
        if (writing === ours) writing = undefined;
      });
    return (writing = ours);
  }

  async function save(change: { ended: boolean } | undefined): Promise<void> {
    begun ??= await beginTrace(db, fence, { step, agoMs: now() });
    if (!begun || !change) return;
    await updateTrace(db, fence, { step, ...change, ...together(begun, own) });
  }

  function later(): void {
    if (timer || over) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (writing) later();
      else void write({ ended: false });
    }, EVERY_MS);
    timer.unref();
  }

  const span = (kind: TraceSpan["kind"], upstream: string, ms: number, why: string) =>
    own.spans.push({ kind, upstream, fromMs: Math.max(0, now() - ms), toMs: now(), why });

  void write();
  return {
    call: {
      ...call,
      onCall(sent) {
        own.calls += 1;
        later();
        call.onCall?.(sent);
      },
      onCached(answer) {
        own.cached += 1;
        later();
        call.onCached?.(answer);
      },
      onWait(wait) {
        own.waitedMs += wait.ms;
        if (wait.ms >= LEAST_WAIT_MS) span("wait", wait.upstream, wait.ms, waits[wait.why]);
        if (own.spans.length > 2 * MOST_SPANS) own.spans = longest(own.spans);
        later();
        call.onWait?.(wait);
      },
      onFailed(failure) {
        span("failed", failure.error.upstream, failure.ms, describe(failure.error));
        later();
        call.onFailed?.(failure);
      },
    },
    async end(ended) {
      over = true;
      clearTimeout(timer);
      await Promise.race([write({ ended }), sleep(PATIENCE_MS)]);
    },
  };
}

const waits = { turn: "its turn in the shared budget", rest: "a rest the service asked for" } as const;

/** What earlier attempts left, with this one's: its times count from when the step first began. */
export function together(begun: TraceBegun, own: TraceFigures): TraceFigures {
  const { offsetMs, lastMs } = begun;
  const gap: TraceSpan[] =
    lastMs !== null && offsetMs > lastMs
      ? [
          {
            kind: "wait",
            upstream: null,
            fromMs: lastMs,
            toMs: offsetMs,
            why: "a worker to take it up again",
          },
        ]
      : [];
  const moved = own.spans.map((span) => ({
    ...span,
    fromMs: Math.round(span.fromMs + offsetMs),
    toMs: Math.round(span.toMs + offsetMs),
  }));
  return {
    calls: begun.calls + own.calls,
    cached: begun.cached + own.cached,
    waitedMs: begun.waitedMs + own.waitedMs,
    spans: longest([...begun.spans, ...gap, ...moved]),
  };
}

/** Failures first, however short they were: they are what one looks for. In the order they began. */
function longest(spans: TraceSpan[]): TraceSpan[] {
  const weight = ({ kind, fromMs, toMs }: TraceSpan) => toMs - fromMs + (kind === "failed" ? 1e9 : 0);
  return [...spans]
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST_SPANS)
    .sort((a, b) => a.fromMs - b.fromMs);
}
