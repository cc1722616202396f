/**
 * Who may ask what. Generated from the router: a procedure without a row fails here, and so does a row without a
 * procedure. A new procedure gets its row with the commit that adds it.
 */
import { TRPCError } from "@trpc/server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insertAccount, insertGuest } from "#db/queries/fans";
import { openSession } from "../session/open.ts";
import { testApp } from "../../tests/app.ts";
import { insertVotedShow, type VotedShow } from "../../tests/voted-show.ts";
import { appRouter } from "./_app.ts";

const people = ["visitor", "guest", "fan", "blocked", "admin"] as const;
type Person = (typeof people)[number];
/** `yes`: not refused for who asks; what else is said to the input does not matter here. */
type Answer = "yes" | "UNAUTHORIZED" | "FORBIDDEN";
type Row = [input: unknown, ...answers: Answer[]];

const anyone: Answer[] = ["yes", "yes", "yes", "yes", "yes"];
/** To do something here; a visitor becomes a guest by it. */
const unblocked: Answer[] = ["yes", "yes", "yes", "FORBIDDEN", "yes"];
/** What is kept about oneself is one's own, blocked or not. */
const known: Answer[] = ["UNAUTHORIZED", "yes", "yes", "yes", "yes"];
const admins: Answer[] = ["UNAUTHORIZED", "UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "yes"];
const fans: Answer[] = ["UNAUTHORIZED", "UNAUTHORIZED", "yes", "FORBIDDEN", "yes"];
/** For scripts that bring a secret: none of these do. */
const machines: Answer[] = Array<Answer>(people.length).fill("UNAUTHORIZED");

const id = "00000000-0000-7000-8000-000000000000";
const attraction = { tmAttractionId: "K8vZ9170000" };
const account = { email: "new@example.org", password: "a long walk home", name: "New" };

/** visitor, guest, fan, blocked fan, administrator */
const table: Record<string, Row> = {
  "admin.audit": [{}, ...admins],
  "admin.imports": [{}, ...admins],
  "admin.import": [{ importId: id }, ...admins],
  "admin.retryImport": [{ importId: id }, ...admins],
  "admin.cancelImport": [{ importId: id }, ...admins],
  "admin.syncArtist": [{ artistId: id, step: "shows" }, ...admins],
  "admin.startImports": [{ lines: "Nobody at all" }, ...admins],
  "admin.importBatch": [{ batchId: id }, ...admins],
  "admin.overview": [{}, ...admins],
  "admin.look": [undefined, ...admins],
  "admin.workers": [undefined, ...admins],
  "admin.upstreams": [undefined, ...admins],
  "admin.openUpstream": [{ name: "nobodys" }, ...admins],
  "admin.matches": [{}, ...admins],
  "admin.match": [{ artistId: id }, ...admins],
  "admin.chooseMatch": [{ artistId: id, source: "spotify", sourceId: null, seen: "nobody" }, ...admins],
  "admin.releaseMatch": [{ artistId: id, source: "spotify", seen: "nobody" }, ...admins],
  "admin.songs": [{ artistId: id }, ...admins],
  "admin.song": [{ songId: id }, ...admins],
  "admin.mergeSongs": [{ songId: id, intoSongId: id }, ...admins],
  "admin.splitAlias": [{ artistId: id, titleKey: "rain" }, ...admins],
  "admin.fans": [{}, ...admins],
  "admin.fan": [{ fanId: id }, ...admins],
  "admin.setRole": [{ fanId: id, role: "fan" }, ...admins],
  "admin.block": [{ fanId: id }, ...admins],
  "admin.unblock": [{ fanId: id }, ...admins],
  "admin.endSessions": [{ fanId: id }, ...admins],
  "admin.suggestions": [{}, ...admins],
  "admin.queues": [undefined, ...admins],
  "admin.pauseQueue": [{ queue: "nobodys" }, ...admins],
  "admin.resumeQueue": [{ queue: "nobodys" }, ...admins],
  "admin.jobs": [{ queue: "cleanup", state: "waiting" }, ...admins],
  "admin.failedJobs": [{}, ...admins],
  "admin.failureGroups": [{}, ...admins],
  "admin.countJobs": [{ queue: "cleanup", state: "failed" }, ...admins],
  "admin.job": [{ queue: "cleanup", jobId: id }, ...admins],
  "admin.retryJobs": [{ jobIds: [id] }, ...admins],
  "admin.cancelJobs": [{ jobIds: [id] }, ...admins],
  "admin.deleteJobs": [{ jobIds: [id] }, ...admins],
  "admin.schedules": [undefined, ...admins],
  "admin.runSchedule": [{ name: "nobodys" }, ...admins],
  "admin.editSchedule": [{ name: "nobodys", enabled: true }, ...admins],
  "artist.search": [{ q: "a" }, ...anyone],
  "artist.recent": [undefined, ...anyone],
  "artist.import": [attraction, ...unblocked],
  "artist.importStatus": [{ artistId: id }, ...anyone],
  "artist.exists": [{ artistId: id }, ...anyone],
  "artist.bySlug": [{ slug: "nobody" }, ...anyone],
  "artist.pastSetlists": [{ slug: "nobody" }, ...anyone],
  "artist.songs": [{ slug: "nobody" }, ...anyone],
  "artist.recordings": [{ slug: "nobody" }, ...anyone],
  "auth.signUp": [account, ...unblocked],
  // Wrong: only who is asked, not what is said to it, is tried here, and a wrong password is UNAUTHORIZED to all.
  "auth.signIn": [{ ...account, email: "nobody" }, ...anyone],
  "auth.signOut": [undefined, ...anyone],
  "auth.me": [undefined, ...anyone],
  "auth.export": [undefined, ...known],
  "auth.votes": [{}, ...known],
  "auth.sessions": [undefined, ...known],
  "auth.endSession": [{ sessionId: id }, ...known],
  "auth.signOutEverywhere": [undefined, ...known],
  "auth.deleteAccount": [{}, ...known],
  "auth.rename": [{ name: "Other" }, ...fans],
  "auth.setNamed": [{ named: true }, ...known],
  "auth.changePassword": [{ password: "a long walk home", newPassword: "short" }, ...fans],
  "search.places": [{ q: "london" }, ...anyone],
  "search.suggest": [{ q: "london" }, ...anyone],
  "calendar.artist": [{ slug: "nobody" }, ...anyone],
  "calendar.follows": [{ key: "nobodys" }, ...anyone],
  // Nobody becomes a guest for an artist who does not exist: this is answered before it matters who asks.
  "follow.add": [{ artistId: id }, ...anyone],
  "follow.remove": [{ artistId: id }, ...anyone],
  "follow.mine": [undefined, ...anyone],
  "follow.shows": [{}, ...anyone],
  "follow.calendar": [undefined, ...known],
  "follow.newCalendar": [undefined, ...known],
  "leaderboard.fans": [{}, ...anyone],
  "leaderboard.record": [undefined, ...anyone],
  "leaderboard.artist": [{ slug: "nobody" }, ...anyone],
  "leaderboard.mine": [undefined, ...known],
  "setlist.hideSong": [{ setlistSongId: id }, ...admins],
  "setlist.restoreSong": [{ setlistSongId: id }, ...admins],
  "show.list": [{ artistSlug: "nobody", when: "coming" }, ...anyone],
  "show.soon": [undefined, ...anyone],
  "show.lastPlayed": [{ showId: id }, ...anyone],
  "show.bySlug": [{ slug: "nobody" }, ...anyone],
  "sitemap.list": [undefined, ...anyone],
  "trending.artists": [undefined, ...anyone],
  "trending.shows": [undefined, ...anyone],
  "trending.recalculate": [undefined, ...machines],
  "venue.bySlug": [{ slug: "nobody" }, ...anyone],
  "view.record": [{ path: "/about" }, ...anyone],
  "vote.cast": [{ setlistSongId: id }, ...unblocked],
  // A visitor has nothing to take back, and becomes no guest by trying.
  "vote.retract": [{ setlistSongId: id }, ...unblocked],
  "vote.mine": [{ showId: id }, ...anyone],
  "vote.suggest": [{ showId: id, songId: id }, ...unblocked],
  "vote.unsuggest": [{ showId: id, songId: id }, ...anyone],
  "vote.songsToSuggest": [{ showId: id, q: "rain" }, ...anyone],
};

type Theirs = VotedShow & { songId: string; fanId: string; sessionId: string; email: string };
/** What another fan's things are named by, and how a fan is answered who names them. All else of the table names nobody's. */
const others: Record<
  string,
  [input: (theirs: Theirs) => unknown, answer: "yes" | "FORBIDDEN" | "NOT_FOUND"]
> = {
  "admin.fan": [({ fanId }) => ({ fanId }), "FORBIDDEN"],
  "admin.setRole": [({ fanId }) => ({ fanId, role: "admin" }), "FORBIDDEN"],
  "admin.block": [({ fanId }) => ({ fanId }), "FORBIDDEN"],
  "admin.unblock": [({ fanId }) => ({ fanId }), "FORBIDDEN"],
  "admin.endSessions": [({ fanId }) => ({ fanId }), "FORBIDDEN"],
  "admin.audit": [({ fanId }) => ({ actor: fanId }), "FORBIDDEN"],
  "auth.endSession": [({ sessionId }) => ({ sessionId }), "NOT_FOUND"],
  "setlist.hideSong": [({ setlistSongIds: [id] }) => ({ setlistSongId: id }), "FORBIDDEN"],
  "setlist.restoreSong": [({ setlistSongIds: [id] }) => ({ setlistSongId: id }), "FORBIDDEN"],
  // Theirs stay; what one has not done oneself one may take back in vain.
  "vote.retract": [({ setlistSongIds: [id] }) => ({ setlistSongId: id }), "yes"],
  "vote.unsuggest": [({ showId, songId }) => ({ showId, songId }), "yes"],
  "follow.remove": [({ artistId }) => ({ artistId }), "yes"],
  // Of oneself only, whoever else there is.
  "vote.mine": [({ showId }) => ({ showId }), "yes"],
  "auth.export": [() => undefined, "yes"],
  "auth.votes": [() => ({}), "yes"],
  "auth.sessions": [() => undefined, "yes"],
  "auth.signOutEverywhere": [() => undefined, "yes"],
  "follow.mine": [() => undefined, "yes"],
  "follow.shows": [() => ({}), "yes"],
  "follow.calendar": [() => undefined, "yes"],
  "follow.newCalendar": [() => undefined, "yes"],
};

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
  app.services.settings.cronSecret = "the operator's secret";
});
afterEach(() => app.clear());
afterAll(() => app.close());

