/** Builds what phones and the studio load: hashed files, their .gz twins and a manifest. */
import { createHash } from "node:crypto";
import { globSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const root = import.meta.dirname;
const here = (...parts: string[]) => join(root, "frontend", ...parts);
const environment = process.env.VIRTUAL_ENV ?? join(root, ".venv");

/** htmx 4 comes with django-htmx, so that npm need not carry it; it goes in front of our few lines. */
function htmx(): string {
  const where = "django_htmx/static/django_htmx/htmx-4.min.js";
  const found =
    globSync(join(environment, "lib/python3*/site-packages", where))[0] ??
    globSync(join(root, ".venv/lib/python3*/site-packages", where))[0];
  if (!found) throw new Error("htmx is missing: run `make setup`, which installs django-htmx into .venv.");
  return readFileSync(found, "utf8").replace(/\/\/# sourceMappingURL.*$/m, "");
}

function finish(): Plugin {
  return {
    name: "fenjin-finish",
    apply: "build",
    generateBundle(_, bundle) {
      for (const name of ["icons.svg", "seal.svg"]) {
        this.emitFile({ type: "asset", name, source: readFileSync(here(name)) });
      }
      for (const [name, item] of Object.entries(bundle)) {
        if (item.type !== "chunk" || item.name !== "app") continue;
        item.code = `${htmx()}\n;window.htmx=htmx;${item.code}`;
        // The hash in the name must follow htmx too, or a new htmx would hide behind an old cached file.
        const hash = createHash("sha256").update(item.code).digest("base64url").slice(0, 8);
        delete bundle[name];
        item.fileName = `assets/app-${hash}.js`;
        this.emitFile({ type: "prebuilt-chunk", fileName: item.fileName, code: item.code, name: "app" } as never);
      }
    },
    writeBundle(options) {
      const folder = join(options.dir ?? here("dist"), "assets");
      const manifest: Record<string, string> = {};
      for (const file of readdirSync(folder).sort()) {
        if (file.endsWith(".gz")) continue;
        const logical = file.replace(/-[\w-]{8}(\.\w+)$/, "$1");
        manifest[logical] = `assets/${file}`;
        writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file)), { level: 9 }));
      }
      writeFileSync(join(folder, "..", "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

/**
 * The studio shows Wagtail's own classes too (.button, .field, .icon …), so the phone's components
 * go there nested below .desk; the list stands in desk/skin.css.
 */
function desk(): Plugin {
  return {
    name: "fenjin-desk",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/studio.css")) return null;
      const names = /desk: ([\w ]+?) \*/.exec(readFileSync(here("desk", "skin.css"), "utf8"))?.[1]?.split(" ") ?? [];
      const wrapped = names.map((name) => readFileSync(here("components", `${name}.css`), "utf8")).join("\n");
      return `${code.replace('@import "./desk/skin.css";', "")}\n.desk {\n${wrapped}\n}`;
    },
  };
}

/** These are part of app.js; the others are loaded by the pages that use them. */
const everywhere = ["fj-offline.ts", "fj-sheet.ts", "fj-submit-once.ts"];
const elements = Object.fromEntries(
  globSync(here("elements", "*.ts"))
    .filter((file) => !file.endsWith(".test.ts") && !everywhere.some((name) => file.endsWith(name)))
    .map((file) => [file.split("/").at(-1)!.replace(/\.ts$/, ""), file]),
);

export default defineConfig({
  root: here(),
  publicDir: false,
  plugins: [desk(), finish()],
  css: { transformer: "lightningcss", lightningcss: { targets: { chrome: 107 << 16, safari: (15 << 16) | (4 << 8) } } },
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    target: ["chrome107", "safari15.4"],
    cssTarget: ["chrome107", "safari15.4"],
    cssMinify: "lightningcss",
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { app: here("app.ts"), phone: here("phone.css"), studio: here("studio.css"), ...elements },
    },
  },
  test: { environment: "happy-dom", include: ["**/*.test.ts"], root: here() },
} as never);
