// cascade-list-drift-gate 1.0.0
// Built from scripts/cascade-list-drift-gate.ts of switchyard; do not edit: change the source and run "node build.mjs"

// lib/clock.ts
var longestTimerMs = 2 ** 31 - 1;
async function sleepInParts(ms, pause) {
  for (let left = ms; left > 0; left -= longestTimerMs) await pause(Math.min(left, longestTimerMs));
}
var systemClock = {
  now: () => Date.now(),
  sleep: (ms) => sleepInParts(ms, (part) => new Promise((resolve) => void setTimeout(resolve, part)))
};

// lib/errors.ts
var UsageError = class extends Error {
  name = "UsageError";
};
var CouldNotTell = class extends Error {
  name = "CouldNotTell";
  /** Commands or actions that mend it, most useful first. */
  next;
  constructor(message, { cause, next = [] } = {}) {
    super(message, { cause });
    this.next = next;
  }
};

// lib/command-line.ts
function parseCommandLine(script2, args, shared, environment2) {
  const { command, rest } = chooseCommand(script2, args);
  const table = { ...command.options, ...shared(command) };
  const { given, positionals } = collect(script2, command, table, rest);
  const options2 = {};
  for (const [name, option] of Object.entries(table)) {
    const isNamedOtherwise = option.rivals.some((rival) => given.has(rival));
    options2[name] = readOption(name, option, given.get(name), isNamedOtherwise ? nowhere : environment2);
  }
  return { command, options: options2, positionals };
}
var nowhere = { get: () => void 0 };
function chooseCommand(script2, args) {
  const only = script2.commands[0];
  if (only.name === "") return { command: only, rest: args };
  const names = script2.commands.map((command2) => command2.name).join(", ");
  const name = args[0];
  if (name === void 0 || name.startsWith("-")) {
    throw new UsageError(`Cannot run ${script2.name}: no subcommand is given; give one of ${names}`);
  }
  const command = script2.commands.find((candidate) => candidate.name === name);
  if (!command) {
    throw new UsageError(`Cannot run ${script2.name}: there is no subcommand "${name}"; give one of ${names}`);
  }
  return { command, rest: args.slice(1) };
}
function collect(script2, command, table, args) {
  const given = /* @__PURE__ */ new Map();
  const positionals = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    if (argument === "--") {
      positionals.push(...args.slice(index + 1));
      break;
    }
    if (!argument.startsWith("-") || argument === "-") {
      positionals.push(argument);
      continue;
    }
    const [written, inline] = splitOnce(argument);
    const { name, option, negative } = findOption(script2, table, written);
    if (option.value === null) {
      if (inline !== void 0)
        throw new UsageError(
          `Cannot use ${written}: it is a switch and takes no value; give ${written} alone`
        );
      add(name, option, negative ? "false" : "true");
      continue;
    }
    const value = inline ?? nextValue(args, ++index);
    if (value === void 0)
      throw new UsageError(`Cannot use ${written}: its value is missing; give ${written} ${option.value}`);
    if (value.trim() === "" && !option.mayBeEmpty) {
      throw new UsageError(`Cannot use ${written}: its value is empty; give ${written} ${option.value}`);
    }
    if (value.trim() !== "") add(name, option, value);
  }
  if (positionals.length > 0 && command.positionals === void 0) {
    throw new UsageError(`Cannot use "${positionals[0]}": ${script2.name} takes options only; see --help`);
  }
  return { given, positionals };
  function add(name, option, value) {
    const values = given.get(name) ?? [];
    if (values.length > 0 && !option.repeatable) {
      throw new UsageError(`Cannot use --${name} twice: it takes one value; give it once`);
    }
    given.set(name, [...values, value]);
  }
}
function nextValue(args, index) {
  const value = args[index];
  return value?.startsWith("--") ? void 0 : value;
}
function splitOnce(argument) {
  const at = argument.indexOf("=");
  return at < 0 ? [argument, void 0] : [argument.slice(0, at), argument.slice(at + 1)];
}
function findOption(script2, table, written) {
  const name = written.replace(/^--/, "");
  const option = written.startsWith("--") ? find(table, name) : void 0;
  if (option) return { name, option, negative: false };
  const positive = name.replace(/^no-/, "");
  const negated = written.startsWith("--no-") ? find(table, positive) : void 0;
  if (negated && negated.value === null) return { name: positive, option: negated, negative: true };
  throw new UsageError(`Cannot use ${written}: ${script2.name} has no such option; see --help`);
}
function find(table, name) {
  return Object.hasOwn(table, name) ? table[name] : void 0;
}
function readOption(name, option, given, environment2) {
  if (given) return option.read(given, `--${name}`);
  for (const variable of option.variables) {
    const text = environment2.get(variable);
    if (text === void 0 || text.trim() === "") continue;
    const value = option.read([text], variable);
    if (!option.required || !Array.isArray(value) || value.length > 0) return value;
  }
  if (option.required) {
    const variables = option.variables.length > 0 ? `, or set ${option.variables.join(" or ")}` : "";
    throw new UsageError(
      `Cannot run without --${name}: it is missing; give --${name} ${option.value}${variables}`
    );
  }
  return option.read([], `--${name}`);
}

// lib/deliver.ts
import { writeFileSync } from "node:fs";

// lib/count.ts
function countOf(number, thing) {
  return `${number} ${number === 1 ? thing : `${thing}s`}`;
}
function verbOf(number, one2, many2) {
  return number === 1 ? one2 : many2;
}

