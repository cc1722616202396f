import archivo from "@fontsource-variable/archivo/files/archivo-latin-standard-normal.woff2";
import { json, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import {
  Links,
  LiveReload,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import type { Caller } from "#server/routers/_app";
import { Failure, failureTitle } from "./components/failure";
import { Footer } from "./components/footer";
import { Header, type Who } from "./components/header";
import { useNonce } from "./nonce";
import { useSaid } from "./say";
import { readCover } from "./spoilers";
import styles from "./tailwind.css";
import { readTheme, type Theme } from "./theme";
import { useView } from "./use-view";

/** What a page may tell the frame around it. */
export type Handle = {
  /** the page has its own search; the header shows none */
  ownSearch?: boolean;
  /** seconds after which a browser without script should look again, while something is happening */
  lookAgain?: (data: unknown) => number | undefined;
};

export const links: LinksFunction = () => [
  { rel: "preload", href: archivo, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "icon", href: "/favicon.ico", sizes: "32x32" },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { pathname, search } = new URL(request.url);
  const { requestId, simulated } = context;
  return json({
    who: await whoIs(context.trpc),
    theme: readTheme(request.headers.get("Cookie")),
    covered: readCover(request.headers.get("Cookie")),
    requestId,
    simulated,
    path: pathname + search,
  });
}

/**
 * Whose name the header shows. Without our cookie nothing is asked; a database that is away takes the name from a page,
 * and not the page.
 */
async function whoIs(trpc: Caller): Promise<Who> {
  const me = await trpc.auth.me().catch(() => undefined);
  if (!me) return { is: "unknown" };
  if (!me.fan) return { is: "visitor" };
  return me.fan.guest
    ? { is: "guest" }
    : { is: "fan", name: me.fan.name ?? "", admin: me.fan.role === "admin" };
}

export const meta: MetaFunction = ({ error }) => [
  { title: error ? `${failureTitle(error)} · TheSet` : "TheSet" },
];

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const nonce = useNonce();
  const main = useFocusOnNavigation();
  const page = useMatches().at(-1);
  const handle = (page?.handle ?? {}) as Handle;
  const refresh = handle.lookAgain?.(page?.data);
  const theme = root?.theme ?? "system";
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <ThemeColour theme={theme} />
        {refresh !== undefined && (
          <noscript>
            <meta httpEquiv="refresh" content={String(refresh)} />
          </noscript>
        )}
        <Meta />
        <Links />
      </head>
      <body>
        <a href="#main" className="skip btn btn-main absolute -top-20 left-4 z-10 focus:top-2">
          Skip to content
        </a>
        <Header search={!handle.ownSearch} who={root?.who ?? { is: "unknown" }} />
        <main id="main" ref={main} tabIndex={-1} className="wrap pb-14 pt-5 desk:pt-8">
          {children}
        </main>
        <Announcer />
        <Footer theme={theme} simulated={root?.simulated ?? false} />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
        <LiveReload nonce={nonce} />
      </body>
    </html>
  );
}

function Announcer() {
  return (
    <p role="status" className="sr-only">
      {useSaid()}
    </p>
  );
}

export default function App() {
  useView();
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData<typeof loader>("root");
  const { pathname, search } = useLocation();
  // After a navigation in the browser the root's id belongs to another request.
  const requestId = root?.path === pathname + search ? root.requestId : undefined;
  return <Failure error={error} requestId={requestId} />;
}

function ThemeColour({ theme }: { theme: Theme }) {
  const colours = { light: "#e7eaeb", dark: "#0a0c0e" };
  if (theme !== "system") return <meta name="theme-color" content={colours[theme]} />;
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={colours.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={colours.dark} />
    </>
  );
}

/** A browser's own navigation puts the focus on the new page; ours has to, or a screen reader stays on the old link. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
