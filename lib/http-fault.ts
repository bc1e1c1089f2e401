import { CouldNotTell } from './errors.ts';
import { quoteWords } from './http-words.ts';
import type { Redactor } from './redact.ts';

export type FaultKind =
  'unreachable' | 'time-out' | 'reset' | 'too-large' | 'rate-limited' | 'redirect' | 'undecodable';

/** No usable answer came. `maybeSent` says whether the server may have acted all the same. */
export class HttpFault extends CouldNotTell {
  override readonly name = 'HttpFault';
  readonly kind: FaultKind;
  readonly maybeSent: boolean;
  /** Of `rate-limited`: how long the server asks to stay away; null where it does not say. */
  readonly retryMs: number | null;

  constructor(
    message: string,
    {
      kind,
      maybeSent,
      cause,
      retryMs = null,
    }: { kind: FaultKind; maybeSent: boolean; cause?: unknown; retryMs?: number | null },
  ) {
    super(message, { cause });
    this.kind = kind;
    this.maybeSent = maybeSent;
    this.retryMs = retryMs;
  }
}

/** Why one attempt got no answer, and whether another may. */
export interface Failure {
  kind: FaultKind;
  found: string;
  mend: string;
  maybeSent: boolean;
  passing: boolean;
  cause?: unknown;
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an error of `fetch` to a server means: which kind, in words, and what mends it. */
export function describeFailure(error: unknown, origin: string, redactor: Redactor): Failure {
  const causes = listCauses(error);
  const code = causes
    .map((cause) => (cause as { code?: unknown }).code)
    .find((value) => typeof value === 'string');
  const words = quoteWords(causes.at(-1)?.message ?? String(error), redactor);
  const name = typeof code === 'string' ? code : words;
  if (/^(CERT|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(name)) {
    const mend = 'give the authority that signed it in NODE_EXTRA_CA_CERTS';
    return {
      kind: 'unreachable',
      found: `met a bad certificate at ${origin} (${name})`,
      mend,
      maybeSent: false,
      passing: false,
      cause: error,
    };
  }
  if (neverSent.has(name) || /bad port/.test(words)) {
    const mend = 'check the URL, and that the server is up and can be reached from here, then run again';
    const passing = !/bad port/.test(words);
    return {
      kind: 'unreachable',
      found: `reached no server at ${origin} (${name})`,
      mend,
      maybeSent: false,
      passing,
      cause: error,
    };
  }
  if (
    /^(Z_|ERR_.*(ZLIB|BROTLI))|incorrect header check|unexpected end of file|invalid block/i.test(
      `${name} ${words}`,
    )
  ) {
    const mend = 'a proxy may be damaging it: check what stands between, then run again';
    return {
      kind: 'undecodable',
      found: `answered what cannot be unpacked (${name})`,
      mend,
      maybeSent: true,
      passing: true,
      cause: error,
    };
  }
  const mend = 'check that the server is well, then run again';
  return {
    kind: 'reset',
    found: `lost the connection (${name})`,
    mend,
    maybeSent: true,
    passing: true,
    cause: error,
  };
}

function listCauses(error: unknown): Error[] {
  const found: Error[] = [];
  let current: unknown = error;
  while (current instanceof Error && found.length < 8) {
    found.push(current);
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return found;
}