const procedures = Object.keys(appRouter._def.procedures);

test("every procedure has its row, and every row its procedure", () => {
  expect(Object.keys(table).sort()).toEqual([...procedures].sort());
});

/** A browser of such a person. */
async function callerOf(person: Person) {
  const browser = app.browser();
  if (person === "visitor") return browser.caller;
  const account_ = { email: `${person}@example.org`, name: person, passwordHash: "none" };
  const fanId =
    person === "guest"
      ? await insertGuest(app.db)
      : await insertAccount(app.db, { ...account_, role: person === "admin" ? "admin" : "fan" });
  if (person === "blocked") await app.db.updateTable("fans").set({ blocked_at: new Date() }).execute();
  const { cookie } = await openSession(browser.context, app.db, fanId ?? "");
  browser.context.setCookie(cookie);
  return browser.caller;
}

function procedureOf(caller: object, path: string) {
  const procedure = path
    .split(".")
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
  return procedure as (input: unknown) => Promise<unknown>;
}

async function answerTo(person: Person, path: string, input: unknown): Promise<Answer> {
  try {
    await procedureOf(await callerOf(person), path)(input);
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === "INTERNAL_SERVER_ERROR") throw error;
    if (error.code === "UNAUTHORIZED" || error.code === "FORBIDDEN") return error.code;
  }
  return "yes";
}

