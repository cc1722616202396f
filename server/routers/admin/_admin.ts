/** The control room. Every procedure is an administrator's; the table of access proves it. */
import { mergeRouters } from "../../trpc.ts";
import { auditRouter } from "./audit.ts";
import { importsRouter } from "./imports.ts";
import { jobActionsRouter } from "./job-actions.ts";
import { jobsRouter } from "./jobs.ts";
import { matchChoicesRouter } from "./match-choices.ts";
import { matchesRouter } from "./matches.ts";
import { peopleRouter } from "./people.ts";
import { songsRouter } from "./songs.ts";
import { suggestionsRouter } from "./suggestions.ts";
import { overviewRouter } from "./overview.ts";
import { queuesRouter } from "./queues.ts";
import { schedulesRouter } from "./schedules.ts";
import { startImportsRouter } from "./start-imports.ts";
import { upstreamsRouter } from "./upstreams.ts";
import { workersRouter } from "./workers.ts";

export const adminRouter = mergeRouters(
  auditRouter,
  importsRouter,
  startImportsRouter,
  overviewRouter,
  workersRouter,
  upstreamsRouter,
  queuesRouter,
  jobsRouter,
  jobActionsRouter,
  schedulesRouter,
  matchesRouter,
  matchChoicesRouter,
  songsRouter,
  peopleRouter,
  suggestionsRouter,
);
