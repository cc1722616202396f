import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { miscounts } from "../../tests/cast-votes.ts";
import { testApp } from "../../tests/app.ts";
import { insertVotedShow, type VotedShow } from "../../tests/voted-show.ts";
import { insertAccount } from "#db/queries/fans";
import { openSession } from "../session/open.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let show: VotedShow;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.clear();
  show = await insertVotedShow(app.db, 8);
});

const song = (at: number) => ({ setlistSongId: show.setlistSongIds[at] ?? "" });
const fans = () => app.db.selectFrom("fans").select("id").execute();

describe("a visitor", () => {
  it("becomes a guest with the first vote, and is the same guest with the second", async () => {
    const { caller, cookies } = app.browser();
    expect(await caller.vote.cast(song(0))).toEqual({
      ...song(0),
      votes: 1,
      wishes: 0,
      myVote: true,
      myWish: false,
      at: expect.any(Date),
    });
    expect(cookies()).toMatch(/^theset=/);
    expect(await caller.vote.cast({ ...song(0), ballot: "wish" })).toMatchObject({ votes: 1, wishes: 1 });
    expect(await fans()).toHaveLength(1);
    expect(await caller.vote.mine({ showId: show.showId })).toEqual({
      votes: [
        { ...song(0), ballot: "expect" },
        { ...song(0), ballot: "wish" },
      ],
    });
    expect(await app.visitor().vote.mine({ showId: show.showId })).toEqual({ votes: [] });
  });

  it("is nobody yet while they only take back what they never cast", async () => {
    const visitor = app.visitor();
    expect(await visitor.vote.retract(song(0))).toMatchObject({ votes: 0, myVote: false });
    expect(await fans()).toEqual([]);
  });

  it("is asked for an account where guests may not vote", async () => {
    app.services.settings.guestVotes = false;
    try {
      await expect(app.visitor().vote.cast(song(0))).rejects.toMatchObject({
        code: "UNAUTHORIZED",
        message: "Sign in or join first: guests cannot vote here.",
      });
      expect(await fans()).toEqual([]);
    } finally {
      app.services.settings.guestVotes = true;
    }
  });
});

describe("a refusal", () => {
  it("says what to do when a ballot is used up, and counts nothing", async () => {
    const visitor = app.visitor();
    for (let at = 0; at < 5; at++) await visitor.vote.cast({ ...song(at), ballot: "wish" });
    await expect(visitor.vote.cast({ ...song(5), ballot: "wish" })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "Not counted: you have used all 5 Wants for this show. Take one back first.",
    });
    const { setlist } = await visitor.show.bySlug({ slug: show.slug });
    expect(setlist?.left).toEqual({ expect: { used: 0, most: 25 }, wish: { used: 5, most: 5 } });
    expect(await miscounts(app.db)).toEqual([]);
  });

  it("says when voting closed, by the venue's clock", async () => {
    const late = await insertVotedShow(app.db, 1, { localDate: "2026-07-01", localTime: "19:30" });
    const closed = app.visitor().vote.cast({ setlistSongId: late.setlistSongIds[0] ?? "" });
    await expect(closed).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "Not counted: voting closed on 1 July at 19:30, when the show began.",
    });
  });

  it.each(["no-id", "01a20cee-196b-78b8-8c96-39a340f1e5dc"])(
    "of an unknown song (%s) is a 404",
    async (id) => {
      await expect(app.visitor().vote.cast({ setlistSongId: id })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    },
  );
});

describe("a show", () => {
  it("carries everybody's counts and one's own votes", async () => {
    const [a, b] = [app.visitor(), app.visitor()];
    await a.vote.cast(song(0));
    await b.vote.cast(song(0));
    await b.vote.cast({ ...song(1), ballot: "wish" });
    const { setlist } = await a.show.bySlug({ slug: show.slug });
    expect(setlist?.fans).toBe(2);
    expect(setlist?.songs.slice(0, 2)).toMatchObject([
      { ...song(0), votes: 2, wishes: 0, myVote: true, myWish: false, hidden: false },
      { ...song(1), votes: 0, wishes: 1, myVote: false, myWish: false },
    ]);
    await b.vote.retract(song(0));
    await b.vote.retract({ ...song(1), ballot: "wish" });
    expect((await a.show.bySlug({ slug: show.slug })).setlist?.fans).toBe(1);
  });
});

