import type { LoaderFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed } from "../call.server";

const always = ["/", "/trending", "/leaderboard", "/about"];

/** Addresses for search engines, as sitemaps.org describes it. Slugs hold nothing that XML would take for its own. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { entries } = await load(context.trpc.sitemap.list());
  const found = entries.map(({ kind, slug, changedAt }) => address(`/${kind}s/${slug}`, changedAt));
  const lines = [...always.map((path) => address(path, null)), ...found];
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lines.join("\n")}
</urlset>
`,
    {
      headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, max-age=3600" },
    },
  );

  function address(path: string, changedAt: Date | null): string {
    const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : "";
    return `<url><loc>${context.origin}${path}</loc>${changed}</url>`;
  }
}

export const action = () => methodNotAllowed("GET");
