import type { Context } from '../context.ts';
import type { HttpAnswer, HttpCall } from '../http.ts';

/** So many characters are kept; what comes then is asked again, since memory is dearer than a call. */
const mostKept = 8_000_000;

/** The same context, in which a GET is sent once: in one look at a server, what is asked twice has one answer. */
export function rememberReads(context: Context): Context {
  const { http } = context;
  const known = new Map<string, Promise<HttpAnswer>>();
  let kept = 0;
  const send = (call: HttpCall): Promise<HttpAnswer> => {
    if ((call.method ?? 'GET') !== 'GET') return http.send(call);
    const key = JSON.stringify([call.url, call.headers]);
    const answer = known.get(key) ?? sendAndKeep(key, call);
    known.set(key, answer);
    return answer;
  };
  const sendAndKeep = async (key: string, call: HttpCall): Promise<HttpAnswer> => {
    const answer = await http.send(call);
    kept += answer.text.length;
    if (kept > mostKept) known.delete(key);
    return answer;
  };
  return { ...context, http: { ...http, send } };
}
