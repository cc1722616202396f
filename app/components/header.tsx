import { Link, NavLink } from "@remix-run/react";
import { Search } from "./icons";
import { SearchForm } from "./search-form";

const navLink =
  "inline-flex min-h-11 items-center px-2 text-[15px] font-[550] no-underline underline-offset-[6px] hover:underline hover:decoration-2 aria-[current]:underline aria-[current]:decoration-2";

/** @param search false on pages with a search of their own */
export function Header({ search }: { search: boolean }) {
  return (
    <header className="site-nav border-b-2 border-ink">
      <div className="wrap flex min-h-[60px] items-center gap-x-5">
        <Link to="/" className="mark mr-auto tablet:mr-0" aria-label="TheSet, home">
          The<span>Set</span>
        </Link>
        <nav aria-label="Main" className="flex gap-1 tablet:mr-auto">
          <NavLink to="/" end className={navLink}>
            Tonight
          </NavLink>
          <NavLink to="/about" className={navLink}>
            About
          </NavLink>
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
