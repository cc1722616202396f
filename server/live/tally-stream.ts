/**
 * `GET /api/shows/:id/stream`: the counts of a show, whole, whenever they change; `/tally` is the same as one answer, for
 * pages whose stream fails. Before Remix and compression: the hub's bytes go straight to the sockets, because a web
 * stream a reader costs half as much again. Reading starts nothing.
 */
import { Router, type RequestHandler, type Response } from "express";
import { isDatabaseAway } from "#db/errors";
import { readTallies } from "#db/queries/tallies";
import type { Services } from "../context.ts";
import { isUuid } from "../inputs.ts";
import { createAudiences } from "./audience.ts";
import { streamHeaders } from "./stream.ts";
import { tooManyStreams } from "./stream-limits.ts";

export function tallyRoutes({ db, hub, streams }: Pick<Services, "db" | "hub" | "streams">): Router {
  const audiences = createAudiences(db, hub);

  const stream: RequestHandler<{ id: string }> = async (req, res) => {
    if (req.method === "HEAD") {
      if (!(await readTallies(db, req.params.id))) return notFound(res);
      return void res.writeHead(200, streamHeaders).end();
    }
    const leave = streams.enter(req.ip ?? "");
    if (!leave) {
      const { retryAfter, body } = tooManyStreams();
      return void res.status(503).set("Retry-After", retryAfter).json(body);
    }
    res.once("close", leave);
    const audience = await audiences.of(req.params.id);
    if (!audience) return notFound(res);
    // Gone while we read: its `close` has been, and nothing else would tell the audience.
    if (res.closed) return audience.settle();
    res.writeHead(200, streamHeaders);
    audience.join(res);
  };

  const tally: RequestHandler<{ id: string }> = async (req, res) => {
    const tallies = await readTallies(db, req.params.id);
    if (!tallies) return notFound(res);
    res.set("Cache-Control", "no-store").json(tallies);
  };

  const router = Router();
  router.all("/api/shows/:id/stream", guarded(stream));
  router.all("/api/shows/:id/tally", guarded(tally));
  return router;
}

/** What both have in common: the method, ids that are none, and a database that is away. */
function guarded(handler: RequestHandler<{ id: string }>): RequestHandler<{ id: string }> {
  return async (req, res, next) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      const error = { code: "METHOD_NOT_SUPPORTED", message: "Only GET is possible here." };
      return void res.status(405).set("Allow", "GET").json({ error });
    }
    if (!isUuid(req.params.id)) return notFound(res);
    try {
      await handler(req, res, next);
    } catch (error) {
      if (!isDatabaseAway(error)) return next(error);
      const message = "Our database is not answering right now. It is safe to try again in a moment.";
      // The seconds to wait are in every 503 (requests.ts).
      res.status(503).json({ error: { code: "SERVICE_UNAVAILABLE", message } });
    }
  };
}

function notFound(res: Response): void {
  res.status(404).json({ error: { code: "NOT_FOUND", message: "There is no such show here." } });
}
