import { redirect, type ActionFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData } from "@remix-run/react";
import { submit } from "../call.server";
import { refused } from "../refused.server";
import { safePath } from "../safe-path";
import { signInFrom } from "../way-on";

/** Follows an artist or stops, for the button that stands on other pages; only a refusal is a page of its own. */
export async function action({ request, context: { trpc } }: ActionFunctionArgs) {
  const form = await request.formData();
  const artistId = String(form.get("artistId") ?? "");
  const back = safePath(form.get("redirectTo"));
  const done = await submit(
    form.get("act") === "unfollow" ? trpc.follow.remove({ artistId }) : trpc.follow.add({ artistId }),
  );
  if (done.ok) return redirect(back, 303);
  if (done.error.code === "UNAUTHORIZED") return redirect(signInFrom(back), 303);
  return refused(done, { back });
}

export const meta: MetaFunction = () => [
  { title: "Follow · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function Follow() {
  const refusal = useActionData<typeof action>()?.refused;
  return (
    <div className="max-w-[560px]">
      <h1 className="shout shout-s">{refusal ? "Not followed" : "Follow"}</h1>
      <p className="lead" role={refusal && "alert"}>
        {refusal?.message ?? "Every artist’s page has a button for it: their shows come to My shows."}
      </p>
      <p className="mt-5 flex flex-wrap gap-2">
        {refusal?.typed.back && (
          <Link to={refusal.typed.back} className="btn btn-main">
            Back
          </Link>
        )}
        <Link to="/account/shows" className="btn">
          Whom I follow
        </Link>
      </p>
    </div>
  );
}
