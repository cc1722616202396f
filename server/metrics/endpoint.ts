/**
 * `GET /metrics` for Prometheus, with `Authorization: Bearer $METRICS_TOKEN`; where no token is set there is nothing at
 * this address. What this process counts, and figures of the whole product from the database.
 */
import { Router } from "express";
import { Gauge, Registry } from "prom-client";
import type { Services } from "../context.ts";
import { bearerOf, isSecret } from "../is-secret.ts";
import { streamKinds } from "../live/stream-limits.ts";
import { databaseGauges } from "./database.ts";

export function metricsEndpoint(services: Services): Router {
  const { hub, streams, metrics, settings } = services;
  const registry = new Registry();
  const readDatabase = databaseGauges(services, registry);
  new Gauge({
    name: "theset_streams_open",
    help: "Event streams that somebody follows at this process.",
    labelNames: ["kind"] as const,
    registers: [registry],
    collect() {
      for (const kind of streamKinds) this.set({ kind }, streams.open(kind));
    },
  });
  new Gauge({
    name: "theset_listener_up",
    help: "1 while this process hears notifications.",
    registers: [registry],
    collect() {
      this.set(Number(hub.listening()));
    },
  });

  const router = Router();
  router.all("/metrics", async (req, res, next) => {
    if (!settings.metricsToken) return next();
    const refuse = (status: number, code: string, message: string) =>
      void res.status(status).json({ error: { code, message } });
    if (!isSecret(bearerOf(req.get("Authorization")) ?? "", settings.metricsToken)) {
      res.set("WWW-Authenticate", "Bearer");
      return refuse(401, "UNAUTHORIZED", "Send the token as Authorization: Bearer …");
    }
    if (req.method !== "GET") {
      res.set("Allow", "GET");
      return refuse(405, "METHOD_NOT_SUPPORTED", "Only GET is possible here.");
    }
    try {
      await readDatabase();
      res.set({ "Content-Type": registry.contentType, "Cache-Control": "no-store" });
      res.send((await metrics.registry.metrics()) + (await registry.metrics()));
    } catch (error) {
      next(error);
    }
  });
  return router;
}
