import type { Refused } from "../../components/field";
import type { Act } from "./act.server";

/** The refusal, where it is this form's: two forms of the page have a field of the same name. */
export function ofForm(act: Act, refused: Refused | undefined): Refused | undefined {
  return refused?.typed.act === act ? refused : undefined;
}
