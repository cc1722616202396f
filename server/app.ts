/**
 * The web process's express application, in the order of its lines: who may pass, then what is cheap, then pages. The
 * guard stands before everything that changes anything; static files before anything that touches the database.
 */
import { randomUUID } from "node:crypto";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from "express";
import { pinoHttp } from "pino-http";
import type { Context, Services } from "./context.ts";
import { health } from "./health.ts";
import { bearerOf } from "./is-secret.ts";
import { secondsLeft } from "./limits.ts";
import { tallyAnswers, tallyStream } from "./live/tally-stream.ts";
import { metricsEndpoint } from "./metrics/endpoint.ts";
import { countRequests } from "./metrics/requests.ts";
import { BODY_BYTES, bounded, formsOnly, readable, retryAfter, withoutForwarded } from "./requests.ts";
import { appRouter } from "./routers/_app.ts";
import { sameOriginGuard, securityHeaders } from "./security.ts";

/** browsers and scripts send few questions at once; more is a way to make one request cost a hundred */
const BATCH = 10;

export type AppOptions = {
  services: Services;
  development: boolean;
  trustProxy?: string;
  /** the Remix handler, last in line */
  pages: RequestHandler;
};

export function createApp({ services, development, trustProxy, pages }: AppOptions): Express {
  const { settings, log } = services;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", trustValue(trustProxy));
  const headers = securityHeaders({ https: settings.appUrl?.startsWith("https:") ?? false, development });
  app.use(requestId);
  const count = countRequests(services.metrics);
  app.use(tallyStream(services, [count, ...headers, retryAfter]));
  app.use(count);
  app.use(
    pinoHttp({
      logger: log,
      genReqId: (_req, res) => (res as Response).locals.requestId as string,
      ...quiet,
    }),
  );
  app.use(headers);
  app.use(readable, retryAfter);
  app.use(health(services), metricsEndpoint(services));
  app.use(bounded, sameOriginGuard(settings.appUrl), formsOnly);
  if (!trustProxy) app.use(withoutForwarded);
  app.use(tallyAnswers(services));
  // Events are small, frequent and must not wait in a buffer.
  app.use(compression({ filter: (req, res) => !isEventStream(res) && compression.filter(req, res) }));
  app.use("/build", express.static("public/build", { immutable: true, maxAge: "1y", fallthrough: false }));
  app.use(express.static("public", { maxAge: "1h", index: false, redirect: false }));
  app.use(
    "/api/trpc",
    createExpressMiddleware({
      router: appRouter,
      createContext: ({ res }) => requestContext(services, res),
      maxBodySize: BODY_BYTES,
      maxBatchSize: BATCH,
      responseMeta: ({ errors }) => {
        const waits = errors.map(secondsLeft).filter((seconds) => seconds !== undefined);
        const wait = waits.length > 0 ? { "Retry-After": String(Math.max(...waits)) } : undefined;
        // Answers differ by who asks, and some of them are everything that is kept about somebody.
        return { headers: { "Cache-Control": "no-store", ...wait } };
      },
    }),
  );
  app.all("*", pages);
  app.use(lastResort(services));
  return app;
}

/** What procedures see of one request. `signal` aborts when the response closes; the request's own may never fire. */
export function requestContext(services: Services, res: Response): Context {
  const { req } = res;
  let fan: ReturnType<Context["fan"]> | undefined;
  return {
    ...services,
    // Every line that is written for a request carries its id.
    log: req.log,
    bearer: bearerOf(req.get("Authorization")),
    fan: () => (fan ??= services.sessions.read(req.headers.cookie)),
    setCookie: (cookie) => void res.append("Set-Cookie", cookie),
    signal: closeSignal(res),
    requestId: res.locals.requestId as string,
    visitor: { address: req.ip ?? "", userAgent: (req.get("User-Agent") ?? "").slice(0, 500) },
  };
}

function closeSignal(res: Response): AbortSignal {
  const locals = res.locals as { signal?: AbortSignal };
  if (!locals.signal) {
    const controller = new AbortController();
    res.once("close", () => controller.abort());
    locals.signal = controller.signal;
  }
  return locals.signal;
}

const requestId: RequestHandler = (_req, res, next) => {
  res.locals.requestId = `r-${randomUUID().slice(0, 8)}`;
  res.setHeader("X-Request-Id", res.locals.requestId as string);
  next();
};

/** Lines a request worth a line: no assets, no health checks; the path without its query, which may hold anything. */
const quiet = {
  autoLogging: {
    ignore: (req: { url?: string }) => /^\/(build|fonts|favicon|healthz|readyz|metrics)/.test(req.url ?? ""),
  },
  quietReqLogger: true,
  customAttributeKeys: { reqId: "req", req: "request", responseTime: "ms" },
  customLogLevel: (_req: unknown, res: { statusCode: number }, error?: Error) =>
    error || res.statusCode >= 500 ? ("error" as const) : ("debug" as const),
  serializers: {
    request: (req: { method: string; url: string }) => ({
      method: req.method,
      path: req.url.split("?")[0],
    }),
    res: (res: { statusCode: number }) => ({ status: res.statusCode }),
  },
};

function isEventStream(res: Response): boolean {
  return String(res.getHeader("Content-Type") ?? "").startsWith("text/event-stream");
}

function trustValue(trustProxy: string | undefined): boolean | number | string {
  if (!trustProxy) return false;
  return /^\d+$/.test(trustProxy) ? Number(trustProxy) : trustProxy;
}

/** Whatever nobody caught: logged once with its id, answered without a word of what it was. */
const lastResort =
  ({ log }: Services): ErrorRequestHandler =>
  (error: { status?: number; statusCode?: number }, req, res, next) => {
    if (res.headersSent) return next(error);
    const status = error.status ?? error.statusCode ?? 500;
    const requestId = res.locals.requestId as string;
    if (status >= 500) log.error({ err: error, req: requestId });
    const message =
      status >= 500
        ? `That broke on our side. Tell us this number: ${requestId}`
        : "This request could not be read.";
    if (req.path.startsWith("/api/"))
      return void res
        .status(status)
        .json({ error: { code: status >= 500 ? "INTERNAL" : "BAD_REQUEST", message } });
    res.status(status).type("text/plain").send(`${message}\n`);
  };
