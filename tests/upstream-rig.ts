/** What tests of the path out need: a database, a scripted service, short bounds, and every log line written. */
import { Writable } from "node:stream";
import pino from "pino";
import { z } from "zod";
import { type Call, request } from "#server/upstreams/http";
import { hashKey } from "#server/upstreams/index";
import { readTooMany as setlistfmTooMany } from "#server/upstreams/setlistfm/too-many";
import { readTooMany as ticketmasterTooMany } from "#server/upstreams/ticketmaster/too-many";
import { defaultLimits, type Limits, type Upstream, type Wiring } from "#server/upstreams/upstream";
import { createTestDb } from "./database.ts";
import { startScriptedServer } from "./scripted-server.ts";

const schema = z.object({ ok: z.string() });

export async function upstreamRig() {
  const { db, close } = await createTestDb();
  const server = await startScriptedServer();
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = pino({ level: "trace" }, sink);
  // As quick as a busy machine allows, in the proportions of the real ones.
  const limits: Limits = {
    ...defaultLimits,
    tryMs: 1_500,
    callMs: 2_500,
    urgentMs: 1_000,
    backoffMs: 10,
    maxBackoffMs: 100,
    maxBytes: 200_000,
  };
  const wiring: Wiring = { db, log, limits, flights: new Map(), minutes: { count: () => undefined } };

  const upstream = (fields: Partial<Upstream> & { key?: string } = {}): Upstream => {
    const { key = "canary-key-0123456789", name = "ticketmaster", ...rest } = fields;
    const ticketmaster = name === "ticketmaster";
    return {
      name,
      url: server.url,
      auth: ticketmaster ? { query: { apikey: key } } : { headers: { "x-api-key": key } },
      keyHash: hashKey(key),
      rps: 1000,
      perDay: 10_000,
      userAgent: "TheSet/0 ( test )",
      readTooMany: ticketmaster ? ticketmasterTooMany : setlistfmTooMany,
      ...rest,
    };
  };

  return {
    db,
    server,
    lines,
    wiring,
    upstream,
    ask: (
      call: Partial<Omit<Call<typeof schema>, "schema">> = {},
      from: Upstream = upstream(),
      wired: Wiring = wiring,
    ) => request(wired, from, { path: "/thing", query: {}, schema, ...call }),
    async reset() {
      server.asked.length = 0;
      for (const table of ["upstream_budgets", "upstream_state", "upstream_cache"] as const) {
        await db.deleteFrom(table).execute();
      }
    },
    /** everything the database keeps about the services */
    async rows(): Promise<string> {
      const tables = ["upstream_budgets", "upstream_state", "upstream_cache"] as const;
      const all = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
      return JSON.stringify(all);
    },
    async close() {
      await server.close();
      await close();
    },
  };
}

export type UpstreamRig = Awaited<ReturnType<typeof upstreamRig>>;
