import tseslint from "typescript-eslint";
import reactHooks from "eslint-plugin-react-hooks";
import jsxA11y from "eslint-plugin-jsx-a11y";

/**
 * The import graph of the house (docs/architecture.md), one rule a room. `allowTypeImports` where pages may know a
 * shape but not load its code.
 */
const rooms = (files, patterns) => ({
  files,
  ignores: ["**/*.test.{ts,tsx}"],
  rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns }] },
});
const closed = (group, message, allowTypeImports = false) => ({ group, message, allowTypeImports });
const env = closed(
  ["#server/env", "**/server/env", "./env", "../env"],
  "Only entry points read the environment.",
);
const simulator = closed(
  ["#server/simulator/*", "**/simulator/*"],
  "The simulator is for bin, tests and bench.",
);
const noJobs = closed(["#jobs/*", "**/jobs/*"], "Nobody imports jobs.");
const noBin = closed(["**/bin/*"], "Nobody imports bin.");
const noApp = closed(["**/app/*"], "Only Remix imports app.");

export default tseslint.config(
  { ignores: ["build/**", "public/build/**", "node_modules/**", ".cache/**", "db/types.ts", ".data/**"] },
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "no-restricted-properties": [
        "error",
        { object: "sql", property: "raw", message: "SQL only through Kysely's parameters." },
        { object: "sql", property: "lit", message: "SQL only through Kysely's parameters." },
      ],
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["app/**/*.tsx", "app/**/*.ts"],
    plugins: { "react-hooks": reactHooks, "jsx-a11y": jsxA11y },
    rules: {
      ...reactHooks.configs.recommended.rules,
      ...jsxA11y.flatConfigs.recommended.rules,
      // Safari drops the list role of an unstyled list; role="list" brings it back (docs/architecture.md).
      "jsx-a11y/no-redundant-roles": ["error", { ol: ["list"], ul: ["list"] }],
    },
  },
  rooms(
    ["app/**"],
    [
      closed(
        ["#server/*", "**/server/*"],
        "Pages ask through context.trpc; only types come from server.",
        true,
      ),
      closed(["#db/*", "**/db/*"], "Pages never touch the database."),
      noJobs,
      noBin,
    ],
  ),
  rooms(
    ["rules/**"],
    [closed(["#*", "node:*", "pg", "kysely"], "rules/ is pure and imports nothing but itself.")],
  ),
  rooms(["db/**"], [closed(["#server/*", "**/server/*"], "db imports only rules."), noJobs, noBin, noApp]),
  rooms(["server/**"], [noJobs, noBin, noApp, env, simulator]),
  rooms(["server/simulator/**"], [noJobs, noBin, noApp, env]),
  rooms(
    ["jobs/**"],
    [
      {
        regex: "^#server/(?!upstreams/|log$|metrics$)",
        message: "jobs take only server/upstreams, server/log and server/metrics.",
      },
      noBin,
      noApp,
    ],
  ),
  {
    // Entry points wire: they alone read the environment.
    files: ["server/web.ts", "jobs/worker.ts", "db/migrate.ts", "bin/**"],
    rules: { "@typescript-eslint/no-restricted-imports": "off" },
  },
);
