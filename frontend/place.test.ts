import { beforeEach, describe, expect, it } from "vitest";
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
});
