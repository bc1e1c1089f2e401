// What every scene plays on: an embedded forge with one repository, tenants, a token, and the vendored scripts.
//
//   stage.say('…');                                        // two or three lines of what happened
//   const result = await stage.run('e2e-gate', ['--workflow', 'e2e.yml', '--sha', sha], { MORE: 'environment' });
//   stage.decides(result, { what: 'refused', code: 1, outputs: { decision: 'refuse' }, says: /token/ });
//   stage.bash('…');                                       // what the shell script would have done
//   stage.expect(stage.tenants.size === 3, 'three tenants');   // shown only where it is not so
//   stage.onClose(() => server.close());
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jobEnvironment } from '../support/environment.mjs';
import { startForge } from '../support/forge/forge.mjs';
import { runScript } from '../support/run-script.mjs';
import { startTenants } from '../support/tenants.mjs';
import { openShop } from './shop.mjs';

/** @typedef {import('../support/run-script.mjs').ScriptResult} ScriptResult */
/** @typedef {import('./story.mjs').Story} Story */
/** @typedef {{ name: string, args: string[], ended: Promise<ScriptResult> }} Begun */
/**
 * @typedef {object} Wanted
 * @property {string} what the right decision, in words
 * @property {number} code
 * @property {Record<string, string>} [outputs]
 * @property {RegExp | RegExp[]} [says] must stand in what was printed
 */

const VENDOR = join(resolve(dirname(fileURLToPath(import.meta.url)), '..', '..'), 'vendor');

/** @param {Story} story */
export async function openStage(story) {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-demo-'));
  const git = findGit();
  const forge = await startForge({ flavour: 'gitea-1.22.6' });
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' }, makeSecret());
  const repo = openShop(forge, git ? join(folder, 'server', 'shop.git') : null);
  const fleet = await startTenants(['berlin', 'lisbon', 'oslo'].map((slug) => ({ slug })));
  const stage = new Stage({ story, folder, git, forge, token, repo, fleet });
  stage.commits['first'] = repo.branches.get('main') ?? '';
  stage.onClose(() => fleet.close());
  stage.onClose(() => forge.close());
  return stage;
}

export class Stage {
  /**
   * @param {{ story: Story, folder: string, git: string | null, token: string,
   *   forge: import('../support/forge/forge.mjs').Forge, repo: import('../support/forge/repository.mjs').Repository,
   *   fleet: Awaited<ReturnType<typeof startTenants>> }} parts
   */
  constructor({ story, folder, git, token, forge, repo, fleet }) {
    this.story = story;
    /** Removed at the end; the scripts run in it. */
    this.folder = folder;
    /** The version of git, or null where there is none that can serve. */
    this.git = git;
    this.token = token;
    this.forge = forge;
    this.repo = repo;
    this.fleet = fleet;
    this.tenants = fleet.tenants;
    /** The commits of the story, by the names it gives them. @type {Record<string, string>} */
    this.commits = {};
    /** Opened by the first scene that needs it. @type {import('./images.mjs').Images | null} */
    this.images = null;
    /** What no output may show. */
    this.secrets = [token];
    /** @type {{ decisions: number, right: number, wrong: string[] }} */
    this.score = { decisions: 0, right: 0, wrong: [] };
    /** @type {(() => void | Promise<void>)[]} */
    this.closers = [];
  }

  /** The same stage for a scene that is told later than it plays. @param {Story} story @returns {Stage} */
  aside(story) {
    return Object.assign(/** @type {Stage} */ (Object.create(Stage.prototype)), this, { story });
  }

  /** @param {string} text */
  say(text) {
    this.story.say(text);
  }

  /** @param {string} text */
  bash(text) {
    this.story.bash(text);
  }

  /** A commit of the story. @param {string} name @returns {string} */
  commit(name) {
    const sha = this.commits[name];
    if (sha === undefined) throw new Error(`Cannot find commit ${name}: no scene has made it yet`);
    return sha;
  }

  /** As a reader tells it from others: `A (0437641)`. @param {string} name */
  name(name) {
    return `${name} (${this.commit(name).slice(0, 7)})`;
  }

  /** @param {Record<string, string>} [more] @returns {Record<string, string>} as in a job */
  environment(more = {}) {
    return jobEnvironment(this.forge, {
      repo: this.repo.fullName,
      token: this.token,
      more: { SWITCHYARD_HTTP_TIMEOUT_MS: '8000', SWITCHYARD_HTTP_DEADLINE_MS: '9000', ...more },
    });
  }