// lib/annotations.ts
var mostOfAKind = 10;
function createAnnotations({ inRunner }) {
  const counts = { error: 0, warning: 0, notice: 0 };
  return {
    render(kind, message, place) {
      counts[kind]++;
      if (!inRunner || counts[kind] > mostOfAKind)
        return disarmLine(`${kind}: ${describePlace(place)}${oneLine(message)}`);
      return `::${kind}${renderProperties(place)}::${escapeData(message)}`;
    },
    overflow() {
      if (!inRunner) return [];
      return Object.keys(counts).filter((kind) => counts[kind] > mostOfAKind).map(
        (kind) => `${counts[kind] - mostOfAKind} more of kind ${kind} ${verbOf(counts[kind] - mostOfAKind, "stands", "stand")} in the log above, without annotation`
      );
    }
  };
}
function disarmLine(line) {
  const plain = line.replaceAll("##[", "## [");
  return /^\s*::/.test(plain) ? `| ${plain}` : plain;
}
function disarmResult(text) {
  if (/^\s*[[{]/.test(text)) return disarmJson(text);
  return /\s/.test(text.trim()) ? text.replaceAll("##[", "## [") : text;
}
function disarmJson(json) {
  return json.replaceAll("##[", "#\\u0023[");
}
function renderProperties(place) {
  if (!place) return "";
  const pairs = [`file=${escapeProperty(place.file)}`];
  if (place.line !== void 0) pairs.push(`line=${place.line}`);
  if (place.column !== void 0) pairs.push(`col=${place.column}`);
  return ` ${pairs.join(",")}`;
}
function describePlace(place) {
  if (!place) return "";
  return `${[place.file, place.line, place.column].filter((part) => part !== void 0).join(":")}: `;
}
function escapeData(text) {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function escapeProperty(text) {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
function oneLine(text) {
  return text.replace(/[\r\n]+/g, " ");
}

// lib/append-whole.ts
import { appendFileSync, closeSync, openSync, readSync, statSync, truncateSync } from "node:fs";
function appendWhole(file, lines) {
  const size = sizeOf(file);
  try {
    appendFileSync(file, isOpenLine(file, size) ? `
${lines}` : lines);
  } catch (error) {
    takeBack(file, size);
    throw error;
  }
}
function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
function isOpenLine(file, size) {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  let descriptor;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return false;
  }
  try {
    return readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
  } finally {
    closeSync(descriptor);
  }
}
function takeBack(file, size) {
  try {
    if (sizeOf(file) > size) truncateSync(file, size);
  } catch {
  }
}

// lib/print.ts
import { writeSync } from "node:fs";
function print(descriptor, text, ending = "\n") {
  const bytes = Buffer.from(text + ending);
  let at = 0;
  for (let waits = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = error.code;
      if (code !== "EAGAIN" || waits++ > 2e3) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

// lib/shell-command.ts
function isCommand(step) {
  return /^(node|git|gh|curl) /.test(step);
}

// lib/report.ts
var largestSummary = 1e3 * 1024;
function renderRecord(script2, version2, verdict) {
  return JSON.stringify({
    schema: 1,
    script: script2,
    version: version2,
    subject: verdict.subject ?? {},
    decision: verdict.decision,
    proceed: verdict.proceed,
    reason: verdict.reason,
    changed: verdict.changed ?? false,
    evidence: verdict.evidence ?? [],
    next: verdict.next ?? [],
    details: verdict.details ?? {}
  });
}
function redactResult(text, redact) {
  if (!/^\s*[[{]/.test(text)) return redact(text);
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return redact(text);
  }
  const clean = JSON.stringify(
    body,
    (_, value) => typeof value === "string" ? redact(value) : value
  );
  return clean === JSON.stringify(body) ? text : clean;
}
function renderOutputs(names, verdict, delimiter) {
  const outputs = {
    ...Object.fromEntries(names.map((name) => [name, ""])),
    decision: verdict.decision,
    proceed: String(verdict.proceed),
    reason: verdict.reason,
    ...verdict.outputs
  };
  return Object.entries(outputs).map(
    ([name, value]) => /[\r\n]/.test(value) ? `${name}<<${delimiter}
${value}
${delimiter}
` : `${name}=${value}
`
  ).join("");
}
function renderSummary(script2, verdict) {
  const mark = verdict.exit === 0 ? verdict.proceed ? "✅" : "⏸" : verdict.exit === 3 ? "❓" : "❌";
  const parts = [`## ${mark} ${script2}: ${verdict.decision}`, "", escapeMarkdown(verdict.reason), ""];
  if (verdict.summary !== void 0) parts.push(verdict.summary.trimEnd(), "");
  else if (verdict.evidence && verdict.evidence.length > 0) {
    const rows = verdict.evidence.map(({ what, value, url }) => [
      what,
      url ? `[${cell(value)}](${url})` : value
    ]);
    parts.push(renderTable(["What was read", "Answer"], rows), "");
  }
  if (verdict.next && verdict.next.length > 0) {
    parts.push("Next:", "", ...verdict.next.map((step) => `- ${renderStep(step)}`), "");
  }
  return cutAtLine(`${parts.join("\n")}
`);
}
function renderStep(step) {
  if (!isCommand(step)) return escapeMarkdown(step);
  const fence = fenceOf(step, 1);
  return fence === "`" ? `\`${step}\`` : `${fence} ${step} ${fence}`;
}
function fenceOf(code, least) {
  const runs = code.match(/`+/g) ?? [];
  return "`".repeat(Math.max(least, ...runs.map((run) => run.length + 1)));
}
function renderTable(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const body = rows.map((row2) => line(row2.map((text) => /^\[.*\]\(\S+\)$/.test(text) ? text : cell(text))));
  return [line(head), line(head.map(() => "---")), ...body].join("\n");
}
function cell(text) {
  return escapeMarkdown(text).replaceAll("|", "\\|").replace(/[\r\n]+/g, " ") || " ";
}
function escapeMarkdown(text) {
  return text.replaceAll("<", "&lt;");
}
function cutAtLine(text) {
  const bytes = Buffer.from(text);
  if (bytes.length <= largestSummary) return text;
  const kept = bytes.subarray(0, largestSummary - 200).toString();
  return `${kept.slice(0, kept.lastIndexOf("\n") + 1)}
_The summary was cut here: it was ${bytes.length} bytes; the log has all of it._
`;
}

// lib/version.ts
var version = "1.0.0";

// lib/deliver.ts
function deliver(verdict, outlets) {
  const { script: script2, options: options2, environment: environment2, log } = outlets;
  announce(verdict, outlets);
  const redact = (text) => redactResult(text, (words2) => outlets.redactor.redact(words2));
  const record = redact(renderRecord(script2.name, version, verdict));
  const append = (name, text) => {
    const file2 = environment2.get(name);
    if (file2) save(name, file2, () => appendWhole(file2, outlets.redactor.redact(text)), log);
  };
  append("GITHUB_OUTPUT", renderOutputs(Object.keys(script2.outputs), verdict, outlets.delimiter));
  append("GITHUB_STEP_SUMMARY", renderSummary(script2.name, verdict));
  const file = options2["record"] ?? environment2.get("SWITCHYARD_RECORD");
  if (file) save("--record", file, () => writeFileSync(file, `${record}
`), log);
  log.close();
  if (outlets.json) print(1, disarmJson(record));
  else if (outlets.bareResult && verdict.result !== void 0) print(1, disarmResult(redact(verdict.result)));
  return verdict.deferred ? Number(options2["defer-code"] ?? verdict.exit) : verdict.exit;
}
function announce(verdict, { script: script2, log }) {
  const kind = verdict.announce ?? (verdict.exit >= 1 && verdict.exit <= 3 ? "error" : "notice");
  if (kind !== "nothing") log[kind](verdict.reason);
  if (verdict.exit === 2) return;
  const opens = verdict.reason.startsWith(`${verdict.decision.replaceAll("-", " ")}: `);
  log.line(`${script2.name}: ${opens ? "" : `${verdict.decision}: `}${verdict.reason}`);
  for (const step of verdict.next ?? []) log.line(`next: ${step}`);
}
function save(name, file, work, log) {
  try {
    work();
  } catch (error) {
    log.warning(
      `Cannot write ${name} to "${file}": ${error.message}; the decision stands, later steps will not see it`
    );
  }
}

// lib/fault-verdict.ts
function verdictOfError(error, log) {
  if (error instanceof UsageError) {
    return { decision: "unknown", exit: 2, proceed: false, reason: error.message };
  }
  if (error instanceof CouldNotTell) {
    return { decision: "unknown", exit: 3, proceed: false, reason: error.message, next: error.next };
  }
  return verdictOfCrash(error, log);
}
function verdictOfCrash(error, log) {
  log.line(error instanceof Error ? error.stack ?? error.message : String(error));
  const reason = `Cannot decide: a fault of our own (${error instanceof Error ? error.message : String(error)}); please report it with the lines above`;
  return { decision: "unknown", exit: 3, proceed: false, reason };
}

// lib/help.ts
var width = 96;
var commonExits = {
  0: "go, done, or nothing to do",
  1: "refused",
  2: "the call is wrong: arguments or environment",
  3: "could not tell: a server or file could not be read"
};
function renderHelp(script2, version2, shared) {
  const lines = [`${script2.name} ${version2}`, "", ...wrap(script2.summary, 0), "", "Usage:"];
  for (const command of script2.commands) lines.push(`  ${usageLine(script2, command)}`);
  for (const command of script2.commands) {
    if (command.name !== "") lines.push("", ...wrap(`${command.name}: ${command.summary ?? ""}`, 0));
    else lines.push("");
    lines.push(command.name === "" ? "Options:" : `Options of ${command.name}:`);
    for (const [name, option] of Object.entries(command.options)) lines.push(...optionLines(name, option));
  }
  lines.push("", "Options of every call:");
  const everywhere = Object.assign({}, ...script2.commands.map(shared));
  for (const [name, option] of Object.entries(everywhere)) lines.push(...optionLines(name, option));
  lines.push(
    ...entry("--help", "print this text"),
    ...entry("--version", `print "${script2.name} ${version2}"`)
  );
  lines.push("", "Outputs ($GITHUB_OUTPUT):");
  for (const [name, meaning] of Object.entries(script2.outputs)) lines.push(...entry(name, meaning));
  lines.push("", "Exit codes:");
  for (const [code, meaning] of Object.entries({ ...commonExits, ...script2.exits })) {
    lines.push(
      ...wrap(meaning, 5).map((line, index) => index === 0 ? `  ${code.padEnd(3)}${line.trim()}` : line)
    );
  }
  return `${lines.join("\n")}
`;
}
function usageLine(script2, command) {
  const required = Object.entries(command.options).filter(([, option]) => option.required).map(([name, option]) => `--${name} ${option.value}${option.repeatable ? ` [--${name} …]` : ""}`);
  const parts = [
    `node vendor/${script2.name}.mjs`,
    command.name,
    command.positionals ?? "",
    ...required,
    "[options]"
  ];
  return parts.filter(Boolean).join(" ");
}
function optionLines(name, option) {
  const head = option.negated ? `--no-${name}` : `--${name}${option.value === null ? "" : ` ${option.value}`}`;
  const notes = [
    option.required ? "required" : "",
    option.repeatable ? "repeatable" : "",
    option.variables.length > 0 ? option.variables.join(", ") : "",
    option.shown !== null ? `default: ${option.shown}` : ""
  ].filter(Boolean);
  return entry(head, notes.length > 0 ? `${option.help} [${notes.join("; ")}]` : option.help);
}
function entry(head, text) {
  const lines = wrap(text, 26);
  if (head.length > 22) return [`  ${head}`, ...lines];
  return [`  ${head.padEnd(24)}${(lines[0] ?? "").trim()}`, ...lines.slice(1)];
}
function wrap(text, indent) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(" ".repeat(indent) + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, " ".repeat(indent) + line];
}

// lib/log.ts
function createLog({ redactor, inRunner, stream, columns }) {
  const annotations = createAnnotations({ inRunner });
  let live = false;
  const log = {
    line(text) {
      clearLive();
      const lines = redactor.redact(text).split(/\r\n|\r|\n/);
      print(stream, lines.map(disarmLine).join("\n"));
    },
    notice: (text, place) => annotate("notice", text, place),
    warning: (text, place) => annotate("warning", text, place),
    error: (text, place) => annotate("error", text, place),
    progress(text) {
      if (columns === null) return;
      print(2, `\r\x1B[2K${redactor.redact(text).slice(0, columns - 1)}`, "");
      live = true;
    },
    close() {
      for (const line of annotations.overflow()) log.line(line);
    }
  };
  function annotate(kind, text, place) {
    clearLive();
    const line = annotations.render(kind, redactor.redact(text), place);
    print(inRunner ? stream : 2, line);
  }
  function clearLive() {
    if (live) print(2, "\r\x1B[2K", "");
    live = false;
  }
  return log;
}

// lib/redact.ts
var shortestSecret = 3;
var shortestEncoded = 8;
function createRedactor() {
  const hidden = /* @__PURE__ */ new Set();
  let ordered = [];
  return {
    hide(secret) {
      const text = secret?.trim() ?? "";
      if (text.length < shortestSecret) return;
      for (const form of formsOf(text)) hidden.add(form);
      ordered = [...hidden].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      let clean = text;
      for (const secret of ordered) clean = clean.split(secret).join("***");
      return dropCredentials(clean);
    }
  };
}
function formsOf(secret) {
  const forms = /* @__PURE__ */ new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  for (let offset = 0; offset < 3; offset++) {
    const core = base64Core(secret, offset);
    if (core.length < shortestEncoded) continue;
    forms.add(core);
    forms.add(core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return forms;
}
function base64Core(secret, offset) {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = bytes.toString("base64").replaceAll("=", "");
  const shared = bytes.length % 3 === 0 ? whole.length : whole.length - 1;
  return whole.slice([0, 2, 3][offset], shared);
}
function dropCredentials(text) {
  return text.replace(
    /\b(authorization|proxy-authorization|set-cookie|cookie)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi,
    "$1$2***"
  ).replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,}/gi, "$1 ***").replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi, "$1").replace(/\b(https?:\/\/[^\s?#"'<>)\]]+)\?[^\s"'<>)\]]*/gi, "$1").replace(/(\/[^\s?#"'<>)\]]*)\?[\w.%[\]-]+=[^\s"'<>)\]\\]*/g, "$1");
}

// lib/options.ts
function row(settings, read) {
  return {
    value: settings.value ?? null,
    variables: settings.variables ?? [],
    help: settings.help,
    shown: settings.shown ?? null,
    required: settings.required ?? false,
    repeatable: settings.repeatable ?? false,
    negated: settings.negated ?? false,
    rivals: settings.rivals ?? [],
    mayBeEmpty: settings.mayBeEmpty ?? false,
    read
  };
}
function one(settings) {
  return row(settings, (texts, source) => texts[0] === void 0 ? null : settings.parse(texts[0], source));
}
function oneOr(settings) {
  return row(
    { shown: settings.fallback, ...settings },
    (texts, source) => settings.parse(texts[0] ?? settings.fallback, source)
  );
}
function needed(settings) {
  return row({ ...settings, required: true }, (texts, source) => settings.parse(texts[0], source));
}
function many(settings) {
  const split = settings.split ?? splitList;
  return row(
    { ...settings, repeatable: true },
    (texts, source) => (source.startsWith("--") ? texts : texts.flatMap(split)).map((text) => settings.parse(text, source))
  );
}
function flag(settings) {
  return row(
    { ...settings, variables: settings.variables ?? [] },
    (texts, source) => texts[0] === void 0 ? false : readBoolean(texts[0], source)
  );
}
function splitList(text) {
  return text.split(/[\s,]+/).filter(Boolean);
}
function readBoolean(text, source) {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new UsageError(`Cannot use ${source}: "${text}" is neither true nor false; give true or false`);
}
var asText = (text) => text;
function asInteger(least, most) {
  return (text, source) => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value) || value < least || value > most) {
      throw new UsageError(
        `Cannot use ${source}: "${text}" is not allowed; give a whole number from ${least} to ${most}`
      );
    }
    return value;
  };
}

// lib/shared-options.ts
function sharedOptions() {
  return {
    json: flag({ help: "print the decision record as the only line on stdout" }),
    record: one({
      help: "also write the decision record to FILE",
      value: "FILE",
      variables: ["SWITCHYARD_RECORD"],
      parse: asText
    }),
    "defer-code": oneOr({
      help: "exit code of deferred and held",
      value: "N",
      variables: ["SWITCHYARD_DEFER_CODE"],
      fallback: "0",
      parse: asInteger(0, 255)
    })
  };
}

// lib/stop.ts
function createStops() {
  const works = [];
  return {
    onStop: (work) => void works.push(work),
    end(signal) {
      const said = works.map(doOne).filter((answer) => answer !== null);
      const last = said.at(-1) ?? "";
      const verdict = typeof last === "string" ? { decision: "unknown", exit: 3, proceed: false, reason: last } : last;
      return endStopped(signal, verdict);
    }
  };
}
function doOne(work) {
  try {
    return work() ?? null;
  } catch {
    return null;
  }
}
function endStopped(signal, verdict) {
  const far = verdict.reason === "" ? "" : `: ${verdict.reason}`;
  return {
    ...verdict,
    exit: verdict.exit === 0 ? 3 : verdict.exit,
    deferred: false,
    proceed: false,
    reason: `Cannot finish: ${signal} stopped it half way${far}; run it again, it starts from what is there`
  };
}

// lib/process.ts
var environment = {
  get(name) {
    const value = process.env[name];
    return value === void 0 || value.trim() === "" ? void 0 : value;
  }
};
var processes = {
  own: process.pid,
  isAlive(id) {
    try {
      return process.kill(id, 0);
    } catch (error) {
      return error.code !== "ESRCH";
    }
  }
};
var stopSignals = [
  ["SIGTERM", 143],
  ["SIGINT", 130]
];
var secretVariables = [
  ...["SWITCHYARD_TOKEN", "GITEA_TOKEN", "GH_TOKEN", "GITHUB_TOKEN", "DISPATCH_TOKEN", "DEPLOY_ADMIN_TOKEN"],
  ...["REGISTRY_PASSWORD", "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"]
];
async function runProcess(script2) {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    print(1, renderHelp(script2, version, sharedOptions), "");
    return;
  }
  const versionIsOption = script2.commands.some((command) => "version" in command.options);
  if (args.includes("--version") && (args.length === 1 || !versionIsOption)) {
    print(1, `${script2.name} ${version}`);
    return;
  }
  const { randomUUID } = await import("node:crypto");
  const redactor = createRedactor();
  for (const name of secretVariables) redactor.hide(environment.get(name));
  const open = (stdout) => ({
    ...stdout,
    log: createLog({
      redactor,
      inRunner: environment.get("GITHUB_ACTIONS") === "true",
      stream: stdout.json || stdout.bareResult ? 2 : 1,
      columns: findColumns()
    })
  });
  let options2 = {};
  let outlet = open({
    json: args.includes("--json"),
    bareResult: script2.commands.some(
      ({ name, bareResult }) => bareResult === true && ["", args[0]].includes(name)
    )
  });
  const stops = createStops();
  const end = (verdict, stopCode = null) => {
    const delimiter = `end-${randomUUID()}`;
    const code = deliver(verdict, { ...outlet, script: script2, options: options2, environment, redactor, delimiter });
    process.exitCode = stopCode ?? code;
    process.exit();
  };
  const decide = async () => {
    const call = parseCommandLine(script2, args, sharedOptions, environment);
    options2 = call.options;
    outlet = open({ json: options2["json"] === true, bareResult: call.command.bareResult === true });
    return call.command.main({
      options: options2,
      positionals: call.positionals,
      environment,
      log: outlet.log,
      redactor,
      clock: systemClock,
      hasColour: process.stdout.isTTY === true && environment.get("NO_COLOR") === void 0,
      agent: `${script2.name}/${version}`,
      processes,
      onStop: (work) => stops.onStop(work)
    });
  };
  process.on("uncaughtException", (error) => end(verdictOfCrash(error, outlet.log)));
  for (const [signal, code] of stopSignals) process.once(signal, () => end(stops.end(signal), code));
  end(await decide().catch((error) => verdictOfError(error, outlet.log)));
}
function findColumns() {
  if (environment.get("GITHUB_ACTIONS") === "true" || process.stderr.isTTY !== true) return null;
  return process.stderr.columns ?? 80;
}

// lib/list/drift.ts
function readTemplate(template) {
  if (template === null) return { shorten: (repo) => repo, expand: (name) => [name] };
  const [before, after, ...more] = template.split("{name}");
  if (before === void 0 || after === void 0 || more.length > 0) {
    throw new UsageError(
      `Cannot use --template: "${template}" must hold {name} once; give it as org/prefix-{name}`
    );
  }
  const fits = (repo) => repo.length > before.length + after.length && repo.toLowerCase().startsWith(before.toLowerCase()) && repo.toLowerCase().endsWith(after.toLowerCase());
  return {
    shorten: (repo) => fits(repo) ? repo.slice(before.length, repo.length - after.length) : repo,
    // A manifest's repository is listed by its whole name only where no short one can stand for it.
    expand: (name) => [`${before}${name}${after}`, ...fits(name) ? [] : [name]]
  };
}
function compareLists(listed, manifest, { form, ignore }) {
  const ignored = new Set(ignore.flatMap((name) => [name, ...form.expand(name)]).map(fold));
  const isIgnored = (name) => ignored.has(fold(name)) || ignored.has(fold(form.shorten(name)));
  const byRepo = new Map(manifest.map((repo) => [fold(repo), repo]));
  const present = /* @__PURE__ */ new Map();
  const strangers = [];
  for (const name of listed) {
    const repo = form.expand(name).map((candidate) => byRepo.get(fold(candidate))).find((found) => found !== void 0);
    if (repo === void 0) strangers.push(name);
    else present.set(repo, name);
  }
  const due = manifest.filter((repo) => present.has(repo) || !isIgnored(repo));
  const extra = strangers.filter((name) => !form.expand(name).some(isIgnored));
  const tolerated = strangers.filter((name) => !extra.includes(name));
  return {
    missing: due.filter((repo) => !present.has(repo)).map(form.shorten),
    extra,
    differsInCase: [...present].map(([repo, name]) => ({
      listed: name,
      wanted: name.length === repo.length ? repo : form.shorten(repo)
    })).filter(({ listed: name, wanted }) => name !== wanted),
    wanted: [...due.map(form.shorten), ...tolerated]
  };
}
function findDuplicate(names) {
  const seen = /* @__PURE__ */ new Set();
  return names.find((name) => seen.has(fold(name)) || !seen.add(fold(name)));
}
function fold(name) {
  return name.toLowerCase();
}

// lib/read-file.ts
import { closeSync as closeSync2, fstatSync, openSync as openSync2, readSync as readSync2, statSync as statSync2 } from "node:fs";

// lib/utf8.ts
function decodeUtf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// lib/read-file.ts
var largestFile = 16 * 1024 * 1024;
function readBytes(file, most = largestFile) {
  assertEnds(file);
  const descriptor = openSync2(file, "r");
  try {
    if (fstatSync(descriptor).isDirectory()) throw new Error("it is a folder");
    return readUpTo(descriptor, most + 1);
  } finally {
    closeSync2(descriptor);
  }
}
function readText(file) {
  const bytes = readBytes(file);
  if (bytes.length > largestFile) throw new Error("it is larger than 16 MiB");
  const text = decodeUtf8(bytes);
  if (text === null) throw new Error("it is not UTF-8: save it as that");
  return text;
}
function isNoFile(error) {
  return ["ENOENT", "ENOTDIR"].includes(error.code ?? "");
}
function assertEnds(file) {
  const found = statSync2(file);
  if (found.isFile() || found.isDirectory() || /^\/(dev|proc)\//.test(file)) return;
  throw new Error(found.isFIFO() ? "it is a FIFO, and no file" : "it is a device or socket, and no file");
}
function readUpTo(descriptor, most) {
  const chunks = [];
  for (let size = 0; size < most; ) {
    const chunk = Buffer.allocUnsafe(Math.min(64 * 1024, most - size));
    const count = readSync2(descriptor, chunk, 0, chunk.length, null);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  return Buffer.concat(chunks);
}

// lib/select.ts
function selectValues(root, path, source) {
  let found = [{ place: "", value: root }];
  for (const step of parsePath(path, source)) {
    found = found.flatMap(({ place, value }) => takeStep(value, step, place, { path, source }));
  }
  return found;
}
function selectStrings(root, path, source) {
  return selectValues(root, path, source).map(({ place, value }) => {
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    const found = typeof value === "string" ? "empty" : `${describeKind(value)}, not a string`;
    const mend = Array.isArray(value) ? `give "${path}[]" to go through it` : "give a path that ends at strings";
    throw new UsageError(
      `Cannot select "${path}" from ${source}: ${place || "the whole"} is ${found}; ${mend}`
    );
  });
}
function parsePath(path, source) {
  const steps = [];
  const text = path.trim().replace(/^\$?(?=[.[])|^\$$/, "");
  const pattern = /\.?([^.[\]"\s]+)|\.?\[(\d*)\]|\.?\["((?:[^"\\]|\\.)*)"\]/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) {
      throw new UsageError(
        `Cannot select "${path}" from ${source}: it is no path; give one as workspace_templates[].repo`
      );
    }
    const [, key, index, quoted] = match;
    if (key !== void 0) steps.push({ key });
    else if (quoted !== void 0) steps.push({ key: JSON.parse(`"${quoted}"`) });
    else steps.push(index === "" ? "each" : { index: Number(index) });
  }
  return steps;
}
function takeStep(value, step, place, { path, source }) {
  const refuse = (found) => new UsageError(
    `Cannot select "${path}" from ${source}: ${place || "the whole"} ${found}; check the path against the file`
  );
  if (step === "each") {
    if (!Array.isArray(value)) throw refuse(`is ${describeKind(value)}, not a list`);
    return value.map((item, index) => ({ place: `${place}[${index}]`, value: item }));
  }
  if ("index" in step) {
    if (!Array.isArray(value)) throw refuse(`is ${describeKind(value)}, not a list`);
    if (step.index >= value.length) throw refuse(`has no item ${step.index}`);
    return [{ place: `${place}[${step.index}]`, value: value[step.index] }];
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw refuse(`is ${describeKind(value)}, not an object`);
  }
  if (!Object.hasOwn(value, step.key)) throw refuse(`has no "${step.key}"`);
  const next = value[step.key];
  return [{ place: place === "" ? step.key : `${place}.${step.key}`, value: next }];
}
function describeKind(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

// lib/manifest.ts
function readManifest(file, path) {
  const source = `the manifest "${file}"`;
  const names = selectStrings(parseJson(readGivenFile(file, source), source), path, source);
  if (names.length > 0) return names;
  throw new UsageError(
    `Cannot use ${source}: "${path}" selects nothing from it; check the path, an empty manifest is taken for a mistake`
  );
}
function readGivenFile(file, what) {
  try {
    return readText(file);
  } catch (error) {
    if (isNoFile(error)) {
      throw new UsageError(`Cannot read ${what}: there is no such file; check the path`);
    }
    throw new CouldNotTell(
      `Cannot read ${what}: ${error.message}; check that it is a file and may be read`,
      {
        cause: error
      }
    );
  }
}
function parseJson(text, what) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const words2 = error.message.replace(/\s+/g, " ");
    throw new UsageError(`Cannot use ${what}: it is not JSON (${words2}); mend the file`);
  }
}

// lib/list/source-list.ts
function splitNames(source, start, end) {
  const part = source.slice(start, end);
  return [...part.matchAll(/(\\?["'])([^"'\\]*)\1|[^\s,"'\\]+/g)].map((match) => ({
    text: match[2] ?? match[0],
    start: start + match.index,
    end: start + match.index + match[0].length
  }));
}
function findQuote(source, name) {
  return name === void 0 ? "" : /^\\?["']/.exec(source.slice(name.start, name.end))?.[0] ?? "";
}
function correctList(source, list, names) {
  const [first, second] = list.names;
  const start = first?.start ?? list.emptyAt;
  const end = list.names.at(-1)?.end ?? list.emptyEnd ?? list.emptyAt;
  const between = first && second ? dropComments(source.slice(first.end, second.start)) : list.separator;
  const text = names.map((name) => list.quote + name + list.quote).join(between);
  const lineStart = source.lastIndexOf("\n", Math.min(start, list.at) - 1) + 1;
  const last = Math.max(end, list.end);
  const lineBreak = source.indexOf("\n", last);
  const lineEnd = lineBreak < 0 ? source.length : lineBreak;
  const [before, after] = list.around;
  return {
    firstLine: findPlace(source, lineStart).line,
    lastLine: findPlace(source, last).line,
    text: (source.slice(lineStart, start) + before + text + after + source.slice(end, lineEnd)).replace(
      /\r/g,
      ""
    )
  };
}
function dropComments(separator) {
  return separator.replace(/[ \t]*#[^\n]*/g, "").replace(/\n(?:[ \t]*\n)+/g, "\n");
}
function findPlace(source, offset) {
  const before = source.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

// lib/list/list-value.ts
function readListString(source, { start: from, end: to, style }, at) {
  const isQuoted = style === "single" || style === "double";
  const start = isQuoted ? from + 1 : style === "block" ? source.indexOf("\n", from) + 1 : from;
  const end = isQuoted ? to - 1 : to;
  const inner = source.slice(start, end);
  const expression = inner.includes("${{");
  if (/^\s*\[[\s\S]*\]\s*$/.test(inner)) {
    const [open, close] = [start + inner.indexOf("[") + 1, start + inner.lastIndexOf("]")];
    const names2 = splitNames(source, open, close);
    const quote = findQuote(source, names2[0]) || (style === "double" ? '\\"' : '"');
    return { ...emptyList, at, end: close + 1, names: names2, separator: ", ", quote, emptyAt: open, expression };
  }
  const names = splitNames(source, start, end);
  return {
    ...emptyList,
    at,
    end: style === "block" ? names.at(-1)?.end ?? start : to,
    names,
    emptyAt: start,
    expression
  };
}
function readListOfStrings(source, { start, end, names, flow, quote }, at) {
  const indent = /[ \t]*$/.exec(source.slice(0, start))?.[0] ?? "";
  return {
    at,
    end: flow ? end : names.at(-1)?.end ?? end,
    names,
    separator: flow ? ", " : `
${indent}- `,
    quote: quote ?? findQuote(source, names[0]),
    emptyAt: start + 1,
    around: ["", ""],
    expression: names.some(({ text }) => text.includes("${{"))
  };
}
function readNothing({ start, end }, at) {
  const isBare = start === end;
  return { ...emptyList, at, end, emptyAt: start, emptyEnd: end, around: [isBare ? " " : "", ""] };
}
var emptyList = {
  at: 0,
  end: 0,
  names: [],
  separator: " ",
  quote: "",
  emptyAt: 0,
  around: ["", ""],
  expression: false
};

// lib/list/json-list.ts
function findJsonLists(source, path, file) {
  parseJson(source, `"${file}"`);
  const tokens = readTokens(source);
  const keys = path.replace(/^\$?\./, "").replace(/\[\]$/, "").split(".").filter(Boolean);
  let value = 0;
  let found = null;
  for (const key of keys) {
    found = findKey(tokens, value, key);
    if (found === null) return [];
    value = found + 2;
  }
  if (found === null) {
    if (tokens[value]?.text !== "[") return [];
    throw new UsageError(
      `Cannot use "${file}": the list has no name in it; name the key that holds it, as FILE#key`
    );
  }
  return [readValue(source, tokens, found, file)];
}
function readTokens(source) {
  return [...source.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length
  }));
}
function findKey(tokens, at, key) {
  if (tokens[at]?.text !== "{") return null;
  let found = null;
  for (let next = at + 1; tokens[next] !== void 0 && tokens[next]?.text !== "}"; ) {
    if (JSON.parse(tokens[next]?.text ?? "") === key) found = next;
    next = skipValue(tokens, next + 2);
    if (tokens[next]?.text === ",") next++;
  }
  return found;
}
function skipValue(tokens, at) {
  let depth = 0;
  for (let next = at; ; next++) {
    const text = tokens[next]?.text;
    if (text === "[" || text === "{") depth++;
    else if (text === "]" || text === "}") depth--;
    if (depth === 0 || text === void 0) return next + 1;
  }
}
function readValue(source, tokens, key, file) {
  const [name, , value] = tokens.slice(key, key + 3);
  const refuse = (found) => new UsageError(`Cannot use "${file}": ${found}`);
  if (value.text === "{" || value.text === "null")
    throw refuse(`"${JSON.parse(name.text)}" is neither a string nor a list; name one that is`);
  if (value.text !== "[") {
    const style = value.text.startsWith('"') ? "double" : "plain";
    return readListString(source, { ...value, style }, name.start);
  }
  const end = skipValue(tokens, key + 2);
  const items = tokens.slice(key + 3, end - 1).filter(({ text }) => text !== ",");
  if (items.some(({ text }) => /^[[{]/.test(text)))
    throw refuse(`an item of "${JSON.parse(name.text)}" is no string; give a list of names`);
  const names = items.map((item) => ({ ...item, text: String(JSON.parse(item.text) ?? "").trim() }));
  const span = { start: value.start, end: tokens[end - 1]?.end ?? value.end };
  return readListOfStrings(source, { ...span, names, flow: true, quote: '"' }, name.start);
}

// lib/list/shell-list.ts
function findShellLists(source, name, { start, end }) {
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(
    `(?<![\\w$\\{.-])(?:(${word})\\+?=|read\\s+(?:-\\w+\\s+)*(${word})\\s*<<<[ \\t]*)`,
    "gd"
  );
  const lists = [];
  for (const match of source.slice(start, end).matchAll(pattern)) {
    const span = match.indices?.[1] ?? match.indices?.[2];
    if (span === void 0) continue;
    const at = start + span[0];
    if (isComment(source, at)) continue;
    lists.push(readValue2(source, at, start + match.index + match[0].length, end));
  }
  return lists;
}
function readValue2(source, at, from, limit) {
  const opening = source.startsWith('\\"', from) ? '\\"' : source[from] ?? "";
  const start = from + opening.length;
  switch (opening) {
    case "(":
      return readArray(source, at, start, findClosing(source, start, ")", limit));
    case '"':
    case "'":
    case '\\"': {
      const end = findClosing(source, start, opening, limit);
      const list = readWords(source, at, start, end);
      return {
        ...list,
        end: end + opening.length,
        expression: (opening === "'" ? /\$\{\{/ : /[$`]/).test(source.slice(start, end))
      };
    }
    default: {
      const word = /^[^\s;&|)\\]*/.exec(source.slice(from, limit))?.[0] ?? "";
      return {
        ...readWords(source, at, from, from + word.length),
        around: ['"', '"'],
        expression: /[$`]/.test(word)
      };
    }
  }
}
function readWords(source, at, start, end) {
  const names = splitNames(source, start, end);
  return { at, end, names, separator: " ", quote: "", emptyAt: start, around: ["", ""], expression: false };
}
function readArray(source, at, start, end) {
  const readable = source.slice(start, end).replace(/(^|\s)#[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
  const list = readWords(source.slice(0, start) + readable, at, start, end);
  return {
    ...list,
    end: end + 1,
    quote: findQuote(source, list.names[0]),
    expression: /[$`]/.test(readable)
  };
}
function findClosing(source, from, closing, limit) {
  for (let at = from; at < limit; at++) {
    if (source.startsWith(closing, at)) return at;
    if (source[at] === "\\" && closing !== "'") at++;
    else if (closing === ")" && source[at] === "#" && /\s/.test(source[at - 1] ?? " ")) {
      const lineEnd = source.indexOf("\n", at);
      at = lineEnd < 0 ? limit : lineEnd;
    }
  }
  return limit;
}
function isComment(source, at) {
  const line = source.slice(source.lastIndexOf("\n", at - 1) + 1, at);
  return /(^|\s)#/.test(line.replace(/"[^"]*"|'[^']*'/g, ""));
}

// lib/yaml/cursor.ts
var YamlSyntaxError = class extends Error {
  name = "YamlSyntaxError";
  offset;
  constructor(message, offset) {
    super(message);
    this.offset = offset;
  }
};
var Cursor = class {
  text;
  at = 0;
  line = 0;
  lineStart = 0;
  constructor(text) {
    this.text = text;
  }
  /** The character code `ahead` of the cursor; 0 beyond the end. */
  code(ahead = 0) {
    const at = this.at + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : 0;
  }
  get column() {
    return this.at - this.lineStart;
  }
  /** Passes over one line break; returns what it stands for in a folded text. */
  passBreak() {
    const code = this.code();
    this.at += code === 13 && this.code(1) === 10 ? 2 : 1;
    this.line++;
    this.lineStart = this.at;
    return code === 8232 || code === 8233 ? String.fromCharCode(code) : "\n";
  }
  passBlanks() {
    while (isBlank(this.code())) this.at++;
  }
  passToLineEnd() {
    while (!isBreakOrEnd(this.code())) this.at++;
  }
  /** Whether `---` or `...` stands here, alone at the start of a line. */
  isAtDocumentMark() {
    if (this.at !== this.lineStart) return false;
    const code = this.code();
    if (code !== 45 && code !== 46) return false;
    return this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3));
  }
};
function isBlank(code) {
  return code === 32 || code === 9;
}
function isBreak(code) {
  return code === 10 || code === 13 || code === 133 || code === 8232 || code === 8233;
}
function isBreakOrEnd(code) {
  return code === 0 || isBreak(code);
}
function isBlankOrEnd(code) {
  return isBlank(code) || isBreakOrEnd(code);
}

// lib/yaml/block-scalar.ts
function scanBlock(cursor, parentIndent) {
  const isLiteral = cursor.code() === 124;
  cursor.at++;
  const header = /([+-]?)([0-9]?)([+-]?)/y;
  header.lastIndex = cursor.at;
  const [whole = "", before = "", digit = "", after = ""] = header.exec(cursor.text) ?? [];
  if (digit === "0" || before !== "" && after !== "") {
    throw new YamlSyntaxError("the header of a block text is not understood", cursor.at);
  }
  cursor.at += whole.length;
  const chomp = before || after;
  cursor.passBlanks();
  if (cursor.code() === 35) cursor.passToLineEnd();
  if (!isBreakOrEnd(cursor.code())) {
    throw new YamlSyntaxError("text stands behind the header of a block text", cursor.at);
  }
  if (cursor.code() !== 0) cursor.passBreak();
  let end = cursor.at;
  const given = digit === "" ? 0 : Math.max(parentIndent, 0) + Number(digit);
  const opening = passIndent(cursor, given, parentIndent);
  const { indent } = opening;
  let pending = opening.breaks;
  if (pending !== "") end = opening.end;
  let value = "";
  let lastBreak = "";
  let lastWasIndented = false;
  while (cursor.column === indent && cursor.code() !== 0) {
    const isIndented = isBlank(cursor.code());
    if (!isLiteral && lastBreak === "\n" && !lastWasIndented && !isIndented) {
      if (pending === "") value += " ";
    } else value += lastBreak;
    value += pending;
    lastWasIndented = isIndented;
    const from = cursor.at;
    cursor.passToLineEnd();
    value += cursor.text.slice(from, cursor.at);
    lastBreak = cursor.code() === 0 ? "" : cursor.passBreak();
    const rest = passIndent(cursor, indent, parentIndent);
    pending = rest.breaks;
    end = rest.end;
  }
  if (chomp !== "-") value += lastBreak;
  if (chomp === "+") value += pending;
  return { value, end };
}
function passIndent(cursor, indent, parentIndent) {
  let breaks = "";
  let widest = 0;
  let end = cursor.at;
  for (; ; ) {
    while ((indent === 0 || cursor.column < indent) && cursor.code() === 32) cursor.at++;
    widest = Math.max(widest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.code() === 9) {
      throw new YamlSyntaxError("a tab stands where only spaces can indent", cursor.at);
    }
    if (!isBreak(cursor.code())) break;
    breaks += cursor.passBreak();
    end = cursor.at;
  }
  return { indent: indent || Math.max(widest, parentIndent + 1, 1), breaks, end };
}

// lib/yaml/gaps.ts
function passGap(cursor, { inFlow, keyAllowed, comments }) {
  let mayBegin = keyAllowed;
  for (; ; ) {
    let code = cursor.code();
    while (code === 32 || code === 9 && (inFlow || !mayBegin)) {
      cursor.at++;
      code = cursor.code();
    }
    if (code === 35) {
      if (passComments(cursor, comments) && !inFlow) mayBegin = true;
      code = cursor.code();
    }
    if (!isBreak(code)) return mayBegin;
    cursor.passBreak();
    if (!inFlow) mayBegin = true;
  }
}
function passComments(cursor, comments) {
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

// lib/yaml/names.ts
function scanAnchorName(cursor, type) {
  const start = cursor.at;
  const name = /[0-9A-Za-z_-]*/y;
  name.lastIndex = start + 1;
  const value = name.exec(cursor.text)?.[0] ?? "";
  cursor.at = start + 1 + value.length;
  const code = cursor.code();
  if (value === "" || !(isBlankOrEnd(code) || "?:,]}%@`".includes(String.fromCharCode(code)))) {
    throw new YamlSyntaxError(
      `"${cursor.text[start]}" begins an ${type}, whose name has letters, digits, "_" and "-" only; put other texts in quotes`,
      start
    );
  }
  return value;
}
function scanTagName(cursor) {
  const start = cursor.at;
  const tag = /!<[^\s>]+>|![0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]*/y;
  tag.lastIndex = start;
  const value = tag.exec(cursor.text)?.[0] ?? "!";
  cursor.at = start + value.length;
  if (!isBlankOrEnd(cursor.code())) throw new YamlSyntaxError("a tag is not understood", start);
  return value;
}
function scanDirectiveWords(cursor) {
  const start = cursor.at;
  const directive = /%(YAML[ \t]+\d{1,2}\.\d{1,2}|TAG[ \t]+![0-9A-Za-z_-]*!?[ \t]+\S+)(?=\s|$)/y;
  directive.lastIndex = start;
  const value = directive.exec(cursor.text)?.[1];
  if (value === void 0) {
    throw new YamlSyntaxError('a line that begins with "%" is a YAML directive, and this one is none', start);
  }
  cursor.at = start + 1 + value.length;
  cursor.passBlanks();
  if (cursor.code() === 35) cursor.passToLineEnd();
  if (!isBreakOrEnd(cursor.code())) throw new YamlSyntaxError("text stands behind a directive", cursor.at);
  return value;
}

// lib/yaml/pending-keys.ts
var longestKey = 1024;
var PendingKeys = class {
  cursor;
  levels = [null];
  constructor(cursor) {
    this.cursor = cursor;
  }
  get depth() {
    return this.levels.length;
  }
  get inFlow() {
    return this.levels.length > 1;
  }
  get current() {
    return this.levels.at(-1) ?? null;
  }
  openLevel() {
    this.levels.push(null);
  }
  closeLevel() {
    if (this.inFlow) this.levels.pop();
  }
  /** A key may begin at the cursor. */
  save({ token, required }) {
    const { at, lineStart, column } = this.cursor;
    this.drop();
    this.levels[this.levels.length - 1] = { token, at, lineStart, column, required };
  }
  /** What may have begun is no key. Throws YamlSyntaxError where it must be one. */
  drop() {
    const key = this.current;
    if (key?.required) throw missingColon(this.cursor.text, key.at);
    this.forget();
  }
  /** It has become a key. */
  forget() {
    this.levels[this.levels.length - 1] = null;
  }
  /** Can a `:` at the cursor still make it a key? */
  isOpen(key) {
    return key.lineStart === this.cursor.lineStart && key.at + longestKey >= this.cursor.at;
  }
  /**
   * Can a `:` still to come turn the token of that number into a key? Throws YamlSyntaxError where it must and cannot.
   */
  mayBecomeKey(token) {
    const level = this.levels.findIndex((key2) => key2?.token === token);
    const key = this.levels[level];
    if (!key) return false;
    if (this.isOpen(key)) return true;
    if (key.required) throw missingColon(this.cursor.text, key.at);
    this.levels[level] = null;
    return false;
  }
};
function missingColon(text, at) {
  const line = /[^\r\n]*/y;
  line.lastIndex = at;
  const shown = (line.exec(text)?.[0] ?? "").slice(0, 40);
  return new YamlSyntaxError(`"${shown}" is neither a key nor part of a value: its ":" is missing`, at);
}

// lib/yaml/fold.ts
function passFold(cursor, { alreadyEnded, indent }) {
  const start = cursor.at;
  let ended = alreadyEnded;
  let first = "";
  let more = "";
  let blanksEnd = -1;
  for (; ; ) {
    const code = cursor.code();
    if (isBlank(code)) {
      if (ended && code === 9 && cursor.column < indent) {
        throw new YamlSyntaxError("a tab stands where only spaces can indent", cursor.at);
      }
      cursor.at++;
    } else if (isBreak(code)) {
      if (blanksEnd < 0) blanksEnd = cursor.at;
      if (first === "") first = cursor.passBreak();
      else more += cursor.passBreak();
      ended = true;
    } else break;
  }
  const blanks = cursor.text.slice(start, blanksEnd < 0 ? cursor.at : blanksEnd);
  return { ended: first !== "", blanks, breaks: foldBreaks(first, more) };
}
function foldBreaks(first, more) {
  if (first !== "\n") return first + more;
  return more === "" ? " " : more;
}

// lib/yaml/plain-scalar.ts
function scanPlain(cursor, { indent, inFlow }) {
  const { text } = cursor;
  let value = "";
  let end = cursor.at;
  let between = "";
  let endedLine = false;
  while (!cursor.isAtDocumentMark() && cursor.code() !== 35) {
    const start = cursor.at;
    for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
      if (code === 58 && isBlankOrEnd(cursor.code(1))) break;
      if (inFlow && isFlowIndicator(code)) break;
      cursor.at++;
    }
    if (cursor.at > start) {
      value += between + text.slice(start, cursor.at);
      end = cursor.at;
      between = "";
      endedLine = false;
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    const gap = passFold(cursor, { alreadyEnded: false, indent });
    between = gap.ended ? gap.breaks : gap.blanks;
    endedLine = gap.ended;
    if (!inFlow && cursor.column < indent) break;
  }
  return { value, end, endedLine };
}
function isFlowIndicator(code) {
  return code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125;
}

// lib/yaml/quoted-scalar.ts
var escapes = /* @__PURE__ */ new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "	"],
  ["	", "	"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1B"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", ""],
  ["_", " "],
  ["L", "\u2028"],
  ["P", "\u2029"]
]);
function scanQuoted(cursor) {
  const start = cursor.at;
  const quote = cursor.code();
  const isDouble = quote === 34;
  let value = "";
  cursor.at++;
  for (; ; ) {
    if (cursor.isAtDocumentMark()) {
      throw new YamlSyntaxError("a document marker stands inside a quoted text", cursor.at);
    }
    let escapedBreak = false;
    let from = cursor.at;
    for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
      if (code === quote && !isDouble && cursor.code(1) === quote) {
        value += `${cursor.text.slice(from, cursor.at)}'`;
        cursor.at += 2;
        from = cursor.at;
      } else if (code === quote) break;
      else if (isDouble && code === 92) {
        value += cursor.text.slice(from, cursor.at);
        cursor.at++;
        if (isBreak(cursor.code())) {
          cursor.passBreak();
          escapedBreak = true;
          from = cursor.at;
          break;
        }
        value += readEscape(cursor);
        from = cursor.at;
      } else cursor.at++;
    }
    value += cursor.text.slice(from, cursor.at);
    if (cursor.code() === quote) break;
    if (cursor.code() === 0) throw new YamlSyntaxError("a quoted text is not closed", start);
    const gap = passFold(cursor, { alreadyEnded: escapedBreak, indent: 0 });
    if (gap.ended) value += escapedBreak ? keepAfterEscape(gap.breaks) : gap.breaks;
    else if (!escapedBreak) value += gap.blanks;
  }
  cursor.at++;
  return value;
}
function keepAfterEscape(breaks) {
  return breaks === " " ? "\n" : `
${breaks}`;
}
function readEscape(cursor) {
  const letter = cursor.text[cursor.at] ?? "";
  const plain = escapes.get(letter);
  cursor.at++;
  if (plain !== void 0) return plain;
  const length = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
  const digits = cursor.text.slice(cursor.at, cursor.at + length);
  const code = Number.parseInt(digits, 16);
  const isValid = length > 0 && digits.length === length && /^[0-9a-fA-F]+$/.test(digits) && code <= 1114111;
  if (!isValid || code >= 55296 && code <= 57343) {
    throw new YamlSyntaxError(`"\\${letter}" is no escape sequence of a quoted text`, cursor.at - 2);
  }
  cursor.at += length;
  return String.fromCodePoint(code);
}

// lib/yaml/scanner.ts
var deepest = 400;
var Scanner = class {
  tokens = [];
  comments = [];
  cursor;
  indent = -1;
  indents = [];
  pending;
  keyAllowed = true;
  ended = false;
  constructor(text) {
    this.cursor = new Cursor(text);
    this.pending = new PendingKeys(this.cursor);
    if (text.charCodeAt(0) === 65279) this.cursor.at = this.cursor.lineStart = 1;
  }
  /** The token of a number, from 0; the last one, `streamEnd`, for any number beyond. */
  tokenAt(index) {
    while (!this.ended && (this.tokens.length < index + 3 || this.pending.mayBecomeKey(index)))
      this.scanNext();
    return this.tokens[index] ?? this.tokens.at(-1);
  }
  scanNext() {
    const { inFlow, keyAllowed, comments } = this;
    this.keyAllowed = passGap(this.cursor, { inFlow, keyAllowed, comments });
    this.unroll(this.cursor.column);
    if (this.cursor.code() !== 0) return this.scanToken();
    this.unroll(-1);
    this.pending.drop();
    this.push("streamEnd", this.cursor.at);
    this.ended = true;
  }
  get inFlow() {
    return this.pending.inFlow;
  }
  scanToken() {
    const { cursor } = this;
    const code = cursor.code();
    if (cursor.isAtDocumentMark()) return this.scanDocumentMark();
    if (code === 37 && cursor.column === 0) return this.scanDirective();
    const next = cursor.code(1);
    switch (code) {
      case 91:
        return this.openFlow("[");
      case 123:
        return this.openFlow("{");
      case 93:
        return this.closeFlow("]");
      case 125:
        return this.closeFlow("}");
      case 44:
        this.pending.drop();
        this.keyAllowed = true;
        return this.pushSign(",");
      case 45:
        if (isBlankOrEnd(next)) return this.scanEntry();
        break;
      case 63:
        if (this.inFlow || isBlankOrEnd(next)) return this.scanKeySign();
        break;
      case 58:
        if (this.inFlow || isBlankOrEnd(next)) return this.scanValueSign();
        break;
      case 42:
        return this.scanAnchor("alias");
      case 38:
        return this.scanAnchor("anchor");
      case 33:
        return this.scanTag();
      case 124:
      case 62:
        if (!this.inFlow) return this.scanBlockScalar(code === 124 ? "literal" : "folded");
        break;
      case 34:
      case 39:
        return this.scanQuotedScalar(code === 34 ? "double" : "single");
    }
    const isPlain = code === 45 ? !isBlank(next) : code === 63 || code === 58 ? !this.inFlow : !cannotStart(code);
    if (!isPlain) {
      const shown = code === 9 ? "a tab" : `"${cursor.text[cursor.at]}"`;
      const mend = code === 9 ? "indent with spaces" : "put the text in quotes";
      throw new YamlSyntaxError(`${shown} cannot begin a value; ${mend}`, cursor.at);
    }
    this.savePending();
    this.keyAllowed = false;
    const start = cursor.at;
    const { value, end, endedLine } = scanPlain(cursor, { indent: this.indent + 1, inFlow: this.inFlow });
    if (endedLine) this.keyAllowed = true;
    this.push("scalar", start, end, value);
  }
  push(type, start, end = this.cursor.at, value = "", style = "plain") {
    this.tokens.push({ type, start, end, value, style });
  }
  pushSign(type) {
    this.push(type, this.cursor.at, ++this.cursor.at);
  }
  savePending() {
    if (!this.keyAllowed) return;
    const required = !this.inFlow && this.indent === this.cursor.column;
    this.pending.save({ token: this.tokens.length, required });
  }
  /** Opens a block collection at a column, before the token of that number. */
  roll(type, column, token, at) {
    if (this.inFlow || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.checkDepth(at);
    this.tokens.splice(token, 0, { type, start: at, end: at, value: "", style: "plain" });
  }
  unroll(column) {
    if (this.inFlow) return;
    while (this.indent > column) {
      this.push("end", this.cursor.at);
      this.indent = this.indents.pop() ?? -1;
    }
  }
  checkDepth(at) {
    if (this.pending.depth + this.indents.length > deepest) {
      throw new YamlSyntaxError(`it is nested more than ${deepest} levels deep`, at);
    }
  }
  openFlow(type) {
    this.savePending();
    this.pending.openLevel();
    this.checkDepth(this.cursor.at);
    this.keyAllowed = true;
    this.pushSign(type);
  }
  closeFlow(type) {
    this.pending.drop();
    this.pending.closeLevel();
    this.keyAllowed = false;
    this.pushSign(type);
  }
  scanEntry() {
    const { cursor } = this;
    if (!this.inFlow) {
      if (!this.keyAllowed) {
        throw new YamlSyntaxError(
          'a list item ("- ") cannot begin here; put it on a line of its own',
          cursor.at
        );
      }
      this.roll("seq", cursor.column, this.tokens.length, cursor.at);
    }
    this.pending.drop();
    this.keyAllowed = true;
    this.pushSign("entry");
  }
  scanKeySign() {
    const { cursor } = this;
    if (!this.inFlow) {
      if (!this.keyAllowed) throw new YamlSyntaxError('a key ("? ") cannot begin here', cursor.at);
      this.roll("map", cursor.column, this.tokens.length, cursor.at);
    }
    this.pending.drop();
    this.keyAllowed = !this.inFlow;
    this.pushSign("key");
  }
  scanValueSign() {
    const { cursor } = this;
    const key = this.pending.current;
    if (key && this.pending.isOpen(key)) {
      const { at, token, column } = key;
      this.tokens.splice(token, 0, { type: "key", start: at, end: at, value: "", style: "plain" });
      this.roll("map", column, token, at);
      this.pending.forget();
      this.keyAllowed = false;
    } else {
      if (key?.required) this.pending.drop();
      if (!this.inFlow) {
        if (!this.keyAllowed) {
          throw new YamlSyntaxError('": " cannot stand here; put the text in quotes', cursor.at);
        }
        this.roll("map", cursor.column, this.tokens.length, cursor.at);
      }
      this.keyAllowed = !this.inFlow;
    }
    this.pushSign("value");
  }
  scanAnchor(type) {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const name = scanAnchorName(this.cursor, type);
    this.push(type, start, this.cursor.at, name);
  }
  scanTag() {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const name = scanTagName(this.cursor);
    this.push("tag", start, this.cursor.at, name);
  }
  scanBlockScalar(style) {
    this.pending.drop();
    this.keyAllowed = true;
    const start = this.cursor.at;
    const { value, end } = scanBlock(this.cursor, this.indent);
    this.push("scalar", start, end, value, style);
  }
  scanQuotedScalar(style) {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanQuoted(this.cursor);
    this.push("scalar", start, this.cursor.at, value, style);
  }
  scanDocumentMark() {
    this.unrollAll();
    const start = this.cursor.at;
    const type = this.cursor.code() === 45 ? "document" : "documentEnd";
    this.cursor.at += 3;
    this.push(type, start);
  }
  scanDirective() {
    this.unrollAll();
    const start = this.cursor.at;
    const words2 = scanDirectiveWords(this.cursor);
    this.push("directive", start, this.cursor.at, words2);
  }
  unrollAll() {
    this.unroll(-1);
    this.pending.drop();
    this.keyAllowed = false;
  }
};
function cannotStart(code) {
  return "#&*!|>'\"%@`-?:,[]{}".includes(String.fromCharCode(code)) || isBlankOrEnd(code);
}

// lib/yaml/nodes.ts
var empty = [];
function makeNode(kind, start, end) {
  return {
    kind,
    value: "",
    style: "plain",
    flow: false,
    tag: "",
    anchor: "",
    target: null,
    items: kind === "map" || kind === "seq" ? [] : empty,
    start,
    end
  };
}
function parseNodes(text) {
  const scanner = new Scanner(text);
  const parser = new Parser(scanner);
  const root = parser.parseDocument();
  const comments = [...scanner.comments];
  return { root, further: parser.findFurther(), comments };
}
var Parser = class {
  scanner;
  at = 0;
  lastEnd = 0;
  anchors = /* @__PURE__ */ new Map();
  handles = /* @__PURE__ */ new Map([
    ["!", "!"],
    ["!!", "tag:yaml.org,2002:"]
  ]);
  constructor(scanner) {
    this.scanner = scanner;
  }
  get type() {
    return this.token.type;
  }
  get token() {
    return this.scanner.tokenAt(this.at);
  }
  take() {
    const { token } = this;
    this.at++;
    this.lastEnd = token.end;
    return token;
  }
  fail(message, at = this.token.start) {
    throw new YamlSyntaxError(message, at);
  }
  parseDocument() {
    if (this.type === "streamEnd") return null;
    const root = this.parseContent();
    this.scanner.tokenAt(this.at);
    return root;
  }
  /** The servers stop before it, so that a fault in it is none. */
  findFurther() {
    let start = this.lastEnd;
    try {
      for (; this.type !== "streamEnd"; this.take()) {
        if (this.type !== "document" && this.type !== "documentEnd") return start;
        start = this.token.start;
      }
      return null;
    } catch (error) {
      if (error instanceof YamlSyntaxError) return start;
      throw error;
    }
  }
  parseContent() {
    let hasVersion = false;
    const hasDirectives = this.type === "directive";
    while (this.type === "directive") {
      const [name, first = "", prefix = ""] = this.token.value.split(/[ \t]+/);
      if (name === "TAG") this.handles.set(first, prefix);
      else if (hasVersion || first !== "1.1") this.fail("the servers read YAML 1.1 only");
      else hasVersion = true;
      this.take();
    }
    if (this.type === "document") this.take();
    else if (hasDirectives) this.fail('a directive needs "---" behind it');
    else return this.parseNode(true, false);
    const isEmpty = ["directive", "document", "documentEnd", "streamEnd"].includes(this.type);
    return isEmpty ? this.makeEmpty(this.token.start) : this.parseNode(true, false);
  }
  makeEmpty(at) {
    return makeNode("scalar", at, at);
  }
  /** `isBlock`: block collections may stand here; `indentless`: a list may be no deeper than its key. */
  parseNode(isBlock, indentless) {
    if (this.type === "alias") {
      const { value, start: start2, end } = this.take();
      const node2 = makeNode("alias", start2, end);
      node2.value = value;
      node2.target = this.anchors.get(value) ?? this.fail(`the alias "*${value}" has no anchor "&${value}" before it`, start2);
      return node2;
    }
    const { start } = this.token;
    let anchor = "";
    let tag = "";
    for (let more = true; more; ) {
      if (this.type === "anchor" && anchor === "") anchor = this.take().value;
      else if (this.type === "tag" && tag === "") tag = this.resolveTag(this.take());
      else more = false;
    }
    const node = this.startContent(isBlock, indentless, anchor !== "" || tag !== "");
    if (tag !== "!") node.tag = tag;
    if (anchor !== "") {
      node.anchor = anchor;
      this.anchors.set(anchor, node);
    }
    this.fillContent(node);
    node.start = Math.min(start, node.start);
    return node;
  }
  startContent(isBlock, indentless, hasProperties) {
    const { type, start, end, value, style } = this.token;
    if (type === "scalar") {
      const node = makeNode("scalar", start, end);
      node.value = value;
      node.style = style;
      return node;
    }
    if (type === "[" || type === "{") {
      const node = makeNode(type === "[" ? "seq" : "map", start, end);
      node.flow = true;
      return node;
    }
    if (isBlock && type === "seq" || indentless && type === "entry") return makeNode("seq", start, end);
    if (isBlock && type === "map") return makeNode("map", start, end);
    if (hasProperties) return this.makeEmpty(this.lastEnd);
    return this.fail("a value is expected here");
  }
  fillContent(node) {
    const { type } = this.token;
    if (node.kind === "scalar") {
      if (type === "scalar" && this.token.start === node.start) this.take();
    } else if (node.flow) {
      this.take();
      if (node.kind === "seq") this.fillFlowSeq(node);
      else this.fillFlowMap(node);
    } else if (type === "entry") this.fillEntries(node, ["entry", "key", "value", "end"]);
    else if (type === "seq") {
      this.take();
      this.fillEntries(node, ["entry", "end"]);
      this.close(node, 'a list item ("- ") is expected here; look at the indentation');
    } else {
      this.take();
      this.fillMap(node);
      this.close(node, "a key is expected here; look at the indentation");
    }
  }
  close(node, expected) {
    if (this.type !== "end") this.fail(expected);
    this.take();
    node.end = Math.max(node.end, node.items.at(-1)?.end ?? node.end);
  }
  fillEntries(node, afterEmpty) {
    while (this.type === "entry") {
      const { end } = this.take();
      node.items.push(afterEmpty.includes(this.type) ? this.makeEmpty(end) : this.parseNode(true, false));
    }
    node.end = node.items.at(-1)?.end ?? node.end;
  }
  fillMap(node) {
    while (this.type === "key") {
      node.items.push(this.parsePart("key"));
      node.items.push(this.parsePart("value"));
    }
  }
  /** A key or a value of a block mapping; empty where its sign or what follows it is missing. */
  parsePart(sign) {
    if (this.type !== sign) return this.makeEmpty(this.token.start);
    const { end } = this.take();
    const { type } = this;
    return type === "key" || type === "value" || type === "end" ? this.makeEmpty(end) : this.parseNode(true, true);
  }
  fillFlowSeq(node) {
    for (let first = true; this.type !== "]"; first = false) {
      if (!first) {
        if (this.type !== ",") this.fail('"," or "]" is expected here');
        this.take();
        if (this.peekIs("]")) break;
      }
      if (this.peekIs("key")) {
        const { start } = this.take();
        const pair = makeNode("map", start, start);
        pair.flow = true;
        const isOver = () => this.type === "," || this.type === "]";
        pair.items.push(
          isOver() || this.peekIs("value") ? this.makeEmpty(this.token.start) : this.parseNode(false, false)
        );
        pair.items.push(this.parseFlowValue(isOver));
        pair.end = pair.items[1]?.end ?? start;
        node.items.push(pair);
      } else node.items.push(this.parseNode(false, false));
    }
    node.end = this.take().end;
  }
  fillFlowMap(node) {
    const isOver = () => this.type === "," || this.type === "}";
    for (let first = true; this.type !== "}"; first = false) {
      if (!first) {
        if (this.type !== ",") this.fail('"," or "}" is expected here');
        this.take();
        if (this.peekIs("}")) break;
      }
      if (this.peekIs("key")) {
        this.take();
        node.items.push(
          isOver() || this.peekIs("value") ? this.makeEmpty(this.token.start) : this.parseNode(false, false)
        );
        node.items.push(this.parseFlowValue(isOver));
      } else {
        node.items.push(this.parseNode(false, false));
        node.items.push(this.makeEmpty(this.token.start));
      }
    }
    node.end = this.take().end;
  }
  parseFlowValue(isOver) {
    if (!this.peekIs("value")) return this.makeEmpty(this.token.start);
    this.take();
    return isOver() ? this.makeEmpty(this.token.start) : this.parseNode(false, false);
  }
  /** Apart from `type`, so that the compiler does not take the answer for settled. */
  peekIs(type) {
    return this.token.type === type;
  }
  resolveTag({ value, start }) {
    if (value === "!") return "!";
    if (value.startsWith("!<")) return shorten(value.slice(2, -1));
    const handle = /^![0-9A-Za-z_-]*!/.exec(value)?.[0] ?? "!";
    const prefix = this.handles.get(handle) ?? this.fail(`the tag "${value}" is not declared`, start);
    return shorten(prefix + value.slice(handle.length));
  }
};
function shorten(tag) {
  return tag.replace(/^tag:yaml\.org,2002:/, "!!");
}

// lib/yaml/read-yaml.ts
function readYaml(text) {
  const control = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw new YamlSyntaxError(`the control character U+${code} is not allowed; take it out`, control.index);
  }
  return { text, ...parseNodes(text) };
}

// lib/yaml/resolve.ts
var words = new Map([
  ...["true", "True", "TRUE"].map((word) => [word, true]),
  ...["false", "False", "FALSE"].map((word) => [word, false]),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null]),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN]),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity]),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity])
]);
function tagOf(node) {
  if (node.tag !== "") return node.tag;
  if (node.kind === "map") return "!!map";
  if (node.kind === "seq") return "!!seq";
  if (node.kind === "alias") return node.target ? tagOf(node.target) : "";
  if (node.style !== "plain") return "!!str";
  return node.value === "<<" ? "!!merge" : tagOfValue(resolvePlain(node.value, true));
}
function isNull(node) {
  return node.kind === "scalar" && tagOf(node) === "!!null";
}
function tagOfValue(value) {
  if (value === null) return "!!null";
  if (typeof value === "boolean") return "!!bool";
  if (typeof value === "bigint") return "!!int";
  if (typeof value === "number") return "!!float";
  return typeof value === "string" ? "!!str" : "!!timestamp";
}
function resolvePlain(text, mayBeTime) {
  const word = words.get(text);
  if (word !== void 0) return word;
  const first = text.charCodeAt(0);
  if (first === 46) return /^\.\d+([eE][-+]?\d+)?$/.test(text) ? finiteOr(text, text) : text;
  const isNumeric = first >= 48 && first <= 57 || first === 43 || first === 45;
  if (!isNumeric) return text;
  const time = mayBeTime ? readTime(text) : null;
  if (time) return time;
  const plain = text.replaceAll("_", "");
  const integer = readInteger(plain);
  if (integer !== null) return integer;
  return /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain) ? finiteOr(plain, text) : text;
}
function finiteOr(digits, text) {
  const number = Number(digits);
  return Number.isFinite(number) ? number : text;
}
function readInteger(text) {
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(text);
  const digits = match?.[2];
  if (digits === void 0 || digits.length > 70) return null;
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = match?.[1] === "-" ? -magnitude : magnitude;
  if (value < -(2n ** 63n)) return null;
  return value < 2n ** 63n || match?.[1] === "" && value < 2n ** 64n ? value : null;
}
var timeForm = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d{2}:\d{2})?)?$/;
function readTime(text) {
  const match = timeForm.exec(text);
  if (!match) return null;
  const [
    ,
    year = "",
    month = "",
    day = "",
    sign,
    hour = "0",
    minute = "0",
    second = "0",
    fraction = "",
    zone
  ] = match;
  if (sign !== void 0 && sign === " " !== (zone === void 0)) return null;
  const days = new Date(Date.UTC(Number(year) || 4, Number(month), 0)).getUTCDate();
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const two = (part) => part.padStart(2, "0");
  const digits = fraction.slice(0, 9).replace(/0+$/, "");
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${digits === "" ? "" : `.${digits}`}`;
  const offset = zone === void 0 || zone === "Z" ? "+0000" : zone.replace(":", "");
  return {
    printed: `${year}-${two(month)}-${two(day)} ${clock} ${offset} ${offset === "+0000" ? "UTC" : offset}`
  };
}

// lib/list/yaml-list.ts
function findYamlLists(source, name, file) {
  const lists = [];
  for (const [key, value] of listPairs(parse(source, file))) {
    if (key.value === "env" && value.kind === "map") {
      for (const [entry2, list] of pairsOf(value))
        if (entry2.kind === "scalar" && entry2.value === name) lists.push(readValue3(source, entry2, list, file));
    } else if (key.value === "run" && value.kind === "scalar")
      lists.push(...findShellLists(source, name, { start: findContent(source, value), end: value.end }));
  }
  return lists.sort((one2, two) => one2.at - two.at);
}
function parse(source, file) {
  try {
    return readYaml(source).root;
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    const { line } = findPlace(source, error.offset);
    throw new UsageError(
      `Cannot use "${file}": it is not YAML (line ${line}: ${error.message}); mend the file`
    );
  }
}
function* listPairs(root) {
  const open = root === null ? [] : [root];
  for (let node = open.pop(); node !== void 0; node = open.pop()) {
    if (node.kind === "map") yield* pairsOf(node);
    for (const item of node.items) open.push(item);
  }
}
function pairsOf({ items }) {
  return items.flatMap((key, index) => index % 2 === 0 ? [[key, items[index + 1]]] : []);
}
function readValue3(source, key, given, file) {
  const at = findContent(source, key);
  const value = given.target ?? given;
  const start = findContent(source, value);
  const { end } = value;
  if (isNull(value)) return readNothing(findNothing(source, key, given), at);
  if (value.kind === "scalar") return readListString(source, { start, end, style: styleOf(value) }, at);
  if (value.kind === "map")
    throw new UsageError(
      `Cannot use "${file}": "${key.value}" is neither a string nor a list; name one that is`
    );
  const names = value.items.map((item) => readItem(source, item, { file, name: key.value }));
  return readListOfStrings(source, { start, end, names, flow: value.flow }, at);
}
function findNothing(source, key, value) {
  if (value.start === value.end) {
    const colon = source.indexOf(":", key.end) + 1;
    return { start: colon, end: colon };
  }
  return { start: findContent(source, value), end: value.end };
}
function readItem(source, item, { file, name }) {
  if (item.kind !== "scalar")
    throw new UsageError(`Cannot use "${file}": an item of "${name}" is no string; give a list of names`);
  const start = findContent(source, item) + (item.start === item.end && source[item.end] === " " ? 1 : 0);
  return { text: isNull(item) ? "" : item.value.trim(), start, end: Math.max(start, item.end) };
}
function styleOf({ style }) {
  return style === "literal" || style === "folded" ? "block" : style;
}
function findContent(source, { start, end }) {
  const properties = /(?:[&!]\S*(?:\s+|$)(?:#[^\n]*\s+)*)*/y;
  properties.lastIndex = start;
  properties.test(source);
  return Math.min(properties.lastIndex, end);
}

// lib/script.ts
function defineCommand(command) {
  return command;
}

// scripts/cascade-list-drift-gate.ts
var options = {
  manifest: needed({ help: "the JSON file that says what there is", value: "FILE", parse: asText }),
  select: needed({
    help: "the manifest's names, as workspace_templates[].repo",
    value: "PATH",
    parse: asText
  }),
  list: many({
    help: "a list that must equal it: an env key or an assignment in YAML or a shell script, a path in JSON",
    value: "FILE#NAME",
    required: true,
    parse: asListName
  }),
  template: one({
    help: "how a listed name becomes the manifest's: org/prefix-{name}",
    value: "TEXT",
    parse: asText
  }),
  ignore: many({ help: "a name that may be missing or extra, in either form", value: "NAME", parse: asText })
};
async function main({ options: given, log }) {
  const manifest = readManifest(given.manifest, given.select);
  assertSingle(manifest, `the manifest "${given.manifest}"`);
  const form = readTemplate(given.template);
  const findings = given.list.map((list) => inspect(list, manifest, { form, ignore: given.ignore }));
  for (const finding of findings) announce2(finding, log);
  const drifted = findings.filter(isDrifted);
  const of = `the manifest's ${countOf(manifest.length, "name")}`;
  return {
    decision: drifted.length > 0 ? "drift" : "in-sync",
    exit: drifted.length > 0 ? 1 : 0,
    proceed: drifted.length === 0,
    reason: drifted.length > 0 ? `${drifted.length} of ${countOf(findings.length, "list")} ${verbOf(drifted.length, "differs", "differ")} from ${of}: ${drifted.map(describeDrift).join("; ")}` : `${findings.length === 1 ? "the list equals" : `all ${findings.length} lists equal`} ${of}`,
    evidence: findings.map((finding) => ({ what: nameOf(finding), value: describeDrift(finding) })),
    next: drifted.map(
      ({ file, name, correction }) => `replace ${describeLines(correction)} of ${file} (${name}) by the lines above`
    ),
    details: { manifest, lists: findings },
    summary: summarize(findings),
    announce: drifted.length > 0 ? "nothing" : "notice"
  };
}
function asListName(text, source) {
  const at = text.lastIndexOf("#");
  const [file, name] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && name !== "") return { file, name };
  throw new UsageError(
    `Cannot use ${source}: "${text}" names no list; give it as FILE#NAME, as .github/workflows/publish.yml#TEMPLATES`
  );
}
function inspect({ file, name }, manifest, settings) {
  const source = readGivenFile(file, `the list "${file}"`);
  const list = chooseList(findLists(source, name, file), source, { file, name });
  const names = list.names.map(({ text }) => text);
  assertSingle(names, `the list "${file}#${name}"`);
  const drift = compareLists(names, manifest, settings);
  return {
    ...drift,
    file,
    name,
    ...findPlace(source, list.at),
    correction: correctList(source, list, drift.wanted)
  };
}
function findLists(source, name, file) {
  if (/\.json$/i.test(file)) return findJsonLists(source, name, file);
  if (/\.ya?ml$/i.test(file)) return findYamlLists(source, name, file);
  return findShellLists(source, name, { start: 0, end: source.length });
}
function chooseList(lists, source, { file, name }) {
  const refuse = (found, mend) => new UsageError(`Cannot compare the list "${file}#${name}": ${found}; ${mend}`);
  if (lists.length === 0) {
    throw refuse(
      `there is no "${name}" in "${file}"`,
      "name an env key, an assignment in a run block or script, or a path in JSON"
    );
  }
  const literal = lists.filter((list2) => !list2.expression);
  const [list, other] = literal;
  if (list === void 0)
    throw refuse("it is an expression, known only when it runs", "name a list of plain words");
  if (other === void 0) return list;
  const lines = literal.map(({ at }) => findPlace(source, at).line).join(", ");
  throw refuse(`it stands in several places (lines ${lines})`, "give each its own name");
}
function assertSingle(names, what) {
  const twice = findDuplicate(names);
  if (twice !== void 0) {
    throw new UsageError(`Cannot use ${what}: "${twice}" is in it twice; remove one`);
  }
}
function announce2(finding, log) {
  const { file, line, column, correction } = finding;
  for (const { listed, wanted } of finding.differsInCase) {
    log.warning(`"${listed}" is written "${wanted}" in the manifest`, { file, line, column });
  }
  if (!isDrifted(finding)) return;
  log.error(`${finding.name} differs from the manifest: ${describeDrift(finding)}`, { file, line, column });
  log.line(`${nameOf(finding)} (line ${line}, column ${column})`);
  if (finding.missing.length > 0) log.line(`missing: ${finding.missing.join(", ")}`);
  if (finding.extra.length > 0) log.line(`extra: ${finding.extra.join(", ")}`);
  log.line(`corrected list, in place of ${describeLines(correction)}:`);
  log.line(correction.text);
}
function isDrifted({ missing, extra }) {
  return missing.length + extra.length > 0;
}
function nameOf({ file, name }) {
  return `${file}#${name}`;
}
function describeDrift({ missing, extra }) {
  const parts = [
    missing.length > 0 ? `missing: ${missing.join(", ")}` : "",
    extra.length > 0 ? `extra: ${extra.join(", ")}` : ""
  ].filter(Boolean);
  return parts.length > 0 ? parts.join("; ") : "in sync";
}
function describeLines({ firstLine, lastLine }) {
  return firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
}
function summarize(findings) {
  const rows = findings.map((finding) => [
    `${nameOf(finding)}:${finding.line}`,
    finding.missing.join(", "),
    finding.extra.join(", ")
  ]);
  const blocks = findings.filter(isDrifted).map(
    ({ file, correction }) => `${file}, ${describeLines(correction)}:

\`\`\`\`
${correction.text}
\`\`\`\``
  );
  return [renderTable(["List", "Missing", "Extra"], rows), ...blocks].join("\n\n");
}
var script = {
  name: "cascade-list-drift-gate",
  summary: "Does every list that a workflow fans out to equal the manifest? If not: what is missing, what is extra, and the corrected list ready to paste.",
  outputs: {
    decision: "in-sync or drift",
    proceed: "true where every list equals the manifest",
    reason: "one sentence"
  },
  exits: {
    0: "every list equals the manifest, apart from case",
    1: "a list differs",
    2: "the call is wrong; also a file, name or path that is not found, a list that is an expression, an empty selection, a name that stands twice"
  },
  commands: [defineCommand({ name: "", options, main })]
};

// entry-cascade-list-drift-gate.ts
await runProcess(script);

// switchyard
//
// MIT License
//
// Copyright (c) 2026 The switchyard authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
