import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import "./fj-menu";

beforeEach(() => {
  mount(`<ul><li class="sidebar-sub-menu-item--open"><button aria-expanded="true">group</button><a href="#">desk</a></li></ul>`);
  document.querySelector("a")!.focus();
});

const press = (key: string) => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

it("gives the focus back to the group that Escape closes", () => {
  press("Escape");
  expect(document.activeElement!.textContent).toBe("group");
});

it("leaves the focus where it is at any other key", () => {
  press("Tab");
  expect(document.activeElement!.textContent).toBe("desk");
});

it("is there before the group is taken away", () => {
  document.querySelector("li")!.addEventListener("keydown", (event) => {
    event.stopPropagation();
    document.querySelector("li")!.className = "";
  });
  press("Escape");
  expect(document.activeElement!.textContent).toBe("group");
});

it("leaves the focus where no group is open", () => {
  document.querySelector("li")!.className = "";
  press("Escape");
  expect(document.activeElement!.textContent).toBe("desk");
});
