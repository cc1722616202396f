import type { Config } from "tailwindcss";
import plugin from "tailwindcss/plugin";

/** The colour tokens, contrast checked on page, sheet and sunk. Components know the names, never a scheme. */
const light = {
  "color-scheme": "light",
  "--page": "#e7eaeb",
  "--sheet": "#ffffff",
  "--sunk": "#f1f3f4",
  "--ink": "#101315",
  "--ink2": "#454c52",
  "--ink3": "#5c646b",
  "--edge": "#767f86",
  "--line": "#cdd3d7",
  "--will": "#ffe000",
  "--want": "#ff84bc",
  "--on-tape": "#101315",
  "--ok": "#0a6638",
  "--run": "#0b57a4",
  "--warn": "#855000",
  "--bad": "#b01f1a",
  "--gaff": "#101315",
  "--on-gaff": "#ffffff",
  "--grade": "0",
  "--lift": "0 1px 0 #c3cacf, 0 10px 30px -18px #10131566",
};
const dark = {
  "color-scheme": "dark",
  "--page": "#0a0c0e",
  "--sheet": "#131619",
  "--sunk": "#1b1f23",
  "--ink": "#eef1f3",
  "--ink2": "#b6bec4",
  "--ink3": "#949da4",
  "--edge": "#717b83",
  "--line": "#2a3036",
  "--will": "#ebd000",
  "--want": "#f07cb2",
  "--ok": "#62d092",
  "--run": "#82bbff",
  "--warn": "#efb04a",
  "--bad": "#ff8f86",
  "--gaff": "#d5dbdf",
  "--on-gaff": "#101315",
  // Light text on black looks heavier: titles are set 40 lighter.
  "--grade": "40",
  "--lift": "inset 0 0 0 1px #22282d",
};

/** Odds (`p0` to `p100`) and the fans' share (`f0` to `f100`) as classes: the policy allows no inline style. */
const shares = Array.from({ length: 101 }, (_, i) => i);

export default {
  content: ["./app/**/*.{ts,tsx}"],
  safelist: shares.flatMap((i) => [`p${i}`, `f${i}`]),
  theme: {
    screens: { tablet: "760px", desk: "1080px" },
    extend: {
      fontFamily: {
        sans: [
          "Archivo Variable",
          "system-ui",
          "Noto Sans",
          "Hiragino Sans",
          "Noto Sans CJK JP",
          "Noto Sans Arabic",
          "sans-serif",
        ],
      },
      fontSize: {
        xs: ["13px", "18px"],
        sm: ["14px", "20px"],
        small: ["15px", "22px"],
        base: ["16px", "24px"],
        lead: ["18px", "26px"],
      },
      colors: {
        page: "var(--page)",
        sheet: "var(--sheet)",
        sunk: "var(--sunk)",
        ink: { DEFAULT: "var(--ink)", 2: "var(--ink2)", 3: "var(--ink3)" },
        edge: "var(--edge)",
        line: "var(--line)",
        tape: { will: "var(--will)", want: "var(--want)", text: "var(--on-tape)" },
        ok: "var(--ok)",
        run: "var(--run)",
        warn: "var(--warn)",
        bad: "var(--bad)",
      },
    },
  },
  plugins: [
    plugin(({ addBase, addUtilities }) => {
      addBase({
        ":root": light,
        "@media (prefers-color-scheme: dark)": { ":root:not([data-theme=light])": dark },
        ":root[data-theme=dark]": dark,
        "@media print": { ":root:root:root": light },
      });
      for (const i of shares) addUtilities({ [`.p${i}`]: { "--q": `${i}` }, [`.f${i}`]: { "--f": `${i}` } });
    }),
  ],
} satisfies Config;
