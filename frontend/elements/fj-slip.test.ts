import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import "./fj-slip";

const page = `<fj-slip data-said="it stands here"><p data-said hidden></p>
  <input name="number"><input name="code"></fj-slip>`;
const code = () => document.querySelector<HTMLInputElement>("[name=code]")!.value;

beforeEach(() => history.replaceState(null, "", "/claim/"));

it("takes the code from the address, says so, and leaves the address clean", () => {
  location.hash = "#k7m29xqr";
  mount(page);
  expect(code()).toBe("K7M2 9XQR");
  expect(location.hash).toBe("");
  expect(document.querySelector<HTMLElement>("p[data-said]")!.hidden).toBe(false);
});

it("leaves anything that is no code alone", () => {
  location.hash = "#<script>";
  mount(page);
  expect(code()).toBe("");
  expect(document.querySelector<HTMLElement>("p[data-said]")!.hidden).toBe(true);
});
