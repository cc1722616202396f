/** Tells the server that a person looks at a page of an artist or a show. Crawlers run no script and are not counted. */
import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

export const isCounted = (path: string) => /^\/(artists|shows)\/[^/]+\/?$/.test(path);

export function useView(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    if (!isCounted(pathname)) return;
    const body = JSON.stringify({ path: pathname });
    const headers = { "Content-Type": "application/json" };
    // `keepalive`: whoever goes on at once has looked too. One view lost is no reason to tell anybody.
    void fetch("/api/views", { method: "POST", headers, body, keepalive: true }).catch(() => undefined);
  }, [pathname]);
}
