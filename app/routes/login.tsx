import {
  json,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { load, submit } from "../call.server";
import { Field, FormRefusal } from "../components/field";
import { OtherWay, SignInSheet } from "../components/sign-in-sheet";
import { refused } from "../refused.server";
import { safePath } from "../safe-path";
import { wayOn } from "../way-on";

/** Why somebody is here who was signed in a moment ago. */
const farewells: Record<string, string> = {
  everywhere: "You are signed out everywhere. Every browser asks for your password again.",
  left: "All that was yours here is deleted. Votes of shows that have begun stay in the counts, without a name.",
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const redirectTo = safePath(searchParams.get("redirectTo"));
  const { fan } = await load(context.trpc.auth.me());
  if (fan && !fan.guest) return redirect(redirectTo === "/" ? "/account" : redirectTo);
  return json({
    redirectTo,
    guest: fan !== null,
    farewell: farewells[searchParams.get("after") ?? ""],
  });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? "");
  const email = field("email");
  const done = await submit(context.trpc.auth.signIn({ email, password: field("password") }));
  if (!done.ok) return refused(done, { email });
  return redirect(wayOn(form.get("redirectTo"), done.data.dropped), 303);
}

export const meta: MetaFunction = () => [
  { title: "Sign in · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function SignIn() {
  const { redirectTo, guest, farewell } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.refused;
  const busy = useNavigation().formAction?.startsWith("/login") ?? false;
  return (
    <SignInSheet
      title="Sign in"
      label="Fans"
      lead={
        guest
          ? "The picks you made as a guest come with you."
          : "Your picks and the artists you follow, on every device."
      }
      other={
        <>
          No account yet?{" "}
          <OtherWay to="/join" redirectTo={redirectTo}>
            Join
          </OtherWay>
          . To look and to vote you need none.
        </>
      }
    >
      <Form method="post" noValidate className="grid gap-4">
        {farewell && !problem && (
          <p role="status" className="note">
            {farewell}
          </p>
        )}
        <FormRefusal refused={problem} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <Field label="E-mail address" name="email" type="email" autoComplete="username" refused={problem} />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          refused={problem}
        />
        <p>
          <button className="btn btn-main" aria-busy={busy || undefined}>
            {busy ? "Signing in" : "Sign in"}
          </button>
        </p>
      </Form>
    </SignInSheet>
  );
}
