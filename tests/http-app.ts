/** The application as it is listened to, on a free port, with those routes of the pages that a test names. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import type { RequestHandler, Response } from "express";
import { createApp, requestContext } from "#server/app";
import type { Services } from "#server/context";
import { createCaller } from "#server/routers/_app";

type RouteModule = Pick<ServerBuild["routes"][string]["module"], "loader" | "action">;
type Served = { url: string; close(): Promise<void> };

/** @param routes by path, without the slash at their front; their files need no build, as they render nothing */
export async function serve(services: Services, routes: Record<string, RouteModule> = {}): Promise<Served> {
  const app = createApp({ services, development: false, pages: pagesOf(services, routes) });
  const server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function pagesOf(services: Services, routes: Record<string, RouteModule>): RequestHandler {
  const build = {
    entry: { module: { handleError: () => undefined } },
    routes: Object.fromEntries(
      Object.entries(routes).map(([path, module]) => [path, { id: path, path, module }]),
    ),
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    publicPath: "/build/",
    assetsBuildDirectory: "public/build",
    future: {},
    isSpaMode: false,
  } as unknown as ServerBuild;
  const getLoadContext = (_req: unknown, res: Response) =>
    ({ trpc: createCaller(requestContext(services, res)) }) as AppLoadContext;
  const handler = createRequestHandler({
    build,
    mode: "production",
    getLoadContext: getLoadContext as never,
  });
  return (req, res, next) =>
    Object.hasOwn(routes, req.path.slice(1)) ? handler(req, res, next) : void res.status(404).end();
}
