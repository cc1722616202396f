/** Counts every request when its answer has ended, or when the visitor has left. */
import type { RequestHandler } from "express";
import type { Metrics } from "./index.ts";
import { routeGroup } from "./route-groups.ts";

export const countRequests =
  (metrics: Metrics): RequestHandler =>
  (req, res, next) => {
    const began = performance.now();
    // Now: whoever handles the request may take parts of its path off.
    const group = routeGroup(req.path);
    res.once("close", () => {
      const stream = String(res.getHeader("Content-Type") ?? "").startsWith("text/event-stream");
      const seconds = stream || !res.headersSent ? undefined : (performance.now() - began) / 1000;
      metrics.request({ group, method: req.method, status: res.headersSent ? res.statusCode : 0, seconds });
    });
    next();
  };
