import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findApi } from '../lib/find-api.ts';
import { findMend, orElsewhere } from '../lib/forge/mend.ts';
import type { HttpAnswer } from '../lib/http.ts';

type Row = [name: string, given: string | null, variables: Record<string, string>, kind: string, url: string];

const rows: Row[] = [
  ['nothing at all', null, {}, 'github', 'https://api.github.com'],
  ['GitHub itself', null, { GITHUB_SERVER_URL: 'https://github.com/' }, 'github', 'https://api.github.com'],
  ['an Enterprise Server', null, { GITHUB_SERVER_URL: 'https://h//' }, 'github', 'https://h/api/v3'],
  [
    'Gitea below a path',
    null,
    { GITEA_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://h/git/' },
    'gitea',
    'https://h/git/api/v1',
  ],
  ['a path that ends in /api/v1', 'https://h/git/api/v1', {}, 'gitea', 'https://h/git/api/v1'],
  ['one with slashes behind', 'https://h/api/v1//', {}, 'gitea', 'https://h/api/v1//'],
  ['one with a query behind', 'https://h/api/v1?a=b#c', {}, 'gitea', 'https://h/api/v1?a=b#c'],
  ['one with blanks around', ' https://h/api/v1 ', {}, 'gitea', ' https://h/api/v1 '],
  ['/api/v1 in a query only', 'https://h/api/v3?a=/api/v1', {}, 'github', 'https://h/api/v3?a=/api/v1'],
  ['what is no URL', 'h/api/v1', {}, 'github', 'h/api/v1'],
];

describe('the forge behind a call', () => {
  for (const [name, given, variables, kind, url] of rows) {
    test(`of ${name}`, () => {
      const environment = { get: (variable: string) => variables[variable] };
      assert.deepEqual(findApi({ forge: 'auto', 'api-url': given }, environment), { kind, url });
    });
  }
});

describe('an answer that may come from the wrong server', () => {
  const answerOf = (host: string, status: number): HttpAnswer => ({
    method: 'GET',
    path: '/repos/o/r',
    url: `https://${host}/repos/o/r`,
    status,
    headers: new Headers(),
    bytes: new Uint8Array(),
    text: '',
  });
  for (const status of [401, 404]) {
    test(`${status} of api.github.com, which is asked where no other is named, names it and the option`, () => {
      assert.match(
        findMend('github', answerOf('api.github.com', status), true),
        /where it is not on GitHub \(api\.github\.com was asked\) give --api-url$/,
      );
      assert.doesNotMatch(findMend('gitea', answerOf('gitea.example', status), true), /--api-url/);
    });
  }

  test('a 404 of GitHub that is no JSON is no answer of its API: the URL may be a Gitea without its path', () => {
    const answer = { ...answerOf('gitea.example', 404), text: 'Not found.\n' };
    answer.headers = new Headers({ 'content-type': 'text/plain;charset=utf-8' });
    assert.match(findMend('github', answer, true), /API URL \(SWITCHYARD_API_URL\).*ends in \/api\/v1/);
    assert.doesNotMatch(findMend('github', answer, true), /token may see it/);
  });

  test('an API URL of a Gitea is left alone', () => {
    assert.equal(orElsewhere('https://gitea.example/api/v1'), '');
  });
});
