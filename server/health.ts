/** `/healthz`: the process is up. `/readyz`: it can do its work, or which part cannot. */
import { Router } from "express";
import { sql } from "kysely";
import { schemaStatus } from "#db/migrations";
import type { Services } from "./context.ts";

const READY_TIMEOUT_MS = 2_000;

export function health({ db, hub }: Pick<Services, "db" | "hub">): Router {
  const router = Router();
  router.get("/healthz", (_req, res) => void res.json({ status: "ok" }));
  router.get("/readyz", async (_req, res) => {
    const [database, schema] = await Promise.all([
      within(sql`select 1`.execute(db).then(() => true)),
      within(schemaStatus(db).then(({ pending }) => pending.length === 0)),
    ]);
    const checks = { database, schema, listener: hub.listening() };
    const ready = Object.values(checks).every(Boolean);
    if (!ready) res.setHeader("Retry-After", "2");
    res.status(ready ? 200 : 503).json({ status: ready ? "ready" : "not ready", checks });
  });
  return router;
}

/** false when it fails or takes longer than a load balancer would wait. */
async function within(check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check.catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
