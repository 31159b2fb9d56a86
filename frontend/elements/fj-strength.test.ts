import { beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-strength";

const meter = () => document.querySelector("meter")!.getAttribute("value");
const said = () => document.querySelector("[data-said]")!.textContent;

beforeEach(() => {
  vi.useFakeTimers();
  mount(`<form><input type="hidden" name="csrfmiddlewaretoken" value="t"><input id="p"></form>
    <fj-strength data-for="p" data-ask="/ask/" hidden><meter max="4" value="0"></meter><p data-said></p></fj-strength>`);
});

function type(words: string) {
  const field = document.querySelector<HTMLInputElement>("#p")!;
  field.value = words;
  field.dispatchEvent(new Event("input"));
}

it("asks once after a pause and shows the answer", async () => {
  const fetched = vi.fn().mockResolvedValue({ ok: true, json: async () => ({ score: 3, advice: "good" }) });
  vi.stubGlobal("fetch", fetched);
  type("a path");
  type("a path by the sea");
  await vi.advanceTimersByTimeAsync(500);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect((fetched.mock.calls[0]![1].body as FormData).get("password")).toBe("a path by the sea");
  expect(meter()).toBe("3");
  expect(said()).toBe("good");
});

it("stays away when nothing is typed or the network is gone", async () => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new Error("gone")));
  type("");
  await vi.advanceTimersByTimeAsync(500);
  expect(document.querySelector<HTMLElement>("fj-strength")!.hidden).toBe(true);
  type("x");
  await vi.advanceTimersByTimeAsync(500);
  expect(said()).toBe("");
});

it("asks for what stands there already when it wakes: typed early, or filled in by the browser", async () => {
  const fetched = vi.fn().mockResolvedValue({ ok: true, json: async () => ({ score: 2, advice: "longer" }) });
  vi.stubGlobal("fetch", fetched);
  document.querySelector<HTMLInputElement>("#p")!.value = "zhangwei";
  const element = document.querySelector("fj-strength")!;
  element.replaceWith(element.cloneNode(true));
  await vi.advanceTimersByTimeAsync(500);
  expect(meter()).toBe("2");
});
