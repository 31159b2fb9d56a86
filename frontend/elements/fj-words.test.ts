import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import "./fj-words";

beforeEach(() => {
  mount(`<p>先办<a class="term" href="#term-7">动火票</a>。<a class="term" href="#term-9">别处的词</a></p>
    <fj-words><dl><div id="term-7" lang="zh-CN"><dt>动火票</dt><dd>准许用火的单子。</dd></div></dl>
    <dialog><h2 data-word></h2><p data-meaning></p><button data-close>关</button></dialog></fj-words>`);
});

const dialog = () => document.querySelector("dialog")!;
const press = (what: string) => {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelector(what)!.dispatchEvent(event);
  return event;
};

it("shows what a word means where the reader is", () => {
  const event = press('a[href="#term-7"]');
  expect(event.defaultPrevented).toBe(true);
  expect(dialog().open).toBe(true);
  expect(dialog().textContent).toContain("准许用火的单子。");
  expect(dialog().lang).toBe("zh-CN");
});

it("closes again", () => {
  press('a[href="#term-7"]');
  press("[data-close]");
  expect(dialog().open).toBe(false);
});

it("leaves a word that is not explained here to the browser", () => {
  expect(press('a[href="#term-9"]').defaultPrevented).toBe(false);
  expect(dialog().open).toBe(false);
});
