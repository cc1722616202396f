/** Headers and the same-origin guard: what every answer carries and what no foreign page may make a browser send. */
import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";
import helmet from "helmet";

/** Hosts whose artist images pages may load; /about tells visitors that these hosts see their address. */
const imageHosts = ["https://s1.ticketm.net"];

/**
 * Content-Security-Policy with a nonce a request; no inline script or style is allowed without it.
 * @param options.https whether APP_URL is https: only then may browsers be told to upgrade and to remember
 */
export function securityHeaders(options: { https: boolean; development: boolean }): RequestHandler[] {
  const nonce: RequestHandler = (_req, res, next) => {
    res.locals.nonce = randomBytes(16).toString("base64");
    next();
  };
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "script-src": [
          "'strict-dynamic'",
          (_req, res) => `'nonce-${(res as { locals?: { nonce?: string } }).locals?.nonce ?? ""}'`,
        ],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", ...imageHosts],
        "connect-src": options.development ? ["'self'", "ws:"] : ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        // On plain http an upgrade would send every asset to a port where nobody listens.
        ...(options.https ? { "upgrade-insecure-requests": [] } : {}),
      },
    },
    // helmet's no-referrer makes Chromium send `Origin: null` on a plain form post, which would fail every form without script.
    referrerPolicy: { policy: "strict-origin-when-cross-origin" },
    strictTransportSecurity: options.https,
    crossOriginEmbedderPolicy: false,
  });
  return [nonce, headers];
}

const unsafe = (method: string) => !["GET", "HEAD", "OPTIONS"].includes(method);

/**
 * Refuses (403) every unsafe method that a foreign page may have caused: a foreign, `null` or malformed Origin, or fetch
 * metadata that says cross-site. A script sends neither header and is let through.
 * @param appUrl our own origin; the Host header stands in where it is unset, under either scheme: a proxy may end TLS
 */
export function sameOriginGuard(appUrl: string | undefined): RequestHandler {
  const configured = appUrl ? [new URL(appUrl).origin] : undefined;
  return (req, res, next) => {
    if (!unsafe(req.method)) return next();
    const { origin, host } = req.headers;
    const ours = configured ?? [`http://${host}`, `https://${host}`];
    const foreign = origin !== undefined && !ours.includes(origin);
    if (!foreign && req.headers["sec-fetch-site"] !== "cross-site") return next();
    res.status(403).json({
      error: { code: "FORBIDDEN", message: "This request came from another site and was not carried out." },
    });
  };
}
