import { Link, useLocation } from "@remix-run/react";
import { SHOWN } from "../spoilers";

/** What stands where something is covered: how much there is, and the way to this one. */
export function Covered({ what, link, hash = "" }: { what: string; link: string; hash?: string }) {
  const { pathname, search } = useLocation();
  const rest = new URLSearchParams(search);
  rest.delete("spoilers");
  const asked = rest.size > 0 ? `${rest}&${SHOWN}` : SHOWN;
  return (
    <>
      <p className="cover">
        <span>{what}</span>
      </p>
      <p className="mt-3">
        <Link to={`${pathname}?${asked}${hash}`} preventScrollReset rel="nofollow" className="btn">
          {link}
        </Link>
      </p>
    </>
  );
}
