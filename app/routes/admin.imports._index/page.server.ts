/** What the list of imports is asked for by its address, and how its answer is said. */
import { duration, stamp } from "../../formats";
import { nameOf, stateOf, whoStarted } from "../../import-words";
import { isRunning } from "../../use-live";
import type { Caller } from "#server/routers/_app";

type Input = NonNullable<Parameters<Caller["admin"]["imports"]>[0]>;
type Row = Awaited<ReturnType<Caller["admin"]["imports"]>>["imports"][number];

const LEAST_TEXT = 3;
const states = ["running", "completed", "partial", "failed", "cancelled"] as const;

export type Filters = {
  kind: "import" | "sync";
  state?: (typeof states)[number];
  q: string;
  text: string;
  from: string;
  to: string;
};

/** The filters as the form shows them; whatever an address holds that is no filter of ours is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const of = (name: string) => params.get(name)?.trim().slice(0, 200) ?? "";
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(of(name)) ? of(name) : "");
  const state = states.find((one) => one === of("state"));
  return {
    kind: of("kind") === "sync" ? "sync" : "import",
    ...(state && { state }),
    q: of("q"),
    text: of("text"),
    from: day("from"),
    to: day("to"),
  };
}

export const isTextShort = ({ text }: Filters) => text !== "" && text.length < LEAST_TEXT;

export function inputOf(filters: Filters, cursor: string | undefined): Input {
  const { state, text, q, from, to, kind } = filters;
  return {
    kind,
    ...(state && { state }),
    ...(q && { q }),
    ...(text && !isTextShort(filters) && { text }),
    ...(from && { from }),
    ...(to && { to }),
    ...(cursor && { cursor }),
  };
}

/** A row in words. @param now the loader's moment, for what still runs */
export function sayImport(row: Row, now: Date) {
  const { importId, artistId, slug, step, percentage, startedAt, completedAt } = row;
  return {
    importId,
    artistId,
    slug,
    step,
    percentage,
    name: nameOf(row),
    look: stateOf(row),
    running: isRunning(row),
    message: row.error ?? row.message,
    by: whoStarted(row),
    started: stamp(startedAt, "UTC"),
    took: duration(Math.max(0, (completedAt ?? now).getTime() - startedAt.getTime())),
  };
}
export type SaidImport = ReturnType<typeof sayImport>;
