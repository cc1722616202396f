/**
 * The one typed client of the browser: votes in place, search as you type. Of the server it imports types only; the
 * session's cookie goes along because the address is ours.
 */
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "#server/routers/_app";

/**
 * One question a request, so that each can be aborted alone and a slow one holds up no other. `keepalive`: whoever votes
 * and goes on at once has voted.
 */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: "/api/trpc",
      transformer: superjson,
      fetch: (url, options) => fetch(url, { ...(options as RequestInit), keepalive: true }),
    }),
  ],
});