describe.each(procedures)("%s", (path) => {
  const [input, ...answers] = table[path] ?? [];
  test.each(people.map((person, n) => [person, answers[n]] as const))(
    "to a %s: %s",
    async (person, expected) => {
      expect(await answerTo(person, path, input)).toBe(expected);
    },
  );
});

describe("what is another fan's", () => {
  /** A fan with all that a fan may have: a session, a vote, a suggestion, a follow and a calendar. */
  async function somebody(): Promise<Theirs> {
    const show = await insertVotedShow(app.db, 1);
    const unlisted = { artist_id: show.artistId, title: "Rain", title_key: "rain", kind: "studio" };
    const song = await app.db.insertInto("songs").values(unlisted).returning("id").executeTakeFirstOrThrow();
    const email = "theirs@example.org";
    const fanId = (await insertAccount(app.db, { email, name: "Theirs", passwordHash: "none" })) ?? "";
    const browser = app.browser();
    browser.context.setCookie((await openSession(browser.context, app.db, fanId)).cookie);
    const { vote, follow, auth } = browser.caller;
    await vote.cast({ setlistSongId: show.setlistSongIds[0]! });
    await vote.suggest({ showId: show.showId, songId: song.id });
    await follow.add({ artistId: show.artistId });
    await follow.newCalendar();
    return { ...show, songId: song.id, fanId, email, sessionId: (await auth.sessions()).sessions[0]!.id };
  }
  const kept = async ({ fanId, setlistSongIds }: Theirs) => ({
    fan: await app.db.selectFrom("fans").selectAll().where("id", "=", fanId).execute(),
    sessions: await app.db.selectFrom("sessions").select("id").where("fan_id", "=", fanId).execute(),
    votes: await app.db.selectFrom("votes").selectAll().where("fan_id", "=", fanId).execute(),
    suggestions: await app.db.selectFrom("suggestions").selectAll().where("fan_id", "=", fanId).execute(),
    follows: await app.db.selectFrom("follows").selectAll().where("fan_id", "=", fanId).execute(),
    songs: await app.db.selectFrom("setlist_songs").selectAll().where("id", "in", setlistSongIds).execute(),
  });

  test.each(Object.entries(others))("%s to another fan", async (path, [inputOf, expected]) => {
    const theirs = await somebody();
    const before = await kept(theirs);
    expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
    const answer = await procedureOf(
      await callerOf("fan"),
      path,
    )(inputOf(theirs)).then(
      (value) => ({ code: "yes", said: JSON.stringify(value) ?? "" }),
      (error: TRPCError) => ({ code: error.code, said: error.message }),
    );
    expect(answer.code).toBe(expected);
    for (const secret of [theirs.email, theirs.fanId, theirs.sessionId])
      expect(answer.said).not.toContain(secret);
    if (path.endsWith(".mine")) expect(answer.said).not.toMatch(/"(setlistSongId|artistId)"/);
    expect(await kept(theirs)).toEqual(before);
  });
});
