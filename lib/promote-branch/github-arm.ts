import { CouldNotTell } from '../errors.ts';
import type { Forge } from '../forge/forge.ts';
import type { HttpAnswer } from '../http.ts';
import type { Shape } from '../shape.ts';
import type { ArmAnswer, Disarmed, Pull } from './ports.ts';
import { callOnce } from './pull-calls.ts';

const armQuery = `mutation($id: ID!, $head: GitObjectID!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $id, expectedHeadOid: $head, mergeMethod: MERGE}) {
    pullRequest { number }
  }
}`;
const disarmQuery = `mutation($id: ID!) {
  disablePullRequestAutoMerge(input: {pullRequestId: $id}) { pullRequest { number } }
}`;
const enqueueQuery = `mutation($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) { clientMutationId }
}`;
const dequeueQuery = `mutation($id: ID!) { dequeuePullRequest(input: {id: $id}) { clientMutationId } }`;
const standingQuery = (queue: string): string => `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { id merged headRefOid ${queue} autoMergeRequest { enabledAt } }
  }
}`;

interface Standing {
  id: string;
  merged: boolean;
  armed: boolean;
  queued: boolean;
}

/** What REST does not show: the id that mutations want, and the merge queue, which an older Enterprise Server lacks. */
export async function fetchStanding(forge: Forge, number: number): Promise<Standing> {
  const purpose = `read #${number} of ${forge.repo}`;
  const [owner = '', name = ''] = forge.repo.split('/');
  const variables = { owner, name, number };
  let answer = await askGraph(forge, purpose, { query: standingQuery('isInMergeQueue'), variables });
  if (/isInMergeQueue.*doesn't exist/i.test(answer.errors ?? ''))
    answer = await askGraph(forge, purpose, { query: standingQuery(''), variables });
  if (answer.errors !== null) throw cannot(purpose, answer);
  return answer.data((data) => {
    const pull = data.field('repository').field('pullRequest');
    return {
      id: pull.field('id').text(),
      merged: pull.field('merged').flag(),
      armed: pull.optional('autoMergeRequest') !== null,
      queued: pull.optional('isInMergeQueue')?.flag() ?? false,
    };
  });
}

/**
 * Has the server merge this head later, and reads back that it will, also where the answer was lost: by the merge queue
 * where the branch has one, by arming where not, or where it may not be queued yet.
 */
export async function armOnGitHub(
  forge: Forge,
  pull: Pull,
  head: string,
  { byQueue }: { byQueue: boolean },
): Promise<ArmAnswer> {
  const purpose = `arm #${pull.number} of ${forge.repo}`;
  const { id, armed, queued } = await fetchStanding(forge, pull.number);
  if (queued) return { kind: 'armed', own: false };
  const words: string[] = [];
  for (const query of byQueue ? [enqueueQuery, armQuery] : [armQuery]) {
    const sent = await callOnce(() => sendGraph(forge, purpose, { query, variables: { id, head } }));
    const isLost = 'lost' in sent || sent.status >= 500;
    const errors = isLost ? null : readGraph(forge, purpose, sent).errors;
    if (errors === null) {
      const standing = await fetchStanding(forge, pull.number);
      if (standing.armed || standing.queued || standing.merged)
        return { kind: 'armed', own: !armed, words: words.join('; ') };
      const found = isLost ? 'the answer was lost' : 'the server took it';
      return { kind: 'refused', words: `${found}, but reading back shows it not armed` };
    }
    if (/clean status/i.test(errors)) return { kind: 'clean' };
    if (/head sha|head oid/i.test(errors)) return { kind: 'head-moved' };
    words.push(errors);
  }
  return { kind: 'refused', words: words.join('; ') };
}

/** Takes back that the server merges it later, also out of the merge queue. Throws CouldNotTell. */
export async function disarmOnGitHub(forge: Forge, pull: Pull): Promise<Disarmed | undefined> {
  const purpose = `disarm #${pull.number} of ${forge.repo}`;
  const { id, armed, queued } = await fetchStanding(forge, pull.number);
  if (armed) {
    const answer = await askGraph(forge, purpose, { query: disarmQuery, variables: { id } });
    if (answer.errors !== null && !/can't disable/i.test(answer.errors)) throw cannot(purpose, answer);
  }
  if (!queued) return armed ? 'armed' : undefined;
  const answer = await askGraph(forge, purpose, { query: dequeueQuery, variables: { id } });
  // It may have left the queue meanwhile: what is so now counts.
  if (answer.errors !== null && (await fetchStanding(forge, pull.number)).queued)
    throw cannot(purpose, answer);
  return 'queued';
}

function cannot(purpose: string, { shown }: GraphAnswer): CouldNotTell {
  return new CouldNotTell(
    `Cannot ${purpose}: ${shown}; check that the token may write pull requests and contents`,
  );
}

interface GraphQuestion {
  query: string;
  variables: Record<string, string | number>;
}

interface GraphAnswer {
  errors: string | null;
  /** What came back, fit to be printed. */
  shown: string;
  data: <T>(read: (data: Shape) => T) => T;
}

async function askGraph(forge: Forge, purpose: string, question: GraphQuestion): Promise<GraphAnswer> {
  return readGraph(forge, purpose, await sendGraph(forge, purpose, question));
}

/** GraphQL's address: api.github.com/graphql, and /api/graphql beside an Enterprise Server's /api/v3. */
function sendGraph(forge: Forge, purpose: string, question: GraphQuestion): Promise<HttpAnswer> {
  const path = forge.context.apiUrl.endsWith('/api/v3') ? '/../graphql' : '/graphql';
  const reads = question.query.startsWith('query');
  return forge.api.call({ purpose, method: 'POST', path, body: question, reads });
}

function readGraph(forge: Forge, purpose: string, answer: HttpAnswer): GraphAnswer {
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  const errors = forge.api.decode(answer, purpose, (body) => {
    const rows = body.optional('errors')?.list() ?? [];
    if (rows.length > 0) return rows.map((row) => row.field('message').text()).join('; ');
    body.field('data');
    return null;
  });
  return {
    errors,
    shown: forge.context.http.describe(answer),
    data: (read) => forge.api.decode(answer, purpose, (body) => read(body.field('data'))),
  };
}
