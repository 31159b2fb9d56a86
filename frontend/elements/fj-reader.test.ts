import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-reader";

let top = 2000;

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => (run(), 1));
  vi.stubGlobal("innerHeight", 800);
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    if (this.hasAttribute("data-end")) return { top, height: 0 } as DOMRect;
    if (this.hasAttribute("data-body")) return { top: top - 2000, height: 2000 } as DOMRect;
    return { top: 0, height: 100 } as DOMRect;
  });
  mount(`<fj-reader><i data-line></i><div data-body>…</div><b data-end></b>
    <div class="actionbar"><p data-why data-wait="read on" data-done="end reached">as it was</p>
    <button data-confirm>OK</button></div></fj-reader>`);
});
afterEach(() => {
  document.body.innerHTML = "";
  top = 2000;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const button = () => document.querySelector("button")!;
const why = () => document.querySelector("[data-why]")!.textContent;

it("keeps the button closed and says why until the end was on the screen", () => {
  expect(button().disabled).toBe(true);
  expect(why()).toBe("read on");
  top = 700;
  dispatchEvent(new Event("scroll"));
  expect(button().disabled).toBe(false);
  expect(why()).toBe("end reached");
});

it("takes the reason away where the end needs no words", () => {
  document.querySelector("[data-why]")!.setAttribute("data-done", "");
  top = 700;
  dispatchEvent(new Event("scroll"));
  expect(why()).toBe("");
});

it("keeps it open when the reader scrolls back up", () => {
  top = 600;
  dispatchEvent(new Event("scroll"));
  top = 2000;
  dispatchEvent(new Event("scroll"));
  expect(button().disabled).toBe(false);
});

it("does not take the end for seen while it is behind the bar", () => {
  top = 750;
  dispatchEvent(new Event("scroll"));
  expect(button().disabled).toBe(true);
});

it("draws how much was read", () => {
  top = 1700;
  dispatchEvent(new Event("scroll"));
  expect(document.querySelector<HTMLElement>("[data-line]")!.style.getPropertyValue("--read")).toBe("0.5000");
});
