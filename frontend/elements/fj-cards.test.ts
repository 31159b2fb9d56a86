import { expect, test } from "vitest";
import "./fj-cards";

function page(table: string): HTMLTableElement {
  document.body.innerHTML = `<div class="desk"><table class="grid">${table}</table></div><fj-cards></fj-cards>`;
  return document.querySelector("table") as HTMLTableElement;
}

test("each cell knows the name of its column, except what is empty or only said aloud", () => {
  const table = page(`<thead><tr><th>Name</th><th>Since</th><th><span class="vh">Next</span></th></tr></thead>
    <tbody><tr><td>张伟</td><td></td><td><button>Go</button></td></tr></tbody>`);
  const cells = [...table.querySelectorAll("td")];
  expect(cells.map((cell) => cell.dataset.label)).toEqual(["Name", undefined, undefined]);
  expect(table.classList.contains("cards")).toBe(true);
  expect(cells.every((cell) => cell.getAttribute("role") === "cell")).toBe(true);
});

test("what comes later is labelled as well; a head that is only said aloud labels nothing", () => {
  page("<thead><tr><th>Name</th></tr></thead><tbody><tr><td>张伟</td></tr></tbody>");
  document.querySelector("table")!.outerHTML = `<table class="grid"><thead class="vh"><tr><th>Unit</th><th>Choose</th></tr></thead>
    <tbody><tr><td>启明集团</td><td><button>Go</button></td></tr></tbody></table>`;
  let early = true;
  const after = () => (early = !document.querySelector("table.cards"));
  document.addEventListener("htmx:after:swap", after);
  document.body.dispatchEvent(new Event("htmx:after:swap", { bubbles: true }));
  document.removeEventListener("htmx:after:swap", after);
  expect(early).toBe(false);
  expect(document.querySelectorAll("[data-label]")).toHaveLength(0);
});

test("a row that spans all columns and a table without a head stay as they are", () => {
  const spanned = page(`<thead><tr><th>Name</th><th>Since</th></tr></thead>
    <tbody><tr><td colspan="2">Nobody.</td></tr></tbody>`);
  expect(spanned.querySelector("td")!.dataset.label).toBeUndefined();
  expect(page("<tbody><tr><td>one</td></tr></tbody>").classList.contains("cards")).toBe(false);
});
