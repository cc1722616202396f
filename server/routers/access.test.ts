/**
 * Who may ask what. Generated from the router: a procedure without a row fails here, and so does a row without a
 * procedure. A new procedure gets its row with the commit that adds it.
 */
import { TRPCError } from "@trpc/server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insertAccount, insertGuest } from "#db/queries/fans";
import { openSession } from "../session/open.ts";
import { testApp } from "../../tests/app.ts";
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
  "setlist.hideSong": [{ setlistSongId: id }, ...admins],
  "setlist.restoreSong": [{ setlistSongId: id }, ...admins],
  "show.list": [{ artistSlug: "nobody", when: "coming" }, ...anyone],
  "show.soon": [undefined, ...anyone],
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

async function answerTo(person: Person, path: string, input: unknown): Promise<Answer> {
  const caller = await callerOf(person);
  const procedure = path
    .split(".")
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(input);
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
