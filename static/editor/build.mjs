/**
 * node build.mjs          the bundle, its licences and its lines in VENDOR.json
 * node build.mjs --check  the same in a folder of its own, from the lock, compared byte by byte
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const VENDOR = join(HERE, "..", "vendor");
const MOST_BYTES = 110_000;
const { version } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
const FOLDER = `editor@${version}`;

/** A copy of the sources with the locked packages beside it; gone afterwards. */
function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), "editor-"));
  try {
    for (const name of readdirSync(HERE)) if (name !== "node_modules") cpSync(join(HERE, name), join(folder, name), { recursive: true });
    // The one script that is needed puts esbuild's program in its place, and its package does that by itself.
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A mark that the schema does not know must not cost the words that carry it. */
function keepWordsOfUnknownMarks(folder) {
  const file = join(folder, "node_modules", "y-prosemirror", "src", "plugins", "sync-plugin.js");
  const source = readFileSync(file, "utf8");
  const line = "    marks.push(schema.mark(yattr2markname(markName), attrs[markName]))";
  if (source.split(line).length !== 2) throw new Error("y-prosemirror reads marks in another way now: look at build.mjs");
  writeFileSync(file, source.replace(line, `    if (schema.marks[yattr2markname(markName)])\n  ${line}`));
}

function bundle(folder) {
  const { buildSync } = createRequire(join(folder, "package.json"))("esbuild");
  keepWordsOfUnknownMarks(folder);
  const built = buildSync({
    absWorkingDir: folder,
    entryPoints: ["entry.js"],
    bundle: true,
    format: "esm",
    minify: true,
    metafile: true,
    write: false,
    target: ["chrome111", "firefox115", "safari16.4"],
    charset: "utf8",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    alias: { "y-prosemirror": join(folder, "node_modules", "y-prosemirror", "src", "y-prosemirror.js") },
    banner: { js: "/* Made by static/editor/build.mjs. Licences: LICENCES.txt beside this file. */" },
  });
  return { code: built.outputFiles[0].contents, inputs: Object.keys(built.metafile.inputs) };
}

/** The licence of every package that is in the bundle. */
function licences(folder, inputs) {
  const names = new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
  const parts = [...names].sort().map((name) => {
    const home = join(folder, "node_modules", name);
    const facts = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
    const words = file ? readFileSync(join(home, file), "utf8").trim() : `${facts.license} (the package carries no text of it)`;
    return `${name} ${facts.version} (${facts.license})\n${"-".repeat(72)}\n${words}\n`;
  });
  return `What is in editor.js, made by others. Our own part has the licence of the whole.\n\n${parts.join("\n\n")}`;
}

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

function write(made) {
  const folder = join(VENDOR, FOLDER);
  mkdirSync(folder, { recursive: true });
  const listed = JSON.parse(readFileSync(join(VENDOR, "VENDOR.json"), "utf8")).filter((entry) => entry.name !== "editor");
  for (const [name, bytes] of Object.entries(made)) {
    writeFileSync(join(folder, name), bytes);
    listed.push({ name: "editor", version, licence: "MIT (packages: LICENCES.txt)", file: `${FOLDER}/${name}`, sha256: digest(bytes) });
  }
  writeFileSync(join(VENDOR, "VENDOR.json"), `${JSON.stringify(listed, null, 2)}\n`);
}

function check(made) {
  const differs = Object.entries(made).filter(([name, bytes]) => {
    const file = join(VENDOR, FOLDER, name);
    return !existsSync(file) || digest(readFileSync(file)) !== digest(bytes);
  });
  if (!differs.length) return;
  console.error(`static/vendor/${FOLDER} is not what its sources make: ${differs.map(([name]) => name).join(", ")}. Run: node static/editor/build.mjs`);
  process.exitCode = 1;
}

const made = inFolder((folder) => {
  const { code, inputs } = bundle(folder);
  return { "editor.js": code, "LICENCES.txt": Buffer.from(licences(folder, inputs)) };
});
const packed = brotliCompressSync(made["editor.js"], { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
console.log(`editor.js ${made["editor.js"].length} bytes, ${packed} with brotli (at most ${MOST_BYTES})`);
if (packed > MOST_BYTES) process.exitCode = 1;
if (process.argv.includes("--check")) check(made);
else write(made);
