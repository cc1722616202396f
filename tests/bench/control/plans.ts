/** What Postgres does for a statement, from EXPLAIN (ANALYZE). */
import { CompiledQuery } from "kysely";
import type { DbOrTrx } from "#db/index";

export type Plan = {
  ms: number;
  /** tables that were read from end to end, with how many rows */
  scans: { table: string; rows: number }[];
};
type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
};

/** Whether it is a question; all others write, or set something. */
export const isQuestion = (query: CompiledQuery): boolean =>
  /^\s*(\/\*.*?\*\/\s*)?(select|with)\b/i.test(query.sql);

/** Runs the statement. Planning counts: a page waits for it too. Clocks on every row would be half of the figure. */
export async function planOf(db: DbOrTrx, query: CompiledQuery): Promise<Plan> {
  const explain = CompiledQuery.raw(`explain (analyze, timing off, format json) ${query.sql}`, [
    ...query.parameters,
  ]);
  const { rows } = await db.executeQuery<{ "QUERY PLAN": unknown }>(explain);
  const [top] = rows[0]!["QUERY PLAN"] as [{ Plan: Node; "Planning Time": number; "Execution Time": number }];
  return { ms: top["Planning Time"] + top["Execution Time"], scans: scansOf(top.Plan) };
}

function scansOf(node: Node): Plan["scans"] {
  const below = (node.Plans ?? []).flatMap(scansOf);
  const table = node["Relation Name"];
  // "Parallel Seq Scan" is told as this with a flag. One that never ran read nothing.
  if (node["Node Type"] !== "Seq Scan" || table === undefined || node["Actual Loops"] === 0) return below;
  const rows = node["Actual Loops"] * (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0));
  return [{ table, rows }, ...below];
}
