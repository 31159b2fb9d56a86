import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import "./fj-file";

const drawn = (inside = '<span data-here>let go</span>', input = '<input type="file">') =>
  mount(`<fj-file data-again="another" data-several="{count} files">${input}<label><span data-choose>choose</span></label>
    ${inside}<p data-chosen hidden><b data-name></b> <small data-size></small></p><ol data-names hidden></ol></fj-file>`);

beforeEach(() => drawn());

const element = () => document.querySelector<HTMLElement>("fj-file")!;
const words = () => ["choose", "name", "size"].map((key) => document.querySelector(`[data-${key}]`)!.textContent);
const shown = (key: string) => !document.querySelector(`[data-${key}]`)!.hasAttribute("hidden");
const file = (name: string, size = 1) => new File(["x".repeat(size)], name);

function choose(...files: File[]): void {
  const input = document.querySelector("input")!;
  Object.defineProperty(input, "files", { value: files, configurable: true, writable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Lets files hang over the element, leave it or fall on it; returns whether the browser would still act itself. */
function drag(kind: string, types: string[], files: File[] = [], to: Node | null = null): boolean {
  const event = new Event(kind, { bubbles: true, cancelable: true });
  const dataTransfer = { types, files, dropEffect: "none" };
  return element().dispatchEvent(Object.assign(event, { dataTransfer, relatedTarget: to }));
}

it("says which file was chosen and how large it is, and that another can be", () => {
  choose(file("集合点.jpg", 340_400));
  expect(words()).toEqual(["another", "集合点.jpg", "340 KB"]);
  expect(shown("chosen")).toBe(true);
});

it("writes sizes as the server does", () => {
  choose(file("a.jpg", 3));
  expect(words()[2]).toBe("1 KB");
  choose(file("a.jpg", 1_250_000));
  expect(words()[2]).toBe("1.3 MB");
});

it("has its first words again when the choice is taken back", () => {
  choose(file("a.jpg"));
  choose();
  expect(words()).toEqual(["choose", "", ""]);
  expect(shown("chosen")).toBe(false);
});

it("counts several and names each", () => {
  choose(file("1.jpg", 1_000), file("2.jpg", 2_000));
  expect(words()).toEqual(["another", "2 files", "3 KB"]);
  expect([...document.querySelectorAll("li")].map((row) => row.textContent)).toEqual(["1.jpg", "2.jpg"]);
  expect(shown("names")).toBe(true);
  choose(file("1.jpg"));
  expect(shown("names")).toBe(false);
});

it("says what the browser kept when the page was loaded again", () => {
  const kept = element();
  kept.remove();
  Object.defineProperty(kept.querySelector("input")!, "files", { value: [file("旧.jpg")], configurable: true });
  document.body.append(kept);
  expect(words().slice(0, 2)).toEqual(["another", "旧.jpg"]);
});

it("shows that a file may be let go, until it leaves", () => {
  expect(drag("dragover", ["Files"])).toBe(false);
  expect(element().dataset.over).toBe("");
  drag("dragleave", ["Files"], [], document.querySelector("label"));
  expect(element().dataset.over).toBe("");
  drag("dragleave", ["Files"], [], document.body);
  expect(element().dataset.over).toBeUndefined();
});

it("lets go by what is no file, and leaves files alone where it has no place for them", () => {
  expect(drag("dragover", ["text/plain"])).toBe(true);
  expect(element().dataset.over).toBeUndefined();
  drawn("");
  expect(drag("dragover", ["Files"])).toBe(true);
  expect(drag("drop", ["Files"], [file("a.xlsx")])).toBe(true);
});

it("takes the one file that is dropped on it, as if it had been chosen", () => {
  drag("dragover", ["Files"]);
  let told = 0;
  element().addEventListener("change", () => told++);
  expect(drag("drop", ["Files"], [file("花名册.xlsx", 2_000), file("second.xlsx")])).toBe(false);
  expect(words()).toEqual(["another", "花名册.xlsx", "2 KB"]);
  expect(document.querySelector("input")!.files).toHaveLength(1);
  expect(element().dataset.over).toBeUndefined();
  expect(told).toBe(1);
});

it("takes all that are dropped where several may be chosen", () => {
  drawn('<span data-here>let go</span>', '<input type="file" multiple>');
  drag("drop", ["Files"], [file("1.jpg"), file("2.jpg")]);
  expect(words().slice(0, 2)).toEqual(["another", "2 files"]);
});
