import {
  json,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { load } from "../call.server";
import { safePath } from "../safe-path";

export async function loader({ context }: LoaderFunctionArgs) {
  const { fan } = await load(context.trpc.auth.me());
  return json({ who: !fan ? ("nobody" as const) : fan.guest ? ("guest" as const) : ("fan" as const) });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  await load(context.trpc.auth.signOut());
  return redirect(safePath(form.get("redirectTo")), 303);
}

export const meta: MetaFunction = () => [
  { title: "Sign out · TheSet" },
  { name: "robots", content: "noindex" },
];

const words = {
  nobody: "You are not signed in.",
  guest:
    "You have no account: signed out, nobody can come back to the picks and follows of this browser. Join first to keep them.",
  fan: "Your picks and follows stay, and are there when you sign in again.",
};

/** For an address typed by hand, and for whoever wants to think twice; the account's page signs out at once. */
export default function SignOut() {
  const { who } = useLoaderData<typeof loader>();
  return (
    <div className="max-w-[560px]">
      <h1 className="shout shout-s">Sign out</h1>
      <p className="lead">{words[who]}</p>
      <div className="mt-5 flex flex-wrap gap-2">
        {who === "nobody" ? (
          <Link to="/login" className="btn btn-main">
            Sign in
          </Link>
        ) : (
          <Form method="post">
            <button className="btn btn-main">{who === "guest" ? "Forget me here" : "Sign out"}</button>
          </Form>
        )}
        {who === "guest" && (
          <Link to="/join" className="btn">
            Join
          </Link>
        )}
      </div>
    </div>
  );
}
