/** R13: web and worker stopped at their busiest: no answer is torn, and jobs are handed back at once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { openStream } from "../../stream-reader.ts";
import { type Postgres, startPostgres } from "../databases.ts";
import { endProcesses } from "../processes.ts";
import { openProduct, type Product } from "../product.ts";
import { type StartedImport, startImport } from "../rig.ts";
import { figure } from "../round.ts";
import { until } from "../until.ts";

const { saltmarsh, vesper } = worlds.small.artists;
const REQUESTS = 100;
const STREAMS = 50;
const PATIENCE_MS = 120_000;
/** what is promised */
const STOP_MS = 10_000;
const HANDED_ON_MS = 15_000;

let postgres: Postgres;
let product: Product;
beforeAll(async () => {
  postgres = await startPostgres();
  product = await openProduct(postgres, "small");
}, 600_000);
afterAll(async () => {
  await endProcesses();
  await product?.rig.close();
  await postgres?.stop();
});

/** `refused`: not a byte came, which a proxy sends elsewhere; `torn`: an answer that broke off. */
async function ask(url: string): Promise<"whole" | "refused" | "torn" | "wrong"> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    return "refused";
  }
  try {
    const text = await response.text();
    return response.status < 500 && text.trimEnd().endsWith("</html>") ? "whole" : "wrong";
  } catch {
    return "torn";
  }
}

test(
  "R13: 100 requests, 50 streams and two jobs are under way when all is told to stop",
  { timeout: 600_000 },
  async () => {
    const { rig, web, worker } = product;
    rig.simulator.setFaults([{ upstream: "setlistfm", kind: "hang", match: "/setlists" }]);
    const started: StartedImport[] = [];
    for (const { tmAttractionId } of [saltmarsh, vesper])
      started.push(await startImport(web, tmAttractionId));
    await until("both imports stand still", PATIENCE_MS, () => {
      const paths = rig.simulator.requests().map(({ path }) => path);
      return [saltmarsh, vesper].every(({ mbid }) =>
        paths.some((path) => path.startsWith(`/artist/${mbid}/setlists`)),
      );
    });
    const streams = await Promise.all(
      Array.from({ length: STREAMS }, (_, n) =>
        openStream(`${web.url}/api/artists/${started[n % 2]!.artistId}/stream`),
      ),
    );
    await until("each has its snapshot", PATIENCE_MS, () =>
      streams.every((one) => one.text().includes("data:")),
    );
    const pages = ["/", "/trending", `/artists/${started[0]!.slug}`, "/about"];
    // Nobody waits for them: they are under way, or on their way, when the signal comes.
    const asked = Array.from({ length: REQUESTS }, (_, n) => ask(web.url + pages[n % pages.length]!));
    await Promise.race(asked);

    const began = Date.now();
    const stopped = async (running: typeof web) => {
      running.signal("SIGTERM");
      return { code: await running.ended, ms: Date.now() - began };
    };
    rig.simulator.setFaults([]);
    const [webGone, workerGone, answers] = await Promise.all([
      stopped(web),
      stopped(worker),
      Promise.all(asked),
    ]);
    const whole = answers.filter((answer) => answer === "whole").length;
    const refused = answers.filter((answer) => answer === "refused").length;
    const overs = await Promise.all(streams.map(({ over }) => over));

    const again = await rig.startWeb();
    const startedAgainAt = Date.now();
    await rig.startWorker();
    const readyMs = Date.now() - startedAgainAt;
    for (const { artistId } of started)
      expect((await rig.ended(again, artistId, PATIENCE_MS)).stage).toBe("completed");
    const doneMs = Date.now() - startedAgainAt;
    figure(
      "R13",
      `${REQUESTS} requests, ${STREAMS} streams, 2 jobs: web gone after ${webGone.ms} ms, the worker after ${workerGone.ms} ms; ` +
        `${whole} answers whole, ${refused} not taken, ${REQUESTS - whole - refused} torn or wrong; ` +
        `both imports done ${doneMs} ms after the next worker was started, ready after ${readyMs} ms`,
    );
    expect([webGone.code, workerGone.code]).toEqual([0, 0]);
    expect(Math.max(webGone.ms, workerGone.ms)).toBeLessThanOrEqual(STOP_MS);
    expect(answers.filter((answer) => answer === "torn" || answer === "wrong")).toEqual([]);
    expect(overs.filter((over) => over === "broken")).toEqual([]);
    // A machine that takes long to start a process takes long for the rest too.
    expect(doneMs).toBeLessThanOrEqual(HANDED_ON_MS + 2 * readyMs);
    expect(await rig.db.rows("select failures from imports where failures > 0")).toEqual([]);
  },
);
