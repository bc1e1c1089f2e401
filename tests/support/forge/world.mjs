// The people, tokens and repositories that a forge knows, and its clock.
import { randomBytes } from 'node:crypto';
import { Repository } from './repository.mjs';

/** @typedef {'gitea-1.22.6' | 'gitea-1.25.4' | 'github'} Flavour */
/** @typedef {{ id: number, login: string, name: string, email: string, admin: boolean, kind: 'User' | 'Organization' | 'Bot', createdAt: number }} User */
/**
 * What a token may do. `scopes` are Gitea's words (`write:repository`, `all`), `permissions` GitHub's (`{contents: 'read'}`);
 * left out means everything. `jobOf` makes it the automatic token of a job in that repository.
 * @typedef {{ user?: string, scopes?: string[], permissions?: Record<string, 'read' | 'write' | 'none'>, jobOf?: string }} TokenGrant
 */
/** @typedef {import('./repository.mjs').RepositoryOptions} RepositoryOptions */
/** @typedef {import('./repository.mjs').Push} Push */

/** In place of a login: the automatic token of a job. */
export const JOB_TOKEN = 'job-token';
/** In place of a login: a person whose account is gone. */
export const DELETED_USER = 'deleted-user';

export class World {
  /** @param {{ flavour: Flavour, now?: (() => number) | undefined }} options */
  constructor({ flavour, now }) {
    this.flavour = flavour;
    /** @type {() => number} */
    this.now = now ?? Date.now;
    /** @type {Map<string, User>} */
    this.users = new Map();
    /** @type {Map<string, TokenGrant>} */
    this.tokens = new Map();
    /** @type {Map<string, Repository>} */
    this.repositories = new Map();
    /** Old names in lower case, and what they are called now. @type {Map<string, string>} */
    this.renamed = new Map();
    /** @type {((repo: Repository, push: Push) => void) | null} */
    this.onPush = null;
    /** Gitea: most rows a page, as MAX_RESPONSE_ITEMS sets it. */
    this.mostRows = 50;
    /** GitHub's limit for all requests. */
    this.rateLimit = { limit: 5000, remaining: 5000, resetAt: this.now() + 3_600_000 };
    /** GitHub: so many writes are taken, and then this status. @type {{ writesLeft: number, status: 403 | 429, retryAfter?: number } | null} */
    this.secondaryLimit = null;
    /** Whether its GraphQL knows merge queues: an older Enterprise Server's does not. */
    this.hasMergeQueue = true;
    this.nextUserId = 1;
    /** @type {Map<string, number>} */
    this.nextIds = new Map();
  }

  get isGitHub() {
    return this.flavour === 'github';
  }

  /** @param {string} what ids of each kind of thing count on their own */
  takeId(what) {
    const id = (this.nextIds.get(what) ?? 0) + 1;
    this.nextIds.set(what, id);
    return id;
  }

  /**
   * Finds or makes a user or organization.
   * @param {string} login
   * @param {Partial<Omit<User, 'login'>>} [details]
   * @returns {User}
   */
  user(login, details = {}) {
    const known = this.users.get(login.toLowerCase());
    if (known) return Object.assign(known, details);
    const id = details.id ?? this.nextUserId;
    this.nextUserId = Math.max(this.nextUserId, id + 1);
    /** @type {User} */
    const user = {
      id,
      login,
      name: '',
      email: `${login}@example.com`,
      admin: false,
      kind: 'User',
      createdAt: this.now(),
      ...details,
    };
    this.users.set(login.toLowerCase(), user);
    return user;
  }

  /** @returns {User} the account behind a job's own token */
  get jobUser() {
    return this.isGitHub
      ? {
          id: 41898282,
          login: 'github-actions[bot]',
          name: '',
          email: '41898282+github-actions[bot]@users.noreply.github.com',
          admin: false,
          kind: 'Bot',
          createdAt: 0,
        }
      : {
          id: -2,
          login: 'gitea-actions',
          name: 'Gitea Actions',
          email: 'teabot@gitea.io',
          admin: false,
          kind: 'Bot',
          createdAt: 0,
        };
  }

  /**
   * Who stands behind a login; null for a deleted person.
   * @param {string | null} login
   * @returns {User | null}
   */
  findUser(login) {
    if (login === null || login === DELETED_USER) return null;
    if (login === JOB_TOKEN || login === this.jobUser.login) return this.jobUser;
    return this.user(login);
  }

  /** @param {string} email */
  findUserByEmail(email) {
    return [...this.users.values()].find((user) => user.kind === 'User' && user.email === email) ?? null;
  }

  /**
   * @param {TokenGrant} grant
   * @param {string} [token] made up when not given
   */
  addToken(grant, token = makeToken()) {
    this.tokens.set(token, grant);
    return token;
  }

  /**
   * Finds or makes a repository.
   * @param {string} fullName
   * @param {RepositoryOptions} [options]
   */
  repo(fullName, options = {}) {
    const key = fullName.toLowerCase();
    const known = this.repositories.get(key);
    if (known) return known;
    const made = new Repository(this, fullName, options);
    this.repositories.set(key, made);
    return made;
  }

  /**
   * @param {Repository} repo
   * @param {string} fullName
   */
  rename(repo, fullName) {
    this.repositories.delete(repo.fullName.toLowerCase());
    this.renamed.set(repo.fullName.toLowerCase(), fullName);
    repo.fullName = fullName;
    this.repositories.set(fullName.toLowerCase(), repo);
  }
}

/** Of letters that no SHA is written in: a piece of a token that is found in an output is one of a token. */
function makeToken() {
  return Array.from(randomBytes(40), (byte) => 'ghijklmnopqrstuv'[byte % 16]).join('');
}
