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

export async function loader({ request, context }: LoaderFunctionArgs) {
  const redirectTo = safePath(new URL(request.url).searchParams.get("redirectTo"));
  const { fan } = await load(context.trpc.auth.me());
  if (fan && !fan.guest) return redirect(redirectTo === "/" ? "/account" : redirectTo);
  return json({ redirectTo, guest: fan !== null });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? "");
  const typed = { name: field("name"), email: field("email") };
  const done = await submit(context.trpc.auth.signUp({ ...typed, password: field("password") }));
  if (!done.ok) return refused(done, typed);
  return redirect(wayOn(form.get("redirectTo"), done.data.dropped), 303);
}

export const meta: MetaFunction = () => [{ title: "Join · TheSet" }, { name: "robots", content: "noindex" }];

export default function Join() {
  const { redirectTo, guest } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.refused;
  const busy = useNavigation().formAction?.startsWith("/join") ?? false;
  return (
    <SignInSheet
      title="Join"
      label="A minute, and free"
      lead={
        guest
          ? "The picks you made as a guest stay yours, and no browser can forget them any more."
          : "An account keeps your picks and the artists you follow, on every device."
      }
      other={
        <>
          Have an account?{" "}
          <OtherWay to="/login" redirectTo={redirectTo}>
            Sign in
          </OtherWay>
        </>
      }
    >
      <Form method="post" noValidate className="grid gap-4">
        <FormRefusal refused={problem} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <Field
          label="Name"
          name="name"
          autoComplete="nickname"
          hint="What others may see of you. It need not be your own."
          refused={problem}
        />
        <Field
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="email"
          hint="To sign in with. Nobody sees it, and no mail is sent to it."
          refused={problem}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters, of any kind; 15 or more are better."
          refused={problem}
        />
        <p>
          <button className="btn btn-main" aria-busy={busy || undefined}>
            {busy ? "Joining" : "Join"}
          </button>
        </p>
      </Form>
    </SignInSheet>
  );
}
