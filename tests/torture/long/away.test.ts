/** R15: a minute without Postgres. Everybody is told so in time, nothing dies, and all goes on when it is back. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { type MortalPostgres, startMortalPostgres } from "../databases.ts";
import { endProcesses, type Running } from "../processes.ts";
import { importNow, openProduct, type Product } from "../product.ts";
import { postImport, startImport } from "../rig.ts";
import { figure, seconds, times } from "../round.ts";
import { until } from "../until.ts";

const { saltmarsh, vesper } = worlds.small.artists;
const AWAY_MS = times(60) * 1_000;
const PATIENCE_MS = 240_000;
/** what is promised */
const ANSWER_MS = 5_000;
const BACK_MS = 10_000;

let postgres: MortalPostgres;
let product: Product;
beforeAll(async () => {
  postgres = await startMortalPostgres();
  product = await openProduct(postgres, "small");
}, 600_000);
afterAll(async () => {
  await endProcesses();
  await product?.rig.close();
  await postgres?.stop();
});

type Answer = { path: string; status: number; retryAfter: string | null; ms: number; text: string };

async function ask(path: string, request: () => Promise<Response>): Promise<Answer> {
  const began = performance.now();
  const response = await request();
  const text = await response.text();
  const ms = performance.now() - began;
  return { path, status: response.status, retryAfter: response.headers.get("retry-after"), ms, text };
}

const statusOf = async (web: Running, path: string) => (await fetch(web.url + path)).status;

test(
  "R15: pages say so in time while Postgres is away, and everything goes on when it is back",
  { timeout: 900_000 },
  async () => {
    const { rig, web, worker } = product;
    await importNow(product, saltmarsh.tmAttractionId, PATIENCE_MS);
    const { slug } = await rig.db.row<{ slug: string }>("select slug from shows order by slug limit 1");
    rig.simulator.setFaults([{ upstream: "setlistfm", kind: "hang", match: "/setlists", times: 1 }]);
    const standing = await startImport(web, vesper.tmAttractionId);
    await rig.asked(`/artist/${vesper.mbid}/setlists`, PATIENCE_MS);

    await postgres.end("fast");
    const until60 = Date.now() + AWAY_MS;
    const answers: Answer[] = [];
    const pages = ["/", "/search?q=salt", `/artists/${standing.slug}`, `/shows/${slug}`, "/trending"];
    do {
      answers.push(
        ...(await Promise.all([
          ...pages.map((path) => ask(path, () => fetch(web.url + path))),
          ask("status", () => fetch(`${web.url}/api/artists/${standing.artistId}/status`)),
          ask("import", () => postImport(web, vesper.tmAttractionId)),
        ])),
      );
      expect([await statusOf(web, "/healthz"), await statusOf(web, "/readyz")]).toEqual([200, 503]);
      await sleep(1_000);
    } while (Date.now() < until60);

    await postgres.begin();
    const began = Date.now();
    await until("web is ready", PATIENCE_MS, async () => (await statusOf(web, "/readyz")) === 200);
    await until("a page is back", PATIENCE_MS, async () => (await statusOf(web, `/shows/${slug}`)) === 200);
    const backMs = Date.now() - began;
    const { stage } = await rig.ended(web, standing.artistId, PATIENCE_MS);
    const doneMs = Date.now() - began;
    const next = await importNow(product, saltmarsh.tmAttractionId, PATIENCE_MS);

    // What a visitor's page kept from before is as good as it was.
    const told = answers.filter(({ status, retryAfter }) => status === 503 && retryAfter !== null);
    const others = answers.filter((answer) => answer.status !== 200 && !told.includes(answer));
    const slowest = Math.max(...answers.map(({ ms }) => ms));
    figure(
      "R15",
      `away for ${seconds(AWAY_MS)}: ${answers.length} answers, ${told.length} × 503, the slowest after ${slowest.toFixed(0)} ms; ` +
        `back after ${backMs} ms, the import that was under way done after ${doneMs} ms`,
    );
    expect(others.map(({ path, status, text }) => `${path} ${status} ${text.slice(0, 200)}`)).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
    const blank = told.filter(
      ({ path, text }) => path.startsWith("/") && !/<h1[^>]*>[\s\S]*<\/html>\s*$/.test(text),
    );
    expect(blank.map(({ path, text }) => `${path} ${text.slice(0, 200)}`)).toEqual([]);
    expect(slowest).toBeLessThanOrEqual(ANSWER_MS);
    expect(backMs).toBeLessThanOrEqual(BACK_MS);
    expect([stage, next.stage]).toEqual(["completed", "completed"]);
    expect(await rig.db.rows("select 1 from imports where failures > 0")).toEqual([]);
    expect([web.isRunning(), worker.isRunning()]).toEqual([true, true]);
  },
);
