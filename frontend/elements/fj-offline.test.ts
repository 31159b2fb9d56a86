import { beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-offline";

beforeEach(() => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  mount(`<fj-offline><p>No network <span data-waiting="%(count)s waiting" hidden></span></p></fj-offline>`);
});

const bar = () => document.querySelector("fj-offline")!;

it("is not drawn while there is a network", () => {
  expect(bar().classList.contains("off")).toBe(false);
});

it("comes and goes with the network", () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  dispatchEvent(new Event("offline"));
  expect(bar().classList.contains("off")).toBe(true);
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  dispatchEvent(new Event("online"));
  expect(bar().classList.contains("off")).toBe(false);
});

it("says how many answers wait", () => {
  document.dispatchEvent(new CustomEvent("fj-waiting", { detail: 2 }));
  const count = document.querySelector<HTMLElement>("[data-waiting]")!;
  expect([count.hidden, count.textContent]).toEqual([false, "2 waiting"]);
});