  /**
   * Runs a vendored script as in a job, and prints the call and what it printed.
   * @param {string} name
   * @param {string[]} args
   * @param {Record<string, string>} [env]
   * @returns {Promise<ScriptResult>}
   */
  async run(name, args, env = {}) {
    return this.tell(this.begin(name, args, { env }));
  }

  /**
   * Starts a script, to be told of later: what does not depend on each other need not wait for each other.
   * @param {string} name
   * @param {string[]} args
   * @param {{ env?: Record<string, string>, after?: Promise<unknown> }} [options] after: it starts only then
   * @returns {Begun}
   */
  begin(name, args, { env = {}, after } = {}) {
    const start = () =>
      runScript(name, args, {
        env: this.environment({
          GITHUB_OUTPUT: join(this.folder, `output-${randomBytes(8).toString('hex')}`),
          ...env,
        }),
        cwd: this.folder,
        bundleDir: VENDOR,
        coverage: false,
        timeoutMs: 30_000,
      });
    const ended = after === undefined ? start() : after.then(start);
    ended.catch(() => {}); // whoever waits for it is told
    return { name, args, ended };
  }

  /** Prints a call once it has ended, and what it printed. @param {Begun} begun @returns {Promise<ScriptResult>} */
  async tell({ name, args, ended }) {
    this.story.command(['node', `vendor/${name}.mjs`, ...args]);
    const result = await ended;
    const [stdout, stderr] = [this.hide(result.stdout), this.hide(result.stderr)];
    this.story.printed({ stdout, stderr });
    this.expect(stdout === result.stdout && stderr === result.stderr, `${name} shows no token`);
    return result;
  }

  /**
   * Runs a command line in a folder as its reader would, and prints both.
   * @param {string} text
   * @param {{ cwd: string, show?: boolean }} options
   */
  async shell(text, { cwd, show = true }) {
    if (show) this.story.shell(text);
    const child = spawn('sh', ['-c', text], { cwd, env: gitEnvironment(this.folder), stdio: 'pipe' });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
    /** @type {number | null} */
    const code = await new Promise((done) => {
      child.once('error', () => done(null));
      child.once('close', done);
    });
    if (show && printed.trim() !== '') this.story.output(this.hide(printed.trimEnd()));
    return { code, printed };
  }

  /**
   * Counts a decision, and whether it was the right one: exit code, outputs and words.
   * @param {ScriptResult} result
   * @param {Wanted} wanted
   */
  decides(result, { what, code, outputs = {}, says = [] }) {
    this.score.decisions++;
    const printed = result.stdout + result.stderr;
    const faults = [
      ...(result.code === code ? [] : [`exit code ${result.code}, not ${code}`]),
      ...Object.entries(outputs)
        .filter(([key, value]) => result.outputs[key] !== value)
        .map(([key, value]) => `output ${key} is "${result.outputs[key] ?? ''}", not "${value}"`),
      ...[says].flat().flatMap((words) => (words.test(printed) ? [] : [`it does not say ${words}`])),
    ];
    const right = faults.length === 0;
    if (right) this.score.right++;
    else this.score.wrong.push(`${what}: ${faults.join('; ')}`);
    this.story.mark(
      right,
      right ? `${what} (exit ${code})` : `${what} was due, but: ${this.hide(faults.join('; '))}`,
    );
    return right;
  }

  /** What must hold for the story to be true: printed only where it does not. @param {boolean} condition @param {string} what */
  expect(condition, what) {
    if (condition) return;
    this.score.wrong.push(what);
    this.story.mark(false, `not so: ${what}`);
  }

  /** @returns {string} a new one, which no output may show */
  addSecret() {
    const secret = makeSecret();
    this.secrets.push(secret);
    return secret;
  }

  /** @param {string} text */
  hide(text) {
    return this.secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
  }

  /** @param {() => void | Promise<void>} close */
  onClose(close) {
    this.closers.push(close);
  }

  async close() {
    for (const close of this.closers.splice(0).reverse()) await close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function makeSecret() {
  return `demo-secret-${randomBytes(20).toString('hex')}`;
}

/** @param {string} home */
function gitEnvironment(home) {
  const who = { name: 'Ada', email: 'ada@example.com' };
  return {
    PATH: process.env['PATH'],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
  };
}

/** @returns {string | null} git's version where it is there, with what serves it over HTTP */
function findGit() {
  const ask = (/** @type {string} */ arg) => spawnSync('git', [arg], { encoding: 'utf8' });
  const [version, path] = [ask('--version'), ask('--exec-path')];
  if (version.status !== 0 || path.status !== 0) return null;
  return existsSync(join(path.stdout.trim(), 'git-http-backend'))
    ? version.stdout.trim().replace(/^git version /, '')
    : null;
}
