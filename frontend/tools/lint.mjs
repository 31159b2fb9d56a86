/** Rules of the skin that no other tool knows. Prints each breach with its line; exit 1 when there is one. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

const root = join(import.meta.dirname, "..");
const LONGEST = { ".css": 80, ".ts": 200 };
const FREE_OF_LENGTH = new Set(["tokens.css", "base.css", "phone.css"]);
const BUDGETS = { "phone.css": 14, "app.js": 20, "icons.svg": 6 };
const BANNED = [
  [/@layer\b/, "@layer: iOS 15.0–15.3 drops the whole block; order files instead"],
  [/color-mix\(/, "color-mix(): not lowered by the build; add a token"],
  [/@container\b/, "container queries: not in the floor"],
  [/100vh(?!;\s*\n[^\n]*100dvh)/, "100vh needs the 100dvh line right after it"],
];

/** Returns what is wrong with one CSS text. */
export function faultsOfCss(name, text) {
  const faults = [];
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
  bare.split("\n").forEach((line, index) => {
    if (name !== "tokens.css" && /#[0-9a-f]{3,8}\b(?![^{]*\{)/i.test(line.replace(/url\([^)]*\)/g, ""))) {
      faults.push(`${name}:${index + 1}: a colour outside tokens.css`);
    }
  });
  for (const [pattern, reason] of BANNED) if (pattern.test(bare)) faults.push(`${name}: ${reason}`);
  return faults;
}

/** Returns the names of tokens whose values differ between the two dark blocks. */
export function faultsOfDark(text) {
  const blocks = [...text.matchAll(/color-scheme: dark;([^}]*)\}/g)].map((match) => match[1].replace(/\s+/g, " ").trim());
  return blocks.length === 2 && blocks[0] === blocks[1] ? [] : ["tokens.css: the two dark blocks differ"];
}

function faultsOfTemplates() {
  const faults = [];
  const folders = ["templates/**/*.html", "fenjin/*/templates/**/*.html"];
  for (const file of folders.flatMap((pattern) => globSync(join(root, "..", pattern)))) {
    const text = readFileSync(file, "utf8");
    const name = relative(join(root, ".."), file);
    if (/<[^>]*\sstyle=/.test(text)) faults.push(`${name}: an inline style, which the content policy forbids`);
    if (/<script(?![^>]*\ssrc=)/.test(text)) faults.push(`${name}: an inline script`);
    if (/<[a-z][^>]*\son[a-z]+=/.test(text)) faults.push(`${name}: an inline event handler`);
  }
  return faults;
}

function faultsOfSize() {
  const path = join(root, "dist", "manifest.json");
  if (!existsSync(path)) return [];
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  return Object.entries(BUDGETS).flatMap(([name, kilobytes]) => {
    const size = gzipSync(readFileSync(join(root, "dist", manifest[name])), { level: 9 }).length;
    return size > kilobytes * 1024 ? [`${name}: ${size} bytes gzipped, the budget is ${kilobytes} KB`] : [];
  });
}

export function allFaults() {
  const faults = [];
  for (const file of globSync(join(root, "{*,components/*,desk/*,elements/*,tools/*}.{css,ts}"))) {
    const name = relative(root, file);
    const text = readFileSync(file, "utf8");
    const longest = LONGEST[name.slice(name.lastIndexOf("."))];
    const lines = text.trimEnd().split("\n").length;
    if (!FREE_OF_LENGTH.has(name) && lines > longest) faults.push(`${name}: ${lines} lines, at most ${longest}`);
    if (name.endsWith(".css")) faults.push(...faultsOfCss(name, text));
  }
  faults.push(...faultsOfDark(readFileSync(join(root, "tokens.css"), "utf8")));
  return [...faults, ...faultsOfTemplates(), ...faultsOfSize()];
}

if (process.argv[1] === import.meta.filename) {
  const faults = allFaults();
  for (const fault of faults) console.error(fault);
  if (faults.length) process.exit(1);
  console.log("The skin keeps its rules.");
}
