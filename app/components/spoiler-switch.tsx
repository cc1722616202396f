import { Form, useLocation, useRouteLoaderData } from "@remix-run/react";
import type { loader } from "../root";

/** Covers predictions and past setlists for this visitor, or lifts the cover. */
export function SpoilerSwitch() {
  const covered = useCover();
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/spoilers" preventScrollReset>
      <input type="hidden" name="redirectTo" value={pathname + search} />
      <button name="cover" value={covered ? "0" : "1"} aria-pressed={covered} className="btn btn-small">
        Cover setlists
      </button>
    </Form>
  );
}

/** The visitor's choice; a page they ask for is shown all the same. */
export function useCover(): boolean {
  return useRouteLoaderData<typeof loader>("root")?.covered ?? false;
}
