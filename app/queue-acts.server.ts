/** What the forms of the pages about queues and jobs ask for. Each answers to how many things it was done. */
import { TRPCError } from "@trpc/server";
import type { Caller } from "#server/routers/_app";
import type { Acts } from "./admin.server";

type Which = Parameters<Caller["admin"]["retryJobs"]>[0];
type Filter = NonNullable<Which["filter"]>;

export function queueActs({ admin }: Caller): Acts {
  const retry = async (which: Which) => (await admin.retryJobs(which)).retried;
  const cancel = async (which: Which) => (await admin.cancelJobs(which)).cancelled;
  const remove = async (which: Which) => (await admin.deleteJobs(which)).deleted;
  return {
    pause: async (field) => {
      const { changed } = await admin.pauseQueue({ queue: field("queue"), reason: field("reason") });
      return changed ? 1 : 0;
    },
    resume: async (field) => ((await admin.resumeQueue({ queue: field("queue") })).changed ? 1 : 0),
    retryGroup: (field) => retry({ filter: filterOf(field, "failed") }),
    retry: async (_field, form) => retry({ jobIds: selected(form) }),
    cancel: async (_field, form) => cancel({ jobIds: selected(form) }),
    delete: async (_field, form) => remove({ jobIds: selected(form) }),
    retryAll: (field) => retry({ filter: filterOf(field) }),
    cancelAll: (field) => cancel({ filter: filterOf(field) }),
    deleteAll: (field) => remove({ filter: filterOf(field) }),
  };
}

function selected(form: FormData): string[] {
  const ids = form.getAll("jobId").filter((id) => typeof id === "string");
  if (ids.length > 0) return ids;
  throw new TRPCError({ code: "BAD_REQUEST", message: "Nothing was done: tick the jobs first." });
}

/** Checked by the procedure, like everything a form says. */
function filterOf(field: (name: string) => string, state = field("state")): Filter {
  return {
    queue: field("queue"),
    state: state as Filter["state"],
    ...(field("errorKey") && { errorKey: field("errorKey") }),
    ...(field("q") && { q: field("q") }),
  };
}
