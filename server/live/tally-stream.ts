/**
 * `GET /api/shows/:id/stream`: the counts of a show, whole, whenever they change; `/tally` is the same as one answer, for
 * pages whose stream fails. Reading starts nothing. The hub's bytes go straight to the sockets, because a web stream a
 * reader costs half as much again; and before the lines of app.ts that keep something of each request, because a
 * stream would keep it for hours.
 */
import { Router, type RequestHandler, type Response } from "express";
import { isDatabaseAway } from "#db/errors";
import { readTallies } from "#db/queries/tallies";
import type { Services } from "../context.ts";
import { isUuid } from "../inputs.ts";
import { createAudiences } from "./audience.ts";
import { streamHeaders } from "./stream.ts";
import { tooManyStreams } from "./stream-limits.ts";

type Handler = RequestHandler<{ id: string }>;
type Refusal = { status: number; code: string; message: string; retryAfter?: string };

const unknown: Refusal = { status: 404, code: "NOT_FOUND", message: "There is no such show here." };
const away: Refusal = {
  status: 503,
  code: "SERVICE_UNAVAILABLE",
  message: "Our database is not answering right now. It is safe to try again in a moment.",
};
/** those of all our answers that mean something where no page is shown */
const guards = { "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin" };

/** @param headers what every other answer of ours goes through, refusals of a stream too */
export function tallyStream(
  { db, hub, streams }: Pick<Services, "db" | "hub" | "streams">,
  headers: RequestHandler[],
): Router {
  const audiences = createAudiences(db, hub);

  const open: Handler = async (req, res, next) => {
    const refuse = (refusal: Refusal) => {
      res.locals.refusal = refusal;
      next();
    };
    if (!isUuid(req.params.id)) return refuse(unknown);
    const leave = streams.enter(req.ip ?? "", "show");
    if (!leave) return refuse(tooManyStreams());
    res.once("close", leave);
    try {
      const audience = await audiences.of(req.params.id);
      if (!audience) return refuse(unknown);
      // Gone while we read: its `close` has been, and nothing else would tell the audience.
      if (res.closed) return audience.settle();
      res.writeHead(200, { ...streamHeaders, ...guards });
      audience.join(res);
    } catch (error) {
      if (!isDatabaseAway(error)) return next(error);
      refuse(away);
    }
  };

  const router = Router();
  router.get("/api/shows/:id/stream", (req, res, next) =>
    req.method === "HEAD" ? next("router") : void open(req, res, next),
  );
  router.get("/api/shows/:id/stream", ...headers, (_req, res) => answer(res, res.locals.refusal as Refusal));
  return router;
}

/** What is asked once: the counts, and whether there is a stream. */
export function tallyAnswers({ db }: Pick<Services, "db">): Router {
  const router = Router();
  router.head(
    "/api/shows/:id/stream",
    withTallies((_tallies, res) => void res.writeHead(200, streamHeaders).end()),
  );
  router.get(
    "/api/shows/:id/tally",
    withTallies((tallies, res) => void res.set("Cache-Control", "no-store").json(tallies)),
  );
  router.all(/^\/api\/shows\/[^/]+\/(stream|tally)$/, (_req, res) => {
    res.set("Allow", "GET");
    answer(res, { status: 405, code: "METHOD_NOT_SUPPORTED", message: "Only GET is possible here." });
  });
  return router;

  function withTallies(say: (tallies: object, res: Response) => void): Handler {
    return async (req, res, next) => {
      try {
        const tallies = isUuid(req.params.id) ? await readTallies(db, req.params.id) : undefined;
        if (tallies) say(tallies, res);
        else answer(res, unknown);
      } catch (error) {
        if (!isDatabaseAway(error)) return next(error);
        answer(res, away);
      }
    };
  }
}

/** The seconds to wait are in every 503 (requests.ts), unless they are said here. */
function answer(res: Response, { status, retryAfter, ...error }: Refusal): void {
  if (retryAfter !== undefined) res.set("Retry-After", retryAfter);
  res.status(status).json({ error });
}
