/**
 * Who gets what at every address. Generated from the routes: a new one without a row fails, and so does a row without a
 * route. What procedures answer is in server/routers/access.test.ts.
 */
import { readdirSync } from "node:fs";
import { expect, imported, test } from "./fixtures";
import { persons, requestOf } from "./people";
import { openShows } from "./shows";

/** visitor, guest, fan, blocked fan, administrator; one for all where it is the same for all */
type Answers = number | [number, number, number, number, number];
type Row = [path: string, answers: Answers];

const nobody = "00000000-0000-7000-8000-000000000000";
/** the control room: sign in first, not for fans */
const admins: Answers = [302, 302, 403, 403, 200];
const adminsUnknown: Answers = [302, 302, 403, 403, 404];
const member: Answers = [302, 200, 200, 200, 200];

const table: Record<string, Row> = {
  $: ["/nothing-here", 404],
  "[robots.txt]": ["/robots.txt", 200],
  "[sitemap.xml]": ["/sitemap.xml", 200],
  _index: ["/", 200],
  about: ["/about", 200],
  account: ["/account", member],
  "account_.export": ["/account/export", [302, 200, 200, 200, 200]],
  "account_.shows": ["/account/shows", member],
  admin: ["/admin", admins],
  "admin._index": ["/admin", admins],
  "admin.audit": ["/admin/audit", admins],
  "admin.imports._index": ["/admin/imports", admins],
  "admin.imports.$importId": [`/admin/imports/${nobody}`, adminsUnknown],
  "admin.jobs.$queue.$jobId": [`/admin/jobs/cleanup/${nobody}`, adminsUnknown],
  "admin.matches._index": ["/admin/matches", admins],
  "admin.matches.$artistId": [`/admin/matches/${nobody}`, adminsUnknown],
  "admin.matches.$artistId_.songs": [`/admin/matches/${nobody}/songs`, adminsUnknown],
  "admin.people._index": ["/admin/people", admins],
  "admin.people.$fanId": [`/admin/people/${nobody}`, adminsUnknown],
  "admin.queues._index": ["/admin/queues", admins],
  "admin.queues.$name": ["/admin/queues/no-such-queue", adminsUnknown],
  "admin.schedules": ["/admin/schedules", admins],
  "admin.suggestions": ["/admin/suggestions", admins],
  "api.$": ["/api/nothing", 404],
  "api.admin.overview": ["/api/admin/overview", [401, 401, 403, 403, 200]],
  // A stream does not end: who may have it is tried in server/live and below.
  "api.admin.stream": ["/api/admin/stream", [401, 401, 403, 403, 200]],
  "api.artists.$id.status": [`/api/artists/${nobody}/status`, 404],
  "api.artists.$id.stream": [`/api/artists/${nobody}/stream`, 404],
  "api.artists.import": ["/api/artists/import", 405],
  "api.cron": ["/api/cron", 404],
  "api.views": ["/api/views", 405],
  "artists.$slug": ["/artists/saltmarsh-radio", 200],
  "artists.$slug_.songs": ["/artists/saltmarsh-radio/songs", 200],
  "calendar.artists.$slug[.]ics": ["/calendar/artists/saltmarsh-radio.ics", 200],
  "calendar.follows.$key[.]ics": ["/calendar/follows/nobodys.ics", 404],
  follow: ["/follow", 200],
  join: ["/join", [200, 200, 302, 302, 302]],
  leaderboard: ["/leaderboard", 200],
  login: ["/login", [200, 200, 302, 302, 302]],
  logout: ["/logout", 200],
  search: ["/search", 200],
  "shows.$slug": ["", 200],
  spoilers: ["/spoilers", 302],
  theme: ["/theme", 302],
  trending: ["/trending", 200],
  "venues.$slug": ["/venues/nowhere-at-all", 404],
};

const routes = readdirSync("app/routes")
  .filter((file) => !file.includes(".test."))
  .map((file) => file.replace(/\.tsx?$/, ""));

test("every route has its row, and every row its route", () => {
  expect(Object.keys(table).sort()).toEqual([...routes].sort());
});

test("every address answers each kind of person as it should", async ({ request, playwright, baseURL }) => {
  test.slow();
  await imported(request, "Saltmarsh Radio");
  // The guest votes here, and nobody else counts.
  const [show = ""] = await openShows(request, "Orchard Telephone");
  const song = await firstSong(request, show);
  const wrong: string[] = [];
  for (const person of persons) {
    const as = await requestOf(playwright, baseURL ?? "", person, song);
    for (const [route, [path, answers]] of Object.entries(table)) {
      const expected = typeof answers === "number" ? answers : answers[persons.indexOf(person)];
      const status = await statusOf(as, path || show);
      if (status !== expected) wrong.push(`${route} to a ${person}: ${status}, not ${expected}`);
    }
    await as.dispose();
  }
  expect(wrong).toEqual([]);
});

async function firstSong(request: Parameters<typeof openShows>[0], show: string): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ json: { slug: show.replace("/shows/", "") } }));
  const answer = await (await request.get(`/api/trpc/show.bySlug?input=${input}`)).json();
  return answer.result.data.json.setlist.songs[0].setlistSongId as string;
}

/** The status line alone: a stream's body never ends. */
async function statusOf(request: Parameters<typeof openShows>[0], path: string): Promise<number> {
  if (!path.endsWith("/stream")) return (await request.get(path, { maxRedirects: 0 })).status();
  const { cookies } = await request.storageState();
  const stop = new AbortController();
  const response = await fetch(new URL(path, process.env.THESET_E2E_URL), {
    headers: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    signal: stop.signal,
  });
  stop.abort();
  return response.status;
}
