/** What the forms of one's own page ask for, and the way back: 303, with a word for what was done. */
import { redirect } from "@remix-run/node";
import type { Caller } from "#server/routers/_app";
import { submit } from "../../call.server";
import { refused } from "../../refused.server";

export type Act = "rename" | "named" | "password" | "end" | "everywhere" | "delete";

export async function act(trpc: Caller, request: Request) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? "");
  const done = await submit(call());
  if (done.ok) return redirect(done.data, 303);
  if (done.error.code === "UNAUTHORIZED") return redirect("/login?redirectTo=%2Faccount", 303);
  // Which form it was, so that the refusal stands there and in no other one with a field of the same name.
  return refused(done, { act: field("act"), name: field("name") });

  /** @returns where to go after it */
  async function call(): Promise<string> {
    switch (field("act") as Act) {
      case "rename":
        await trpc.auth.rename({ name: field("name") });
        return "/account?done=rename";
      case "named":
        await trpc.auth.setNamed({ named: field("named") === "1" });
        return "/account?done=named#record";
      case "password":
        await trpc.auth.changePassword({ password: field("password"), newPassword: field("newPassword") });
        return "/account?done=password";
      case "end":
        await trpc.auth.endSession({ sessionId: field("sessionId") });
        return "/account?done=end";
      case "everywhere":
        await trpc.auth.signOutEverywhere();
        return "/login?after=everywhere";
      case "delete":
        await trpc.auth.deleteAccount(form.has("password") ? { password: field("password") } : {});
        return "/login?after=left";
      default:
        return "/account";
    }
  }
}
