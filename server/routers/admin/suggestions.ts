/** Songs that fans suggested. Taking one off a list and putting it back: setlist.hideSong, setlist.restoreSong. */
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import { listSuggestions, type SuggestionCursor, suggestionStates } from "#db/queries/suggestion-lists";
import { decodeCursor, page } from "../../cursor.ts";
import { cursorInput } from "../../inputs.ts";
import { adminProcedure, router } from "../../trpc.ts";

const SUGGESTIONS_A_PAGE = 50;
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?$/;
const suggestionCursor: z.ZodType<SuggestionCursor> = z.object({
  at: z.string().regex(MOMENT),
  setlistSongId: z.uuid(),
  fanId: z.uuid(),
});

export const suggestionsRouter = router({
  /** The one suggested last first. `new`: on its list; `hidden`: taken off it by an administrator. */
  suggestions: adminProcedure
    .input(z.object({ state: z.enum(suggestionStates).default("new"), cursor: cursorInput }))
    .query(async ({ ctx, input: { state, cursor } }) => {
      const after = decodeCursor(suggestionCursor, cursor);
      const limit = SUGGESTIONS_A_PAGE + 1;
      const read = await cutOff(ctx.db, (trx) => listSuggestions(trx, { state, after, limit }));
      if (read.cut) return { cut: true, suggestions: [], nextCursor: undefined };
      const shown = page(read.value, SUGGESTIONS_A_PAGE, ({ at, setlistSongId, fanId }) => ({
        at,
        setlistSongId,
        fanId,
      }));
      return { cut: false, suggestions: shown.rows, nextCursor: shown.nextCursor };
    }),
});
