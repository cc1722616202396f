import { Link, NavLink, useLocation } from "@remix-run/react";
import { signInFrom } from "../way-on";
import { Search } from "./icons";
import { SearchForm } from "./search-form";

const navLink =
  "inline-flex min-h-11 items-center whitespace-nowrap px-2 max-[359px]:px-1.5 text-[15px] font-[550] no-underline underline-offset-[6px] hover:underline hover:decoration-2 aria-[current]:underline aria-[current]:decoration-2";

/** Who the page is for; `unknown` where that could not be asked. */
export type Who = { is: "visitor" | "guest" | "unknown" } | { is: "fan"; name: string; admin: boolean };

/** @param props.search false on pages with a search of their own */
export function Header({ search, who }: { search: boolean; who: Who }) {
  return (
    <header className="site-nav border-b-2 border-ink">
      {/* Where letters are large the links take a line of their own; no word is broken. */}
      <div className="wrap flex min-h-[60px] items-center gap-x-5 max-tablet:flex-wrap max-tablet:gap-x-3">
        <Link to="/" className="mark mr-auto shrink-0 tablet:mr-0" aria-label="TheSet, home">
          The<span>Set</span>
        </Link>
        <nav
          aria-label="Main"
          className="flex gap-1 max-tablet:flex-wrap max-[359px]:gap-0 tablet:mr-auto tablet:shrink-0"
        >
          {/* On a phone the mark leads home, and the footer to the record and About. */}
          <NavLink to="/" end className={`${navLink} max-tablet:hidden`}>
            Tonight
          </NavLink>
          <NavLink to="/trending" className={navLink}>
            Trending
          </NavLink>
          <NavLink to="/leaderboard" className={`${navLink} max-tablet:hidden`}>
            Record
          </NavLink>
          <NavLink to="/about" className={`${navLink} max-desk:hidden`}>
            About
          </NavLink>
          {/* On a phone there is no room for it: the account's page leads there. */}
          {who.is === "fan" && who.admin && (
            <NavLink to="/admin" className={`${navLink} max-tablet:hidden`}>
              Control room
            </NavLink>
          )}
          <Account who={who} />
          <NavLink to="/search" end className={`${navLink} min-w-11 justify-center tablet:hidden`}>
            <Search size={20} aria-hidden="true" />
            <span className="sr-only">Search</span>
          </NavLink>
        </nav>
        {search && <SearchForm inHeader />}
      </div>
    </header>
  );
}

function Account({ who }: { who: Who }) {
  const { pathname, search } = useLocation();
  if (who.is === "visitor")
    // From the two pages themselves the way back is the one they were given.
    return (
      <NavLink
        to={/^\/(login|join)$/.test(pathname) ? `/login${search}` : signInFrom(pathname + search)}
        className={navLink}
      >
        Sign in
      </NavLink>
    );
  return (
    <NavLink to="/account" className={`${navLink} min-w-0`}>
      {who.is === "fan" ? (
        <bdi className="max-w-[9ch] max-[359px]:max-w-[5ch] overflow-hidden text-ellipsis whitespace-nowrap tablet:max-w-[16ch]">
          {who.name}
        </bdi>
      ) : who.is === "guest" ? (
        "My picks"
      ) : (
        "Account"
      )}
    </NavLink>
  );
}
