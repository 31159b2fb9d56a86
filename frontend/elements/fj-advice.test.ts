import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-advice";

const found = () => document.querySelector("[data-found]")!.innerHTML;
const counter = () => document.querySelector<HTMLElement>("[data-side-panel-toggle-counter]")!;
const answer = (html: string) => ({ ok: true, text: async () => html });

beforeEach(() => {
  vi.useFakeTimers();
  mount(`<form data-edit-form><input name="title" value="a">
      <section data-streamfield-child><input type="hidden"><textarea id="one"></textarea></section>
      <section data-streamfield-child><textarea id="two"></textarea></section></form>
    <button data-side-panel-toggle="advice"><i data-side-panel-toggle-counter hidden></i></button>
    <div data-side-panel="advice"><fj-advice data-ask="/ask/"><div data-found></div></fj-advice></div>`);
  Element.prototype.scrollIntoView = vi.fn();
});

afterEach(() => document.body.replaceChildren());

function type(words: string) {
  document.querySelector<HTMLInputElement>("[name=title]")!.value = words;
}

it("asks when the form rests, and only about something new", async () => {
  const fetched = vi.fn().mockResolvedValue(answer('<p data-count="2">two</p>'));
  vi.stubGlobal("fetch", fetched);
  await vi.advanceTimersByTimeAsync(5000);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(found()).toContain("two");
  expect([counter().textContent, counter().hidden]).toEqual(["2", false]);
  type("b");
  await vi.advanceTimersByTimeAsync(1200);
  type("bc");
  await vi.advanceTimersByTimeAsync(3600);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(String(fetched.mock.calls[1]![1].body)).toContain("title=bc");
});

it("hides the number when nothing is found, and tries again when the network is gone", async () => {
  const fetched = vi.fn().mockRejectedValueOnce(new Error("gone")).mockResolvedValue(answer('<p data-count="0"></p>'));
  vi.stubGlobal("fetch", fetched);
  await vi.advanceTimersByTimeAsync(5000);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(counter().hidden).toBe(true);
});

it("leads to the part that a finding is about", async () => {
  vi.stubGlobal("fetch", vi.fn().mockResolvedValue(answer('<b data-count="1"></b><button data-part="2">2</button>')));
  await vi.advanceTimersByTimeAsync(5000);
  document.querySelector<HTMLElement>("[data-part]")!.click();
  expect(document.activeElement?.id).toBe("two");
});
