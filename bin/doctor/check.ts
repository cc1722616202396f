/** One thing that was looked at. */
export type Check = {
  /** as a person calls it */
  name: string;
  /** off: not configured, or there is nothing to look at */
  state: "ok" | "off" | "failed";
  /** what was seen, as a sentence without its full stop */
  detail: string;
  /** of a failed one: what to do */
  remedy?: string;
};

export type Answer = Omit<Check, "name">;
export const ok = (detail: string): Answer => ({ state: "ok", detail });
export const off = (detail: string): Answer => ({ state: "off", detail });
export const failed = (detail: string, remedy: string): Answer => ({ state: "failed", detail, remedy });
