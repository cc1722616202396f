import { afterEach, beforeEach, expect, vi } from "vitest";

/** An unexpected console.error fails the test: React's warnings and swallowed errors show up here first. */
beforeEach(() => {
  vi.spyOn(console, "error");
});
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
