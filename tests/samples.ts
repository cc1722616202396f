/**
 * Recorded answers of the upstreams, kept outside this repository (they are other people's data): THESET_SHARED, or
 * ../shared beside the clone. Tests that need them are skipped, and say so, where they are not.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(process.env.THESET_SHARED ?? join(process.cwd(), "..", "shared"), "upstream-samples");

export type Sample = { file: string; kind: string; status: number; headers: Record<string, string> };

export const haveSamples = existsSync(join(folder, "index.json"));
/** Goes into the name of what is skipped. */
export const samplesNote = haveSamples ? "" : " (skipped: no recorded answers, set THESET_SHARED)";

/** @param upstream "" for those of all */
export function listSamples(upstream: string): Sample[] {
  if (!haveSamples) return [];
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as (Omit<Sample, "headers"> & {
    headers?: Record<string, string>;
  })[];
  return index
    .filter(({ file }) => upstream === "" || file.startsWith(`${upstream}/`))
    .map((sample) => ({ ...sample, headers: sample.headers ?? {} }));
}

export function sampleBody(file: string): Buffer {
  return readFileSync(join(folder, file));
}

export function sampleJson(file: string): unknown {
  return JSON.parse(sampleBody(file).toString("utf8"));
}
