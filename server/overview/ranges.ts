/** The time ranges of the dashboard's series, one for all of them. */
export const ranges = { "15m": 15, "1h": 60, "6h": 360, "24h": 1440 } as const;
export type Range = keyof typeof ranges;
export const rangeNames = Object.keys(ranges) as [Range, ...Range[]];

/** Anything else is the hour. */
export const rangeOf = (text: string | null | undefined): Range =>
  rangeNames.find((name) => name === text) ?? "1h";
