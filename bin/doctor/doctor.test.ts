import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { remedyOf } from "./database.ts";
import { checkDisk } from "./disk.ts";

describe("checkDisk", () => {
  it("tries to write and leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "theset-doctor-"));
    try {
      expect(await checkDisk([folder])).toMatchObject({
        state: "ok",
        detail: expect.stringContaining("left"),
      });
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("names a folder that is not there, or may not be written to", async () => {
    const gone = join(tmpdir(), "theset-doctor-gone");
    expect(await checkDisk([gone])).toMatchObject({
      state: "failed",
      detail: expect.stringContaining("ENOENT"),
    });
    if (process.getuid?.() === 0) return;
    const folder = mkdtempSync(join(tmpdir(), "theset-doctor-"));
    chmodSync(folder, 0o500);
    expect(await checkDisk([folder])).toMatchObject({ detail: expect.stringContaining("EACCES") });
    rmSync(folder, { recursive: true });
  });
});

it.each([
  ["28P01", /user or password/],
  ["3D000", /create it/],
  ["ENOTFOUND", /host/],
  ["ECONNREFUSED", /start it/],
  ["53100", /disk is full/],
  ["XX000", /server's log/],
])("%s has a remedy", (code, remedy) => {
  expect(remedyOf({ code }, false)).toMatch(remedy);
  expect(remedyOf({ code }, true)).toMatch(/postgres\.log/);
});
