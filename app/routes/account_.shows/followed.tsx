import { Form, Link } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import type { RouterOutputs } from "#server/routers/_app";
import { count } from "../../formats";

type Artist = SerializeFrom<RouterOutputs["follow"]["mine"]["artists"][number]>;

export function Followed({ artists }: { artists: Artist[] }) {
  return (
    <section aria-labelledby="followed">
      <h2 id="followed">I follow</h2>
      <ul role="list" className="rows">
        {artists.map(({ id, slug, name, coming }) => (
          <li key={id} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1">
              <Link to={`/artists/${slug}`} className="title">
                <bdi>{name ?? "An artist at Ticketmaster"}</bdi>
              </Link>
              <span className="block text-sm text-ink-2">
                {coming > 0 ? count(coming, "coming show") : "No coming show"}
              </span>
            </span>
            <Form method="post" action="/follow" preventScrollReset>
              <input type="hidden" name="artistId" value={id} />
              <input type="hidden" name="redirectTo" value="/account/shows" />
              <button name="act" value="unfollow" className="btn btn-small">
                Stop
                <span className="sr-only">
                  {" "}
                  following <bdi>{name}</bdi>
                </span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
