/** All benches by the name that `npm run bench -- --only NAME` knows. */
import type { Bench } from "./frame.ts";
import { control } from "./control/index.ts";
import { imports } from "./imports/index.ts";
import { live } from "./live/index.ts";
import { prediction } from "./prediction/index.ts";
import { search } from "./search/index.ts";
import { trending } from "./trending/index.ts";
import { votes } from "./votes/index.ts";
import { writes } from "./writes/index.ts";

export const benches: Record<string, Bench> = {
  writes,
  imports,
  live,
  search,
  trending,
  votes,
  prediction,
  control,
};
