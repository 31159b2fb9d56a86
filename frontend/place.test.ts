import { beforeEach, describe, expect, it, vi } from "vitest";
import "./place";

function draw(name: string): HTMLElement {
  document.body.innerHTML = `<div data-keeps-place="${name}"></div>`;
  return document.querySelector("div")!;
}

function swap(name: string): HTMLElement {
  document.dispatchEvent(new Event("htmx:before:swap"));
  const list = draw(name);
  document.dispatchEvent(new Event("htmx:after:swap"));
  return list;
}

describe("place", () => {
  beforeEach(() => {
    draw("units of 7").scrollTop = 240;
  });

  it("keeps the place of a list that comes anew", () => {
    expect(swap("units of 7").scrollTop).toBe(240);
  });

  it("begins another list at its top", () => {
    expect(swap("units of 8").scrollTop).toBe(0);
  });

  it("does not come back to the place of a list that was left", () => {
    swap("units of 8");
    expect(swap("units of 7").scrollTop).toBe(0);
  });

  it("keeps where the list stands in the window, once more when the page was too short for it", () => {
    const tops = { before: 300, short: 500, grown: 500 };
    let top = tops.before;
    vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(() => ({ top }) as DOMRect);
    const by: number[] = [];
    vi.spyOn(window, "scrollBy").mockImplementation((...asked: unknown[]) => void by.push(Number(asked[1])));
    const come = (at: number): void => {
      document.dispatchEvent(new Event("htmx:before:swap"));
      top = at;
      document.dispatchEvent(new Event("htmx:after:swap"));
    };
    come(tops.short); // the page ends too early: it stays at 500
    come(tops.grown);
    expect(by).toEqual([200, 200]);
    document.dispatchEvent(new Event("wheel")); // the reader moves on
    come(tops.grown);
    expect(by).toEqual([200, 200]);
    vi.restoreAllMocks();
  });
});
