import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertAccount } from "#db/queries/fans";
import { makeAdministrator, promote, resetPassword } from "#server/administrators";
import { testApp } from "../../../tests/app.ts";
import { insertVotedShow } from "../../../tests/voted-show.ts";
import { openSession } from "../../session/open.ts";

const nobody = "00000000-0000-7000-8000-000000000000";
let app: Awaited<ReturnType<typeof testApp>>;
let ada: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  await app.clear();
  await app.db.deleteFrom("audit_log").execute();
  ada = await person("Ada", "admin");
});
afterAll(() => app.close());

async function person(name: string, role: "fan" | "admin" = "fan") {
  const browser = app.browser();
  const email = `${name.toLowerCase()}@example.org`;
  const id = (await insertAccount(app.db, { email, name, passwordHash: "none", role })) ?? "";
  browser.context.setCookie((await openSession(browser.context, app.db, id)).cookie);
  return { id, caller: browser.caller };
}
const log = () =>
  app.db.selectFrom("audit_log").select(["actor", "action", "summary", "subject_id"]).orderBy("id").execute();
const names = (fans: { name: string | null }[]) => fans.map(({ name }) => name);

test("fans are found by the start of their name or address, the newest first, with what they did", async () => {
  const show = await insertVotedShow(app.db, 2);
  const bea = await person("Bea");
  await person("Adam");
  const guest = app.visitor();
  for (const caller of [bea.caller, guest])
    await caller.vote.cast({ setlistSongId: show.setlistSongIds[0]! });
  const { admin } = ada.caller;
  expect(names((await admin.fans({})).fans)).toEqual([null, "Adam", "Bea", "Ada"]);
  expect(names((await admin.fans({ state: "account" })).fans)).toEqual(["Adam", "Bea", "Ada"]);
  expect(names((await admin.fans({ state: "guest" })).fans)).toEqual([null]);
  expect(names((await admin.fans({ q: "AD" })).fans)).toEqual(["Adam", "Ada"]);
  expect(names((await admin.fans({ q: "bea@exam" })).fans)).toEqual(["Bea"]);
  expect(names((await admin.fans({ q: "%" })).fans)).toEqual([]);
  expect(names((await admin.fans({ role: "admin" })).fans)).toEqual(["Ada"]);
  expect((await admin.fans({ q: "bea" })).fans).toMatchObject([{ votes: 1, follows: 0, sessions: 1 }]);
  const { fan, signIns, me } = await admin.fan({ fanId: bea.id });
  expect(fan).toMatchObject({ email: "bea@example.org", votes: 1, suggestions: 0, blockedAt: null });
  expect([signIns.length, me]).toEqual([1, ada.id]);
});

