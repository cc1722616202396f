/** Which part of the site a path belongs to: few groups, whatever visitors ask for. */

const groups = [
  ["static", /^\/(build|fonts|images|favicon|manifest|robots\.txt|sitemap)/],
  ["health", /^\/(healthz|readyz|metrics)$/],
  ["trpc", /^\/api\/trpc(\/|$)/],
  ["stream", /^\/api\/.+\/stream$/],
  ["cron", /^\/api\/cron$/],
  ["api", /^\/api(\/|$)/],
  ["home", /^\/$/],
  ["search", /^\/search$/],
  ["artist", /^\/artists\//],
  ["show", /^\/shows\//],
  ["venue", /^\/venues\//],
  ["lists", /^\/(trending|leaderboard)$/],
  ["account", /^\/(account|login|join|logout)(\/|$)/],
  ["admin", /^\/admin(\/|$)/],
  ["calendar", /^\/calendar\//],
] as const;

export type RouteGroup = (typeof groups)[number][0] | "other";

/** @param path without its query */
export function routeGroup(path: string): RouteGroup {
  return groups.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}
