const shortestSecret = 3;
const shortestEncoded = 8;

export interface Redactor {
  /** From now on this text, and its encoded forms, are replaced in everything that is printed. */
  hide(secret: string | undefined): void;
  /** The text without secrets, credentials in headers, user info and URL queries. */
  redact(text: string): string;
}

/** Makes the one filter that everything printed goes through. */
export function createRedactor(): Redactor {
  const hidden = new Set<string>();
  let ordered: string[] = [];
  return {
    hide(secret) {
      const text = secret?.trim() ?? '';
      if (text.length < shortestSecret) return;
      for (const form of formsOf(text)) hidden.add(form);
      ordered = [...hidden].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      let clean = text;
      for (const secret of ordered) clean = clean.split(secret).join('***');
      return dropCredentials(clean);
    },
  };
}

function formsOf(secret: string): Set<string> {
  const forms = new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  for (let offset = 0; offset < 3; offset++) {
    const core = base64Core(secret, offset);
    if (core.length < shortestEncoded) continue;
    forms.add(core);
    forms.add(core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

/** The part of base64(prefix + secret + suffix) that is the same for every prefix of `offset` bytes modulo 3. */
function base64Core(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = bytes.toString('base64').replaceAll('=', '');
  const shared = bytes.length % 3 === 0 ? whole.length : whole.length - 1;
  return whole.slice([0, 2, 3][offset], shared);
}

function dropCredentials(text: string): string {
  return text
    .replace(
      /\b(authorization|proxy-authorization|set-cookie|cookie)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi,
      '$1$2***',
    )
    .replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,}/gi, '$1 ***')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi, '$1')
    .replace(/\b(https?:\/\/[^\s?#"'<>)\]]+)\?[^\s"'<>)\]]*/gi, '$1')
    .replace(/(\/[^\s?#"'<>)\]]*)\?[\w.%[\]-]+=[^\s"'<>)\]\\]*/g, '$1');
}
