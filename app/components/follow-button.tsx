import { Form, useLocation, useNavigation } from "@remix-run/react";
import { Check, Plus } from "./icons";

type Props = { artistId: string; name: string; following: boolean };

/** Follows an artist, or stops. The way back is the page it stands on. */
export function FollowButton({ artistId, name, following }: Props) {
  const { pathname, search } = useLocation();
  const sent = useNavigation().formData;
  // What was asked for, at once: a press that is refused comes back as a sentence of its own.
  const pressed = sent?.get("artistId") === artistId ? sent.get("act") === "follow" : following;
  const Icon = pressed ? Check : Plus;
  return (
    <Form method="post" action="/follow" preventScrollReset>
      <input type="hidden" name="artistId" value={artistId} />
      <input type="hidden" name="redirectTo" value={pathname + search} />
      <button name="act" value={pressed ? "unfollow" : "follow"} aria-pressed={pressed} className="btn">
        <Icon size={20} aria-hidden="true" />
        Follow
        <span className="sr-only">
          {" "}
          <bdi>{name}</bdi>
        </span>
      </button>
    </Form>
  );
}
