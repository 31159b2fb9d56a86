import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import "./fj-file";

beforeEach(() => {
  mount(`<fj-file data-again="another"><label><input type="file"><span data-choose>choose</span></label>
    <span data-name>chosen</span></fj-file>`);
});

const words = () => ["choose", "name"].map((key) => document.querySelector(`[data-${key}]`)!.textContent);

function choose(...files: File[]): void {
  const input = document.querySelector("input")!;
  Object.defineProperty(input, "files", { value: files, configurable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

it("says which file was chosen, and that another can be", () => {
  choose(new File(["x"], "集合点.jpg"));
  expect(words()).toEqual(["another", "集合点.jpg"]);
});

it("leaves its words while nothing is chosen", () => {
  choose();
  expect(words()).toEqual(["choose", "chosen"]);
});

it("says what the browser kept when the page was loaded again", () => {
  const file = document.querySelector("fj-file")!;
  file.remove();
  Object.defineProperty(file.querySelector("input")!, "files", { value: [new File(["x"], "旧.jpg")], configurable: true });
  document.body.append(file);
  expect(words()).toEqual(["another", "旧.jpg"]);
});
