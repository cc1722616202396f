import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { safePath } from "../safe-path";
import { isTheme, themeCookie } from "../theme";

/** Nobody reads here; an address typed by hand leads home. */
export const loader = () => redirect("/");

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const theme = form.get("theme");
  return redirect(safePath(form.get("redirectTo")), {
    status: 303,
    headers: { "Set-Cookie": themeCookie(isTheme(theme) ? theme : "system") },
  });
}
