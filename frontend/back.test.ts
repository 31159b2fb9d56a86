import { beforeAll, beforeEach, expect, it, vi } from "vitest";

const navigation = new EventTarget();

beforeAll(async () => {
  vi.stubGlobal("navigation", navigation);
  await import("./back");
});

const say = (name: string) => {
  const event = new CustomEvent(name, { cancelable: true });
  document.dispatchEvent(event);
  return event;
};
const fetched = () => !say("htmx:before:history:restore").defaultPrevented;
const heard = (navigationType: string, path: string) => {
  const htmx = vi.fn();
  const event = Object.assign(new Event("navigate"), { navigationType, destination: { url: new URL(path, location.href).href } });
  navigation.addEventListener("navigate", htmx, { once: true });
  navigation.dispatchEvent(event);
  navigation.removeEventListener("navigate", htmx);
  return htmx.mock.calls.length === 1;
};

beforeEach(() => {
  history.replaceState(null, "", "/news/7/");
  say("htmx:after:history:update");
});

it("keeps a step back within the shown address to itself", () => {
  expect(heard("traverse", "/news/7/")).toBe(false);
  expect(heard("traverse", "/news/7/?rule=1")).toBe(true);
  expect(heard("push", "/news/7/")).toBe(true);
});

it("fetches nothing when the step back stays at the address that is shown", () => {
  history.pushState({ fjSheet: true }, "");
  expect(fetched()).toBe(false);
});

it("lets htmx fetch what stood at another address, and knows then that it is shown", () => {
  history.pushState({ htmx: true }, "", "/news/7/?rule=1");
  expect(fetched()).toBe(true);
  expect(fetched()).toBe(false);
});

it("knows what htmx has put in by itself", () => {
  history.pushState({ htmx: true }, "", "/news/7/?rule=2");
  say("htmx:after:history:update");
  expect(fetched()).toBe(false);
});
