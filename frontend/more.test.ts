import { beforeEach, describe, expect, it } from "vitest";
import "./more";

const row = (name: string) => `<li><a href="/${name}">${name}</a></li>`;

beforeEach(() => {
  document.body.innerHTML = `
    <ul id="letters">${row("one")}${row("two")}</ul>
    <div class="more" id="letters-more"><a href="?before=2" hx-target="#letters">Show more</a></div>`;
  document.addEventListener("click", (event) => event.preventDefault(), { once: true });
});

function swapped(): void {
  const list = document.getElementById("letters")!;
  list.insertAdjacentHTML("beforeend", row("three") + row("four"));
  document.getElementById("letters-more")!.innerHTML = "";
  list.dispatchEvent(new Event("htmx:after:settle", { bubbles: true }));
}

describe("more", () => {
  it("goes on at the first new row", () => {
    document.querySelector<HTMLElement>(".more a")!.click();
    swapped();
    expect(document.activeElement?.getAttribute("href")).toBe("/three");
  });

  it("leaves the focus alone when something else has changed", () => {
    swapped();
    expect(document.activeElement).toBe(document.body);
  });

  it("goes there once", () => {
    document.querySelector<HTMLElement>(".more a")!.click();
    swapped();
    (document.activeElement as HTMLElement).blur();
    swapped();
    expect(document.activeElement).toBe(document.body);
  });
});
