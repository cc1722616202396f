/** Signing in and leaving while votes are being cast, through the ballot box. */
import { TRPCError } from "@trpc/server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { miscounts } from "../../tests/cast-votes.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const FANS = 10;
const password = "a long walk home";

test("a guest may vote on while signing in, and a fan while leaving: no answer is a bug, and every count is true", async () => {
  const shows = [await insertVotedShow(app.db, 30), await insertVotedShow(app.db, 30)];
  const songs = shows.flatMap(({ setlistSongIds }) => setlistSongIds);
  const codes = new Set<string>();
  const settled = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      if (!(error instanceof TRPCError) || error.code === "INTERNAL_SERVER_ERROR") throw error;
      codes.add(error.code);
    });

  await Promise.all(
    Array.from({ length: FANS }, async (_, n) => {
      const email = `fan${n}@example.org`;
      const account = app.browser();
      await account.caller.auth.signUp({ email, password, name: "Fan" });
      const guest = app.browser();
      const vote = (who: typeof guest, m: number) => {
        const setlistSongId = songs[(7 * n + 11 * m) % songs.length]!;
        const ballot = m % 4 === 0 ? ("wish" as const) : ("expect" as const);
        return settled(who.caller.vote[m % 5 === 4 ? "retract" : "cast"]({ setlistSongId, ballot }));
      };
      // The first makes the guest; the page waits for it.
      await vote(guest, 0);
      await Promise.all([
        ...Array.from({ length: 20 }, (_, m) => vote(guest, m)),
        ...Array.from({ length: 20 }, (_, m) => vote(account, m + 13)),
        settled(guest.caller.auth.signIn({ email, password })),
      ]);
      if (n % 2 === 0)
        await Promise.all([
          ...Array.from({ length: 20 }, (_, m) => vote(account, m + 3)),
          settled(account.caller.auth.deleteAccount({ password })),
        ]);
    }),
  );
  expect(await miscounts(app.db)).toEqual([]);
  // A vote of a guest who is gone: sign in or be a new guest, nothing worse.
  expect(
    [...codes].filter((code) => !["UNAUTHORIZED", "FORBIDDEN", "TOO_MANY_REQUESTS"].includes(code)),
  ).toEqual([]);
  expect((await app.db.selectFrom("votes").select("fan_id").execute()).length).toBeGreaterThan(0);
});