describe("a suggestion", () => {
  const missing = async (title: string, kind = "studio") =>
    (
      await app.db
        .insertInto("songs")
        .values({ artist_id: show.artistId, title, title_key: title.toLowerCase(), kind })
        .returning("id")
        .executeTakeFirstOrThrow()
    ).id;
  const listed = async () =>
    (await app.caller.show.bySlug({ slug: show.slug })).setlist?.songs.map(({ title }) => title);

  it("is found by a text that is misspelt, put at the end, voted for, and undone", async () => {
    const songId = await missing("Paper Lantern");
    const visitor = app.visitor();
    const { songs } = await visitor.vote.songsToSuggest({ showId: show.showId, q: "papper lantern" });
    expect(songs).toEqual([{ songId, title: "Paper Lantern" }]);
    const row = await visitor.vote.suggest({ showId: show.showId, songId });
    expect(await visitor.vote.suggest({ showId: show.showId, songId })).toEqual(row);
    expect((await listed())?.at(-1)).toBe("Paper Lantern");
    expect(await visitor.vote.songsToSuggest({ showId: show.showId, q: "paper" })).toEqual({ songs: [] });
    expect(await app.visitor().vote.cast(row)).toMatchObject({ votes: 1 });
    expect(await visitor.vote.unsuggest({ showId: show.showId, songId })).toEqual({ removed: true });
    expect((await listed())?.at(-1)).toBe("Paper Lantern");
    const [voter] = await app.db.selectFrom("votes").select("fan_id").execute();
    await app.db.deleteFrom("tallies").execute();
    await app.db
      .deleteFrom("votes")
      .where("fan_id", "=", voter?.fan_id ?? "")
      .execute();
    expect(await listed()).not.toContain("Paper Lantern");
  });

  it("is one of five a fan and show", async () => {
    const visitor = app.visitor();
    const ids = await Promise.all(
      ["One", "Two", "Three", "Four", "Five", "Six"].map((title) => missing(title)),
    );
    for (const songId of ids.slice(0, 5)) await visitor.vote.suggest({ showId: show.showId, songId });
    await expect(visitor.vote.suggest({ showId: show.showId, songId: ids[5] ?? "" })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "Not added: you have suggested 5 songs for this show. Take one back first.",
    });
    await visitor.vote.unsuggest({ showId: show.showId, songId: ids[0] ?? "" });
    await visitor.vote.suggest({ showId: show.showId, songId: ids[5] ?? "" });
  });

  it("must be that artist's, on a list that exists, before the show", async () => {
    const other = await insertVotedShow(app.db, 1);
    const visitor = app.visitor();
    await expect(
      visitor.vote.suggest({ showId: show.showId, songId: other.songIds[0] ?? "" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    const songId = await missing("Late Song");
    await app.db
      .updateTable("shows")
      .set({ local_date: "2020-01-01" })
      .where("id", "=", show.showId)
      .execute();
    await expect(visitor.vote.suggest({ showId: show.showId, songId })).rejects.toMatchObject({
      message: "Not added: voting on this show is closed.",
    });
  });

  it("may be hidden by an administrator, with its votes, and put back", async () => {
    const admin = app.browser();
    const id = await insertAccount(app.db, {
      email: "admin@example.org",
      name: "Admin",
      passwordHash: "none",
      role: "admin",
    });
    admin.context.setCookie((await openSession(admin.context, app.db, id ?? "")).cookie);
    await app.visitor().vote.cast(song(0));
    await admin.caller.setlist.hideSong(song(0));
    expect(await listed()).not.toContain("Song 1");
    await expect(app.visitor().vote.cast(song(0))).rejects.toMatchObject({ code: "FORBIDDEN" });
    const seen = await admin.caller.show.bySlug({ slug: show.slug });
    expect(seen.setlist?.songs[0]).toMatchObject({ title: "Song 1", hidden: true, votes: 1 });
    await admin.caller.setlist.restoreSong(song(0));
    expect((await app.caller.show.bySlug({ slug: show.slug })).setlist?.songs[0]).toMatchObject({ votes: 1 });
  });
});
