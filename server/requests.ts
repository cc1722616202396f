/**
 * Which requests are answered at all. What is refused here would otherwise end in a parser's or Remix' own error, as a
 * 500 that says something broke on our side.
 */
import type { RequestHandler, Response } from "express";

export const BODY_BYTES = 100 * 1024;
const URL_BYTES = 4 * 1024;
const FORM = "application/x-www-form-urlencoded";
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** seconds, where nobody named a moment: a limit's window, a database's restart */
const RETRY_AFTER: Record<number, number> = { 429: 60, 503: 5 };

function refuse(res: Response, status: number, code: string, message: string): void {
  res.status(status).json({ error: { code, message } });
}

/** Methods, addresses and hosts of which no URL and no `Request` can be made. */
export const readable: RequestHandler = (req, res, next) => {
  const { host } = req.headers;
  if (!methods.includes(req.method)) {
    res.setHeader("Allow", methods.join(", "));
    return refuse(res, 405, "METHOD_NOT_SUPPORTED", "This method is not possible here.");
  }
  // Absolute addresses and `*` are for proxies.
  if (!req.url.startsWith("/")) return refuse(res, 400, "BAD_REQUEST", "This is no address of ours.");
  if (host !== undefined && !(/^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`)))
    return refuse(res, 400, "BAD_REQUEST", "This Host is none.");
  next();
};

/** Bodies over 100 KB 413, addresses over 4 KB 414; a body must say its length, so that the parser can hold it to that. */
export const bounded: RequestHandler = (req, res, next) => {
  if (req.originalUrl.length > URL_BYTES)
    return refuse(res, 414, "URI_TOO_LONG", "This address is too long.");
  if (Number(req.headers["content-length"] ?? 0) > BODY_BYTES)
    return refuse(res, 413, "PAYLOAD_TOO_LARGE", "This request is larger than 100 KB.");
  if (req.headers["transfer-encoding"])
    return refuse(res, 411, "LENGTH_REQUIRED", "Send the request with a Content-Length.");
  next();
};

/** Our pages' forms are url-encoded, which cannot be malformed; any other body would throw in `formData()`. */
export const formsOnly: RequestHandler = (req, res, next) => {
  if (["GET", "HEAD", "OPTIONS"].includes(req.method) || /^\/api(\/|$)/.test(req.path)) return next();
  if (Number(req.headers["content-length"] ?? 0) === 0) req.headers["content-type"] = FORM;
  else if (!req.is(FORM)) return refuse(res, 415, "UNSUPPORTED_MEDIA_TYPE", `Send a form, as ${FORM}.`);
  next();
};

/** Remix trusts x-forwarded-host before Host; without a proxy of ours it is only what a visitor typed. */
export const withoutForwarded: RequestHandler = (req, _res, next) => {
  delete req.headers["x-forwarded-host"];
  delete req.headers["x-forwarded-proto"];
  next();
};

/** 429 and 503 say when to come back, whoever answers them: pages and tRPC keep no headers of a thrown refusal. */
export const retryAfter: RequestHandler = (_req, res, next) => {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => typeof res;
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    const seconds = RETRY_AFTER[status];
    if (seconds !== undefined && !res.hasHeader("Retry-After")) res.setHeader("Retry-After", String(seconds));
    return writeHead(status, ...rest);
  }) as typeof res.writeHead;
  next();
};
