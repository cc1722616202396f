/** Where the bins of each figure are cut. */

export const BINS = 64;

/** Cuts of each column at its quantiles: bin b holds what is at most cuts[b]. */
export function cutsOf(rows: Float32Array, width: number, sample: Int32Array): Float32Array[] {
  return Array.from({ length: width }, (_, column) => {
    const values = Float32Array.from(sample, (row) => rows[row * width + column]!).sort();
    const cuts = new Set<number>();
    const distinct = new Set(values);
    if (distinct.size <= BINS) for (const value of [...distinct].sort((a, b) => a - b)) cuts.add(value);
    else for (let b = 1; b < BINS; b++) cuts.add(values[Math.floor((b * values.length) / BINS)]!);
    return Float32Array.from([...cuts].sort((a, b) => a - b)).slice(0, BINS - 1);
  });
}
