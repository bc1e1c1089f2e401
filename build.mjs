// Builds every scripts/NAME.ts into vendor/NAME.mjs, one file that imports only node: modules.
// `node build.mjs`          writes vendor/, and each script's help into README.md
// `node build.mjs --check`  writes nothing, names modified, missing and extra files
// `node build.mjs --maps DIR`  writes the same bundles with source maps, for coverage, to DIR
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const vendor = join(root, 'vendor');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** @returns {string[]} the scripts' names, in order */
function listScripts() {
  return readdirSync(join(root, 'scripts'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .sort();
}

/**
 * The bundle's entry runs the script whatever way it was started (a link, a copy, a folder with spaces):
 * a guard that compares paths would make it do nothing and exit 0.
 * @param {string} name @param {string | null} mapDir
 */
async function bundle(name, mapDir) {
  const result = await build({
    stdin: {
      contents: `import { runProcess } from './lib/process.ts';\nimport { script } from './scripts/${name}.ts';\nawait runProcess(script);\n`,
      resolveDir: root,
      sourcefile: `entry-${name}.ts`,
      loader: 'ts',
    },
    absWorkingDir: root,
    outfile: join(mapDir ?? vendor, `${name}.mjs`),
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    // Else the place that a linked node_modules really has would stand in the bundle.
    preserveSymlinks: true,
    // The node build of `yaml` is CommonJS and dies in an ES bundle ("Dynamic require of process").
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    banner: {
      js: `// ${name} ${version}\n// Built from scripts/${name}.ts of switchyard; do not edit: change the source and run "node build.mjs"`,
    },
    ...(mapDir === null ? {} : { sourcemap: 'external', sourcesContent: false }),
  });
  const code = result.outputFiles.find((file) => file.path.endsWith('.mjs'))?.text;
  if (code === undefined) throw new Error(`esbuild wrote nothing for ${name}`);
  const packages = listPackages(Object.keys(result.metafile.inputs));
  const text = code + licences(packages);
  const map = result.outputFiles.find((file) => file.path.endsWith('.map'))?.text;
  return {
    text: mapDir === null || map === undefined ? text : text + inlineMap(map, mapDir),
    packages,
  };
}

/** @param {string[]} inputs paths @returns {string[]} the packages that they are of */
function listPackages(inputs) {
  const names = inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/**
 * The notices go with the file: each is copied alone into other repositories. Behind the code, for its lines to keep
 * their numbers in the source map.
 * @param {string[]} packages
 */
function licences(packages) {
  const notices = ['LICENSE', ...packages.map((name) => `node_modules/${name}/LICENSE`)].map((path) =>
    readFileSync(join(root, path), 'utf8').trim(),
  );
  const heads = [
    'switchyard',
    ...packages.map((name) => `The package ${name} ${versionOf(name)}, parts of which are above`),
  ];
  const text = notices.map((notice, at) => `${heads[at]}\n\n${notice}`).join('\n\n');
  return `\n${text.replace(/^.*$/gm, (line) => `// ${line}`.trimEnd())}\n`;
}

/** @param {string} name */
function versionOf(name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/**
 * c8 leaves out a source outside its folder before it resolves the name, so the names must be absolute.
 * @param {string} map @param {string} directory
 */
function inlineMap(map, directory) {
  const parsed = JSON.parse(map);
  parsed.sources = parsed.sources.map((/** @type {string} */ source) => resolve(directory, source));
  const data = Buffer.from(JSON.stringify(parsed)).toString('base64');
  return `//# sourceMappingURL=data:application/json;base64,${data}\n`;
}

/** @returns {Promise<Map<string, string>>} every file of vendor/ as it must be */
async function buildAll() {
  const bundles = await Promise.all(
    listScripts().map(async (name) => ({ file: `${name}.mjs`, ...(await bundle(name, null)) })),
  );
  const files = new Map(bundles.map(({ file, text }) => [file, text]));
  const sums = bundles.map(
    ({ file, text }) => `${createHash('sha256').update(text).digest('hex')}  ${file}\n`,
  );
  files.set('SHA256SUMS', sums.join(''));
  files.set('THIRD-PARTY', thirdParty(bundles));
  return files;
}

/** @param {{ file: string, packages: string[] }[]} bundles */
function thirdParty(bundles) {
  const names = [...new Set(bundles.flatMap(({ packages }) => packages))].sort();
  const parts = names.map((name) => {
    const holders = bundles.filter(({ packages }) => packages.includes(name)).map(({ file }) => file);
    const licence = readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim();
    return `${holders.join(', ')}: holds parts of the package ${name} ${versionOf(name)}, under this licence:\n\n${licence}\n`;
  });
  return parts.join('\n');
}

/**
 * The README with each script's help as its bundle prints it. A block of it starts with the script's name.
 * @param {string} readme
 */
function fillHelp(readme) {
  return readme.replace(/^```text\n([a-z0-9-]+) [^\n]*\n[\s\S]*?^```$/gm, (block, name) => {
    if (!listScripts().includes(name)) return block;
    const help = execFileSync(process.execPath, [join(vendor, `${name}.mjs`), '--help'], {
      encoding: 'utf8',
    });
    return `\`\`\`text\n${help}\`\`\``;
  });
}

async function check() {
  const wanted = await buildAll();
  const there = new Set(readdirSync(vendor));
  const problems = [];
  for (const [file, text] of wanted) {
    if (!there.has(file)) problems.push(`missing: vendor/${file}`);
    else if (readFileSync(join(vendor, file), 'utf8') !== text) problems.push(`modified: vendor/${file}`);
  }
  for (const file of there) if (!wanted.has(file)) problems.push(`extra: vendor/${file}`);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  if (problems.length === 0 && fillHelp(readme) !== readme) problems.push('modified: the help in README.md');
  if (problems.length === 0) return console.log(`vendor/ is what its sources build: ${wanted.size} files`);
  for (const problem of problems) console.error(problem);
  console.error(
    'Cannot accept vendor/: it differs from its sources; run "node build.mjs" and commit vendor/',
  );
  process.exitCode = 1;
}

async function write() {
  const wanted = await buildAll();
  mkdirSync(vendor, { recursive: true });
  for (const file of readdirSync(vendor))
    if (!wanted.has(file)) rmSync(join(vendor, file), { recursive: true });
  for (const [file, text] of wanted) writeFileSync(join(vendor, file), text);
  const readme = join(root, 'README.md');
  writeFileSync(readme, fillHelp(readFileSync(readme, 'utf8')));
  console.log(`wrote vendor/: ${wanted.size} files`);
}

/** @param {string} directory */
async function writeMapped(directory) {
  const target = resolve(directory);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of listScripts()) {
    const { text } = await bundle(name, target);
    writeFileSync(join(target, `${name}.mjs`), text);
  }
}

const [mode, directory] = process.argv.slice(2);
if (mode === '--check') await check();
else if (mode === '--maps' && directory) await writeMapped(directory);
else if (mode === undefined) await write();
else {
  console.error(`Cannot build: unknown argument "${mode}"; give nothing, --check, or --maps DIR`);
  process.exitCode = 2;
}
