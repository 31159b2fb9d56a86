import { expect, it } from "vitest";
// @ts-expect-error the lint is plain JavaScript, so that it runs without a build
import { allFaults, faultsOfCss, faultsOfDark } from "./lint.mjs";

it("finds nothing in the skin as it stands", () => {
  expect(allFaults()).toEqual([]);
});

it.each([
  [".a { color: #c2361b; }", "a colour outside"],
  [".a { color: #fff }", "a colour outside"],
  ["@layer base { }", "@layer"],
  [".a { color: color-mix(in srgb, red, blue); }", "color-mix"],
  [".a { height: 100vh; }", "100dvh"],
])("sees %s", (css, words) => {
  expect(faultsOfCss("components/a.css", css).join()).toContain(words);
});

it("lets ids and comments be", () => {
  expect(faultsOfCss("a.css", "/* #fff */\n#add .b { margin: 0; }\n.c { min-height: 100vh;\n  min-height: 100dvh; }")).toEqual([]);
});

it("sees when the two dark blocks drift apart", () => {
  expect(faultsOfDark("a{color-scheme: dark; --x: 1;} b{color-scheme: dark; --x: 2;}")).toHaveLength(1);
});
