import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../tools/mount";
import { fromBytes, toBytes } from "./fj-passkey";

const options = JSON.stringify({ publicKey: { challenge: "AQID", allowCredentials: [{ id: "_-8", type: "public-key" }] } });
const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

function page(ask = "get"): void {
  mount(`<fj-passkey hidden data-ask="${ask}"><form><input type="hidden" name="credential"><button>go</button></form>
    <span data-said data-failed="type a code instead"></span></fj-passkey>`);
  document.querySelector<HTMLElement>("fj-passkey")!.dataset.options = options;
}

beforeEach(() => vi.stubGlobal("PublicKeyCredential", class {}));
afterEach(() => vi.unstubAllGlobals());

it("asks for a key with bytes, and sends the answer as text", async () => {
  const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(255), userHandle: null };
  const get = vi.fn().mockResolvedValue({ id: "k", rawId: bytes(9), type: "public-key", response });
  vi.stubGlobal("navigator", { credentials: { get } });
  page();
  const sent = vi.fn();
  document.querySelector("form")!.submit = sent;
  document.querySelector("button")!.click();
  await vi.waitFor(() => expect(sent).toHaveBeenCalled());
  const asked = get.mock.calls[0]![0].publicKey;
  expect([...asked.challenge]).toEqual([1, 2, 3]);
  expect([...asked.allowCredentials[0].id]).toEqual([255, 239]);
  const said = JSON.parse(document.querySelector<HTMLInputElement>("[name=credential]")!.value);
  expect(said.rawId).toBe("CQ");
  expect(said.response).toEqual({ clientDataJSON: "AQ", authenticatorData: "Ag", signature: "_w" });
});

it("says what else to do when no key comes", async () => {
  vi.stubGlobal("navigator", { credentials: { get: vi.fn().mockRejectedValue(new Error("NotAllowedError")) } });
  page();
  document.querySelector("button")!.click();
  await vi.waitFor(() => expect(document.querySelector("[data-said]")!.textContent).toBe("type a code instead"));
  expect(document.querySelector("button")!.disabled).toBe(false);
});

it("stays hidden where the browser knows no passkeys", () => {
  vi.stubGlobal("navigator", {});
  page();
  expect(document.querySelector<HTMLElement>("fj-passkey")!.hidden).toBe(true);
});

it("turns bytes to text and back", () => {
  expect([...toBytes(fromBytes(bytes(251, 255, 0)))]).toEqual([251, 255, 0]);
});
