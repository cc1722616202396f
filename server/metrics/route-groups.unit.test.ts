import { expect, test } from "vitest";
import { routeGroup } from "./route-groups.ts";

test.each([
  ["/", "home"],
  ["/search", "search"],
  ["/artists/copper-vesper", "artist"],
  ["/artists/copper-vesper/songs", "artist"],
  ["/shows/one-of-them", "show"],
  ["/trending", "lists"],
  ["/login", "account"],
  ["/account/shows", "account"],
  ["/admin", "admin"],
  ["/admin/queues/cleanup", "admin"],
  ["/administrators", "other"],
  ["/api/trpc/vote.cast", "trpc"],
  ["/api/shows/1/stream", "stream"],
  ["/api/admin/stream", "stream"],
  ["/api/cron", "cron"],
  ["/api/nothing", "api"],
  ["/build/root-ABC.js", "static"],
  ["/metrics", "health"],
  ["/wp-login.php", "other"],
  [`/${"a".repeat(4_000)}`, "other"],
])("%s belongs to %s", (path, group) => {
  expect(routeGroup(path)).toBe(group);
});
