import { beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import "./fj-copy";

beforeEach(() => {
  mount(`<fj-copy data-text="QM-1"><button>copy</button>
    <span data-said data-done="copied" data-failed="select it by hand"></span></fj-copy>`);
});

const said = () => document.querySelector("[data-said]")!.textContent;

it("copies the text and says so", async () => {
  const write = vi.fn().mockResolvedValue(undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText: write } });
  document.querySelector("button")!.click();
  await vi.waitFor(() => expect(said()).toBe("copied"));
  expect(write).toHaveBeenCalledWith("QM-1");
});

it("says what to do when the web view refuses", async () => {
  vi.stubGlobal("navigator", { clipboard: undefined });
  document.querySelector("button")!.click();
  await vi.waitFor(() => expect(said()).toBe("select it by hand"));
});
