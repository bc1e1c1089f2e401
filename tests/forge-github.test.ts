// No answer of GitHub's can be recorded, so the embedded one is held to GitHub's own description of its API: every
// route it has is asked, in every way it can answer, and each answer must fit the schema for that route and status.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DELETED_USER, JOB_TOKEN, startForge } from './support/forge/forge.mjs';
import type { Forge } from './support/forge/forge.mjs';
import type { Repository } from './support/forge/repository.mjs';
import { OpenApi } from './support/openapi.ts';

const ADA = 'ghp_ada';
const JOB = 'ghs_job';
const READER = 'ghp_reader';
const FEW_RIGHTS = 'ghs_few_rights';
const MISSING = 'a'.repeat(40);
const WORKFLOW =
  'name: CI\non:\n  push:\n  workflow_dispatch:\n    inputs:\n      version:\n        type: string\n';
/** Where the embedded server has more than one pattern for what GitHub describes as one route. */
const ALIASES: Record<string, string> = {
  '/repos/{owner}/{repo}/contents': '/repos/{owner}/{repo}/contents/{path}',
};
/** Not in the description of the REST API. */
const NOT_REST = ['/graphql'];

interface Case {
  says: string;
  call: string | (() => string);
  status: number;
  body?: unknown;
  token?: string | null;
  headers?: Record<string, string>;
  /** Runs before the request. */
  given?: () => void;
  /** What the answer must hold, besides fitting its schema. */
  holds?: (body: any, headers: Headers) => void;
}

