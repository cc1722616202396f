import { expect, it } from "vitest";
import { visible } from "./visible.ts";

it.each([
  ["Björk & 宇多田ヒカル", "Björk & 宇多田ヒカル"],
  ["\u001b[2J\u001b]0;owned\u0007", "�[2J�]0;owned�"],
  ["C1: \u009b31m", "C1: �31m"],
  ["line\r\nbreak\u2028too", "line��break�too"],
  ["\u202Etfel", "�tfel"],
])("shows %j as %s", (text, shown) => expect(visible(text)).toBe(shown));
