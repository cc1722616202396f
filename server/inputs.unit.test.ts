import { describe, expect, it } from "vitest";
import { isUuid, localDate, slugInput } from "./inputs.ts";

describe("what a visitor may put into an address", () => {
  it("finds nothing where it is no slug, and is no error", () => {
    const hostile = ["a\0b", "", "../etc", "a b", "É", "\ud800", "' or 1=1--", "a".repeat(10_000)];
    for (const slug of hostile) expect(slugInput.parse(slug)).toBe("");
    expect(slugInput.parse("sigur-ros-2026-11-24-2030")).toBe("sigur-ros-2026-11-24-2030");
  });

  it("holds only days that Postgres knows too", () => {
    for (const day of [
      "2026-99-99",
      "2026-02-30",
      "2025-02-29",
      "0000-01-01",
      "2026-1-1",
      "infinity",
      "2026-01-01\0",
    ])
      expect(localDate.safeParse(day).success).toBe(false);
    for (const day of ["2024-02-29", "0001-01-01", "9999-12-31"])
      expect(localDate.safeParse(day).success).toBe(true);
  });

  it("is an id or is not", () => {
    expect(isUuid("01a20d13-3dc0-720b-8222-873839a61959")).toBe(true);
    for (const id of ["x", "01a20d13-3dc0-720b-8222-873839a61959\0", "a".repeat(10_000)])
      expect(isUuid(id)).toBe(false);
  });
});
