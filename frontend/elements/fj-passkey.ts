/**
 * <fj-passkey data-ask="create|get" data-options="{…}"> around a form: its button asks the browser for a passkey,
 * writes the answer as JSON into [name=credential] and sends the form. Hidden where the browser knows no passkeys.
 * [data-said] is a live region; data-failed holds its words.
 */
type Options = { publicKey: Record<string, unknown> };

export class FjPasskey extends HTMLElement {
  private readonly clicked = async (event: Event) => {
    const button = (event.target as Element).closest("button");
    const form = this.querySelector("form");
    if (!button || !form) return;
    event.preventDefault();
    button.disabled = true;
    try {
      const field = form.querySelector<HTMLInputElement>("[name=credential]")!;
      field.value = JSON.stringify(asJson(await this.ask()));
      form.submit();
    } catch {
      // Cancelled, timed out, or no key that fits: the person can try again or type a code.
      button.disabled = false;
      const said = this.querySelector<HTMLElement>("[data-said]");
      if (said) said.textContent = said.dataset.failed ?? "";
    }
  };

  connectedCallback(): void {
    if (!("PublicKeyCredential" in globalThis) || !navigator.credentials) return;
    this.hidden = false;
    this.addEventListener("click", this.clicked);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.clicked);
  }

  private ask(): Promise<Credential | null> {
    const { publicKey } = JSON.parse(this.dataset.options ?? "{}") as Options;
    const options = { publicKey: withBytes(publicKey) } as unknown;
    return this.dataset.ask === "create"
      ? navigator.credentials.create(options as CredentialCreationOptions)
      : navigator.credentials.get(options as CredentialRequestOptions);
  }
}

/** The members that are bytes in the browser and base64url in JSON (WebAuthn Level 3, 5.1.8). */
function withBytes(options: Record<string, unknown>): Record<string, unknown> {
  const listed = (name: string) =>
    ((options[name] as { id: string }[] | undefined) ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
  const made: Record<string, unknown> = { ...options, challenge: toBytes(options.challenge as string) };
  if (options.user) {
    const user = options.user as { id: string };
    made.user = { ...user, id: toBytes(user.id) };
  }
  for (const name of ["allowCredentials", "excludeCredentials"]) if (options[name]) made[name] = listed(name);
  return made;
}

function asJson(found: Credential | null): unknown {
  if (!found) throw new Error("no credential");
  const credential = found as PublicKeyCredential;
  const response: Record<string, string> = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = (credential.response as unknown as Record<string, ArrayBuffer | null>)[name];
    if (value) response[name] = fromBytes(value);
  }
  return { id: credential.id, rawId: fromBytes(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

export function toBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}

export function fromBytes(buffer: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

if (!customElements.get("fj-passkey")) customElements.define("fj-passkey", FjPasskey);
