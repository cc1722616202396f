import { Form, Link, useLocation, useNavigation } from "@remix-run/react";
import type { LucideIcon } from "lucide-react";
import { Gaff } from "../../components/gaff";
import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  LoaderCircle,
  RefreshCw,
  TriangleAlert,
} from "../../components/icons";
import { ago, duration } from "../../formats";
import type { Progress } from "../../types";
import { isRunning } from "../../use-live";
import { stageSentence, type StepLine, stepLines, type StepState } from "./steps";

type Props = {
  progress: Progress;
  name: string;
  sources: string[];
  tmAttractionId: string;
  problem?: string;
};

const endings: Record<string, { label: string; icon: LucideIcon; again?: string }> = {
  completed: { label: "Import complete", icon: CircleCheck },
  partial: { label: "Imported, with gaps", icon: TriangleAlert, again: "Import again" },
  failed: { label: "Import failed", icon: CircleX, again: "Try again" },
  cancelled: { label: "Import cancelled", icon: CircleSlash, again: "Import again" },
};

/** The import while it runs, and its end for those who watched or need to know. */
export function ImportSheet({ progress, name, sources, tmAttractionId, problem }: Props) {
  const running = isRunning(progress);
  const ending = endings[progress.stage];
  const { pathname } = useLocation();
  return (
    <section className="sheet lift taped" aria-labelledby="import">
      {running ? (
        <Gaff icon={LoaderCircle}>Import running, {progress.percentage}%</Gaff>
      ) : (
        <Gaff icon={ending?.icon}>{ending?.label}</Gaff>
      )}
      <h2 id="import" className="sr-only">
        Import
      </h2>
      <div
        className="bar"
        role="progressbar"
        aria-valuenow={progress.percentage}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={`Import of ${name}`}
      >
        <span className={`p${progress.percentage}`} />
      </div>
      <p role="status" className="mt-2 text-small">
        <b>{stageSentence[progress.stage]}</b>
      </p>
      {unsaid(progress) && <p className="note note-warn my-2">{progress.error}</p>}
      <Steps lines={stepLines(progress, sources)} />
      {running ? (
        <p className="pt-2 text-sm text-ink-2">
          It goes on without you.{" "}
          <noscript>This page renews itself every 5 seconds until the import ends. </noscript>
          <Link to={pathname} className="tap">
            Look again
          </Link>
        </p>
      ) : (
        ending?.again && (
          <ImportAgain tmAttractionId={tmAttractionId} label={ending.again} problem={problem} />
        )
      )}
    </section>
  );
}

/** An import that ended before this visit: what it did and when, out of the way. */
export function LastImport({
  progress,
  sources,
  tmAttractionId,
  problem,
  now,
}: Omit<Props, "name"> & { now: string }) {
  const { completedAt, phaseTimings } = progress;
  return (
    <section>
      <h2>Last import</h2>
      <p className="text-sm text-ink-2">
        {completedAt && <>{ago(completedAt, now)}</>}
        {phaseTimings.total !== undefined && <>, took {duration(phaseTimings.total)}</>}
      </p>
      <Steps lines={stepLines(progress, sources)} />
      <ImportAgain tmAttractionId={tmAttractionId} label="Import again" problem={problem} />
    </section>
  );
}

export function ImportAgain(props: { tmAttractionId: string; label: string; problem?: string }) {
  const { tmAttractionId, label, problem } = props;
  const pending = useNavigation().formData?.has("tmAttractionId") ?? false;
  return (
    <Form method="post" className="no-print mt-3">
      <input type="hidden" name="tmAttractionId" value={tmAttractionId} />
      <button className="btn btn-small" disabled={pending}>
        <RefreshCw size={16} aria-hidden="true" />
        {pending ? "Starting" : label}
      </button>
      {problem && (
        <p role="alert" className="note note-bad mt-2">
          {problem}
        </p>
      )}
    </Form>
  );
}

/** Whether the reason is told nowhere below: a step that lacks something says so itself. */
function unsaid({ error, report }: Progress): boolean {
  return error !== null && !report.steps.some((step) => step.reason && error.includes(step.reason));
}

const stepLooks: Record<StepState, { icon: LucideIcon; word: string; className: string }> = {
  done: { icon: CircleCheck, word: "done", className: "" },
  running: { icon: LoaderCircle, word: "now", className: "font-[650]" },
  next: { icon: CircleDashed, word: "next", className: "text-ink-2" },
  skipped: { icon: CircleSlash, word: "skipped", className: "" },
  failed: { icon: CircleX, word: "failed", className: "" },
};

function Steps({ lines }: { lines: StepLine[] }) {
  return (
    <ol role="list" className="steps mt-1">
      {lines.map(({ step, state, text }) => {
        const { icon: Icon, word, className } = stepLooks[state];
        return (
          <li key={step} className={className}>
            <Icon size={20} aria-hidden="true" className={state === "running" ? "spin" : undefined} />
            <span>{text}</span>
            <span className="font-normal text-ink-2">{word}</span>
          </li>
        );
      })}
    </ol>
  );
}
