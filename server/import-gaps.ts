/** What a service kept from an import, and when it is asked for again by itself. */
import { findUpstreamState } from "#db/queries/upstream-state";
import type { ImportDetail, StepDetail } from "#db/queries/import-details";
import type { StepName } from "#db/queries/imports";
import type { Context } from "./context.ts";

export type Gap = {
  step: StepName;
  upstream: string;
  /**
   * `made-up`: a later sync has read it; `newer`: another import has taken this one's place; `refused`: not before the
   * key changes; `waits`: after `nextAt`, or within minutes where that is null; `not-set-up`: the service has no key here
   */
  state: "made-up" | "newer" | "refused" | "waits" | "not-set-up";
  nextAt: Date | null;
};

/** None while it runs. As the sweep does it (jobs/scheduled-sync/sweep.ts): whole imports only, the newest only. */
export async function gapsOf(
  { db, upstreams }: Pick<Context, "db" | "upstreams">,
  found: ImportDetail,
  steps: StepDetail[],
): Promise<Gap[]> {
  if (found.completedAt === null || found.kind !== "import" || found.stage === "failed") return [];
  const short = steps.flatMap(({ upstream, ...step }) =>
    upstream === null || step.step === "predictions" ? [] : { ...step, upstream },
  );
  return Promise.all(
    short.map(async ({ step, upstream, triesSince, nextTryAt }): Promise<Gap> => {
      const gap = { step, upstream, nextAt: null };
      if (found.newestId !== found.importId) return { ...gap, state: "newer" };
      if (triesSince === 0) return { ...gap, state: "made-up" };
      const account = upstreams.accounts.find((one) => one.upstream === upstream);
      if (!account) return { ...gap, state: "not-set-up" };
      const closed = await findUpstreamState(db, account);
      if (closed?.refused) return { ...gap, state: "refused" };
      const until = [closed?.closedUntil, closed?.quotaUntil, nextTryAt].map((at) => at?.getTime() ?? 0);
      const latest = Math.max(...until);
      return { ...gap, state: "waits", nextAt: latest > Date.now() ? new Date(latest) : null };
    }),
  );
}
