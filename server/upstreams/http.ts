/** The one path out. */
import type { z } from "zod";
import type { CallOptions, Upstream, Wiring } from "./upstream.ts";

export type Call<T extends z.ZodType> = CallOptions & {
  /** begins with a slash; the only part of the address that may be logged */
  path: string;
  /** without any key */
  query: Record<string, string>;
  headers?: Record<string, string>;
  schema: T;
  /** keep the answer; only for small ones that are asked for again soon */
  cache?: { seconds: number };
};

export async function request<T extends z.ZodType>(
  _wiring: Wiring,
  _upstream: Upstream,
  _call: Call<T>,
): Promise<z.infer<T>> {
  throw new Error("not built yet");
}
