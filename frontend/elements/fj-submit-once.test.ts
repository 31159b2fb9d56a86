import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-submit-once";

const page = (key: string, more = "") =>
  `<fj-submit-once data-key-for="confirm:12"${more}><form><input name="client_key" value="${key}"><button>OK</button></form></fj-submit-once>`;
const form = () => document.querySelector("form")!;
const key = () => document.querySelector("input")!.value;
const press = () => {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  form().dispatchEvent(event);
  return !event.defaultPrevented;
};

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  mount(page("first"));
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

it("lets the first tap through and stops the second", () => {
  expect([press(), press()]).toEqual([true, false]);
});

it("sends the same key again after the page was loaded anew", () => {
  press();
  mount(page("second"));
  press();
  expect(key()).toBe("first");
});

it("gives other words a key of their own", () => {
  const comment = (key: string, text: string) => page(key).replace("<button>", `<textarea name="text">${text}</textarea><button>`);
  mount(comment("first", "One"));
  press();
  mount(comment("second", "Two"));
  press();
  expect(key()).toBe("second");
});

it("forgets the key once the act is known to be done", () => {
  press();
  mount(page("second", " data-settled"));
  press();
  expect(key()).toBe("second");
});

it("shows the spinner only after 300 ms", () => {
  press();
  vi.advanceTimersByTime(299);
  expect(document.querySelector("button")!.classList.contains("busy")).toBe(false);
  vi.advanceTimersByTime(1);
  expect(document.querySelector("button")!.classList.contains("busy")).toBe(true);
});

it("gives the button back when the network never answers", () => {
  press();
  vi.advanceTimersByTime(15_000);
  expect(press()).toBe(true);
  expect(key()).toBe("first");
});

it("gives the button back when the page returns from the back-forward cache", () => {
  press();
  dispatchEvent(new Event("pageshow"));
  expect(press()).toBe(true);
});

it("still guards when storage is closed", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new Error("closed");
  });
  expect([press(), press()]).toEqual([true, false]);
  vi.restoreAllMocks();
});
