import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import "./fj-paste";

const area = () => document.querySelector("textarea")!;
const status = () => document.querySelector("[data-status]")!.textContent;

beforeEach(() => {
  mount(`<fj-paste data-said="{characters} and {pictures}"><textarea></textarea><p data-status></p></fj-paste>`);
});

function paste(html: string): Event {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: (kind: string) => (kind === "text/html" ? html : "words") } });
  area().dispatchEvent(event);
  return event;
}

it("keeps the structure of what is pasted and says how much it is", () => {
  expect(paste("<h1>a b</h1><img src='x'><p>c</p>").defaultPrevented).toBe(true);
  expect(area().value).toContain("<h1>");
  expect(status()).toBe("3 and 1");
});

it("leaves plain words to the browser", () => {
  expect(paste("").defaultPrevented).toBe(false);
  expect(status()).toBe("");
});
