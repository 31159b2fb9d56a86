import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-idle";

let left = { seconds: 120, can_extend: true };
const asked: [string, string][] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  left = { seconds: 120, can_extend: true };
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push([init.method!, url]);
    return { ok: true, json: async () => left };
  });
  mount(
    `<fj-idle hidden data-url="/stay/" data-idle="1800" data-warn="120"><p data-soon="In %(minutes)s minutes"></p>` +
      `<p data-shut hidden>Shut</p><button data-stay>Stay</button></fj-idle>`,
  );
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const bar = () => document.querySelector<HTMLElement>("fj-idle")!;
const part = (name: string) => document.querySelector<HTMLElement>(`[data-${name}]`)!;

it("says nothing until two minutes before", async () => {
  await vi.advanceTimersByTimeAsync(1679_000);
  expect([bar().hidden, asked.length]).toEqual([true, 0]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([bar().hidden, part("soon").textContent]).toEqual([false, "In 2 minutes"]);
});

it("stays silent when another tab used the studio", async () => {
  left = { seconds: 900, can_extend: true };
  await vi.advanceTimersByTimeAsync(1681_000);
  expect([bar().hidden, asked]).toEqual([true, [["GET", "/stay/"]]]);
});

it("goes away when somebody stays, and comes again in time", async () => {
  await vi.advanceTimersByTimeAsync(1681_000);
  left = { seconds: 1800, can_extend: true };
  part("stay").click();
  await vi.advanceTimersByTimeAsync(1);
  expect([bar().hidden, asked.at(-1)]).toEqual([true, ["POST", "/stay/"]]);
  left = { seconds: 120, can_extend: true };
  await vi.advanceTimersByTimeAsync(1681_000);
  expect(bar().hidden).toBe(false);
});

it("says when it has shut, and offers nothing that cannot be had", async () => {
  left = { seconds: 60, can_extend: false };
  await vi.advanceTimersByTimeAsync(1681_000);
  expect([part("stay").hidden, part("shut").hidden]).toEqual([true, true]);
  left = { seconds: 0, can_extend: false };
  await vi.advanceTimersByTimeAsync(31_000);
  expect([part("soon").hidden, part("shut").hidden]).toEqual([true, false]);
});

it("does not cry wolf without a network", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("offline");
  });
  await vi.advanceTimersByTimeAsync(1681_000);
  expect(bar().hidden).toBe(true);
});