describe('the embedded GitHub', () => {
  const openApi = new OpenApi();
  let forge: Forge;
  let repo: Repository;
  const sha: Record<string, string> = {};

  before(async () => {
    forge = await startForge({
      flavour: 'github',
      tokens: {
        [ADA]: { user: 'ada' },
        [READER]: { user: 'reader' },
        [JOB]: { jobOf: 'acme/app' },
        [FEW_RIGHTS]: { user: 'ada', permissions: { contents: 'read' } },
      },
    });
    forge.user('ada', { admin: true, name: 'Ada' });
    forge.user('reader');
    repo = forge.repo('acme/app', { id: 101 });
    sha['first'] = repo.pushCommit({
      branch: 'main',
      message: 'first',
      files: { 'README.md': '# app\n', '.github/workflows/ci.yml': WORKFLOW },
    });
    sha['second'] = repo.pushCommit({ branch: 'main', message: 'second', files: { 'src/a.txt': 'a\n' } });
    sha['staged'] = repo.commit({
      branch: 'staging',
      parents: [sha['second']],
      message: 'staged',
      files: { 'src/b.txt': 'b\n' },
    });
    repo.push({ branch: 'staging', by: JOB_TOKEN });
    sha['side'] = repo.commit({
      branch: 'side',
      parents: [sha['first']],
      message: 'side',
      files: { 'src/a.txt': 'other\n' },
    });
    repo.push({ branch: 'side', by: DELETED_USER });
    sha['orphan'] = repo.commit({ branch: 'orphan', parents: [], message: 'orphan', files: { x: 'x' } });
    repo.addRun({
      file: 'ci.yml',
      sha: sha['second'],
      jobs: [{ name: 'build' }, { name: 'e2e', conclusion: 'failure' }],
      conclusion: 'failure',
    });
    repo.addRun({
      file: 'ci.yml',
      sha: sha['second'],
      status: 'in_progress',
      jobs: [{ name: 'build', status: 'queued' }],
    });
    repo.addRun({ file: 'ci.yml', sha: sha['staged'], branch: 'staging', status: 'queued', jobs: [] });
    forge.repo('acme/hidden', { private: true });
    forge.repo('acme/empty');
    const archived = forge.repo('acme/archived');
    archived.pushCommit({ branch: 'main', files: { 'README.md': 'x\n' } });
    archived.archived = true;
    const moved = forge.repo('acme/old-name');
    moved.pushCommit({ branch: 'main', files: { 'README.md': 'x\n' } });
    forge.world.rename(moved, 'acme/new-name');
  });

  after(() => forge.close());

  async function ask({ call, body, token = ADA, headers = {} }: Case) {
    const [method = 'GET', path = '/'] = (typeof call === 'string' ? call : call()).split(' ');
    const response = await fetch(forge.apiUrl + path, {
      method,
      redirect: 'manual',
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: json ? JSON.parse(text) : text === '' ? undefined : text,
      json,
    };
  }

  const R = '/repos/acme/app';
  const CASES: Case[] = [
    { says: 'a user', call: 'GET /user', status: 200, holds: (body) => assert.equal(body.login, 'ada') },
    { says: 'nobody', call: 'GET /user', token: null, status: 401 },
    { says: 'a token that nobody has', call: 'GET /user', token: 'wrong', status: 401 },
    { says: 'a job token as user', call: 'GET /user', token: JOB, status: 403 },
    { says: 'the limits', call: 'GET /rate_limit', status: 200 },
    { says: 'the server', call: 'GET /meta', status: 200 },
    {
      says: 'an API version there is not',
      call: `GET ${R}`,
      headers: { 'x-github-api-version': '1999-01-01' },
      status: 400,
    },

    {
      says: 'a repository',
      call: `GET ${R}`,
      status: 200,
      holds: (body) => assert.equal(body.default_branch, 'main'),
    },
    { says: 'a repository without a token', call: `GET ${R}`, token: null, status: 200 },
    { says: 'a repository that is not there', call: 'GET /repos/acme/nope', status: 404 },
    { says: 'a private repository of others', call: 'GET /repos/acme/hidden', token: READER, status: 404 },
    {
      says: 'a renamed repository',
      call: 'GET /repos/acme/old-name',
      status: 301,
      holds: (_, headers) => assert.match(headers.get('location') ?? '', /\/repositories\/\d+$/),
    },
    {
      says: 'a repository by its id',
      call: 'GET /repositories/101',
      status: 200,
      holds: (body) => assert.equal(body.full_name, 'acme/app'),
    },

    {
      says: 'branches',
      call: `GET ${R}/branches?per_page=2`,
      status: 200,
      holds: (body, headers) => {
        assert.equal(body.length, 2);
        assert.match(headers.get('link') ?? '', /rel="next"/);
      },
    },
    {
      says: 'a branch',
      call: `GET ${R}/branches/main`,
      status: 200,
      holds: (body) => assert.equal(body.commit.sha, sha['second']),
    },
    {
      says: 'a branch that is not there',
      call: `GET ${R}/branches/nope`,
      status: 404,
      holds: (body) => assert.equal(body.message, 'Branch not found'),
    },
    {
      says: 'commits',
      call: `GET ${R}/commits?sha=main`,
      status: 200,
      holds: (body) =>
        assert.deepEqual(
          body.map((each: { sha: string }) => each.sha),
          [sha['second'], sha['first']],
        ),
    },
    {
      says: 'commits of a path',
      call: `GET ${R}/commits?path=src`,
      status: 200,
      holds: (body) => assert.equal(body.length, 1),
    },
    { says: 'commits from an unknown SHA', call: `GET ${R}/commits?sha=${MISSING}`, status: 404 },
    { says: 'commits of an empty repository', call: 'GET /repos/acme/empty/commits', status: 409 },
    {
      says: 'a commit',
      call: () => `GET ${R}/commits/${sha['second']}`,
      status: 200,
      holds: (body) => assert.equal(body.files[0].filename, 'src/a.txt'),
    },
    { says: 'a commit by its branch', call: `GET ${R}/commits/heads/main`, status: 200 },
    { says: 'an unknown commit', call: `GET ${R}/commits/${MISSING}`, status: 422 },
    { says: 'a commit of an empty repository', call: 'GET /repos/acme/empty/commits/main', status: 409 },
    { says: 'a commit object', call: () => `GET ${R}/git/commits/${sha['first']}`, status: 200 },
    { says: 'an unknown commit object', call: `GET ${R}/git/commits/${MISSING}`, status: 404 },
    {
      says: 'a tree',
      call: `GET ${R}/git/trees/main?recursive=1`,
      status: 200,
      holds: (body) => assert.ok(body.tree.some((item: { path: string }) => item.path === 'src/a.txt')),
    },
    {
      says: 'an annotated tag',
      call: () => {
        repo.setTag('v0-annotated', sha['first'] as string, {});
        return `GET ${R}/git/tags/${repo.objectOf('tags/v0-annotated', sha['first'] as string).sha}`;
      },
      status: 200,
      holds: (body) => assert.deepEqual([body.tag, body.object.sha], ['v0-annotated', sha['first']]),
    },
    { says: 'an unknown tag object', call: `GET ${R}/git/tags/${MISSING}`, status: 404 },
    { says: 'an unknown tree', call: `GET ${R}/git/trees/${MISSING}`, status: 404 },
    {
      says: 'a ref',
      call: `GET ${R}/git/ref/heads/main`,
      status: 200,
      holds: (body) => assert.equal(body.object.sha, sha['second']),
    },
    { says: 'a ref that is not there', call: `GET ${R}/git/ref/heads/nope`, status: 404 },
    {
      says: 'refs that match',
      call: `GET ${R}/git/matching-refs/heads/s`,
      status: 200,
      holds: (body) => assert.equal(body.length, 2),
    },

    {
      says: 'compare, ahead',
      call: `GET ${R}/compare/main...staging`,
      status: 200,
      holds: (body) => {
        assert.deepEqual([body.status, body.ahead_by, body.behind_by, body.files.length], ['ahead', 1, 0, 1]);
        assert.equal(body.merge_base_commit.sha, sha['second']);
      },
    },
    {
      says: 'compare, behind',
      call: () => `GET ${R}/compare/${sha['staged']}...${sha['first']}`,
      status: 200,
      holds: (body) => assert.deepEqual([body.status, body.ahead_by, body.behind_by], ['behind', 0, 2]),
    },
    {
      says: 'compare, diverged',
      call: `GET ${R}/compare/main...side?per_page=1&page=2`,
      status: 200,
      holds: (body) => {
        assert.equal(body.status, 'diverged');
        assert.equal(body.files, undefined);
      },
    },
    {
      says: 'compare, identical',
      call: `GET ${R}/compare/main...acme:main`,
      status: 200,
      holds: (body) => assert.equal(body.status, 'identical'),
    },
    {
      says: 'compare of strangers',
      call: `GET ${R}/compare/main...orphan`,
      status: 404,
      holds: (body) => assert.match(body.message, /^No common ancestor/),
    },
    {
      says: 'compare with an unknown SHA',
      call: `GET ${R}/compare/${MISSING}...main`,
      status: 404,
      holds: (body) => assert.equal(body.message, 'Not Found'),
    },

    {
      says: 'the record of pushes',
      call: `GET ${R}/activity?ref=refs/heads/main`,
      status: 200,
      holds: (body) => {
        assert.deepEqual(
          body.map((each: { activity_type: string }) => each.activity_type),
          ['push', 'branch_creation'],
        );
        assert.equal(body[0].before, sha['first']);
      },
    },
    {
      says: 'a push by a job',
      call: `GET ${R}/activity?ref=staging`,
      status: 200,
      holds: (body) => assert.equal(body[0].actor.login, 'github-actions[bot]'),
    },
    {
      says: 'a push by somebody who is gone',
      call: `GET ${R}/activity?ref=side`,
      status: 200,
      holds: (body) => assert.equal(body[0].actor, null),
    },

    {
      says: 'a file',
      call: `GET ${R}/contents/README.md?ref=main`,
      status: 200,
      holds: (body) => assert.equal(Buffer.from(body.content, 'base64').toString(), '# app\n'),
    },
    {
      says: 'a folder',
      call: `GET ${R}/contents/src`,
      status: 200,
      holds: (body) => assert.equal(body[0].path, 'src/a.txt'),
    },
    { says: 'the root', call: `GET ${R}/contents`, status: 200 },
    { says: 'the root with a slash', call: `GET ${R}/contents/`, status: 200 },
    { says: 'a file that is not there', call: `GET ${R}/contents/nope`, status: 404 },
    {
      says: 'a file on a branch that is not there',
      call: `GET ${R}/contents/README.md?ref=nope`,
      status: 404,
    },
    { says: 'a file of an empty repository', call: 'GET /repos/acme/empty/contents/x', status: 404 },

    {
      says: 'runs of a commit',
      call: () => `GET ${R}/actions/runs?head_sha=${sha['second']}&event=push&branch=main`,
      status: 200,
      holds: (body) => {
        assert.equal(body.total_count, 2);
        assert.equal(body.workflow_runs[0].status, 'in_progress');
      },
    },
    {
      says: 'runs of a SHA cut short',
      call: () => `GET ${R}/actions/runs?head_sha=${sha['second']?.slice(0, 7)}`,
      status: 200,
      holds: (body) => assert.equal(body.total_count, 0),
    },
    {
      says: 'runs of an empty SHA',
      call: `GET ${R}/actions/runs?head_sha=`,
      status: 200,
      holds: (body) => assert.equal(body.total_count, 3),
    },
    {
      says: 'runs, a page',
      call: `GET ${R}/actions/runs?per_page=1&page=2`,
      status: 200,
      holds: (body, headers) => {
        assert.equal(body.workflow_runs.length, 1);
        assert.match(headers.get('link') ?? '', /rel="last"/);
      },
    },
    { says: 'one run', call: () => `GET ${R}/actions/runs/${repo.runs[0]?.id}`, status: 200 },
    { says: 'a run that is not there', call: `GET ${R}/actions/runs/4711`, status: 404 },
    {
      says: 'jobs',
      call: () => `GET ${R}/actions/runs/${repo.runs[0]?.id}/jobs`,
      status: 200,
      holds: (body) => assert.equal(body.jobs[1].conclusion, 'failure'),
    },
    { says: 'jobs that wait', call: () => `GET ${R}/actions/runs/${repo.runs[1]?.id}/jobs`, status: 200 },
    {
      says: 'workflows',
      call: `GET ${R}/actions/workflows`,
      status: 200,
      holds: (body) => assert.equal(body.workflows[0].name, 'CI'),
    },
    { says: 'a workflow', call: `GET ${R}/actions/workflows/ci.yml`, status: 200 },
    { says: 'a workflow that is not there', call: `GET ${R}/actions/workflows/nope.yml`, status: 404 },
    {
      says: 'runs of a workflow',
      call: `GET ${R}/actions/workflows/ci.yml/runs?status=failure`,
      status: 200,
      holds: (body) => assert.equal(body.total_count, 1),
    },
    { says: 'runs of no workflow', call: `GET ${R}/actions/workflows/nope.yml/runs`, status: 404 },
    {
      says: 'a right that is missing',
      call: `POST ${R}/actions/workflows/ci.yml/dispatches`,
      body: { ref: 'main' },
      token: FEW_RIGHTS,
      status: 403,
    },
    {
      says: 'a dispatch',
      call: `POST ${R}/actions/workflows/ci.yml/dispatches`,
      body: { ref: 'main', inputs: { version: '1' } },
      status: 204,
    },
    {
      says: 'a dispatch that wants its run',
      call: `POST ${R}/actions/workflows/ci.yml/dispatches`,
      body: { ref: 'main', return_run_details: true },
      status: 200,
      holds: (body) => assert.equal(body.workflow_run_id, repo.runs[repo.runs.length - 1]?.id),
    },
    {
      says: 'a dispatch with an unknown input',
      call: `POST ${R}/actions/workflows/ci.yml/dispatches`,
      body: { ref: 'main', inputs: { x: '1' } },
      status: 422,
    },
    {
      says: 'a dispatch on no branch',
      call: `POST ${R}/actions/workflows/ci.yml/dispatches`,
      body: { ref: 'nope' },
      status: 422,
    },
    {
      says: 'a dispatch of nothing',
      call: `POST ${R}/actions/workflows/nope.yml/dispatches`,
      body: { ref: 'main' },
      status: 404,
    },
    {
      says: 'a repository dispatch',
      call: `POST ${R}/dispatches`,
      body: { event_type: 'go', client_payload: { a: 1 } },
      status: 204,
    },
    {
      says: 'a repository dispatch with 11 keys',
      call: `POST ${R}/dispatches`,
      body: {
        event_type: 'go',
        client_payload: Object.fromEntries('abcdefghijk'.split('').map((key) => [key, 1])),
      },
      status: 422,
    },
    {
      says: 'a write by a reader',
      call: `POST ${R}/dispatches`,
      body: { event_type: 'go' },
      token: READER,
      status: 403,
    },

    {
      says: 'a status that is made',
      call: () => `POST ${R}/statuses/${sha['second']}`,
      body: { state: 'success', context: 'lint' },
      status: 201,
    },
    {
      says: 'a status of no state',
      call: () => `POST ${R}/statuses/${sha['second']}`,
      body: { state: 'fine' },
      status: 422,
    },
    {
      says: 'the combined status',
      call: () => `GET ${R}/commits/${sha['second']}/status`,
      status: 200,
      holds: (body) => assert.equal(body.state, 'success'),
    },
    {
      says: 'the combined status of none',
      call: () => `GET ${R}/commits/${sha['first']}/status`,
      status: 200,
      holds: (body) => assert.equal(body.state, 'pending'),
    },
    {
      says: 'statuses',
      call: () => `GET ${R}/commits/${sha['second']}/statuses`,
      status: 200,
      holds: (body) => assert.equal(body[0].creator.login, 'ada'),
    },
    {
      says: 'check runs',
      call: () => `GET ${R}/commits/${sha['second']}/check-runs`,
      status: 200,
      holds: (body) => assert.equal(body.total_count, 5),
    },
    { says: 'check runs of nothing', call: `GET ${R}/commits/${MISSING}/check-runs`, status: 422 },

    {
      says: 'a file that is made',
      call: `PUT ${R}/contents/pin`,
      body: { message: 'pin', content: 'MQo=', branch: 'side' },
      status: 201,
      holds: (body) => assert.equal(body.content.sha, 'd00491fd7e5bb6fa28c517a0bb32b8b506539d4d'),
    },
    {
      says: 'a file that is changed',
      call: `PUT ${R}/contents/pin`,
      body: {
        message: 'pin',
        content: 'Mgo=',
        branch: 'side',
        sha: 'd00491fd7e5bb6fa28c517a0bb32b8b506539d4d',
      },
      status: 200,
    },
    {
      says: 'a file that was changed meanwhile',
      call: `PUT ${R}/contents/pin`,
      body: {
        message: 'pin',
        content: 'Mwo=',
        branch: 'side',
        sha: 'd00491fd7e5bb6fa28c517a0bb32b8b506539d4d',
      },
      status: 409,
    },
    {
      says: 'a file that is there, without its SHA',
      call: `PUT ${R}/contents/pin`,
      body: { message: 'pin', content: 'Mwo=', branch: 'side' },
      status: 422,
    },
    {
      says: 'a file on no branch',
      call: `PUT ${R}/contents/pin`,
      body: { message: 'pin', content: 'Mwo=', branch: 'nope' },
      status: 404,
    },
    {
      says: 'a workflow file by a job',
      call: `PUT ${R}/contents/.github/workflows/x.yml`,
      body: { message: 'x', content: 'Mwo=' },
      token: JOB,
      status: 403,
    },
    {
      says: 'a file in an archived repository',
      call: 'PUT /repos/acme/archived/contents/x',
      body: { message: 'x', content: 'Mwo=' },
      status: 403,
    },
    {
      says: 'a file that is removed',
      call: `DELETE ${R}/contents/pin`,
      body: { message: 'no pin', branch: 'side', sha: '0cfbf08886fca9a91cb753ec8734c84fcbe52c9f' },
      status: 200,
      holds: (body) => assert.equal(body.content, null),
    },
    {
      says: 'a file that is not there, removed',
      call: `DELETE ${R}/contents/pin`,
      body: { message: 'no pin', branch: 'side', sha: MISSING },
      status: 404,
    },

    {
      says: 'a ref that is made',
      call: `POST ${R}/git/refs`,
      body: () => ({ ref: 'refs/heads/made', sha: sha['first'] }),
      status: 201,
    },
    {
      says: 'a ref that is there',
      call: `POST ${R}/git/refs`,
      body: () => ({ ref: 'refs/heads/made', sha: sha['first'] }),
      status: 422,
    },
    {
      says: 'a fast-forward',
      call: `PATCH ${R}/git/refs/heads/made`,
      body: () => ({ sha: sha['second'] }),
      status: 200,
    },
    {
      says: 'no fast-forward',
      call: `PATCH ${R}/git/refs/heads/made`,
      body: () => ({ sha: sha['first'] }),
      status: 422,
      holds: (body) => assert.equal(body.message, 'Update is not a fast forward'),
    },
    {
      says: 'a forced update',
      call: `PATCH ${R}/git/refs/heads/made`,
      body: () => ({ sha: sha['first'], force: true }),
      status: 200,
    },
    { says: 'a ref that is removed', call: `DELETE ${R}/git/refs/heads/made`, status: 204 },
    { says: 'a merge', call: `POST ${R}/merges`, body: { base: 'staging', head: 'main' }, status: 204 },
    {
      says: 'a merge with a commit',
      call: `POST ${R}/merges`,
      body: { base: 'staging', head: 'lone' },
      status: 201,
      given: () =>
        void repo.commit({ branch: 'lone', parents: [sha['second'] ?? ''], files: { lone: '1\n' } }),
      holds: (body) => assert.equal(body.parents.length, 2),
    },
    {
      says: 'a merge with conflicts',
      call: `POST ${R}/merges`,
      body: { base: 'main', head: 'side' },
      status: 409,
      holds: (body) => assert.equal(body.message, 'Merge conflict'),
    },
    {
      says: 'a merge of nothing',
      call: `POST ${R}/merges`,
      body: { base: 'main', head: 'nope' },
      status: 404,
    },

    {
      says: 'a pull request that is made',
      call: `POST ${R}/pulls`,
      body: { title: 'Promote', head: 'staging', base: 'main', body: 'x' },
      status: 201,
      holds: (body) => assert.equal(body.mergeable_state, 'clean'),
    },
    {
      says: 'a second one',
      call: `POST ${R}/pulls`,
      body: { title: 'Promote', head: 'staging', base: 'main' },
      status: 422,
      holds: (body) =>
        assert.match(body.errors[0].message, /^A pull request already exists for acme:staging/),
    },
    {
      says: 'one without commits',
      call: `POST ${R}/pulls`,
      body: { title: 'x', head: 'main', base: 'main' },
      status: 422,
      holds: (body) => assert.match(body.errors[0].message, /^No commits between/),
    },
    {
      says: 'one of no branch',
      call: `POST ${R}/pulls`,
      body: { title: 'x', head: 'nope', base: 'main' },
      status: 422,
    },
    {
      says: 'pull requests',
      call: `GET ${R}/pulls?head=acme:staging&base=main&state=open`,
      status: 200,
      holds: (body) => assert.equal(body.length, 1),
    },
    {
      says: 'pull requests of a head that is not there',
      call: `GET ${R}/pulls?head=acme:nope`,
      status: 200,
      holds: (body) => assert.equal(body.length, 0),
    },
    { says: 'one pull request', call: `GET ${R}/pulls/1`, status: 200 },
    { says: 'a pull request that is not there', call: `GET ${R}/pulls/99`, status: 404 },
    {
      says: 'a pull request that is edited',
      call: `PATCH ${R}/pulls/1`,
      body: { title: 'Promote it' },
      status: 200,
      holds: (body) => assert.equal(body.title, 'Promote it'),
    },
    { says: 'commits of a pull request', call: `GET ${R}/pulls/1/commits`, status: 200 },
    { says: 'files of a pull request', call: `GET ${R}/pulls/1/files`, status: 200 },
    {
      says: 'pull requests of a commit',
      call: () => `GET ${R}/commits/${sha['staged']}/pulls`,
      status: 200,
      holds: (body) => assert.equal(body.length, 1),
    },
    { says: 'a branch that is up to date', call: `PUT ${R}/pulls/1/update-branch`, body: {}, status: 422 },
    {
      says: 'a branch that is updated',
      call: `PUT ${R}/pulls/1/update-branch`,
      body: {},
      status: 202,
      given: () => void repo.pushCommit({ branch: 'main', files: { third: '3\n' } }),
    },
    { says: 'is it merged? no', call: `GET ${R}/pulls/1/merge`, status: 404 },
    { says: 'a merge of another head', call: `PUT ${R}/pulls/1/merge`, body: { sha: MISSING }, status: 409 },
    {
      says: 'a merge that a check blocks',
      call: `PUT ${R}/pulls/1/merge`,
      body: {},
      status: 405,
      given: () => repo.protect('main', { contexts: ['e2e'] }),
    },
    {
      says: 'a push to a protected branch',
      call: `PATCH ${R}/git/refs/heads/main`,
      body: () => ({ sha: repo.branches.get('staging') }),
      status: 422,
    },
    {
      says: 'a protected branch',
      call: `GET ${R}/branches/main`,
      status: 200,
      holds: (body) => assert.equal(body.protected, true),
    },
    {
      says: 'a file on a protected branch',
      call: `PUT ${R}/contents/x`,
      body: { message: 'x', content: 'Mwo=' },
      status: 409,
    },
    {
      says: 'a merge into a protected branch',
      call: `POST ${R}/merges`,
      body: { base: 'main', head: 'lone' },
      status: 403,
    },
    {
      says: 'a merge',
      call: `PUT ${R}/pulls/1/merge`,
      body: {},
      status: 200,
      given: () => void repo.protections.clear(),
      holds: (body) => assert.equal(body.sha, repo.branches.get('main')),
    },
    { says: 'is it merged? yes', call: `GET ${R}/pulls/1/merge`, status: 204 },
    {
      says: 'one that is merged',
      call: `GET ${R}/pulls/1`,
      status: 200,
      holds: (body) => assert.equal(body.merged, true),
    },
    { says: 'a merge again', call: `PUT ${R}/pulls/1/merge`, body: {}, status: 405 },

    {
      says: 'an issue that is made',
      call: `POST ${R}/issues`,
      body: { title: 'late', labels: ['train'] },
      status: 201,
    },
    { says: 'an issue without a title', call: `POST ${R}/issues`, body: {}, status: 422 },
    {
      says: 'issues',
      call: `GET ${R}/issues?labels=train`,
      status: 200,
      holds: (body) => assert.equal(body.length, 1),
    },
    { says: 'one issue', call: `GET ${R}/issues/2`, status: 200 },
    { says: 'an issue that is not there', call: `GET ${R}/issues/99`, status: 404 },
    { says: 'a comment', call: `POST ${R}/issues/2/comments`, body: { body: 'still' }, status: 201 },
    {
      says: 'comments',
      call: `GET ${R}/issues/2/comments`,
      status: 200,
      holds: (body) => assert.equal(body[0].body, 'still'),
    },
    {
      says: 'an issue that is closed',
      call: `PATCH ${R}/issues/2`,
      body: { state: 'closed' },
      status: 200,
      holds: (body) => assert.equal(body.state, 'closed'),
    },

    {
      says: 'too many writes',
      call: `POST ${R}/dispatches`,
      body: { event_type: 'go' },
      status: 429,
      given: () => {
        forge.world.secondaryLimit = { writesLeft: 0, status: 429, retryAfter: 7 };
      },
      holds: (_, headers) => assert.equal(headers.get('retry-after'), '7'),
    },
    {
      says: 'too many requests',
      call: `GET ${R}`,
      status: 403,
      given: () => {
        forge.world.rateLimit.remaining = 0;
      },
      holds: (_, headers) => assert.equal(headers.get('x-ratelimit-remaining'), '0'),
    },
  ];

  for (const each of CASES) {
    it(`answers ${each.status} as described: ${each.says}`, async () => {
      each.given?.();
      const body = typeof each.body === 'function' ? each.body() : each.body;
      const answer = await ask({ ...each, body });
      assert.equal(answer.status, each.status, JSON.stringify(answer.body));
      const seen = forge.requests[forge.requests.length - 1];
      const pattern = ALIASES[seen?.route ?? ''] ?? seen?.route ?? '';
      assert.deepEqual(openApi.findFaults(seen?.method ?? '', pattern, answer), []);
      each.holds?.(answer.body, answer.headers);
    });
  }

  it('has no route that was not asked', () => {
    const asked = new Set(forge.requests.map((request) => `${request.method} ${request.route}`));
    const unasked = forge.routes
      .map(([method, pattern]) => `${method} ${pattern}`)
      .filter((route) => !asked.has(route));
    assert.deepEqual(
      unasked,
      NOT_REST.map((path) => `POST ${path}`),
    );
    assert.deepEqual(forge.unexpected, []);
    assert.deepEqual(forge.errors, []);
  });
});
