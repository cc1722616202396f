/** Remix on our express: which build is served and what each loader is handed. */
import { readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler } from "@remix-run/express";
import { broadcastDevReady, type ServerBuild } from "@remix-run/node";
import type { RequestHandler, Response } from "express";
import { requestContext } from "./app.ts";
import type { Services } from "./context.ts";
import { adminStream } from "./live/admin-stream.ts";
import { progressStream } from "./live/progress.ts";
import { rangeOf } from "./overview/ranges.ts";
import { createCaller, type Caller } from "./routers/_app.ts";

/**
 * What loaders and actions get: two doors to data (ask and follow) and what a page needs to know of its request. A type,
 * not an interface: Remix wants the index signature.
 */
export type LoadContext = {
  /** ask: every procedure, as this request's visitor */
  trpc: Caller;
  /** follow: answers that stream */
  live: {
    progress(artistId: string, request: Request): Promise<globalThis.Response>;
    /** for whom `admin.look` has let in */
    admin(request: Request): globalThis.Response;
  };
  /** aborts when the response closes */
  signal: AbortSignal;
  /** for the Content-Security-Policy of inline scripts */
  nonce: string;
  requestId: string;
  /** writes down a bug of a page, once, with the request's id */
  report(error: unknown): void;
  /** the artists are invented */
  simulated: boolean;
  /** whoever has no account may vote: GUEST_VOTES */
  guestVotes: boolean;
  /** our own origin, for canonical links */
  origin: string;
};

declare module "@remix-run/node" {
  interface AppLoadContext extends LoadContext {}
}

const buildFile = join(process.cwd(), "build", "index.js");

/** The Remix handler, last in the line of the app. In development a new build is taken up as soon as it is written. */
export async function createPages(services: Services, development: boolean): Promise<RequestHandler> {
  const mode = development ? "development" : "production";
  let build = await load();
  if (development) {
    const versionFile = join(process.cwd(), "build", "version.txt");
    watch(join(process.cwd(), "build"), (_event, name) => {
      if (name !== "version.txt") return;
      load(readFileSync(versionFile, "utf8"))
        .then((next) => broadcastDevReady((build = next)))
        .catch((error: unknown) => services.log.error({ err: error }, "the new build could not be loaded"));
    });
  }
  return (req, res, next) => {
    const handler = createRequestHandler({
      build,
      mode,
      getLoadContext: (_req, response) => loadContext(services, response),
    });
    return handler(req, res, next);
  };

  async function load(version = ""): Promise<ServerBuild> {
    const loaded = (await import(`${pathToFileURL(buildFile).href}?${version}`)) as ServerBuild;
    if (development && version === "")
      setTimeout(() => void broadcastDevReady(loaded).catch(() => undefined), 500);
    return loaded;
  }
}

function loadContext(services: Services, res: Response): LoadContext {
  const context = requestContext(services, res);
  const { req } = res;
  const connection = {
    signal: context.signal,
    backlog: () => res.writableLength,
    address: context.visitor.address,
  };
  return {
    trpc: createCaller(context),
    live: {
      progress: (artistId, request) => progressStream(services, connection, artistId, request),
      admin: (request) =>
        adminStream(services, connection, {
          cookies: req.headers.cookie,
          range: rangeOf(new URL(request.url).searchParams.get("range")),
        }),
    },
    signal: context.signal,
    nonce: res.locals.nonce as string,
    requestId: context.requestId,
    report: (error) => context.log.error({ err: error }, "a page broke"),
    simulated: services.settings.simulated,
    guestVotes: services.settings.guestVotes,
    origin: services.settings.appUrl ?? `${req.protocol}://${req.headers.host ?? "localhost"}`,
  };
}
