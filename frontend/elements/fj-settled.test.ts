import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-settled";

const sent: Record<string, FormDataEntryValue>[] = [];
const tell = (name: string) => {
  const event = new Event(`w-autosave:${name}`, { bubbles: true, cancelable: true });
  form().dispatchEvent(event);
  return event.defaultPrevented;
};
const form = () => document.querySelector<HTMLFormElement>("form[data-edit-form]")!;
const press = () => form().requestSubmit(document.querySelector<HTMLButtonElement>("[name=action-publish]"));
let stops = false;

const arrive = (event: Event) => {
  if (stops) return event.preventDefault();
  const { submitter, target } = event as SubmitEvent;
  const button = submitter instanceof HTMLButtonElement ? submitter : null;
  sent.push(Object.fromEntries(new FormData(target as HTMLFormElement, button)));
};

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  stops = false;
  mount(
    `<fj-settled hidden></fj-settled><form data-edit-form><input name="title" value="充电桩">` +
      `<button name="action-publish" value="1">Publish</button></form>`,
  );
  form().addEventListener("submit", arrive);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

it("lets a press through when nothing is being saved, and saves nothing behind it", () => {
  press();
  expect(sent).toEqual([{ title: "充电桩", "action-publish": "1" }]);
  expect(tell("save")).toBe(true);
});

it.each(["success", "error"])("holds a press until what is being saved has ended: %s", (end) => {
  expect(tell("save")).toBe(false);
  press();
  press();
  expect(sent).toEqual([]);
  document.querySelector<HTMLButtonElement>("button")!.disabled = true; // it looks busy
  tell(end);
  expect(sent).toEqual([{ title: "充电桩", "action-publish": "1" }]);
});

it("sends a held press when the element is drawn anew before the saving has ended", () => {
  tell("save");
  press();
  document.querySelector("fj-settled")!.outerHTML = "<fj-settled hidden></fj-settled>";
  tell("success");
  expect(sent).toEqual([{ title: "充电桩", "action-publish": "1" }]);
});

it("swallows no press when the saving never ends", () => {
  tell("save");
  press();
  vi.advanceTimersByTime(10_000);
  expect(sent.length).toBe(1);
});

it("goes on saving when something else stopped the press", () => {
  stops = true;
  press();
  vi.advanceTimersByTime(1);
  expect(tell("save")).toBe(false);
});
