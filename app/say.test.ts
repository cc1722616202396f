import { beforeEach, expect, test } from "vitest";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { say, useSaid } from "./say";

function Region() {
  return createElement("p", null, useSaid());
}

beforeEach(() => say(""));

test("what is said in one request is not rendered into another", () => {
  say("3 suggestions");
  expect(renderToString(createElement(Region))).toBe("<p></p>");
});
