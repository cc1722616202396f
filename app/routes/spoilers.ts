import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { coverCookie } from "../spoilers";
import { safePath } from "../safe-path";

/** Nobody reads here; an address typed by hand leads home. */
export const loader = () => redirect("/");

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return redirect(safePath(form.get("redirectTo")), {
    status: 303,
    headers: { "Set-Cookie": coverCookie(form.get("cover") === "1") },
  });
}
