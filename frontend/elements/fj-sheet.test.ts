import { beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-sheet";

beforeEach(() => {
  history.replaceState(null, "");
  mount(`<fj-sheet><a href="/spaces/" data-open>open</a>
    <dialog class="sheet"><button data-close>close</button></dialog></fj-sheet>`);
  const dialog = document.querySelector("dialog")!;
  dialog.showModal = () => dialog.setAttribute("open", "");
  dialog.close = () => dialog.removeAttribute("open");
});

const dialog = () => document.querySelector("dialog")!;
const press = (selector: string) => {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelector(selector)!.dispatchEvent(event);
  return event;
};

it("opens instead of following the link", () => {
  expect(press("[data-open]").defaultPrevented).toBe(true);
  expect(dialog().open).toBe(true);
});

it("closes when the person goes back", () => {
  press("[data-open]");
  dispatchEvent(new PopStateEvent("popstate"));
  expect(dialog().open).toBe(false);
});

it("goes back itself when closed, so that no dead step stays in history", () => {
  const back = vi.spyOn(history, "back").mockImplementation(() => undefined);
  press("[data-open]");
  press("[data-close]");
  expect(dialog().open).toBe(false);
  expect(back).toHaveBeenCalledOnce();
  back.mockRestore();
});

it("closes on the dark around it", () => {
  const back = vi.spyOn(history, "back").mockImplementation(() => undefined);
  press("[data-open]");
  press("dialog");
  expect(dialog().open).toBe(false);
  back.mockRestore();
});
