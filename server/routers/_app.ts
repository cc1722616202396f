/** Everything the app can be asked. */
import type { inferRouterOutputs } from "@trpc/server";
import { createCallerFactory, router } from "../trpc.ts";
import { adminRouter } from "./admin/_admin.ts";
import { artistRouter } from "./artist.ts";
import { authRouter } from "./auth.ts";
import { calendarRouter } from "./calendar.ts";
import { followRouter } from "./follow.ts";
import { leaderboardRouter } from "./leaderboard.ts";
import { setlistRouter } from "./setlist.ts";
import { searchRouter } from "./search.ts";
import { showRouter } from "./show.ts";
import { sitemapRouter } from "./sitemap.ts";
import { trendingRouter } from "./trending.ts";
import { venueRouter } from "./venue.ts";
import { viewRouter } from "./view.ts";
import { voteRouter } from "./vote.ts";

export const appRouter = router({
  admin: adminRouter,
  artist: artistRouter,
  auth: authRouter,
  calendar: calendarRouter,
  follow: followRouter,
  leaderboard: leaderboardRouter,
  setlist: setlistRouter,
  search: searchRouter,
  show: showRouter,
  sitemap: sitemapRouter,
  trending: trendingRouter,
  venue: venueRouter,
  view: viewRouter,
  vote: voteRouter,
});
export type AppRouter = typeof appRouter;
export type RouterOutputs = inferRouterOutputs<AppRouter>;
export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;
