/** The way on in keyset pages, with the filters of the address kept. */
import { Link, useSearchParams } from "@remix-run/react";

export function Pager({ next }: { next: string | undefined }) {
  const [params] = useSearchParams();
  const with_ = (cursor: string | undefined) => {
    const to = new URLSearchParams(params);
    for (const passing of ["after", "done", "n"]) to.delete(passing);
    if (cursor) to.set("after", cursor);
    return `?${to}`;
  };
  if (!next && !params.has("after")) return null;
  return (
    <p className="flex gap-2 pt-4">
      {params.has("after") && (
        <Link to={with_(undefined)} className="btn">
          From the start
        </Link>
      )}
      {next && (
        <Link to={with_(next)} className="btn">
          More
        </Link>
      )}
    </p>
  );
}
