import type { Context } from '../context.ts';
import type { HttpAnswer, HttpCall } from '../http.ts';

/** The same context, in which every GET is sent once: in one look at a server, what is asked twice has one answer. */
export function rememberReads(context: Context): Context {
  const { http } = context;
  const known = new Map<string, Promise<HttpAnswer>>();
  const send = (call: HttpCall): Promise<HttpAnswer> => {
    if ((call.method ?? 'GET') !== 'GET') return http.send(call);
    const key = JSON.stringify([call.url, call.headers]);
    const answer = known.get(key) ?? http.send(call);
    known.set(key, answer);
    return answer;
  };
  return { ...context, http: { ...http, send } };
}
