import { beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-print";

const button = () => document.querySelector("button")!;

beforeEach(() => {
  vi.useFakeTimers();
  mount(`<fj-print data-total="2" data-ready="all here" data-under-way="so far"><progress max="2"></progress>
    <span data-said></span><button disabled>print</button></fj-print><article class="slip"></article>`);
});

it("waits for the end of the sheet before it lets print", () => {
  vi.advanceTimersByTime(400);
  expect(document.querySelector("[data-said]")!.textContent).toBe("so far 1 / 2");
  expect(button().disabled).toBe(true);
  document.body.insertAdjacentHTML("beforeend", `<article class="slip"></article><footer data-end></footer>`);
  vi.advanceTimersByTime(400);
  expect(button().disabled).toBe(false);
  expect(document.querySelector("[data-said]")!.textContent).toBe("all here");
});

it("prints when pressed", () => {
  const print = vi.fn();
  vi.stubGlobal("print", print);
  document.body.insertAdjacentHTML("beforeend", `<footer data-end></footer>`);
  vi.advanceTimersByTime(400);
  button().click();
  expect(print).toHaveBeenCalled();
});
