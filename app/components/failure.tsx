/** The one error page, keyed by status. Every one says what happened and offers a way on. */
import { isRouteErrorResponse, Link, useLocation } from "@remix-run/react";
import { RefreshCw } from "./icons";
import { SearchForm } from "./search-form";

type Words = { title: string; text: string };

const words: Record<number, Words> = {
  404: {
    title: "Not on the list",
    text: "There is no page at this address. Shows keep their address when they move, so the link may be cut off.",
  },
  403: { title: "Not for you", text: "This page is not open to you." },
  405: { title: "Not like that", text: "This address cannot do what was asked of it. Go there by its page." },
  429: { title: "One moment", text: "That was a lot in a short time. Wait a minute, then try again." },
  503: {
    title: "Back in a moment",
    text: "Our database is not answering right now. It is safe to try again.",
  },
};
const broken: Words = { title: "That broke on our side", text: "It is safe to try again." };

export function failureTitle(error: unknown): string {
  return wordsFor(error).title;
}

/** @param requestId what to tell us; undefined when this page did not come with an id of its own */
export function Failure({ error, requestId }: { error: unknown; requestId?: string }) {
  const { pathname, search } = useLocation();
  const { title, text } = wordsFor(error);
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const lost = status === 404;
  return (
    <>
      <h1 className="shout">{title}</h1>
      <p className="lead">
        {text}
        {status >= 500 && requestId && (
          <>
            {" "}
            If it keeps happening, tell us this number:{" "}
            <code className="font-mono text-base">{requestId}</code>
          </>
        )}
      </p>
      <div className="mt-5 flex flex-wrap gap-2">
        {lost ? (
          <div className="w-full max-w-[620px]">
            <SearchForm />
          </div>
        ) : (
          <a href={pathname + search} className="btn btn-main">
            <RefreshCw size={20} aria-hidden="true" />
            Try again
          </a>
        )}
        <Link to="/" className="btn">
          Coming shows
        </Link>
      </div>
    </>
  );
}

function wordsFor(error: unknown): Words {
  if (!isRouteErrorResponse(error)) return broken;
  const known = words[error.status];
  if (known) return known;
  if (error.status >= 500) return broken;
  const said = (error.data as { error?: { message?: unknown } } | null)?.error?.message;
  return {
    title: "That did not work",
    text: typeof said === "string" ? said : "This address could not be read.",
  };
}
