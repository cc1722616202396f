/** Trees of bins as a forest of cuts, small enough for the repository. */
import { LEAF, LEAF_STEP, type StoredForest } from "#rules/prediction/trees";
import type { Tree } from "./boost.ts";

export function storedForest(
  columns: readonly string[],
  cuts: Float32Array[],
  start: number,
  trees: Tree[],
): StoredForest {
  const bytes: number[] = [];
  for (const { feature, bin, value } of trees) {
    feature.forEach((column, node) => {
      if (column >= 0) return bytes.push(column, bin[node]!);
      const steps = Math.max(-32768, Math.min(32767, Math.round(value[node]! / LEAF_STEP)));
      return bytes.push(LEAF, steps & 255, (steps >> 8) & 255);
    });
  }
  return {
    columns,
    // Seven digits tell apart all figures of single precision.
    cuts: cuts.map((list) => [...list].map((cut) => Number(cut.toPrecision(8)))),
    start,
    trees: trees.length,
    nodes: Buffer.from(bytes).toString("base64"),
  };
}