test("a role is given and taken, once, and whoever has it knows at once", async () => {
  const { admin } = ada.caller;
  const bea = await person("Bea");
  await expect(bea.caller.admin.fans({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  for (let n = 0; n < 2; n++) await admin.setRole({ fanId: bea.id, role: "admin" });
  await bea.caller.admin.fans({});
  await bea.caller.admin.setRole({ fanId: ada.id, role: "fan" });
  await expect(admin.fans({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(bea.caller.admin.setRole({ fanId: bea.id, role: "fan" })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining("their own role"),
  });
  expect(await log()).toMatchObject([
    { actor: ada.id, action: "admin.setRole", summary: "Made Bea an administrator", subject_id: bea.id },
    { actor: bea.id, action: "admin.setRole", summary: "Made Ada a fan again", subject_id: ada.id },
  ]);
});

test("of two administrators who take each other's role away, one stays", async () => {
  const bea = await person("Bea", "admin");
  const results = await Promise.allSettled([
    ada.caller.admin.setRole({ fanId: bea.id, role: "fan" }),
    bea.caller.admin.setRole({ fanId: ada.id, role: "fan" }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const left = await app.db.selectFrom("fans").select("id").where("role", "=", "admin").execute();
  expect(left).toHaveLength(1);
});

test("guests cannot be administrators", async () => {
  const show = await insertVotedShow(app.db, 1);
  await app.visitor().vote.cast({ setlistSongId: show.setlistSongIds[0]! });
  const [guest] = (await ada.caller.admin.fans({ state: "guest" })).fans;
  await expect(ada.caller.admin.setRole({ fanId: guest!.id, role: "admin" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

test("whoever is blocked cannot vote from the next moment on, and can again when let", async () => {
  const { admin } = ada.caller;
  const show = await insertVotedShow(app.db, 2);
  const bea = await person("Bea");
  const song = { setlistSongId: show.setlistSongIds[0]! };
  await bea.caller.vote.cast(song);
  for (let n = 0; n < 2; n++) await admin.block({ fanId: bea.id, reason: "a hundred accounts" });
  await expect(bea.caller.vote.cast(song)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(names((await admin.fans({ state: "blocked" })).fans)).toEqual(["Bea"]);
  await expect(admin.setRole({ fanId: bea.id, role: "admin" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await admin.unblock({ fanId: bea.id });
  await bea.caller.vote.cast(song);
  expect((await log()).map(({ summary }) => summary)).toEqual([
    "Blocked Bea: a hundred accounts",
    "Let Bea take part again",
  ]);
  const other = await person("Cleo", "admin");
  for (const fanId of [ada.id, other.id])
    await expect(admin.block({ fanId })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a fan is signed out everywhere", async () => {
  const bea = await person("Bea");
  await bea.caller.auth.me();
  expect(await ada.caller.admin.endSessions({ fanId: bea.id })).toEqual({ fanId: bea.id, ended: 1 });
  expect((await bea.caller.auth.me()).fan).toBeNull();
  expect(await ada.caller.admin.endSessions({ fanId: bea.id })).toEqual({ fanId: bea.id, ended: 0 });
  expect(await log()).toHaveLength(1);
});

test("bad ids are found nowhere", async () => {
  const { admin } = ada.caller;
  for (const fanId of ["x", nobody]) {
    const calls = [
      () => admin.fan({ fanId }),
      () => admin.setRole({ fanId, role: "fan" }),
      () => admin.block({ fanId }),
      () => admin.unblock({ fanId }),
      () => admin.endSessions({ fanId }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});

test("suggestions are listed with who made them, hidden and put back, each once in the log", async () => {
  const { admin, setlist } = ada.caller;
  const show = await insertVotedShow(app.db, 30);
  const bea = await person("Bea");
  const cleo = await person("Cleo");
  await app.db.deleteFrom("setlist_songs").where("song_id", "=", show.songIds[29]!).execute();
  const wish = { showId: show.showId, songId: show.songIds[29]! };
  const { setlistSongId } = await bea.caller.vote.suggest(wish);
  await app.db
    .insertInto("suggestions")
    .values({ setlist_song_id: setlistSongId, fan_id: cleo.id, show_id: show.showId })
    .execute();
  expect((await admin.suggestions({})).suggestions).toMatchObject([
    { setlistSongId, title: "Song 30", fanName: "Cleo", others: 1, hidden: false, showSlug: show.slug },
  ]);
  for (let n = 0; n < 2; n++) await setlist.hideSong({ setlistSongId });
  expect((await admin.suggestions({ state: "new" })).suggestions).toEqual([]);
  expect((await admin.suggestions({ state: "hidden" })).suggestions).toMatchObject([
    { setlistSongId, hidden: true, hiddenByName: "Ada" },
  ]);
  for (let n = 0; n < 2; n++) await setlist.restoreSong({ setlistSongId });
  expect((await admin.suggestions({ state: "all" })).suggestions).toMatchObject([{ hidden: false }]);
  expect((await log()).map(({ action }) => action)).toEqual(["setlist.hideSong", "setlist.restoreSong"]);
});

test("what the command line does to administrators is in the log, by nobody", async () => {
  const credentials = { email: "new@example.org", password: "a long walk home" };
  await makeAdministrator(app.db, credentials);
  await person("Bea");
  for (let n = 0; n < 2; n++) await promote(app.db, "bea@example.org");
  await resetPassword(app.db, credentials);
  expect((await log()).map(({ actor, action }) => [actor, action])).toEqual([
    [null, "admin.create"],
    [null, "admin.create"],
    [null, "admin.reset-password"],
  ]);
});
