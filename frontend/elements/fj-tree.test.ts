import { afterEach, expect, test, vi } from "vitest";
import "./fj-tree";
import type { FjTree } from "./fj-tree";

function tree(): FjTree {
  document.body.innerHTML = `<fj-tree><ol>
    <li><details data-src="/below/1/"><summary class="twig"><a href="/1">one</a></summary><ol><li class="wait">wait</li></ol></details></li>
    <li><div class="twig"><a href="/2">two</a></div></li>
  </ol></fj-tree>`;
  return document.querySelector("fj-tree") as FjTree;
}

function press(target: Element, key: string): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

afterEach(() => vi.unstubAllGlobals());

test("a branch is fetched when it is first opened, and only then", async () => {
  const fetched = vi.fn(async () => new Response('<li><div class="twig"><a href="/3">three</a></div></li>'));
  vi.stubGlobal("fetch", fetched);
  const branch = tree().querySelector("details")!;
  branch.open = true;
  branch.dispatchEvent(new Event("toggle"));
  await vi.waitFor(() => expect(branch.textContent).toContain("three"));
  branch.dispatchEvent(new Event("toggle"));
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("without a network the link to the whole page stays, and opening again tries again", async () => {
  vi.stubGlobal("fetch", vi.fn(async () => new Response("", { status: 502 })));
  const element = tree();
  const branch = element.querySelector("details")!;
  await element.fill(branch);
  expect(branch.textContent).toContain("wait");
  expect(branch.dataset.src).toBe("/below/1/");
});

test("arrow keys open, close and walk", () => {
  vi.stubGlobal("fetch", vi.fn(async () => new Response("")));
  const element = tree();
  const summary = element.querySelector("summary")!;
  const branch = element.querySelector("details")!;
  summary.focus();
  press(summary, "ArrowRight");
  expect(branch.open).toBe(true);
  press(summary, "ArrowLeft");
  expect(branch.open).toBe(false);
  press(summary, "ArrowDown");
  expect(document.activeElement?.textContent).toBe("two");
});
