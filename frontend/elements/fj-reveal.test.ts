import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import "./fj-reveal";

beforeEach(() => {
  mount(`<fj-reveal data-show="show" data-hide="hide"><input type="password">
    <button type="button" hidden aria-pressed="false" aria-label="show"><i data-when="hidden"></i><i data-when="shown" hidden></i></button></fj-reveal>`);
});

const button = () => document.querySelector("button")!;

it("offers its button only where it can work", () => {
  expect(button().hidden).toBe(false);
});

it("shows and hides what was typed, and says which", () => {
  button().click();
  expect([document.querySelector("input")!.type, button().getAttribute("aria-label")]).toEqual(["text", "hide"]);
  expect(document.querySelector("[data-when=hidden]")!.hasAttribute("hidden")).toBe(true);
  button().click();
  expect([document.querySelector("input")!.type, button().getAttribute("aria-pressed")]).toEqual(["password", "false"]);
});
