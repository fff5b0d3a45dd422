// Gathers the css and js of every app into sapwood/static: hashed, compressed, the same bytes each time.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "sapwood");
const OUT = join(ROOT, "static");
const CORE_FIRST = ["tokens", "base", "layout", "shell"];
const BUDGET = { css: 20 * 1024, js: 25 * 1024, visit: 60 * 1024 };
const OPTIONS = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  write: false,
  charset: "utf8",
  legalComments: "none",
  nodePaths: [join(HERE, "node_modules")],
  logLevel: "error",
};

/** Files under `folder` (css, css/pages, js, …) of every app, core first, in an order that never changes. */
function sources(folder, ending) {
  const rank = (path) => {
    const [app, name] = [relative(ROOT, path).split(sep)[0], basename(path, ending)];
    const first = CORE_FIRST.indexOf(name);
    return app === "core" ? `0${first < 0 ? 9 : first}${name}` : `1${path}`;
  };
  return readdirSync(ROOT, { recursive: true })
    .map((name) => join(ROOT, name))
    .filter((path) => dirname(path).endsWith(sep + join(...folder.split("/"))) && path.endsWith(ending))
    .filter((path) => !path.startsWith(OUT + sep))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

const text = (path) => readFileSync(path, "utf8");
const quiet = (code, loader) => esbuild.transformSync(code, { loader, minify: true, charset: "utf8" }).code;
const bundle = async (entry, define = {}) =>
  (await esbuild.build({ ...OPTIONS, ...entry, define })).outputFiles[0].contents;
const gzipped = (bytes) => gzipSync(bytes, { level: 9 });
const brotlied = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

mkdirSync(OUT, { recursive: true });
const names = {};
const written = new Set(["assets.json"]);

function write(file, bytes) {
  writeFileSync(join(OUT, file), bytes);
  written.add(file);
}

/** Writes one file with its compressed forms; `plain` keeps the name without a hash. */
function put(name, contents, { plain = false } = {}) {
  const bytes = Buffer.from(contents);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const stem = basename(name, extname(name));
  const file = plain ? name : `${stem}-${hash}${extname(name)}`;
  write(file, bytes);
  if (!plain) names[name] = file;
  if (extname(name) === ".png") return 0;
  write(`${file}.gz`, gzipped(bytes));
  write(`${file}.br`, brotlied(bytes));
  const size = gzipped(bytes).length;
  console.log(`${String(bytes.length).padStart(8)} ${String(size).padStart(7)} gz  ${file}`);
  return size;
}

const css = put("app.css", quiet(sources("css", ".css").map(text).join("\n"), "css"));
const imports = sources("js", ".js")
  .map((path) => `import ${JSON.stringify(path)};`)
  .join("\n");
const js = put("app.js", await bundle({ stdin: { contents: imports, resolveDir: ROOT } }));
for (const path of sources("css/pages", ".css")) put(basename(path), quiet(text(path), "css"));
for (const path of sources("js/pages", ".js")) put(basename(path), await bundle({ entryPoints: [path] }));
for (const name of readdirSync(join(ROOT, "core", "brand")).sort())
  put(name, readFileSync(join(ROOT, "core", "brand", name)));
for (const path of sources("js/worker", ".js")) {
  const precious = ["app.css", "app.js", "favicon.svg"].map((name) => `/static/${names[name]}`);
  const define = {
    PRECACHE: JSON.stringify(precious),
    VERSION: JSON.stringify(names["app.js"] + names["app.css"]),
  };
  put(basename(path), await bundle({ entryPoints: [path] }, define), { plain: true });
}
writeFileSync(
  join(OUT, "assets.json"),
  JSON.stringify(Object.fromEntries(Object.entries(names).sort()), null, 1),
);
for (const file of readdirSync(OUT)) if (!written.has(file)) rmSync(join(OUT, file), { recursive: true });

console.log(`first visit: ${css} css + ${js} js = ${css + js} bytes gzipped`);
for (const [what, size] of [
  ["css", css],
  ["js", js],
  ["visit", css + js],
])
  if (size > BUDGET[what]) {
    console.error(`Over budget: ${what} is ${size}, may be ${BUDGET[what]}.`);
    process.exitCode = 1;
  }
