import { isBreak, type Cursor } from './cursor.ts';

/** What stands around the gap. */
interface Surroundings {
  inFlow: boolean;
  keyAllowed: boolean;
  comments: [number, number][];
}

/** Passes over blanks, comments and line breaks to the next token; answers whether a key may begin there. */
export function passGap(cursor: Cursor, { inFlow, keyAllowed, comments }: Surroundings): boolean {
  let mayBegin = keyAllowed;
  for (;;) {
    let code = cursor.code();
    while (code === 0x20 || (code === 0x09 && (inFlow || !mayBegin))) {
      cursor.at++;
      code = cursor.code();
    }
    if (code === 0x23) {
      if (passComments(cursor, comments) && !inFlow) mayBegin = true;
      code = cursor.code();
    }
    if (!isBreak(code)) return mayBegin;
    cursor.passBreak();
    if (!inFlow) mayBegin = true;
  }
}

/**
 * Comment lines that follow each other are taken at once, whatever blanks they are indented by; answers whether there
 * were several.
 */
function passComments(cursor: Cursor, comments: [number, number][]): boolean {
  for (let isFirst = true; ; isFirst = false) {
    const start = cursor.at;
    cursor.passToLineEnd();
    comments.push([start, cursor.at]);
    const follow = /[ \t\r\n]{0,511}#/y;
    follow.lastIndex = cursor.at;
    if (!follow.test(cursor.text)) return !isFirst;
    const target = follow.lastIndex - 1;
    while (cursor.at < target) {
      if (isBreak(cursor.code())) cursor.passBreak();
      else cursor.at++;
    }
  }
}
