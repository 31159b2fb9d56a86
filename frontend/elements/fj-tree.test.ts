import { afterEach, expect, test, vi } from "vitest";
import "./fj-tree";
import type { FjTree } from "./fj-tree";

function tree(): FjTree {
  document.body.innerHTML = `<fj-tree><ol>
    <li><div class="twig turns"><a href="/1">one</a><span>7</span></div>
      <details data-src="/below/1/"><summary>below one</summary><ol><li class="wait"><a href="?open=1">wait</a></li></ol></details></li>
    <li><div class="twig"><a href="/2">two</a></div></li>
  </ol></fj-tree>`;
  return document.querySelector("fj-tree") as FjTree;
}

function press(key: string): void {
  document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
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

test("arrow keys open, close and walk, from the link and from what opens it", () => {
  vi.stubGlobal("fetch", vi.fn(async () => new Response("")));
  const element = tree();
  const branch = element.querySelector("details")!;
  for (const start of [element.querySelector("a")!, element.querySelector("summary")!]) {
    start.focus();
    press("ArrowRight");
    expect(branch.open).toBe(true);
    expect(document.activeElement).toBe(start);
    press("ArrowLeft");
    expect(branch.open).toBe(false);
    press("ArrowDown");
    expect(document.activeElement?.textContent).toBe("two");
    press("Home");
    expect(document.activeElement?.textContent).toBe("one");
  }
});

test("the arrow to the left leads from a unit to the one above it", () => {
  vi.stubGlobal("fetch", vi.fn(async () => new Response("", { status: 502 })));
  const element = tree();
  element.querySelector("details")!.open = true;
  element.querySelector<HTMLElement>(".wait a")!.focus();
  press("ArrowLeft");
  expect(document.activeElement?.textContent).toBe("one");
});

test("a press on the line opens it, a press on the link does not", () => {
  vi.stubGlobal("fetch", vi.fn(async () => new Response("")));
  const element = tree();
  const branch = element.querySelector("details")!;
  element.querySelector("a")!.addEventListener("click", (event) => event.preventDefault());
  element.querySelector("a")!.click();
  expect(branch.open).toBe(false);
  element.querySelector<HTMLElement>(".twig span")!.click();
  expect(branch.open).toBe(true);
});
