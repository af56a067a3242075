// Copies the few files that pages use from node_modules to wwwroot/lib.
// Run by the build (Portal.csproj) and, by hand, with `npm run copy`.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const from = (path) => join(root, "node_modules", path);
const to = (name) => join(root, "wwwroot", "lib", name);

rmSync(to(""), { recursive: true, force: true });
mkdirSync(to(""), { recursive: true });
copyFileSync(from("htmx.org/dist/htmx.min.js"), to("htmx.js"));
copyFileSync(from("htmx-ext-sse/dist/sse.min.js"), to("htmx-sse.js"));
copyFileSync(from("idiomorph/dist/idiomorph-ext.min.js"), to("idiomorph.js"));

// Bootstrap's dark colours need an attribute; repeating them under a media query
// lets data-bs-theme="auto" follow the system without any script.
const css = readFileSync(from("bootstrap/dist/css/bootstrap.min.css"), "utf8").replace(/\/\*# sourceMappingURL=.*?\*\//, "");
const dark = [...css.matchAll(/(?<=[}/])(\[data-bs-theme=dark\][^{}]*)\{((?:"[^"]*"|[^"}])*)\}/g)]
  .map(([, selector, body]) => `${selector.replaceAll("[data-bs-theme=dark]", "[data-bs-theme=auto]")}{${body}}`);
if (dark.length < 5) {
  throw new Error(`Only ${dark.length} dark rules found in Bootstrap's style sheet: its shape has changed.`);
}
writeFileSync(to("bootstrap.css"), `${css}\n@media (prefers-color-scheme:dark){${dark.join("")}}\n`);
