import type { LoaderFunctionArgs } from "@remix-run/node";
import { methodNotAllowed } from "../call.server";

/** The API is no page, and what belongs to one person is nobody else's to find. */
const closed = ["/api/", "/admin", "/account", "/login", "/join", "/calendar/follows/"];

export const loader = ({ context: { origin } }: LoaderFunctionArgs) =>
  new Response(
    `User-agent: *\n${closed.map((path) => `Disallow: ${path}\n`).join("")}\nSitemap: ${origin}/sitemap.xml\n`,
    { headers: { "Content-Type": "text/plain; charset=utf-8" } },
  );

export const action = () => methodNotAllowed("GET");
