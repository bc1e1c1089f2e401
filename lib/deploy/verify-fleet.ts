import { mapBounded } from '../concurrency.ts';
import type { Clock } from '../clock.ts';
import { HttpFault, type Http } from '../http.ts';
import type { Relation } from '../forge/forge.ts';
import { sameCommit } from '../sha.ts';
import { decodeUtf8 } from '../utf8.ts';
import { decideTenant, readBuildInfo, type Probe, type TenantAnswer } from './tenant-state.ts';
import type { Tenant } from './tenant-list.ts';

export interface FleetQuestion {
  tenants: readonly Tenant[];
  expected: string;
  path: string;
  field: string;
  hits: number;
  concurrency: number;
  waitMs: number;
  pollMs: number;
}

export interface FleetPorts {
  http: Http;
  clock: Clock;
  /** How another commit lies to ours; asked once a commit. Null where it could not be told. */
  relate: (sha: string) => Promise<Relation | null>;
  /** Told of every tenant that has settled. */
  onSettled: (answer: TenantAnswer, settled: number) => void;
  /** Is what is there enough to stop waiting? */
  isEnough: (answers: readonly TenantAnswer[]) => boolean;
}

/** Asks every tenant until it runs the commit or a newer one, or the time is over. Answers in the tenants' order. */
export async function verifyFleet(question: FleetQuestion, ports: FleetPorts): Promise<TenantAnswer[]> {
  const { clock } = ports;
  const end = clock.now() + question.waitMs;
  const answers = new Map<string, TenantAnswer>();
  const relations = new Map<string, Promise<Relation | null>>();
  const askRelation = (sha: string): Promise<Relation | null> => {
    const known = relations.get(sha) ?? ports.relate(sha);
    relations.set(sha, known);
    return known;
  };
  /** Rounds in a row without an answer: a tenant that restarts is silent for one, and may come back as it was. */
  const silent = new Map<string, number>();
  const settledIn = new Map<string, number>();
  const listAll = (): TenantAnswer[] => question.tenants.map(({ slug }) => answers.get(slug) as TenantAnswer);
  const isDone = (): boolean => {
    const isSure = [...silent.values()].every((rounds) => rounds === 0 || rounds >= question.hits);
    return listAll().every(isSettled) || (isSure && ports.isEnough(listAll()));
  };
  const askAll = (tenants: readonly Tenant[], round: number): Promise<unknown> =>
    mapBounded(tenants, question.concurrency, async (tenant) => {
      const { slug } = tenant;
      const wasSettled = isSettled(answers.get(slug));
      const answer = await askTenant(tenant, question, ports.http, askRelation);
      answers.set(slug, answer);
      silent.set(slug, answer.state === 'unreachable' ? (silent.get(slug) ?? 0) + 1 : 0);
      if (!isSettled(answer)) return;
      settledIn.set(slug, round);
      if (!wasSettled) ports.onSettled(answer, [...answers.values()].filter(isSettled).length);
    });
  for (let round = 1; ; round++) {
    const isOpen = ({ slug }: Tenant): boolean => !isSettled(answers.get(slug));
    await askAll(question.tenants.filter(isOpen), round);
    if (isDone()) {
      // Who settled rounds ago may have gone back since, and all must agree at one time.
      const early = question.tenants.filter((one) => !isOpen(one) && settledIn.get(one.slug) !== round);
      await askAll(early, round);
      if (isDone()) return listAll();
    }
    for (const [sha, relation] of relations) if (!isTold(await relation)) relations.delete(sha);
    const left = end - clock.now();
    if (left <= 0) return listAll();
    await clock.sleep(Math.min(question.pollMs, left));
  }
}

/** What could not be told is asked again in the next round. */
function isTold(relation: Relation | null): boolean {
  return relation !== null && relation.kind !== 'unknown';
}

function isSettled(answer: TenantAnswer | undefined): boolean {
  return answer?.state === 'current' || answer?.state === 'ahead';
}

async function askTenant(
  tenant: Tenant,
  question: FleetQuestion,
  http: Http,
  relate: (sha: string) => Promise<Relation | null>,
): Promise<TenantAnswer> {
  const probes: Probe[] = [];
  const known = new Map<string, Relation | null>();
  let answer: TenantAnswer;
  do {
    const probe = await probeTenant(tenant, question, http);
    probes.push(probe);
    if (probe.kind === 'sha' && !sameCommit(probe.sha, question.expected))
      known.set(probe.sha, await relate(probe.sha));
    answer = decideTenant(tenant.slug, question.expected, probes, (sha) => known.get(sha) ?? null);
  } while (isSettled(answer) && probes.length < question.hits);
  return answer;
}

async function probeTenant(
  tenant: Tenant,
  { path, field, waitMs }: FleetQuestion,
  http: Http,
): Promise<Probe> {
  const root = new URL(tenant.url);
  const url = `${root.origin}${root.pathname.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  try {
    const answer = await http.send({
      purpose: `read the build info of ${tenant.slug}`,
      url,
      headers: { accept: 'application/json', 'cache-control': 'no-store' },
      // Another connection every time: behind a balancer one connection shows one machine.
      fresh: true,
      // Who asks again later need not insist now.
      ...(waitMs > 0 ? { attempts: 1 } : {}),
      // A login page behind a redirect is no answer of the tenant.
      keepRedirect: true,
    });
    if (answer.status !== 200) return { kind: 'unreachable', why: `it answers ${answer.status}` };
    const text = decodeUtf8(answer.bytes);
    if (text === null) return { kind: 'unparseable', why: 'it answers text that is not UTF-8' };
    return readBuildInfo(text, field);
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return { kind: 'unreachable', why: error.message.replace(/^Cannot [^:]*: /, '').replace(/;[^;]*$/, '') };
  }
}
