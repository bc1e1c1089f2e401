// Git's object format: what `git hash-object`, `git write-tree` and `git commit-tree` would make of the same input.
import { createHash } from 'node:crypto';

/** @typedef {'blob' | 'tree' | 'commit' | 'tag'} ObjectType */
/** @typedef {{ name: string, email: string, seconds: number, zone?: string }} Signature */
/** @typedef {{ sha: string, tree: string, parents: string[], author: Signature, committer: Signature, message: string }} Commit */
/** @typedef {{ mode: string, sha: string }} Entry */
/** @typedef {{ name: string, mode: string, sha: string }} TreeItem */

export const EMPTY_SHA = '0'.repeat(40);

/**
 * @param {ObjectType} type
 * @param {Buffer} body
 */
function hashObject(type, body) {
  return createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex');
}

/** Objects by their SHA, as in a repository's object database. */
export class ObjectStore {
  constructor() {
    /** @type {Map<string, { type: ObjectType, body: Buffer }>} */
    this.objects = new Map();
    /** @type {Map<string, Commit>} */
    this.commits = new Map();
    /** @type {Map<string, Map<string, Entry>>} */
    this.flatTrees = new Map();
    /** Called for each new object, so that a folder on disk can follow. @type {((sha: string, type: ObjectType, body: Buffer) => void) | null} */
    this.onWrite = null;
  }

  /**
   * @param {ObjectType} type
   * @param {Buffer} body
   */
  write(type, body) {
    const sha = hashObject(type, body);
    if (!this.objects.has(sha)) {
      this.objects.set(sha, { type, body });
      if (type === 'commit') this.commits.set(sha, parseCommit(sha, body));
      this.onWrite?.(sha, type, body);
    }
    return sha;
  }

  /** @param {string | Buffer} content */
  writeBlob(content) {
    return this.write('blob', Buffer.from(/** @type {string} */ (content)));
  }

  /**
   * @param {Map<string, Entry>} files every path of the tree, with no folders
   * @returns {string}
   */
  writeTree(files) {
    /** @type {Map<string, Map<string, Entry>>} */
    const folders = new Map();
    /** @type {TreeItem[]} */
    const items = [];
    for (const [path, entry] of files) {
      const slash = path.indexOf('/');
      if (slash < 0) {
        items.push({ name: path, ...entry });
        continue;
      }
      const folder = path.slice(0, slash);
      const inside = folders.get(folder) ?? new Map();
      inside.set(path.slice(slash + 1), entry);
      folders.set(folder, inside);
    }
    for (const [name, inside] of folders) items.push({ name, mode: '40000', sha: this.writeTree(inside) });
    const sortKey = (/** @type {TreeItem} */ item) =>
      Buffer.from(item.mode === '40000' ? `${item.name}/` : item.name);
    items.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const body = Buffer.concat(
      items.flatMap((item) => [Buffer.from(`${item.mode} ${item.name}\0`), Buffer.from(item.sha, 'hex')]),
    );
    return this.write('tree', body);
  }

  /**
   * @param {{ tree: string, parents: string[], author: Signature, committer: Signature, message: string }} commit
   */
  writeCommit(commit) {
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${formatSignature(commit.author)}`,
      `committer ${formatSignature(commit.committer)}`,
    ];
    return this.write('commit', Buffer.from(`${lines.join('\n')}\n\n${commit.message}`));
  }

  /** @param {string} sha */
  readBlob(sha) {
    return this.objects.get(sha)?.body ?? Buffer.alloc(0);
  }

  /**
   * @param {string} sha
   * @returns {TreeItem[]}
   */
  readTreeItems(sha) {
    const body = this.objects.get(sha)?.body ?? Buffer.alloc(0);
    /** @type {TreeItem[]} */
    const items = [];
    for (let at = 0; at < body.length;) {
      const space = body.indexOf(0x20, at);
      const nul = body.indexOf(0, space);
      items.push({
        mode: body.toString('latin1', at, space),
        name: body.toString('utf8', space + 1, nul),
        sha: body.toString('hex', nul + 1, nul + 21),
      });
      at = nul + 21;
    }
    return items;
  }

  /**
   * Every path under a tree. The map is shared: copy it before changing it.
   * @param {string} sha
   * @returns {Map<string, Entry>}
   */
  readTree(sha) {
    const known = this.flatTrees.get(sha);
    if (known) return known;
    /** @type {Map<string, Entry>} */
    const files = new Map();
    for (const item of this.readTreeItems(sha)) {
      if (item.mode !== '40000') files.set(item.name, { mode: item.mode, sha: item.sha });
      else for (const [path, entry] of this.readTree(item.sha)) files.set(`${item.name}/${path}`, entry);
    }
    this.flatTrees.set(sha, files);
    return files;
  }
}

/** @param {Signature} who */
function formatSignature(who) {
  return `${who.name} <${who.email}> ${who.seconds} ${who.zone ?? '+0000'}`;
}

/**
 * @param {string} sha
 * @param {Buffer} body
 * @returns {Commit}
 */
function parseCommit(sha, body) {
  const text = body.toString('utf8');
  const split = text.indexOf('\n\n');
  /** @type {Commit} */
  const commit = {
    sha,
    tree: '',
    parents: [],
    author: { name: '', email: '', seconds: 0 },
    committer: { name: '', email: '', seconds: 0 },
    message: split < 0 ? '' : text.slice(split + 2),
  };
  for (const line of text.slice(0, split < 0 ? text.length : split).split('\n')) {
    const [key, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    if (key === 'tree') commit.tree = rest;
    if (key === 'parent') commit.parents.push(rest);
    if (key === 'author' || key === 'committer') commit[key] = parseSignature(rest);
  }
  return commit;
}

/** @param {string} text */
function parseSignature(text) {
  const match = /^(.*?) ?<(.*?)> (\d+) ([+-]\d{4})$/.exec(text);
  if (!match) throw new Error(`Cannot parse signature "${text}"`);
  return {
    name: match[1] ?? '',
    email: match[2] ?? '',
    seconds: Number(match[3]),
    zone: match[4] ?? '+0000',
  };
}
