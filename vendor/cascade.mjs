// cascade 1.0.0
// Built from scripts/cascade.ts of switchyard; do not edit: change the source and run "node build.mjs"

// lib/clock.ts
var longestTimerMs = 2 ** 31 - 1;
async function sleepInParts(ms, pause) {
  for (let left = ms; left > 0; left -= longestTimerMs) await pause(Math.min(left, longestTimerMs));
}
var systemClock = {
  now: () => Date.now(),
  sleep: (ms) => sleepInParts(ms, (part) => new Promise((resolve2) => void setTimeout(resolve2, part)))
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
  const options = {};
  for (const [name, option] of Object.entries(table)) {
    const isNamedOtherwise = option.rivals.some((rival) => given.has(rival));
    options[name] = readOption(name, option, given.get(name), isNamedOtherwise ? nowhere : environment2);
  }
  return { command, options, positionals };
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
function shellCommand(...words) {
  return words.map(shellWord).join(" ");
}
function isCommand(step) {
  return /^(node|git|gh|curl) /.test(step);
}
function optionWords(name, value) {
  return value.startsWith("-") ? [`${name}=${value}`] : [name, value];
}
function shellWord(text) {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  const [body = "", end = ""] = text.split(/(\n*)$/);
  return hasControls(body) ? `"$(printf %b ${quote(escapeControls(body))})"${end && quote(end)}` : quote(text);
}
function quote(text) {
  return `'${text.replaceAll("'", "'\\''").replaceAll("##[", "##''[")}'`;
}
function hasControls(text) {
  return new RegExp("\\p{Cc}", "u").test(text);
}
function escapeControls(text) {
  const names = { "\\": "\\\\", "\n": "\\n", "	": "\\t", "\r": "\\r" };
  return text.replace(
    /[\\\x00-\x1f\x7f]/g,
    (char) => names[char] ?? `\\0${char.charCodeAt(0).toString(8).padStart(3, "0")}`
  );
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
    const rows = verdict.evidence.map(({ what: what2, value, url }) => [
      what2,
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
  const { script: script2, options, environment: environment2, log } = outlets;
  announce(verdict, outlets);
  const redact = (text) => redactResult(text, (words) => outlets.redactor.redact(words));
  const record = redact(renderRecord(script2.name, version, verdict));
  const append = (name, text) => {
    const file2 = environment2.get(name);
    if (file2) save(name, file2, () => appendWhole(file2, outlets.redactor.redact(text)), log);
  };
  append("GITHUB_OUTPUT", renderOutputs(Object.keys(script2.outputs), verdict, outlets.delimiter));
  append("GITHUB_STEP_SUMMARY", renderSummary(script2.name, verdict));
  const file = options["record"] ?? environment2.get("SWITCHYARD_RECORD");
  if (file) save("--record", file, () => writeFileSync(file, `${record}
`), log);
  log.close();
  if (outlets.json) print(1, disarmJson(record));
  else if (outlets.bareResult && verdict.result !== void 0) print(1, disarmResult(redact(verdict.result)));
  return verdict.deferred ? Number(options["defer-code"] ?? verdict.exit) : verdict.exit;
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

// lib/duration.ts
var units = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };
function parseDuration(text) {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
  return match ? Number(match[1]) * units[match[2]] : null;
}
function formatDuration(ms) {
  if (ms < 1e3) return `${Math.round(ms)} ms`;
  if (ms < 12e4) return `${Math.round(ms / 1e3)} s`;
  if (ms < 72e5) return `${Math.round(ms / 6e4)} min`;
  if (ms < 1728e5) return `${Math.round(ms / 36e5)} h`;
  return `${Math.round(ms / 864e5)} d`;
}

// lib/options.ts
function row(settings, read2) {
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
    read: read2
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
function asChoice(...choices) {
  return (text, source) => {
    const found = choices.find((choice) => choice === text);
    if (found === void 0) {
      throw new UsageError(`Cannot use ${source}: "${text}" is not known; give ${listWords(choices)}`);
    }
    return found;
  };
}
var asDuration = (text, source) => {
  const ms = parseDuration(text);
  if (ms === null) {
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no duration; give it as 500ms, 60s, 15m, 1h or 2d`
    );
  }
  return ms;
};
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
function isRepo(text) {
  return /^[\w.-]+\/[\w.-]+$/.test(text) && !text.split("/").some((part) => /^\.{1,2}$/.test(part));
}
var asRepo = (text, source) => {
  if (!isRepo(text)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no repository; give it as owner/name`);
  }
  return text;
};
var asShard = (text, source) => {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index < 1 || of < 1 || index > of) {
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no shard; give it as I/N with I from 1 to N, as 1/4`
    );
  }
  return { index, of };
};
function listWords(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
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
var runAgain = "run it again, it starts from what is there";
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
function endStopped(signal, { mend = runAgain, ...verdict }) {
  const far = verdict.reason === "" ? "" : `: ${verdict.reason}`;
  return {
    ...verdict,
    exit: verdict.exit === 0 ? 3 : verdict.exit,
    deferred: false,
    proceed: false,
    reason: `Cannot finish: ${signal} stopped it half way${far}; ${mend}`
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
  let options = {};
  let outlet = open({
    json: args.includes("--json"),
    bareResult: script2.commands.some(
      ({ name, bareResult }) => bareResult === true && ["", args[0]].includes(name)
    )
  });
  const stops = createStops();
  const end = (verdict, stopCode = null) => {
    const delimiter = `end-${randomUUID()}`;
    const code = deliver(verdict, { ...outlet, script: script2, options, environment, redactor, delimiter });
    process.exitCode = stopCode ?? code;
    process.exit();
  };
  const decide = async () => {
    const call = parseCommandLine(script2, args, sharedOptions, environment);
    options = call.options;
    outlet = open({ json: options["json"] === true, bareResult: call.command.bareResult === true });
    return call.command.main({
      options,
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

// lib/cascade/open.ts
import { join as join3 } from "node:path";

// lib/http-words.ts
var longest = 200;
function quoteWords(text, redactor) {
  return cutWords(joinWords(text, redactor));
}
function joinWords(text, redactor) {
  return redactor.redact(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").replace(/\s+/g, " ").trim();
}
function cutWords(line) {
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : line;
}
function findWords(body) {
  const text = body.trim();
  if (/^<(!doctype|html|head|\?xml)/i.test(text)) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
    return title ? `an HTML page, "${title}"` : "an HTML page";
  }
  try {
    return wordsOf(JSON.parse(text)) || text;
  } catch {
    return text;
  }
}
function wordsOf(value) {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join("; ");
  if (value === null || typeof value !== "object") return "";
  const body = value;
  const message = wordsOf(body["message"]) || wordsOf(body["error_description"]) || wordsOf(body["error"]);
  const errors = wordsOf(body["errors"]);
  return [message, errors].filter(Boolean).join(": ");
}
function describeAnswer(answer, redactor) {
  const words = quoteWords(findWords(answer.text), redactor);
  const said = words ? words.startsWith("an HTML page") ? ` with ${words}` : ` "${words}"` : "";
  return `${answer.method} ${answer.path} answered ${answer.status}${said}`;
}

// lib/http-fault.ts
var HttpFault = class extends CouldNotTell {
  name = "HttpFault";
  kind;
  maybeSent;
  /** Of `rate-limited`: how long the server asks to stay away; null where it does not say. */
  retryMs;
  constructor(message, {
    kind,
    maybeSent,
    cause,
    retryMs = null
  }) {
    super(message, { cause });
    this.kind = kind;
    this.maybeSent = maybeSent;
    this.retryMs = retryMs;
  }
};
var neverSent = /* @__PURE__ */ new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT"
]);
function describeFailure(error, origin, redactor) {
  const causes = listCauses(error);
  const code = causes.map((cause) => cause.code).find((value) => typeof value === "string");
  const words = quoteWords(causes.at(-1)?.message ?? String(error), redactor);
  const name = typeof code === "string" ? code : words;
  if (/^(CERT|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(name)) {
    const mend2 = "give the authority that signed it in NODE_EXTRA_CA_CERTS";
    return {
      kind: "unreachable",
      found: `met a bad certificate at ${origin} (${name})`,
      mend: mend2,
      maybeSent: false,
      passing: false,
      cause: error
    };
  }
  if (neverSent.has(name) || /bad port/.test(words)) {
    const mend2 = "check the URL, and that the server is up and can be reached from here, then run again";
    const passing = !/bad port/.test(words);
    return {
      kind: "unreachable",
      found: `reached no server at ${origin} (${name})`,
      mend: mend2,
      maybeSent: false,
      passing,
      cause: error
    };
  }
  if (/^(Z_|ERR_.*(ZLIB|BROTLI))|incorrect header check|unexpected end of file|invalid block/i.test(
    `${name} ${words}`
  )) {
    const mend2 = "a proxy may be damaging it: check what stands between, then run again";
    return {
      kind: "undecodable",
      found: `answered what cannot be unpacked (${name})`,
      mend: mend2,
      maybeSent: true,
      passing: true,
      cause: error
    };
  }
  const mend = "check that the server is well, then run again";
  return {
    kind: "reset",
    found: `lost the connection (${name})`,
    mend,
    maybeSent: true,
    passing: true,
    cause: error
  };
}
function listCauses(error) {
  const found = [];
  let current = error;
  while (current instanceof Error && found.length < 8) {
    found.push(current);
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return found;
}

// lib/http-retry.ts
function readRetryDelay({ headers, text }, { now, limited = false }) {
  const after = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1e3;
  const date = after && !/^[-+]?\d/.test(after) ? Date.parse(after) : Number.NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const inBody = /retry-after:\s*(\d+(?:\.\d+)?)\s*(ms|s|m)\b/i.exec(text);
  if (inBody)
    return Number(inBody[1]) * { ms: 1, s: 1e3, m: 6e4 }[inBody[2].toLowerCase()];
  const reset = headers.get("x-ratelimit-reset")?.trim() ?? "";
  const isUsedUp = headers.get("x-ratelimit-remaining")?.trim() === "0" || limited;
  return isUsedUp && /^\d{1,12}$/.test(reset) ? Math.max(0, Number(reset) * 1e3 - now) : null;
}
function isRateLimit(status, headers, body) {
  if (status === 429) return true;
  if (status !== 403) return false;
  if (headers.get("x-ratelimit-remaining")?.trim() === "0" || headers.has("retry-after")) return true;
  return /rate limit|abuse detection|too many requests/i.test(body);
}
function isPassing(status) {
  return [408, 429, 500, 502, 503, 504].includes(status);
}
function backoff(attempt, firstMs, random) {
  return firstMs * 2 ** (attempt - 1) * (1 + random / 4);
}

// lib/http-url.ts
function assertSafeUrl(text, allowPlainHttp, what2 = "this URL") {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`Cannot use ${what2}: "${text}" is no URL; give it as https://host/path`);
  }
  if (url.protocol === "https:") return url;
  if (url.protocol !== "http:") {
    throw new UsageError(`Cannot use ${what2}: "${url.origin}": its scheme is not https; give https://…`);
  }
  if (allowPlainHttp || isLoopback(url.hostname)) return url;
  throw new UsageError(
    `Cannot use ${what2}: ${url.origin}: it is plain http, where tokens can be read; give https, or --insecure (SWITCHYARD_INSECURE=true) for a network you trust`
  );
}
function isLoopback(host) {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

// lib/http-attempts.ts
var mostAttempts = 4;
async function sendWithRetries(call, settings, tryOnce2) {
  const { clock } = settings;
  const method = call.method ?? "GET";
  const path = assertSafeUrl(call.url, settings.allowPlainHttp).pathname;
  const isRead = method === "GET" || method === "HEAD" || call.reads === true;
  const attempts = call.attempts ?? mostAttempts;
  const end = clock.now() + (call.deadlineMs ?? settings.deadlineMs);
  for (let attempt = 1; ; attempt++) {
    const timeoutMs = Math.max(1, Math.min(call.timeoutMs ?? settings.timeoutMs, end - clock.now()));
    const outcome = await tryOnce2({ method, isRead, timeoutMs });
    const limited = "status" in outcome && isRateLimit(outcome.status, outcome.headers, outcome.text);
    if (!mayPass(outcome, call, { isRead, limited })) return answerOrThrow(outcome);
    const asked = "status" in outcome ? readRetryDelay(outcome, { now: clock.now(), limited }) : null;
    const pause = asked ?? backoff(attempt, settings.retryMs, Math.random());
    const over = clock.now() + pause >= end;
    if (limited && (over || attempt >= attempts) || asked !== null && over)
      throw comeBack(call, outcome, asked, settings);
    if (over || attempt >= attempts) return answerOrThrow(outcome, `after ${countOf(attempt, "attempt")}`);
    await clock.sleep(pause);
  }
  function answerOrThrow(outcome, tried = "") {
    if ("status" in outcome) return outcome;
    const found = [outcome.found, tried].filter(Boolean).join(" ");
    throw new HttpFault(`Cannot ${call.purpose}: ${method} ${path} ${found}; ${outcome.mend}`, {
      kind: outcome.kind,
      maybeSent: outcome.maybeSent,
      cause: outcome.cause
    });
  }
}
function mayPass(outcome, call, { isRead, limited }) {
  if (!("status" in outcome)) return outcome.passing && (isRead || !outcome.maybeSent);
  if (limited) return true;
  if (!isRead || !isPassing(outcome.status)) return false;
  return !(call.isFinal?.(outcome.status, outcome.text) ?? false);
}
function comeBack(call, answer, asked, settings) {
  const now = settings.clock.now();
  const sane = asked !== null && now + asked < 864e13;
  const when = sane ? `come back in ${formatDuration(asked)}, at ${new Date(now + asked).toISOString()}` : "come back in some minutes, or use a token with a higher limit";
  return new HttpFault(
    `Cannot ${call.purpose}: ${describeAnswer(answer, settings.redactor)}, ${answer.status < 500 ? "the rate limit is used up" : "the server asks to wait"}; ${when}`,
    { kind: "rate-limited", maybeSent: false, retryMs: sane ? asked : null }
  );
}

// lib/http-body.ts
var largestBody = 16 * 1024 * 1024;
async function readBody(response, { purpose, method, url }) {
  if (response.body === null || method === "HEAD") return new Uint8Array();
  const chunks = [];
  let size = 0;
  const reader = response.body.getReader();
  for (; ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > largestBody) {
      await reader.cancel();
      throw new HttpFault(
        `Cannot ${purpose}: ${method} ${url.pathname} answered more than 16 MiB; check that the URL is an API's`,
        { kind: "too-large", maybeSent: true }
      );
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, size);
}

// lib/http-long.ts
async function requestLong(url, init) {
  const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
  const { Readable } = await import("node:stream");
  return new Promise((resolve2, reject) => {
    const outgoing = request(
      url,
      { method: init.method, headers: init.headers, signal: init.signal },
      (incoming) => {
        const headers = new Headers();
        for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
          headers.append(incoming.rawHeaders[index], incoming.rawHeaders[index + 1]);
        }
        const status = incoming.statusCode ?? 0;
        const isBare = status === 204 || status === 304 || init.method === "HEAD";
        if (isBare) incoming.resume();
        const body = isBare ? null : Readable.toWeb(incoming);
        resolve2(new Response(body, { status, headers }));
      }
    );
    outgoing.on("error", reject);
    outgoing.end(init.body);
  });
}

// lib/http-redirect.ts
var mostRedirects = 5;
function readRedirect(response, from) {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = response.headers.get("location");
  if (location === null) return null;
  try {
    return new URL(location, from);
  } catch {
    return null;
  }
}
function refuseRedirect(from, to, {
  status,
  hop,
  isRead,
  allowPlainHttp
}) {
  if (hop >= mostRedirects) return `it goes on after ${mostRedirects} redirects: check the URL`;
  if (from.protocol === "https:" && to.protocol !== "https:") return "it leaves https: give the final URL";
  if (to.protocol !== "https:" && !(to.protocol === "http:" && (allowPlainHttp || isLoopback(to.hostname)))) {
    return "its target is not https: give the final URL";
  }
  if (isRead) return null;
  if (to.origin !== from.origin) return "a write is not sent to another origin: give the final URL";
  return status === 307 || status === 308 ? null : "a write is not turned into a read: give the name it has now";
}
function withoutCredentials(headers) {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(authorization|cookie|proxy-authorization|x-.*token.*)$/i.test(name)
    )
  );
}

// lib/http.ts
var patienceOfFetch = 29e4;
function createHttp(settings) {
  return {
    limits: { deadlineMs: settings.deadlineMs, retryMs: settings.retryMs },
    async send(call) {
      await keepWasmSmall();
      return sendWithRetries(call, settings, (attempt) => tryOnce(call, attempt, settings));
    },
    describe: (answer) => describeAnswer(answer, settings.redactor)
  };
}
function keepWasmSmall() {
  return smallWasm ??= import("node:v8").then(
    ({ setFlagsFromString }) => setFlagsFromString("--liftoff-only")
  );
}
var smallWasm;
async function tryOnce(call, attempt, settings) {
  const abort = new AbortController();
  const at = { url: new URL(call.url) };
  const timer = setTimeout(() => abort.abort(), Math.min(attempt.timeoutMs, longestTimerMs));
  try {
    return await follow(call, { ...attempt, signal: abort.signal, at }, settings);
  } catch (error) {
    if (error instanceof HttpFault || error instanceof UsageError) throw error;
    if (abort.signal.aborted) {
      const found = `gave no whole answer within ${formatDuration(attempt.timeoutMs)}`;
      const mend = "check that the server is well, or raise SWITCHYARD_HTTP_TIMEOUT_MS, then run again";
      return { kind: "time-out", found, mend, maybeSent: true, passing: true, cause: error };
    }
    return describeFailure(error, at.url.origin, settings.redactor);
  } finally {
    clearTimeout(timer);
  }
}
async function follow(call, { method, isRead, timeoutMs, signal, at }, settings) {
  let headers = { "user-agent": settings.agent, ...call.headers };
  if (call.fresh || settings.fresh) headers["connection"] = "close";
  for (let hop = 0; ; hop++) {
    const { url } = at;
    const init = { method, headers, redirect: "manual", signal };
    if (call.body !== void 0) init.body = call.body;
    const response = timeoutMs > patienceOfFetch ? await requestLong(url, init) : await fetch(url, init);
    const next = call.keepRedirect ? null : readRedirect(response, url);
    if (next === null) {
      const bytes = await readBody(response, { purpose: call.purpose, method, url });
      await new Promise((resolve2) => setImmediate(resolve2));
      const text = new TextDecoder().decode(bytes);
      return {
        method,
        path: url.pathname,
        url: url.href,
        status: response.status,
        headers: response.headers,
        bytes,
        text
      };
    }
    await response.body?.cancel();
    const isBare = isRead && call.body === void 0;
    const refusal = refuseRedirect(url, next, { status: response.status, hop, isRead: isBare, ...settings });
    if (refusal !== null) {
      const found = `answered ${response.status}, a redirect to ${next.origin}`;
      throw new HttpFault(`Cannot ${call.purpose}: ${method} ${url.pathname} ${found}; ${refusal}`, {
        kind: "redirect",
        maybeSent: !isRead
      });
    }
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    at.url = next;
  }
}

// lib/utf8.ts
function decodeUtf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// lib/shape.ts
var ShapeError = class extends Error {
  name = "ShapeError";
};
var Shape = class _Shape {
  #value;
  #place;
  constructor(value, place = "the body") {
    this.#value = value;
    this.#place = place;
  }
  /** A field that must be there; of `null` or a list it is an error. */
  field(name) {
    const value = this.#object()[name];
    if (value === void 0) throw new ShapeError(`${this.#place} has no "${name}"`);
    return new _Shape(value, `"${name}" of ${this.#place}`);
  }
  /** A field that may be missing or null. */
  optional(name) {
    const value = this.#object()[name];
    return value === void 0 || value === null ? null : new _Shape(value, `"${name}" of ${this.#place}`);
  }
  list() {
    if (!Array.isArray(this.#value)) throw this.#wrong("a list");
    return this.#value.map(
      (value, index) => new _Shape(value, `item ${index + 1} of ${this.#place}`)
    );
  }
  text() {
    if (typeof this.#value !== "string") throw this.#wrong("a string");
    return this.#value;
  }
  /** How many there are, or a number that a server gave: never below nothing. */
  count() {
    const value = this.integer();
    if (value < 0) throw new ShapeError(`${this.#place} is ${value}, and no count is below 0`);
    return value;
  }
  /** Also below nothing, as the ids of Gitea's own users are. */
  integer() {
    if (typeof this.#value !== "number" || !Number.isSafeInteger(this.#value))
      throw this.#wrong("a whole number");
    return this.#value;
  }
  flag() {
    if (typeof this.#value !== "boolean") throw this.#wrong("true or false");
    return this.#value;
  }
  sha() {
    const text = this.text();
    if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)) throw this.#wrong("a commit SHA");
    return text.toLowerCase();
  }
  isNull() {
    return this.#value === null;
  }
  raw() {
    return this.#value;
  }
  #object() {
    if (this.#value === null || typeof this.#value !== "object" || Array.isArray(this.#value)) {
      throw this.#wrong("an object");
    }
    return this.#value;
  }
  #wrong(wanted) {
    const value = this.#value;
    const kind = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
    const article = kind === "object" ? "an " : /^(null|a list)$/.test(kind) ? "" : "a ";
    return new ShapeError(`${this.#place} is ${article}${kind}, not ${wanted}`);
  }
};

// lib/forge/mend.ts
var tokenNames = "SWITCHYARD_TOKEN (or GITEA_TOKEN, GH_TOKEN, GITHUB_TOKEN)";
var setToken = `and set a token (${tokenNames}) if it is private`;
function findMend(kind, answer, hasToken) {
  const { status } = answer;
  if (status === 401) {
    return hasToken ? `the token is invalid or expired: give a working one in ${tokenNames}${orElsewhere(answer.url)}` : `no token was given: set ${tokenNames}`;
  }
  if (status === 403) return mendForbidden(kind, answer, hasToken);
  if (status === 404) return mendMissing(kind, answer, hasToken);
  if (status === 410) return "the feature is switched off in this repository: switch it on";
  if (status === 422) return "the server took the request for malformed: check names and SHAs";
  if (status === 423) return "the repository is archived: unarchive it, or leave it out";
  if (status === 451) return "the server may not show it for legal reasons";
  if (status >= 300 && status < 400)
    return "the server points elsewhere: check the API URL (SWITCHYARD_API_URL) and the name";
  if (status === 429) return "the rate limit is used up: come back later";
  if (status >= 500) return "the server is not well: run again in a few minutes";
  return "check the API URL (SWITCHYARD_API_URL) and run again";
}
function mendForbidden(kind, answer, hasToken) {
  const scope = /required scope\(s\): \[([^\]]+)\]/.exec(answer.text)?.[1];
  if (scope) return `the token lacks the scope ${scope}: give one that has it in ${tokenNames}`;
  const accepted = answer.headers.get("x-accepted-github-permissions");
  if (accepted) return `the token lacks a permission: it needs ${accepted}`;
  if (!hasToken) return `no token was given: set ${tokenNames}`;
  return kind === "github" ? "the token may not do this: give the job the permission (contents, actions: read), or another token" : "the token may not do this: give one whose user has the right, with the scope it names";
}
function mendMissing(kind, answer, hasToken) {
  if (kind !== "github" && /^404 page not found/.test(answer.text)) {
    return "this server's version has no such API, or the API URL is wrong (SWITCHYARD_API_URL)";
  }
  const type = answer.headers.get("content-type");
  if (kind === "github" && type !== null && !/\bjson\b/i.test(type)) {
    return "this is no API of GitHub: check the API URL (SWITCHYARD_API_URL); a Gitea's ends in /api/v1";
  }
  return hasToken ? `check the name, and that the token may see it (a private thing answers 404 to who may not)${orElsewhere(answer.url)}` : `check the name, ${setToken}${orElsewhere(answer.url)}`;
}
function orElsewhere(url) {
  const { host } = new URL(url);
  return host === "api.github.com" ? `; where it is not on GitHub (${host} was asked) give --api-url` : "";
}

// lib/forge/api.ts
function createApi(context) {
  const { http, kind, apiUrl } = context;
  const api = {
    kind,
    url: apiUrl,
    hasToken: context.token !== void 0,
    call: (call) => http.send(toHttpCall(call, context, apiUrl)),
    async read(call, map) {
      const answer = await api.call(call);
      if (answer.status < 200 || answer.status > 299) throw api.refuse(answer, call.purpose);
      return api.decode(answer, call.purpose, map);
    },
    async find(call, map) {
      const answer = await api.call(call);
      if (isMissing(answer)) return null;
      if (answer.status < 200 || answer.status > 299) throw api.refuse(answer, call.purpose);
      return api.decode(answer, call.purpose, map);
    },
    decode: (answer, purpose, map) => decodeAnswer(kind, answer, purpose, map),
    refuse(answer, purpose) {
      const mend = findMend(kind, answer, api.hasToken);
      return new CouldNotTell(`Cannot ${purpose}: ${http.describe(answer)}; ${mend}`);
    }
  };
  return api;
}
function isMissing(answer) {
  return answer.status === 404 && isJson(answer);
}
function isJson(answer) {
  const type = answer.headers.get("content-type");
  if (type !== null && !/\bjson\b/i.test(type)) return false;
  return type === null ? /^\s*(\{|null\s*$)/.test(answer.text) : /^\s*[[{n"]/.test(answer.text);
}
function toHttpCall(call, context, apiUrl) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) query.set(name, String(value));
  const text = query.toString();
  const token = call.token ?? context.token;
  const headers = context.kind === "github" ? { accept: call.accept ?? "application/vnd.github+json", "x-github-api-version": "2022-11-28" } : { accept: call.accept ?? "application/json" };
  if (token !== void 0)
    headers["authorization"] = context.kind === "github" ? `Bearer ${token}` : `token ${token}`;
  if (call.body !== void 0) headers["content-type"] = "application/json";
  return {
    purpose: call.purpose,
    method: call.method ?? "GET",
    url: `${apiUrl}${call.path}${text === "" ? "" : `?${text}`}`,
    headers,
    ...call.body === void 0 ? {} : { body: JSON.stringify(call.body) },
    ...call.attempts === void 0 ? {} : { attempts: call.attempts },
    ...call.reads === void 0 ? {} : { reads: call.reads },
    isFinal: (status, body) => isUnknownObject(status, body) || (call.isFinal?.(status, body) ?? false)
  };
}
function isUnknownObject(status, body) {
  return status === 500 && /object does not exist/.test(body);
}
function decodeAnswer(kind, answer, purpose, map) {
  const refuse = (found) => new CouldNotTell(
    `Cannot ${purpose}: ${answer.method} ${answer.path} answered ${answer.status} with ${found}; check that the API URL is that of a ${kind} server, then run again`
  );
  const text = decodeUtf8(answer.bytes);
  if (text === null) throw refuse("text that is not UTF-8");
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    const words = findWords(text);
    throw refuse(
      words.startsWith("an HTML page") ? "an HTML page where JSON was due" : "what is not whole JSON"
    );
  }
  try {
    return map(new Shape(body), answer);
  } catch (error) {
    if (error instanceof ShapeError)
      throw refuse(`JSON of another shape (${quoteWords(error.message, { redact: (words) => words })})`);
    throw error;
  }
}
function segment(text) {
  return encodeURIComponent(text);
}
function filePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

// lib/forge/refusal.ts
var Refusal = class extends CouldNotTell {
  name = "Refusal";
  kind;
  /** May the same request be answered otherwise a moment later? */
  mayPass;
  /** How long the server asks to stay away, in milliseconds; null where it does not say. */
  retryMs;
  constructor(message, { kind, mayPass: mayPass2, retryMs = null }) {
    super(message);
    this.kind = kind;
    this.mayPass = mayPass2;
    this.retryMs = retryMs;
  }
};
function refuseAnswer(api, answer, purpose) {
  const kind = classifyAnswer(answer);
  const mayPass2 = kind === "race" || kind === "error" && (answer.status >= 500 || answer.status === 408);
  const retryMs = mayPass2 ? readRetryDelay(answer, { now: Date.now() }) : null;
  return new Refusal(api.refuse(answer, purpose).message, { kind, mayPass: mayPass2, retryMs });
}
var guarded = /rule violations|protected (branch|ref)\b|GH006|GH013|cannot commit to repo|hook declined|not allowed to push|not authorized to push|required status check|approving review|through (a|the) (pull request|merge queue)/i;
var raced = /does not match|but expected|already exists|wasn.t supplied|cannot lock ref|failed to update ref|PushRejected|out of date/i;
function classifyAnswer(answer) {
  const { status, text } = answer;
  if (status === 401) return "unauthorized";
  if (status === 423 || status === 403 && /archived/i.test(text)) return "archived";
  if ([403, 409, 422, 500].includes(status) && guarded.test(text)) return "protected";
  if (status === 403) return "forbidden";
  if (status === 404) return isMissing(answer) ? "not-found" : "error";
  if (status === 409) return "race";
  return (status === 422 || status === 500) && raced.test(text) ? "race" : "error";
}

// lib/forge/identity.ts
async function fetchIdentity(api) {
  const purpose = "read the token's user";
  const answer = await api.call({ purpose, path: "/user" });
  if (answer.status === 401) {
    const refusal = refuseAnswer(api, answer, purpose).message;
    const why = api.hasToken ? " (token invalid or expired)" : "";
    throw new CouldNotTell(`${refusal}${why}; nothing was touched`);
  }
  if (answer.status === 403) return { user: null, why: refuseAnswer(api, answer, purpose).message };
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return { user: api.decode(answer, purpose, readIdentity) };
}
function readIdentity(body) {
  const login = body.field("login").text();
  const id = body.optional("id")?.integer() ?? 0;
  const named = (body.optional("name") ?? body.optional("full_name"))?.text().trim() ?? "";
  const email = body.optional("email")?.text().trim() ?? "";
  return {
    login,
    name: named || login,
    // What GitHub itself puts into commits of people who hide their address.
    email: email || `${id}+${login}@users.noreply.github.com`,
    isJob: login === "gitea-actions" || login === "forgejo-actions"
  };
}

// lib/git-variables.ts
import { devNull } from "node:os";
var passedOn = [
  ...["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH"],
  ...[
    "SystemRoot",
    "SYSTEMDRIVE",
    "USERPROFILE",
    "HOMEDRIVE",
    "HOMEPATH",
    "APPDATA",
    "LOCALAPPDATA",
    "PATHEXT"
  ],
  ...["ProgramData", "ProgramFiles", "COMSPEC", "Path"],
  ...[
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "all_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY"
  ],
  ...["SSH_AUTH_SOCK", "SSH_AGENT_PID", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_EXEC_PATH", "GIT_TEMPLATE_DIR"],
  ...[
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM"
  ]
];
function makeGitVariables(settings, more) {
  const variables = {};
  for (const name of passedOn) {
    const value = settings.environment.get(name);
    if (value !== void 0) variables[name] = value;
  }
  const pairs = [...readGivenConfig(settings.environment), ...ownConfig(settings.credential)];
  pairs.forEach(([key, value], index) => {
    variables[`GIT_CONFIG_KEY_${index}`] = key;
    variables[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return {
    ...variables,
    GIT_CONFIG_COUNT: String(pairs.length),
    GIT_TERMINAL_PROMPT: "0",
    GCM_INTERACTIVE: "never",
    // Its helper for the network outlives it, so that no transfer may take longer than the command, at whatever speed.
    GIT_HTTP_LOW_SPEED_LIMIT: "1000000000",
    GIT_HTTP_LOW_SPEED_TIME: String(Math.ceil(settings.timeoutMs / 1e3)),
    // Its words are matched, so they must not be translated.
    LC_ALL: "C",
    ...more
  };
}
function makeAuthorVariables({
  name,
  email
}) {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email
  };
}
function readGivenConfig(environment2) {
  const count = Number(environment2.get("GIT_CONFIG_COUNT") ?? 0);
  if (!Number.isSafeInteger(count) || count < 0 || count > 1e3) return [];
  return Array.from({ length: count }, (_, index) => [
    environment2.get(`GIT_CONFIG_KEY_${index}`) ?? "",
    environment2.get(`GIT_CONFIG_VALUE_${index}`) ?? ""
  ]).filter(([key]) => key !== "");
}
function ownConfig(credential) {
  const pairs = [
    ["core.hooksPath", devNull],
    ["core.autocrlf", "false"],
    ["commit.gpgSign", "false"],
    ["push.gpgSign", "false"],
    ["push.followTags", "false"],
    // Options such as `ci.skip` would tell the server to start nothing; the empty value drops them.
    ["push.pushOption", ""],
    ["i18n.commitEncoding", "UTF-8"],
    // `explicit` lets git find no bare clone by its folder.
    ["safe.bareRepository", "all"],
    ["gc.auto", "0"],
    ["maintenance.auto", "false"],
    ["advice.detachedHead", "false"]
  ];
  if (credential === void 0) return pairs;
  const basic = Buffer.from(`x-access-token:${credential.token}`).toString("base64");
  const key = `http.${credential.serverUrl.replace(/\/+$/, "")}/.extraHeader`;
  return [
    ...pairs,
    // The empty value drops a header that actions/checkout left: two of them are refused, and its would win.
    [key, ""],
    [key, `Authorization: Basic ${basic}`],
    // After a redirect git would send the header to the new host as well.
    ["http.followRedirects", "false"],
    // Nobody else's stored credentials: a refused token is an answer.
    ["credential.helper", ""],
    ["core.askPass", ""]
  ];
}

// lib/git.ts
var oldest = [2, 31];
var largestOutput = 64 * 1024 * 1024;
function createGit(settings) {
  const running = /* @__PURE__ */ new Set();
  settings.onStop?.(() => {
    for (const child of running) child.kill("SIGKILL");
  });
  const git = {
    run: (args, options = {}) => spawnGit(args, options, settings, running),
    async read(args, { purpose, ...options }) {
      const answer = await git.run(args, options);
      if (answer.code === 0) return answer.stdout;
      throw new CouldNotTell(
        `Cannot ${purpose}: ${git.describe(args, answer)}; check the repository, then run again`
      );
    },
    describe(args, answer) {
      const words = quoteWords(dropNoise(answer.stderr) || answer.stdout, settings.redactor);
      return `git ${args[0] ?? ""} ended with ${answer.code}${words === "" ? "" : ` "${words}"`}`;
    },
    async requireVersion() {
      const answer = await git.run(["--version"]);
      const found = /(\d+)\.(\d+)(\.\S+)?/.exec(answer.stdout);
      const [major, minor] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
      if (major > oldest[0] || major === oldest[0] && minor >= oldest[1]) return;
      throw new UsageError(
        `Cannot use git: it is ${found?.[0] ?? "of an unknown version"}; install git ${oldest.join(".")} or later`
      );
    }
  };
  return git;
}
async function spawnGit(args, options, settings, running) {
  const { spawn } = await import("node:child_process");
  const timeoutMs = settings.timeoutMs ?? 12e4;
  const cwd = options.cwd ?? settings.cwd;
  return new Promise((resolve2, reject) => {
    const child = spawn("git", args, {
      ...cwd === void 0 ? {} : { cwd },
      env: makeGitVariables({ ...settings, timeoutMs }, options.variables ?? {}),
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true
    });
    running.add(child);
    const texts = { stdout: collect2(child.stdout), stderr: collect2(child.stderr) };
    let refusal = null;
    const give = (found, mend) => {
      refusal ??= new CouldNotTell(`Cannot run git ${args[0] ?? ""}: ${found}; ${mend}`);
      endChild(child);
    };
    const timer = setTimeout(
      () => give(`it did not end within ${formatDuration(timeoutMs)}`, "check that the server is well"),
      timeoutMs
    );
    for (const part of Object.values(texts)) {
      part.onExcess = () => give("it printed more than 64 MiB", "check the repository");
    }
    child.on("error", (error) => {
      clearTimeout(timer);
      running.delete(child);
      reject(cannotStart(error, cwd));
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      if (refusal !== null) reject(refusal);
      else resolve2({ code: code ?? 128, stdout: texts.stdout.text(), stderr: texts.stderr.text() });
    });
    child.stdin.on("error", () => void 0);
    child.stdin.end(options.input ?? "");
  });
}
function endChild(child) {
  child.kill("SIGKILL");
  child.stdout?.destroy();
  child.stderr?.destroy();
}
function cannotStart(error, cwd) {
  if (error.code !== "ENOENT")
    return new CouldNotTell(`Cannot run git: ${error.message}; mend it, then run again`);
  const where = cwd === void 0 ? "" : ` (or the folder "${cwd}" is not there)`;
  return new UsageError(
    `Cannot run git: it is not installed here${where}; install git ${oldest.join(".")} or later`
  );
}
function collect2(stream) {
  const chunks = [];
  let size = 0;
  const collected = {
    text: () => Buffer.concat(chunks).toString("utf8"),
    onExcess: () => void 0
  };
  stream.on("data", (chunk) => {
    size += chunk.length;
    if (size > largestOutput) collected.onExcess();
    else chunks.push(chunk);
  });
  return collected;
}
function dropNoise(stderr) {
  return stderr.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== "" && !/^(hint:|warning: You appear|Cloning into|To (\S+:\/\/|\/))/.test(line)).join(" ");
}

// lib/open-git.ts
async function openGit(call, { token, http }, { server, cwd }) {
  const git = createGit({
    environment: call.environment,
    redactor: call.redactor,
    timeoutMs: http.limits.deadlineMs,
    onStop: call.onStop,
    ...cwd === void 0 ? {} : { cwd },
    ...server === null || token === void 0 ? {} : { credential: { serverUrl: server, token } }
  });
  await git.requireVersion();
  return git;
}

// lib/work-folder.ts
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
function makeWorkFolder(name, { onStop, processes: processes2 }) {
  const place = tmpdir();
  const prefix = `${name}-${nameMachine()}-`;
  let path;
  try {
    path = mkdtempSync(join(place, `${prefix}${processes2.own}-`));
  } catch (error) {
    throw new CouldNotTell(
      `Cannot make a temporary folder in "${place}": ${error.message}; set TMPDIR to a folder that can be written`,
      { cause: error }
    );
  }
  onStop(() => removeFolder(path));
  const { uid } = lstatSync(path);
  const sweep = () => removeOrphans(place, { prefix, uid, processes: processes2 });
  sweep();
  return {
    path,
    remove() {
      removeFolder(path);
      sweep();
    }
  };
}
function removeFolder(path) {
  for (let times = 0; times < 3; times++) {
    try {
      return rmSync(path, { recursive: true, force: true, maxRetries: 2 });
    } catch {
    }
  }
}
function nameMachine() {
  let container = "";
  try {
    container = readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
  } catch {
  }
  return `${hostname().replace(/[^\w.-]/g, "_")}-${container}`;
}
function removeOrphans(place, { prefix, uid, processes: processes2 }) {
  try {
    for (const name of readdirSync(place)) {
      const id = name.startsWith(prefix) ? /^(\d+)-\w+$/.exec(name.slice(prefix.length))?.[1] : void 0;
      if (id === void 0 || processes2.isAlive(Number(id))) continue;
      const found = lstatSync(join(place, name));
      if (found.isDirectory() && found.uid === uid) removeFolder(join(place, name));
    }
  } catch {
  }
}

// lib/crypto.ts
import { createRequire } from "node:module";
function createHash(algorithm) {
  return loadCrypto().createHash(algorithm);
}
function loadCrypto() {
  return createRequire(import.meta.url)("node:crypto");
}

// lib/forge/forge.ts
function repoPath(repo) {
  return `/repos/${repo.split("/").map(encodeURIComponent).join("/")}`;
}

// lib/forge/file.ts
async function fetchFile(api, place) {
  const purpose = `read ${place.path} of ${place.repo}`;
  const query = place.branch === null ? {} : { ref: place.branch };
  const answer = await api.call({ purpose, path: contentsPath(place), query });
  if (isMissing(answer)) return { kind: "not-found", answer };
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => readState(body, api, place));
}
function readState(body, api, place) {
  if (Array.isArray(body.raw())) {
    if (body.list().length > 0) return { kind: "folder" };
    if (api.kind === "github") throw new ShapeError("the body is an empty list");
    return { kind: "empty-repository" };
  }
  const type = body.optional("type")?.text() ?? "file";
  if (type === "symlink" || type === "submodule") return { kind: type === "symlink" ? "link" : type };
  if (type !== "file") throw new ShapeError(`it is a ${type}, not a file`);
  const named = body.optional("path")?.text() ?? place.path;
  if (named !== place.path) throw new ShapeError(`it is about the file "${named}"`);
  const inBase64 = body.optional("encoding")?.text() === "base64";
  const content = inBase64 ? body.optional("content")?.text() ?? "" : null;
  const size = body.optional("size")?.count() ?? null;
  const bytes = content === null ? null : Buffer.from(content, "base64");
  return {
    kind: "file",
    blob: body.field("sha").sha(),
    // Gitea sends an empty text for a file over its limit.
    bytes: bytes !== null && size !== null && bytes.length !== size ? null : bytes,
    commit: body.optional("last_commit_sha")?.sha() ?? null,
    isOfTag: api.kind !== "github" && isTagPage(body.optional("html_url")?.text() ?? "")
  };
}
function isTagPage(url) {
  return /\/src\/(branch|tag|commit)\//.exec(url)?.[1] === "tag";
}
function holds(file, content) {
  if (file.bytes !== null) return file.bytes.equals(content);
  const algorithm = file.blob.length === 64 ? "sha256" : "sha1";
  const head = Buffer.from(`blob ${content.length}\0`);
  return createHash(algorithm).update(head).update(content).digest("hex") === file.blob;
}
async function writeFile(api, place, write) {
  const purpose = `write ${place.path} of ${place.repo}`;
  const isNew = write.base === null;
  const answer = await api.call({
    purpose,
    method: isNew && api.kind !== "github" ? "POST" : "PUT",
    path: contentsPath(place),
    attempts: 1,
    body: {
      content: write.content.toString("base64"),
      message: write.message,
      ...place.branch === null ? {} : { branch: place.branch },
      ...isNew ? {} : { sha: write.base },
      ...write.author === null ? {} : { author: write.author, committer: write.author }
    }
  });
  if (answer.status !== 200 && answer.status !== 201) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => body.field("commit").field("sha").sha());
}
async function fetchFileCommits(api, place, count) {
  const ref = place.branch === null ? {} : { sha: place.branch };
  const size = api.kind === "github" ? { per_page: count } : { limit: count };
  return api.read(
    {
      purpose: `read the last commits of ${place.path} of ${place.repo}`,
      path: `${repoPath(place.repo)}/commits`,
      query: { ...ref, path: place.path, ...size }
    },
    (body) => body.list().map((row2) => row2.field("sha").sha())
  );
}
async function fetchDefaultBranchOf(api, repo) {
  const purpose = `read the repository ${repo}`;
  const answer = await api.call({ purpose, path: repoPath(repo) });
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => body.field("default_branch").text());
}
async function assertEmpty(api, repo) {
  const purpose = `read the repository ${repo}`;
  const answer = await api.call({ purpose, path: repoPath(repo) });
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => {
    if (body.optional("empty")?.flag() ?? true) return body.optional("default_branch")?.text() || null;
    throw new ShapeError('"empty" is false, but its files are answered with an empty list');
  });
}
function contentsPath({ repo, path }) {
  return `${repoPath(repo)}/contents/${filePath(path)}`;
}

// lib/forge/merge.ts
async function fetchBranchState(api, repo, branch) {
  const purpose = `read branch "${branch}" of ${repo}`;
  const answer = await api.call({ purpose, path: `${repoPath(repo)}/branches/${segment(branch)}` });
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => {
    const name = body.optional("name")?.text();
    if (name !== void 0 && name !== branch) throw new ShapeError(`it is about the branch "${name}"`);
    const commit = body.field("commit");
    const tree = commit.optional("commit")?.optional("tree")?.field("sha").sha() ?? null;
    const isProtected = body.optional("protected")?.flag() ?? false;
    const mayPush = body.optional("user_can_push")?.flag() ?? null;
    return {
      sha: (commit.optional("sha") ?? commit.field("id")).sha(),
      tree,
      mayPush: isProtected ? mayPush : null
    };
  });
}

// lib/cascade/api-remote.ts
var mostCommits = 10;
function openApiRemote(api, repo, wanted) {
  const { branch } = wanted;
  const place = { repo, branch, path: wanted.file };
  let isDue = wanted.requireFile === null;
  let isThere = false;
  let usual = null;
  async function confirmThere() {
    if (isThere) return;
    if (branch === null) await fetchDefaultBranchOf(api, repo);
    else await fetchBranchState(api, repo, branch);
    isThere = true;
  }
  async function confirmEmpty() {
    if (!isThere) usual = await assertEmpty(api, repo);
    isThere = true;
  }
  function assertUsual() {
    if (branch === null || branch === usual) return;
    throw new Refusal(
      `Cannot write ${wanted.file} of ${repo}: the repository is empty, and "${branch}" is not its default branch${usual === null ? "" : ` "${usual}"`}; push "${branch}" first, or leave --branch out`,
      { kind: "not-found", mayPass: false }
    );
  }
  async function readOnBranch(path) {
    const found = await fetchFile(api, { ...place, path });
    if (found.kind === "not-found" || found.kind === "empty-repository") return found;
    if (found.kind === "file" && found.isOfTag) {
      const name = branch ?? await fetchDefaultBranchOf(api, repo);
      const { sha } = await fetchBranchState(api, repo, name);
      return fetchFile(api, { ...place, path, branch: sha });
    }
    if (branch !== null) await confirmThere();
    return found;
  }
  async function checkDue() {
    if (isDue || wanted.requireFile === null) return true;
    const found = await readOnBranch(wanted.requireFile);
    if (found.kind === "not-found") await confirmThere();
    if (found.kind === "empty-repository") await confirmEmpty();
    isDue = found.kind !== "not-found" && found.kind !== "empty-repository";
    return isDue;
  }
  return {
    async read() {
      if (!await checkDue()) return { state: "not-due" };
      const found = await readOnBranch(place.path);
      switch (found.kind) {
        case "file": {
          const text = found.bytes?.toString("utf8") ?? null;
          const isWanted = holds(found, wanted.content);
          return { state: "file", id: found.blob, text, commit: found.commit, isWanted };
        }
        case "folder":
        case "link":
        case "submodule":
          throw new Refusal(
            `Cannot write ${wanted.file} of ${repo}: it is a ${found.kind}; give another --file`,
            { kind: "error", mayPass: false }
          );
        case "not-found":
          await confirmThere();
          return { state: "no-file" };
        case "empty-repository":
          await confirmEmpty();
          assertUsual();
          return { state: "no-file" };
      }
    },
    write(base) {
      const { content, message, author } = wanted;
      return writeFile(api, place, {
        content,
        message,
        author,
        base: base.state === "file" ? base.id : null
      });
    },
    async findCommit(content) {
      if (content.state === "file" && content.commit !== null) return content.commit;
      for (const sha of await fetchFileCommits(api, place, mostCommits)) {
        const then = await fetchFile(api, { ...place, branch: sha });
        if (then.kind === "file" && holds(then, wanted.content)) return sha;
      }
      return null;
    },
    close: () => Promise.resolve()
  };
}

// lib/cascade/git-remote.ts
import { join as join2 } from "node:path";

// lib/git-refusal.ts
var meanings = [
  [
    /\b(is|was|been) archived\b|\barchived (project|repo)/i,
    "archived",
    "unarchive the repository, or leave it out"
  ],
  [
    /permission denied for writing|permission to \S+ denied|mirror repository is read-only/i,
    "forbidden",
    "give a token whose user may write there"
  ],
  [
    /protected branch|\bGH0(06|13): |rule violations|hook declined|Gitea: |Forgejo: /i,
    "protected",
    "the branch or a hook there refuses the push: let the token's user push, or take another branch"
  ],
  [
    /cannot lock ref|failed to update ref|\[rejected\]|non-fast-forward|fetch first|stale info|incorrect old value/i,
    "race",
    "somebody pushed at the same time: run again"
  ],
  [
    /Authentication failed|could not read (Username|Password)|returned error: 401|publickey/i,
    "unauthorized",
    "give a working token in SWITCHYARD_TOKEN"
  ],
  [/returned error: 403|access denied/i, "forbidden", "give a token whose user may write there"],
  [
    /returned error: 404|not found|couldn't find remote ref|does not appear to be a git repository|does not exist|Could not find remote branch/i,
    "not-found",
    "check the name, and that the token may see it (a private repository answers so to who may not)"
  ],
  [/returned error: 30\d/i, "not-found", "it has moved: give the name it has now"]
];
function refuseGit(git, args, answer, purpose) {
  const text = `${answer.stderr}
${answer.stdout}`;
  const [, kind, mend] = meanings.find(([pattern]) => pattern.test(text)) ?? [
    null,
    "error",
    "check that the server is well, then run again"
  ];
  return new Refusal(`Cannot ${purpose}: ${git.describe(args, answer)}; ${mend}`, {
    kind,
    mayPass: kind === "race" || kind === "error"
  });
}

// lib/git-folder.ts
function openFolderGit(git, { folder, variables }) {
  const its = {
    run: (args, options = {}) => git.run(args, { ...options, cwd: folder, variables: { ...variables, ...options.variables } }),
    async read(args, { purpose, ...options }) {
      const answer = await its.run(args, options);
      if (answer.code !== 0) throw its.refuse(args, answer, purpose);
      return answer.stdout.trim();
    },
    refuse: (args, answer, purpose) => refuseGit(git, args, answer, purpose)
  };
  return its;
}

// lib/cascade/git-clone.ts
import { mkdirSync } from "node:fs";
async function cloneBranch(place, branch) {
  const { repo, url, folder, path, git, inClone } = place;
  removeFolder(folder);
  mkdirSync(folder, { recursive: true });
  const options = ["--bare", "--quiet", "--depth=1", "--single-branch", "--no-tags"];
  const chosen = branch === null ? [] : ["--branch", branch];
  const args = ["clone", ...options, ...chosen, "--", url, path];
  const answer = await git.run(args, { cwd: folder });
  if (answer.code !== 0) throw refuseGit(git, args, answer, `clone ${repo}`);
  const cloned = await readClonedBranch(place, branch);
  const found = await inClone.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (found.code === 0) return { branch: cloned, tip: found.stdout.trim() };
  await assertEmpty2(place, cloned);
  return { branch: cloned, tip: null };
}
async function readClonedBranch({ repo, inClone }, wanted) {
  const head = await inClone.run(["symbolic-ref", "--quiet", "HEAD"]);
  const found = head.code === 0 ? head.stdout.trim() : "";
  const heads = "refs/heads/";
  if (wanted === null ? found.startsWith(heads) : found === `${heads}${wanted}`) {
    return found.slice(heads.length);
  }
  throw notFound(
    wanted === null ? `Cannot clone ${repo}: the server names no default branch; give --branch` : `Cannot clone ${repo}: "${wanted}" is a tag there, and no branch; give --branch the name of a branch`
  );
}
var serverLine = /^\S+ \S+\s+packet:\s+\S+< (version \d|# service=|\S+ capabilities\^)/m;
async function assertEmpty2({ repo, url, inClone }, branch) {
  const args = ["ls-remote", "--heads", "--", url];
  const answer = await inClone.run(args, { variables: { GIT_TRACE_PACKET: "1" } });
  if (answer.code !== 0) throw inClone.refuse(args, answer, `read the branches of ${repo}`);
  if (!serverLine.test(answer.stderr)) {
    throw new Refusal(`Cannot read the branches of ${repo}: what answered is no git server; check the URL`, {
      kind: "error",
      mayPass: true
    });
  }
  if (answer.stdout.trim() === "") return;
  throw notFound(`Cannot clone ${repo}: its default branch "${branch}" is not there; give --branch`);
}
function notFound(message) {
  return new Refusal(message, { kind: "not-found", mayPass: false });
}
async function fetchHead({ repo, url, inClone }, head) {
  const args = ["fetch", "--quiet", "--depth=1", "--no-tags", "--", url, `refs/heads/${head.branch}`];
  const answer = await inClone.run(args);
  if (answer.code === 0) {
    const tip = await inClone.read(["rev-parse", "--verify", "FETCH_HEAD^{commit}"], {
      purpose: `read ${repo}`
    });
    return { ...head, tip };
  }
  const isStillEmpty = head.tip === null && /couldn't find remote ref/i.test(answer.stderr);
  if (isStillEmpty) return head;
  throw inClone.refuse(args, answer, `fetch ${repo}`);
}

// lib/cascade/git-commit.ts
async function readEntry(inClone, { commit, path, repo }) {
  const line = await inClone.read(["ls-tree", "-z", commit, "--", path], {
    purpose: `read ${path} of ${repo}`
  });
  const match = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(line);
  return match === null ? null : { mode: match[1] ?? "", type: match[2] ?? "", sha: match[3] ?? "" };
}
async function makeCommit(inClone, wanted) {
  const { file, parent } = wanted;
  const purpose = `commit ${file} of ${wanted.repo}`;
  const input = wanted.content.toString("utf8");
  const blob = await inClone.read(["hash-object", "-w", "--stdin"], { purpose, input });
  await inClone.read(["read-tree", parent ?? "--empty"], { purpose });
  const mode = wanted.isExecutable ? "100755" : "100644";
  await inClone.read(["update-index", "--add", "--cacheinfo", `${mode},${blob},${file}`], { purpose });
  const tree = await inClone.read(["write-tree"], { purpose });
  const parents = parent === null ? [] : ["-p", parent];
  return inClone.read(["commit-tree", tree, ...parents, "-F", "-"], { purpose, input: wanted.message });
}

// lib/cascade/git-retry.ts
var mostAttempts2 = 4;
async function readWithRetries(read2, { clock, random, retryMs, deadlineMs }) {
  const end = clock.now() + deadlineMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await read2();
    } catch (error) {
      const pause = backoff(attempt, retryMs, random());
      const mayPass2 = error instanceof Refusal && error.kind === "error" && error.mayPass;
      if (!mayPass2 || attempt >= mostAttempts2 || clock.now() + pause >= end) throw nameLimit(error);
      await clock.sleep(pause);
    }
  }
}
function nameLimit(error) {
  if (!(error instanceof Refusal) || !/returned error: 429\b/.test(error.message)) return error;
  const message = `${error.message}: the rate limit is used up, come back in some minutes`;
  return new HttpFault(message, { kind: "rate-limited", maybeSent: false, cause: error });
}

// lib/cascade/git-remote.ts
function openGitRemote(repo, wanted, settings) {
  const place = placeClone(repo, wanted, settings);
  const { url, inClone } = place;
  const { file } = wanted;
  let head = null;
  let entry2 = null;
  let mine = null;
  async function readAt({ tip }, path) {
    return tip === null ? null : readEntry(inClone, { commit: tip, path, repo });
  }
  function needHead() {
    if (head === null) throw new Error("a git remote was used before it was read");
    return head;
  }
  return {
    async read() {
      const known = head;
      head = await readWithRetries(
        () => known === null ? cloneBranch(place, wanted.branch) : fetchHead(place, known),
        settings.retries
      );
      const { requireFile } = wanted;
      if (requireFile !== null && await readAt(head, requireFile) === null) return { state: "not-due" };
      entry2 = await readAt(head, file);
      if (entry2 === null) return { state: "no-file" };
      assertFile(entry2, `Cannot write ${file} of ${repo}`);
      const answer = await inClone.run(["cat-file", "blob", entry2.sha]);
      const text = answer.code === 0 ? answer.stdout : null;
      const isWanted = text === wanted.content.toString("utf8");
      return { state: "file", id: `${head.tip}:${entry2.sha}`, text, commit: head.tip, isWanted };
    },
    async write() {
      const { branch, tip } = needHead();
      const isExecutable = entry2?.mode === "100755";
      mine = await makeCommit(inClone, { ...wanted, repo, isExecutable, parent: tip });
      const args = ["push", "--quiet", "--porcelain", "--", url, `${mine}:refs/heads/${branch}`];
      const answer = await inClone.run(args);
      if (answer.code !== 0) throw nameLimit(inClone.refuse(args, answer, `push to ${branch} of ${repo}`));
      return mine;
    },
    async findCommit() {
      const { branch, tip } = needHead();
      if (mine === null || mine === tip) return mine;
      await inClone.run(["fetch", "--quiet", "--deepen=50", "--no-tags", "--", url, `refs/heads/${branch}`]);
      const isBelow = await inClone.run(["merge-base", "--is-ancestor", mine, tip ?? ""]);
      if (isBelow.code === 0) return mine;
      const purpose = `read the log of ${repo}`;
      return inClone.read(["log", "-1", "--format=%H", tip ?? "", "--", file], { purpose });
    },
    close() {
      removeFolder(settings.folder);
      return Promise.resolve();
    }
  };
}
function placeClone(repo, { author }, settings) {
  const path = join2(settings.folder, "clone.git");
  const variables = {
    GIT_LITERAL_PATHSPECS: "1",
    GIT_INDEX_FILE: join2(path, "switchyard-index"),
    ...author === null ? {} : makeAuthorVariables(author)
  };
  return { ...settings, repo, path, inClone: openFolderGit(settings.git, { folder: path, variables }) };
}
function assertFile({ type, mode }, purpose) {
  if (type === "blob" && mode !== "120000") return;
  const found = type === "tree" ? "a folder" : type === "blob" ? "a link" : "a submodule";
  throw new Refusal(`${purpose}: it is ${found}; give another --file`, { kind: "error", mayPass: false });
}

// lib/cascade/open.ts
function hasApi(call, context) {
  const { options, environment: environment2 } = call;
  if (options["git-url"] === null || options.transport === "api") return true;
  const isNamed = options["api-url"] !== null || environment2.get("GITHUB_SERVER_URL") !== void 0;
  return isNamed && context.token !== void 0;
}
async function readWriter(call, context) {
  const found = await fetchIdentity(createApi(context));
  if (found.user === null) {
    call.log.warning(`${found.why} (the token may still write)`);
    return null;
  }
  if (!found.user.isJob) return found.user;
  throw new CouldNotTell(
    `Cannot use the token: GET /user answered "${found.user.login}": this is the job's own token; it cannot write to other repositories, nor start anything there: give a user's token in SWITCHYARD_TOKEN`
  );
}
async function openTransport(call, context) {
  const { options } = call;
  if (options.transport === "api") {
    const api = createApi(context);
    return { open: (repo, wanted) => openApiRemote(api, repo, wanted), close: () => void 0 };
  }
  const template = options["git-url"] ?? `${context.serverUrl}/{repo}.git`;
  const origin = readHttpOrigin(template, options.insecure);
  const git = await openGit(call, context, { server: origin });
  const folder = makeWorkFolder("cascade", call);
  const retries = { ...context.http.limits, clock: call.clock, random: Math.random };
  let opened = 0;
  return {
    open: (repo, wanted) => openGitRemote(repo, wanted, {
      git,
      url: template.replaceAll("{repo}", () => repo),
      folder: join3(folder.path, String(++opened)),
      retries
    }),
    close: folder.remove
  };
}
function readHttpOrigin(template, allowPlainHttp) {
  if (!/^https?:/.test(template)) return null;
  return assertSafeUrl(template.replaceAll("{repo}", "owner/repo"), allowPlainHttp, "git URL").origin;
}
function chooseAuthor(options, writer) {
  if (options.author !== null || options.transport === "api") return options.author;
  if (writer !== null) return { name: writer.name, email: writer.email };
  if (options.check || options["dry-run"]) return null;
  throw new UsageError(
    "Cannot commit without --author: no forge's API says whose token it is; give --author 'Name <address>'"
  );
}

// lib/branch-name.ts
function asBranch(text, source) {
  const name = text.trim().replace(/^refs\/heads\//, "");
  if (isBranchName(name)) return name;
  throw new UsageError(`Cannot use ${source}: "${text.trim()}" is no branch; give its name, as main`);
}
function isBranchName(name) {
  if (name === "" || name === "HEAD" || /^(-|refs\/)/.test(name)) return false;
  if (/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\.$/u.test(name)) return false;
  return name.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

// lib/read-file.ts
import { closeSync as closeSync2, fstatSync, openSync as openSync2, readSync as readSync2, statSync as statSync2 } from "node:fs";
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

// lib/event.ts
function readEvent(environment2) {
  const name = environment2.get("GITHUB_EVENT_NAME");
  const file = environment2.get("GITHUB_EVENT_PATH");
  let cached;
  const payload = () => cached ??= file === void 0 ? null : readPayload(file);
  return {
    name,
    payload,
    workflowRun() {
      if (name !== "workflow_run") return null;
      const body = payload();
      if (body === null) throw cannotRead("a workflow_run event", "GITHUB_EVENT_PATH is not set");
      return read(file ?? "", () => readUpstream(body, environment2.get("GITHUB_REPOSITORY")));
    },
    push(sha) {
      const body = name === "push" ? payload() : null;
      if (body === null) return null;
      return read(file ?? "", () => readPush(body, sha));
    }
  };
}
function readPayload(file) {
  let text;
  try {
    text = readText(file);
  } catch (error) {
    throw cannotRead(`"${file}"`, error.message, error);
  }
  try {
    return new Shape(JSON.parse(text), "the event");
  } catch (error) {
    throw cannotRead(`"${file}"`, "it is not JSON", error);
  }
}
function read(file, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof ShapeError) throw cannotRead(`"${file}"`, error.message, error);
    throw error;
  }
}
function cannotRead(what2, found, cause) {
  return new CouldNotTell(
    `Cannot read the event from ${what2}: ${found}; check GITHUB_EVENT_PATH, or unset it and give what it names as options`,
    { cause }
  );
}
function readUpstream(payload, ours) {
  const run = payload.field("workflow_run");
  return {
    headSha: run.field("head_sha").sha(),
    headBranch: run.optional("head_branch")?.text() ?? null,
    path: run.optional("path")?.text() ?? null,
    event: run.optional("event")?.text() ?? null,
    status: run.optional("status")?.text() ?? null,
    conclusion: run.optional("conclusion")?.text() ?? null,
    origin: readOrigin(payload, run, ours)
  };
}
function readOrigin(payload, run, ours) {
  const fields = run.raw();
  if (!("head_repository" in fields)) return "same";
  if (fields["head_repository"] === null) return "gone";
  const from = run.field("head_repository").field("full_name").text();
  const here = ours ?? payload.field("repository").field("full_name").text();
  return from.toLowerCase() === here.toLowerCase() ? "same" : { fork: from };
}
function readPush(payload, sha) {
  if (payload.optional("after")?.text().toLowerCase() !== sha) return null;
  const before = payload.field("before").sha();
  return { before: /^0+$/.test(before) ? null : before, ref: payload.field("ref").text() };
}

// lib/find-api.ts
function findApi(options, environment2) {
  const given = options["api-url"];
  const server = environment2.get("GITHUB_SERVER_URL")?.replace(/\/+$/, "");
  const kind = options.forge === "auto" ? detectKind(given, environment2) : options.forge;
  if (given !== null) return { kind, url: given };
  if (kind === "github") {
    const isDotCom = server === void 0 || /^https?:\/\/(www\.)?github\.com$/i.test(server);
    return { kind, url: isDotCom ? "https://api.github.com" : `${server}/api/v3` };
  }
  if (server === void 0) {
    throw new UsageError(
      `Cannot find the API of ${kind}: no URL is given; give --api-url https://host/api/v1, or set GITHUB_SERVER_URL`
    );
  }
  return { kind, url: `${server}/api/v1` };
}
function detectKind(apiUrl, environment2) {
  if (environment2.get("FORGEJO_ACTIONS") !== void 0) return "forgejo";
  if (environment2.get("GITEA_ACTIONS") !== void 0) return "gitea";
  return apiUrl !== null && /\/api\/v1\/*$/.test(pathOf(apiUrl)) ? "gitea" : "github";
}
function pathOf(url) {
  try {
    return new URL(url).pathname;
  } catch {
    return "";
  }
}
function findServer(apiUrl, environment2) {
  const named = environment2.get("GITHUB_SERVER_URL");
  if (named !== void 0) {
    assertSafeUrl(named, true, "GITHUB_SERVER_URL");
    return named.trim().replace(/\/+$/, "");
  }
  if (apiUrl.hostname === "api.github.com") return "https://github.com";
  return `${apiUrl.origin}${apiUrl.pathname.replace(/\/api\/v\d+\/*$/, "")}`.replace(/\/+$/, "");
}

// lib/open-http.ts
function openHttp(call, allowPlainHttp, { fresh = false } = {}) {
  const { environment: environment2, redactor, clock, agent } = call;
  return createHttp({
    timeoutMs: readMs(environment2, "SWITCHYARD_HTTP_TIMEOUT_MS", 15e3),
    deadlineMs: readMs(environment2, "SWITCHYARD_HTTP_DEADLINE_MS", 12e4),
    retryMs: readMs(environment2, "SWITCHYARD_HTTP_RETRY_MS", 500),
    allowPlainHttp,
    fresh,
    agent: `switchyard-${agent}`,
    redactor,
    clock
  });
}
function readMs(environment2, name, fallback) {
  const text = environment2.get(name)?.trim();
  if (text === void 0) return fallback;
  if (!/^\d{1,9}$/.test(text)) {
    throw new UsageError(`Cannot use ${name}: "${text}" is no number of milliseconds; give a whole number`);
  }
  return Number(text);
}

// lib/secret.ts
function readSecret({ environment: environment2, redactor }, name, what2 = name) {
  const token = environment2.get(name)?.trim();
  redactor.hide(token);
  if (token !== void 0 && !/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      `Cannot use ${what2}: it holds characters that no token has; set it again without line breaks`
    );
  }
  return token;
}

// lib/context.ts
var tokenVariables = ["SWITCHYARD_TOKEN", "GITEA_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"];
var forgeOptions = {
  forge: oneOr({
    help: "what kind of server the API URL is; auto: gitea in its runners or where the URL ends in /api/v1",
    value: "auto|github|gitea|forgejo",
    variables: ["SWITCHYARD_FORGE"],
    fallback: "auto",
    parse: asChoice("auto", "github", "gitea", "forgejo")
  }),
  "api-url": one({
    help: "the forge's API",
    value: "URL",
    variables: ["SWITCHYARD_API_URL", "GITHUB_API_URL"],
    shown: "GITHUB_SERVER_URL + /api/v1 or /api/v3, else https://api.github.com",
    parse: asText
  }),
  repo: one({ help: "the repository", value: "OWNER/NAME", variables: ["GITHUB_REPOSITORY"], parse: asRepo }),
  "token-env": one({
    help: "the variable that holds the token (a token is never an option)",
    value: "NAME",
    shown: tokenVariables.join(", "),
    parse: asText
  }),
  insecure: flag({
    help: "allow plain http to hosts other than this machine",
    variables: ["SWITCHYARD_INSECURE"]
  })
};
function readContext(call, { fresh = false } = {}) {
  const { options, environment: environment2 } = call;
  const http = openHttp(call, options.insecure, { fresh });
  const token = readToken(call);
  const found = findApi(options, environment2);
  const apiUrl = assertSafeUrl(found.url, options.insecure, "--api-url (SWITCHYARD_API_URL)");
  if (apiUrl.username !== "" || apiUrl.password !== "") {
    throw new UsageError("Cannot use --api-url: it holds credentials; give them in SWITCHYARD_TOKEN");
  }
  const event = readEvent(environment2);
  return {
    kind: found.kind,
    apiUrl: `${apiUrl.origin}${apiUrl.pathname}`.replace(/\/+$/, ""),
    serverUrl: findServer(apiUrl, environment2),
    allowPlainHttp: options.insecure,
    repo: options.repo ?? void 0,
    token,
    event,
    http
  };
}
function readToken(call) {
  const { options, environment: environment2, redactor } = call;
  for (const name2 of tokenVariables) redactor.hide(environment2.get(name2));
  const chosen = options["token-env"];
  if (chosen !== null && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(chosen)) {
    throw new UsageError(
      "Cannot use --token-env: it wants the NAME of a variable, not a token; give --token-env MY_TOKEN"
    );
  }
  const name = chosen ?? tokenVariables.find((variable) => environment2.get(variable) !== void 0);
  const token = name === void 0 ? void 0 : readSecret(call, name, `the token in ${name}`);
  if (chosen !== null && token === void 0) {
    throw new UsageError(
      `Cannot use --token-env ${chosen}: the variable is not set or empty; set it, or leave the option out`
    );
  }
  return token;
}

// lib/cascade/message.ts
var defaultMessage = "chore: pin runtime to {version} ({source} cascade)";
var skipWords = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];
function makeMessage(template, { version: version2, source, trailers }) {
  const named = source === void 0 ? template.replaceAll("{source} ", "") : template;
  const title = named.replace(
    /\{(version|source)\}/g,
    (_, word) => word === "version" ? version2 : source ?? ""
  );
  const message = trailers.length === 0 ? title : `${title.trimEnd()}

${trailers.join("\n")}`;
  const lower = message.toLowerCase();
  const found = skipWords.find((word) => lower.includes(word)) ?? /^skip-checks:\s*true\s*$/im.exec(message)?.[0];
  if (found === void 0) return message;
  throw new UsageError(
    `Cannot use the commit message: it holds "${found}", so the push would start nothing in the targets; take it out of --version, --message or --trailer`
  );
}

// lib/version-text.ts
var longest2 = 128;
function findVersionFault(text) {
  if (text === "") return "is empty";
  const length = [...text].length;
  if (length > longest2) return `has ${length} characters, more than ${longest2}`;
  if (new RegExp("\\p{Cc}", "u").test(text.replace(/[\t\n\v\f\r]/g, ""))) return "holds a control character";
  if (/\s/.test(text)) return "holds white space";
  if (new RegExp("\\p{Cs}", "u").test(text)) return "holds half a character, which no file can hold";
  return /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text) ? "holds an invisible character" : null;
}
function readVersionLine(text) {
  return (text.split(/\r\n|\n|\r/, 1)[0] ?? "").replace(/\s+/g, "");
}

// lib/cascade/values.ts
function asVersion(text, source) {
  const fault = findVersionFault(text);
  if (fault === null) return text;
  throw new UsageError(
    `Cannot use ${source}: the version ${fault}; give one word of at most 128 characters, as 0.1.7`
  );
}
function asRepoPath(text, source) {
  const parts = text.split("/");
  const isBad = /[\\\p{Cc}]/u.test(text) || /^[A-Za-z]:/.test(text) || parts.some((part) => ["", ".", ".."].includes(part) || /^\.git$/i.test(part));
  if (!isBad) return text;
  throw new UsageError(
    `Cannot use ${source}: "${text}" is no path inside a repository; give one without a leading slash and without "..", as .runtime-version`
  );
}
function asOwner(text, source) {
  if (/^[\w.-]+$/.test(text) && !/^\.{1,2}$/.test(text)) return text;
  throw new UsageError(`Cannot use ${source}: "${text}" is no owner; give a user's or organization's name`);
}
function asAuthor(text, source) {
  const match = /^([^<>\p{Cc}]+?)\s*<([^<>\s\p{Cc}]+)>$/u.exec(text.trim());
  if (match?.[1] && match[2]) return { name: match[1], email: match[2] };
  throw new UsageError(`Cannot use ${source}: "${text}" is no author; give it as 'Name <address>'`);
}
function asPair(text, source) {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(`Cannot use ${source}: "${text}" is no pair; give it as key=value`);
}
function asLine(text, source) {
  if (!/[\p{Cc}]/u.test(text)) return text;
  throw new UsageError(`Cannot use ${source}: it holds a line break or control character; give one line`);
}
function asGitUrl(text, source) {
  const refuse = (found) => new UsageError(
    `Cannot use ${source}: ${found}; give it as https://host/{repo}.git, also file:// or ssh://`
  );
  if (!text.includes("{repo}")) throw refuse("{repo} is not in it");
  if (/[\s\p{Cc}]/u.test(text)) throw refuse("it holds white space");
  if (/^https?:\/\/[^/]*@/.test(text)) throw refuse("it holds credentials, which belong in SWITCHYARD_TOKEN");
  const isScp = /^[\w.-]+@[\w.-]+:(?!:)/.test(text);
  if (isScp || /^(https?|ssh|file):\/\//.test(text)) return text;
  throw refuse("its scheme is not known");
}

// lib/cascade/options.ts
var what = {
  version: one({
    help: "the version to pin",
    value: "V",
    variables: ["CASCADE_VERSION"],
    rivals: ["version-file"],
    parse: asVersion
  }),
  "version-file": one({
    help: "instead of --version: a file whose first line is it",
    value: "FILE",
    variables: ["CASCADE_VERSION_FILE"],
    rivals: ["version"],
    parse: asText
  }),
  target: many({
    help: "a repository to write to",
    value: "OWNER/REPO",
    variables: ["CASCADE_TARGETS"],
    rivals: ["manifest", "targets-file"],
    parse: asRepo
  }),
  manifest: one({ help: "a JSON file that names the targets", value: "FILE", parse: asText }),
  select: one({
    help: "where they stand in it, as workspace_templates[].repo",
    value: "PATH",
    parse: asText
  }),
  "targets-file": one({ help: "a file with one target a line", value: "FILE", parse: asText }),
  owner: one({
    help: "replaces each target's owner (a mirror under another name)",
    value: "O",
    variables: ["CASCADE_OWNER"],
    parse: asOwner
  }),
  file: oneOr({
    help: "the file that holds the version and one newline",
    value: "PATH",
    variables: ["CASCADE_FILE"],
    fallback: ".runtime-version",
    parse: asRepoPath
  }),
  branch: one({
    help: "the branch to write to",
    value: "B",
    variables: ["CASCADE_BRANCH"],
    shown: "each repository's default branch",
    parse: asBranch
  }),
  "require-file": one({
    help: "a repository without this file is skipped",
    value: "PATH",
    variables: ["CASCADE_REQUIRE_FILE"],
    parse: asRepoPath
  }),
  message: oneOr({ help: "the commit message", value: "T", fallback: defaultMessage, parse: asText }),
  trailer: many({ help: 'a line at its end, as "Co-Authored-By: N <E>"', value: "T", parse: asLine }),
  author: one({
    help: "author and committer",
    value: "'N <E>'",
    variables: ["CASCADE_AUTHOR"],
    shown: "the token's user",
    parse: asAuthor
  }),
  "no-downgrade": flag({
    help: "skip a target that holds a higher version (semver or PEP 440 order), instead of a warning"
  })
};
var how = {
  mode: oneOr({
    help: "commit the file, or send a repository_dispatch (GitHub)",
    value: "commit|dispatch",
    variables: ["CASCADE_MODE"],
    fallback: "commit",
    parse: asChoice("commit", "dispatch")
  }),
  "event-type": oneOr({
    help: "the dispatch's event type",
    value: "T",
    variables: ["CASCADE_EVENT_TYPE"],
    fallback: "cascade",
    parse: asLine
  }),
  payload: many({ help: "more of its payload, beside runtime_version", value: "K=V", parse: asPair }),
  transport: oneOr({
    help: "the forge's contents API, or git 2.31 or later with any git server",
    value: "api|git",
    variables: ["CASCADE_TRANSPORT"],
    fallback: "api",
    parse: asChoice("api", "git")
  }),
  "git-url": one({
    help: "where git finds a target; without a forge's API --author is needed",
    value: "URL",
    variables: ["CASCADE_GIT_URL"],
    shown: "GITHUB_SERVER_URL/{repo}.git",
    parse: asGitUrl
  }),
  attempts: oneOr({
    help: "writes to one target, for races",
    value: "N",
    fallback: "3",
    parse: asInteger(1, 100)
  }),
  concurrency: oneOr({ help: "targets at a time", value: "N", fallback: "4", parse: asInteger(1, 100) }),
  "write-interval": one({
    help: "least time between two writes",
    value: "D",
    shown: "GitHub 1s, else 0s",
    parse: asDuration
  }),
  check: flag({ help: "write nothing; end with 1 where a target lags" }),
  report: one({ help: "write the result as JSON", value: "FILE", parse: asText }),
  "only-failed": one({
    help: "only what failed or was not attempted by this report",
    value: "FILE",
    parse: asText
  }),
  shard: oneOr({
    help: "every N-th target of the sorted list, from the I-th on",
    value: "I/N",
    variables: ["CASCADE_SHARD"],
    fallback: "1/1",
    parse: asShard
  }),
  "merge-report": many({
    help: "write nowhere: join reports and print the whole verdict",
    value: "FILE",
    parse: asText
  }),
  "dry-run": flag({ help: "read and decide, and write nothing" })
};
var cascadeOptions = { ...what, ...how, ...forgeOptions };

// lib/forge/dispatches.ts
var payloadLimits = { keys: 10, bytes: 64 * 1024, eventType: 100 };
async function sendDispatch(api, repo, event) {
  const purpose = `send the event "${event.event_type}" to ${repo}`;
  const path = `${repoPath(repo)}/dispatches`;
  const answer = await api.call({ purpose, method: "POST", path, attempts: 1, body: event });
  if (answer.status !== 204) throw refuseAnswer(api, answer, purpose);
}

// lib/cascade/outcome.ts
function isOpen({ state }) {
  return ["failed", "not-attempted", "lags", "would-update"].includes(state);
}
function judgeError(error) {
  if (!(error instanceof CouldNotTell)) throw error;
  const { message } = error;
  if (error instanceof Refusal) {
    return { kind: error.kind, message, mayPass: error.mayPass, retryMs: error.retryMs };
  }
  if (!(error instanceof HttpFault)) return { kind: "error", message, mayPass: true };
  if (error.kind === "rate-limited") {
    return { kind: "rate-limited", message, mayPass: true, retryMs: error.retryMs };
  }
  return { kind: "error", message, mayPass: error.kind !== "redirect" && error.kind !== "too-large" };
}
function failed(kind, message) {
  return { state: "failed", class: kind === "race" ? "conflict" : kind, message };
}

// lib/version-order.ts
function compareVersions(left, right) {
  for (const parse of [parseSemver, parsePep440]) {
    const [one2, two] = [parse(left.trim()), parse(right.trim())];
    if (one2 !== null && two !== null) return compareParts(one2, two);
  }
  return null;
}
var lowest = -Infinity;
var highest = Infinity;
function parseSemver(text) {
  const number = "(0|[1-9]\\d*)";
  const pattern = new RegExp(
    `^v?${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?$`
  );
  const match = pattern.exec(text);
  if (match === null) return null;
  const core = match.slice(1, 4).map(Number);
  if (match[4] === void 0) return [...core, highest];
  return [...core, 0, ...match[4].split(".").map((part) => /^\d+$/.test(part) ? Number(part) : part)];
}
var pep440 = /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i;
var stages = {
  alpha: 1,
  a: 1,
  beta: 2,
  b: 2,
  preview: 3,
  pre: 3,
  c: 3,
  rc: 3
};
function parsePep440(text) {
  const match = pep440.exec(text);
  if (match === null) return null;
  const [, epoch, release = "", stage, stageNumber, dashPost, post, postNumber, dev, local] = match;
  const isPost = dashPost !== void 0 || post !== void 0;
  const stageRank = stage !== void 0 ? stages[stage.toLowerCase()] ?? 3 : dev !== void 0 && !isPost ? 0 : 4;
  return [
    Number(epoch ?? 0),
    ...padRelease(release.split(".").map(Number)),
    stageRank,
    Number(stageNumber || 0),
    isPost ? Number(dashPost ?? (postNumber || 0)) : lowest,
    dev === void 0 ? highest : Number(dev || 0),
    ...local === void 0 ? [lowest] : local.split(/[-_.]/).map((part) => /^\d+$/.test(part) ? Number(part) : part)
  ];
}
function padRelease(parts) {
  return Array.from({ length: 12 }, (_, index) => parts[index] ?? 0);
}
function compareParts(left, right) {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one2, two] = [left[index], right[index]];
    if (one2 === void 0) return -1;
    if (two === void 0) return 1;
    if (one2 === two) continue;
    if (typeof one2 !== typeof two) return typeof one2 === "number" ? -1 : 1;
    return one2 < two ? -1 : 1;
  }
  return 0;
}

// lib/cascade/pin.ts
var longestShown = 40;
async function pin(remote, settings) {
  const { gate, attempts, clock, retryMs, random } = settings;
  let writes = 0;
  let last = null;
  let raced2 = false;
  let before = null;
  for (; ; ) {
    let content;
    try {
      content = await remote.read();
    } catch (error) {
      const failure = judgeError(error);
      return last === null ? endUnread(failure, gate) : endUnseen(failure, last);
    }
    const ending = decideEnding(content, settings, writes > 0);
    if (ending?.state === "updated") return { ...ending, ...await readCommit(remote, content) };
    if (last?.kind === "rate-limited" && gate.shutBy !== null) return notAttempted(last.message);
    const id = idOf(content);
    const moved = writes > 0 && id !== before;
    before = id;
    const mayBeOfMove = last?.kind === "error" || last?.kind === "not-found";
    if (last !== null && !last.mayPass && !(moved && mayBeOfMove)) return refusedFor(last);
    if (ending !== null) return ending;
    raced2 ||= moved || last?.kind === "race";
    if (last !== null && writes >= attempts) return endUsedUp(last, raced2, writes);
    if (last?.kind === "error" && !gate.mayWait(last.retryMs ?? 0)) return endAway(last, clock.now());
    if (!await gate.enter()) {
      return last?.kind === "error" ? endUsedUp(last, raced2, writes) : notAttempted(gate.shutBy ?? "");
    }
    writes++;
    try {
      const sha = await remote.write(content);
      return { state: "updated", sha, ...describeStep(content, settings) };
    } catch (error) {
      last = judgeError(error);
    }
    if (last.kind === "rate-limited") {
      if (writes >= attempts) gate.shut(last.message);
      gate.limit(last.retryMs ?? null, last.message);
    } else if (last.mayPass) {
      const asked = last.retryMs ?? null;
      const pause = asked !== null && gate.mayWait(asked) ? asked : backoff(writes, retryMs, random());
      await clock.sleep(pause);
    }
  }
}
function decideEnding(content, settings, hasWritten) {
  if (content.state === "not-due") {
    return { state: "skipped", message: "it lacks the required file" };
  }
  if (content.state === "file" && content.isWanted) {
    if (hasWritten) return { state: "updated", message: `at ${settings.version}, found when read again` };
    return { state: "unchanged", message: `already at ${settings.version}` };
  }
  const step = describeStep(content, settings);
  if (settings.noDowngrade && isDowngrade(content, settings.version)) {
    return { state: "skipped", class: "downgrade", message: `it holds the newer ${holds2(content)}` };
  }
  if (settings.mode === "check") return { state: "lags", ...step };
  return settings.mode === "dry-run" ? { state: "would-update", ...step } : null;
}
function describeStep(content, settings) {
  const { version: version2, noDowngrade, mode } = settings;
  if (content.state !== "file") return { message: `a new file, ${version2}` };
  const message = `${holds2(content)} → ${version2}`;
  if (mode === "check") return { message };
  const order = content.text === null ? null : compareVersions(version2, readVersionLine(content.text));
  if (order !== null && order < 0) return { message, warning: `a lower version: ${message}` };
  if (order === null && noDowngrade) return { message, warning: `cannot be ordered: ${message}` };
  return { message };
}
function isDowngrade(content, version2) {
  if (content.state !== "file" || content.text === null) return false;
  return (compareVersions(version2, readVersionLine(content.text)) ?? 0) < 0;
}
function holds2(content) {
  const text = content.state === "file" ? content.text : null;
  if (text === null) return "what is there";
  const line = (text.split(/[\r\n]/, 1)[0] ?? "").replace(/[\p{Cc}\p{Cf}]/gu, "�");
  const { length } = [...line];
  if (length > longestShown) return `a line of ${length} characters`;
  return line === "" ? "an empty line" : line;
}
function idOf(content) {
  return content.state === "file" ? content.id : content.state;
}
function refusedFor({ kind, message }) {
  return failed(kind === "rate-limited" ? "error" : kind, message);
}
function endUsedUp(last, raced2, writes) {
  if (last.kind === "rate-limited") return notAttempted(last.message);
  const message = `${last.message} (after ${countOf(writes, "write")})`;
  return failed(raced2 ? "race" : last.kind, message);
}
function endAway({ message, retryMs }, now) {
  const pause = retryMs ?? 0;
  const at = new Date(Math.min(now + pause, 864e13)).toISOString();
  return failed("error", `${message}; come back in ${formatDuration(pause)}, at ${at}`);
}
function endUnread(failure, gate) {
  if (failure.kind !== "rate-limited") return failed(failure.kind, failure.message);
  gate.shut(failure.message);
  return notAttempted(failure.message);
}
function endUnseen(failure, last) {
  if (last.kind === "rate-limited") return notAttempted(last.message);
  if (!last.mayPass) return refusedFor(last);
  return failed("error", `${last.message}; then, to see what came of it: ${failure.message}`);
}
function notAttempted(message) {
  return { state: "not-attempted", message };
}
async function readCommit(remote, content) {
  try {
    const sha = await remote.findCommit(content);
    return sha === null ? {} : { sha };
  } catch (error) {
    judgeError(error);
    return {};
  }
}

// lib/cascade/dispatch.ts
function makeDispatch(version2, { eventType, payload }) {
  const pairs = [["runtime_version", version2], ...payload];
  const seen = /* @__PURE__ */ new Set();
  for (const [key] of pairs) {
    if (seen.has(key)) {
      throw new UsageError(`Cannot use --payload: the key "${key}" is given twice; give each key once`);
    }
    seen.add(key);
  }
  if (pairs.length > payloadLimits.keys) {
    throw new UsageError(
      `Cannot use --payload: with runtime_version it has ${pairs.length} keys; GitHub takes ${payloadLimits.keys}, give fewer`
    );
  }
  const client_payload = Object.fromEntries(pairs);
  const size = Buffer.byteLength(JSON.stringify(client_payload));
  if (size > payloadLimits.bytes) {
    throw new UsageError(
      `Cannot use --payload: it has ${size} bytes as JSON; GitHub takes ${payloadLimits.bytes}, give less`
    );
  }
  if ([...eventType].length > payloadLimits.eventType) {
    throw new UsageError(
      `Cannot use --event-type: it is longer than ${payloadLimits.eventType} characters; give a shorter one`
    );
  }
  return { event_type: eventType, client_payload };
}
async function dispatch(api, target, { event, remote, settings }) {
  const { gate, attempts } = settings;
  const left = remote === null ? null : await findReasonToLeave(remote, gate);
  if (left !== null) return left;
  if (settings.mode === "dry-run") return { state: "would-update", message: `event ${event.event_type}` };
  for (let sent = 1; ; sent++) {
    if (!await gate.enter()) return { state: "not-attempted", message: gate.shutBy ?? "" };
    try {
      await sendDispatch(api, target, event);
      return { state: "updated", message: `event ${event.event_type} sent` };
    } catch (error) {
      const failure = judgeError(error);
      if (failure.kind === "rate-limited") {
        if (sent >= attempts) gate.shut(failure.message);
        if (gate.limit(failure.retryMs ?? null, failure.message)) continue;
        return { state: "not-attempted", message: failure.message };
      }
      if (!(error instanceof HttpFault) || error.maybeSent || sent >= attempts) {
        return failed(failure.kind === "race" ? "error" : failure.kind, failure.message);
      }
      await settings.clock.sleep(settings.retryMs * sent);
    }
  }
}
async function findReasonToLeave(remote, gate) {
  try {
    const { state } = await remote.read();
    return state === "not-due" ? { state: "skipped", message: "it lacks the required file" } : null;
  } catch (error) {
    return endUnread(judgeError(error), gate);
  }
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
  const pattern = /\.?([^.[\]"\s](?:[^.[\]"]*[^.[\]"\s])?)|\.?\[(\d*)\]|\.?\["((?:[^"\\]|\\.)*)"\]/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    const quoted = readQuoted(match?.[3]);
    if (match === null || quoted === null) {
      throw new UsageError(
        `Cannot select "${path}" from ${source}: it is no path; give one as workspace_templates[].repo`
      );
    }
    const [, key, index] = match;
    if (key !== void 0) steps.push({ key });
    else if (quoted !== void 0) steps.push({ key: quoted });
    else steps.push(index === "" ? "each" : { index: Number(index) });
  }
  return steps;
}
function readQuoted(text) {
  if (text === void 0) return void 0;
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return null;
  }
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
function readGivenFile(file, what2) {
  try {
    return readText(file);
  } catch (error) {
    if (isNoFile(error)) {
      throw new UsageError(`Cannot read ${what2}: there is no such file; check the path`);
    }
    throw new CouldNotTell(
      `Cannot read ${what2}: ${error.message}; check that it is a file and may be read`,
      {
        cause: error
      }
    );
  }
}
function parseJson(text, what2) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const words = error.message.replace(/\s+/g, " ");
    throw new UsageError(`Cannot use ${what2}: it is not JSON (${words}); mend the file`);
  }
}

// lib/cascade/report.ts
var states = [
  "updated",
  "unchanged",
  "skipped",
  "failed",
  "not-attempted",
  "lags",
  "would-update"
];
function renderReport({ version: version2, targets }) {
  const rows = targets.map(({ target, state, class: failure, sha, message }) => ({
    target,
    state,
    ...failure === void 0 ? {} : { class: failure },
    ...sha === void 0 ? {} : { sha },
    message
  }));
  return `${JSON.stringify({ schema: 1, version: version2, targets: rows }, null, 1)}
`;
}
function readReport(file) {
  const what2 = `the report "${file}"`;
  const body = new Shape(parseJson(readGivenFile(file, what2), what2), "it");
  try {
    if (body.field("schema").count() !== 1) throw new ShapeError('its "schema" is not 1');
    return { version: body.field("version").text(), targets: body.field("targets").list().map(readRow) };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new UsageError(
      `Cannot use ${what2}: ${error.message}; give a file that --report of this script wrote`
    );
  }
}
function readRow(row2) {
  const state = row2.field("state").text();
  const target = row2.field("target").text();
  if (!states.includes(state)) throw new ShapeError(`"${state}" of ${target} is no state`);
  if (!isRepo(target)) throw new ShapeError(`"${target}" is no owner/repo`);
  const failure = row2.optional("class")?.text();
  const sha = row2.optional("sha")?.text();
  return {
    target,
    state,
    ...failure === void 0 ? {} : { class: failure },
    ...sha === void 0 ? {} : { sha },
    message: row2.optional("message")?.text() ?? ""
  };
}
function mergeReports(files, { order, version: version2 }) {
  const reports = files.map((file) => ({ file, ...readReport(file) }));
  const [first] = reports;
  const other = reports.find((report) => report.version !== first?.version);
  if (first === void 0 || other !== void 0) {
    throw new UsageError(
      `Cannot merge the reports: "${first?.file}" is of version ${first?.version}, "${other?.file}" of ${other?.version}; give reports of one cascade`
    );
  }
  if (version2 !== null && version2 !== first.version) {
    throw new UsageError(
      `Cannot merge the reports: they are of version ${first.version}, and this call names ${version2}; give the reports of that cascade, or leave the version out`
    );
  }
  const byName = /* @__PURE__ */ new Map();
  for (const outcome of reports.flatMap(({ targets: targets2 }) => targets2)) {
    const name = outcome.target.toLowerCase();
    byName.set(name, later(byName.get(name), outcome));
  }
  const listed = (order ?? []).map((target) => byName.get(target.toLowerCase()) ?? lost(target));
  const known = new Set(listed.map(({ target }) => target.toLowerCase()));
  const targets = [...listed, ...[...byName.values()].filter((row2) => !known.has(row2.target.toLowerCase()))];
  if (targets.length === 0) {
    throw new UsageError(
      "Cannot merge the reports: they name no target; give the reports of all shards, or the list as well"
    );
  }
  return { version: first.version, targets: leaveForeseen(targets) };
}
function later(before, now) {
  return before?.state === "updated" && now.state === "unchanged" ? before : now;
}
function leaveForeseen(targets) {
  const isWritten = targets.some(({ state }) => state === "updated");
  return targets.map(
    (row2) => isWritten && (row2.state === "lags" || row2.state === "would-update") ? { ...row2, state: "not-attempted", message: `only looked at: ${row2.message}` } : row2
  );
}
function lost(target) {
  return { target, state: "not-attempted", message: "no report names it" };
}

// lib/cascade/targets.ts
function readTargets(options) {
  const listed = readListed(options);
  if (listed === null) return null;
  const targets = listed.targets.map((target) => withOwner(asRepo(target, listed.source), options.owner));
  const single = dropDuplicates(targets);
  if (single.length > 0) return single;
  throw new UsageError(
    `Cannot use ${listed.source}: it names no target; an empty list is taken for a mistake`
  );
}
function chooseTargets(options, version2) {
  const report = options["only-failed"] === null ? null : readReport(options["only-failed"]);
  if (report !== null && report.version !== version2) {
    throw new UsageError(
      `Cannot use --only-failed "${options["only-failed"]}": it tells of version ${report.version}, and this run pins ${version2}, which none of its targets was given; give the report of this cascade, or leave --only-failed out`
    );
  }
  const given = readTargets(options);
  const all = given ?? (report === null ? null : dropDuplicates(report.targets.map(({ target }) => withOwner(target, options.owner))));
  if (all === null) {
    throw new UsageError(
      "Cannot run without a target: none is given; give --target owner/repo, --manifest FILE with --select PATH, or --targets-file FILE"
    );
  }
  const mine = takeShard(all, options.shard);
  if (report === null) return mine;
  const open = new Set(
    report.targets.filter(isOpen).map(({ target }) => withOwner(target, options.owner).toLowerCase())
  );
  return mine.filter((target) => open.has(target.toLowerCase()));
}
function readListed(options) {
  const { manifest, select } = options;
  const file = options["targets-file"];
  const given = [options.target.length > 0, manifest !== null, file !== null].filter(Boolean);
  if (given.length > 1) {
    throw new UsageError("Cannot use --target, --manifest and --targets-file together: give one of them");
  }
  if (manifest === null !== (select === null)) {
    const [one2, other] = manifest === null ? ["--select PATH", "--manifest FILE"] : ["--manifest FILE", "--select PATH"];
    throw new UsageError(`Cannot use ${one2} alone: it needs ${other}; give both`);
  }
  if (manifest !== null && select !== null) {
    return { targets: readManifest(manifest, select), source: `--manifest "${manifest}"` };
  }
  if (file !== null) return { targets: readLines(file), source: `--targets-file "${file}"` };
  return options.target.length > 0 ? { targets: [...options.target], source: "--target" } : null;
}
function readLines(file) {
  return readGivenFile(file, `the targets file "${file}"`).split(/\r\n|\n|\r/).map((line) => line.replace(/(^|\s)#.*$/, "").trim()).filter(Boolean);
}
function withOwner(target, owner) {
  return owner === null ? target : `${owner}/${target.slice(target.indexOf("/") + 1)}`;
}
function dropDuplicates(targets) {
  const byName = /* @__PURE__ */ new Map();
  for (const target of targets) {
    if (!byName.has(target.toLowerCase())) byName.set(target.toLowerCase(), target);
  }
  return [...byName.values()];
}
function takeShard(targets, { index, of }) {
  const sorted = [...targets].sort((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1);
  const mine = new Set(sorted.filter((_, position) => position % of === index - 1));
  return targets.filter((target) => mine.has(target));
}

// lib/cascade/plan.ts
function makePlan(call, { isGitHub }) {
  const { options, environment: environment2 } = call;
  const version2 = readVersion(options);
  if (version2 === null) {
    throw new UsageError(
      "Cannot run without --version: it is missing; give --version V or --version-file FILE, or set CASCADE_VERSION"
    );
  }
  const isDispatch = options.mode === "dispatch";
  if (isDispatch) assertDispatch(options, isGitHub);
  const message = makeMessage(options.message, {
    version: version2,
    source: options.repo ?? environment2.get("GITHUB_REPOSITORY"),
    trailers: options.trailer
  });
  return {
    version: version2,
    targets: chooseTargets(options, version2),
    mode: options.check ? "check" : options["dry-run"] ? "dry-run" : "write",
    wanted: {
      file: options.file,
      content: Buffer.from(`${version2}
`),
      branch: options.branch,
      requireFile: options["require-file"],
      message,
      author: options.author
    },
    event: isDispatch ? makeDispatch(version2, { eventType: options["event-type"], payload: options.payload }) : null
  };
}
function assertDispatch(options, isGitHub) {
  if (!isGitHub) {
    throw new UsageError(
      "Cannot use --mode dispatch: this forge has no repository_dispatch; give --mode commit, whose push starts the targets"
    );
  }
  if (options.transport === "git") {
    throw new UsageError(
      "Cannot use --mode dispatch with --transport git: an event is no commit; give one of them"
    );
  }
  if (options.check) {
    throw new UsageError(
      "Cannot use --check with --mode dispatch: an event leaves nothing to read; give --mode commit"
    );
  }
}
function readVersion({ version: version2, "version-file": file }) {
  if (file === null) return version2;
  if (version2 !== null) {
    throw new UsageError("Cannot use --version and --version-file together: give one of them");
  }
  const line = readGivenFile(file, `the version file "${file}"`).split(/\r\n|\n|\r/, 1)[0] ?? "";
  return asVersion(line.trim(), `--version-file "${file}"`);
}

// lib/cascade/report-file.ts
import { lstatSync as lstatSync2, renameSync, statSync as statSync3, writeFileSync as writeFileSync2 } from "node:fs";
import { resolve } from "node:path";
var noteMs = 1e3;
function openReportFile({ options, log, redactor, clock }, version2) {
  const file = options.report;
  const earlier = readEarlier(options);
  let dueAt = 0;
  function write(path, targets) {
    const text = redactor.redact(renderReport({ version: version2, targets: takeUp(earlier, targets) }));
    if (!isPlain(path)) return writeFileSync2(path, text);
    writeFileSync2(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  }
  return {
    note(soFar) {
      if (file === null || !isPlain(file) || clock.now() < dueAt) return;
      dueAt = clock.now() + noteMs;
      try {
        write(file, soFar());
      } catch {
      }
    },
    close(targets) {
      if (file === null) return false;
      try {
        write(file, targets);
        return statSync3(file).isFile();
      } catch (error) {
        const found = error.message;
        log.warning(
          `Cannot write the report to "${file}": ${found}; the decision stands, --only-failed cannot use it`
        );
        return false;
      }
    }
  };
}
function readEarlier({
  report,
  "only-failed": before,
  "merge-report": merged,
  owner
}) {
  if (report === null || before === null || merged.length > 0 || resolve(report) !== resolve(before))
    return [];
  return readReport(before).targets.map((row2) => ({ ...row2, target: withOwner(row2.target, owner) }));
}
function takeUp(earlier, now) {
  const open = new Map(now.map((row2) => [row2.target.toLowerCase(), row2]));
  const kept = earlier.map((row2) => {
    const name = row2.target.toLowerCase();
    const found = open.get(name);
    open.delete(name);
    return found ?? row2;
  });
  return [...kept, ...open.values()];
}
function isPlain(path) {
  const found = lstatSync2(path, { throwIfNoEntry: false });
  return found === void 0 || found.isFile();
}

// lib/cascade/read-ahead.ts
var freshMs = 5e3;
function readAhead(opener, { targets, wanted, clock }) {
  const begun = new Map(targets.map((target) => [target, begin(opener.open(target, wanted), clock)]));
  return {
    open: (repo, its) => begun.get(repo) ?? opener.open(repo, its),
    close: opener.close
  };
}
function begin(remote, clock) {
  let first = remote.read();
  let endedAt = Infinity;
  const note = () => void (endedAt = clock.now());
  first.then(note, note);
  return {
    ...remote,
    read() {
      const isFresh = clock.now() - endedAt <= freshMs;
      const content = first !== null && isFresh ? first : remote.read();
      first = null;
      return content;
    }
  };
}

// lib/forge-words.ts
function repeatForgeOptions(options, environment2) {
  const known = environment2.get("SWITCHYARD_API_URL") ?? environment2.get("GITHUB_API_URL");
  const words = [
    ["--forge", options.forge === (environment2.get("SWITCHYARD_FORGE") ?? "auto") ? null : options.forge],
    ["--api-url", options["api-url"] === known ? null : options["api-url"]],
    ["--repo", options.repo === environment2.get("GITHUB_REPOSITORY") ? null : options.repo],
    ["--token-env", options["token-env"]]
  ];
  const isInsecure = options.insecure && environment2.get("SWITCHYARD_INSECURE") === void 0;
  return [
    ...words.flatMap(([name, value]) => value === null ? [] : optionWords(name, value)),
    ...isInsecure ? ["--insecure"] : []
  ];
}

// lib/cascade/resume.ts
function makeResume(version2, outcomes, {
  options,
  environment: environment2,
  isReadable
}) {
  const open = outcomes.filter(isOpen);
  if (open.length === 0) return null;
  const { report } = options;
  const unless = (value, usual, variable) => value === usual && (variable === void 0 || !environment2.get(variable)) ? null : value;
  const isListNamed = !isReadable || environment2.get("CASCADE_TARGETS") !== void 0;
  const list = [
    ...isListNamed ? open.map(({ target }) => ["--target", target]) : [],
    ...report !== null && isReadable ? [["--only-failed", report]] : [],
    ...report === null ? [] : [["--report", report]]
  ];
  const words = [
    ["--version", version2],
    ...list,
    // The targets have it already: it only keeps the variable's away.
    ["--owner", environment2.get("CASCADE_OWNER") === void 0 ? null : options.owner],
    // What is open is a part already: a shard of it would leave targets out.
    ["--shard", options.shard.of > 1 || environment2.get("CASCADE_SHARD") ? "1/1" : null],
    ["--file", unless(options.file, ".runtime-version", "CASCADE_FILE")],
    ["--branch", options.branch],
    ["--require-file", options["require-file"]],
    ["--message", unless(options.message, defaultMessage)],
    ...options.trailer.map((trailer) => ["--trailer", trailer]),
    ["--author", options.author === null ? null : `${options.author.name} <${options.author.email}>`],
    ["--mode", unless(options.mode, "commit", "CASCADE_MODE")],
    [
      "--event-type",
      options.mode === "dispatch" ? unless(options["event-type"], "cascade", "CASCADE_EVENT_TYPE") : null
    ],
    ...options.payload.map(([key, value]) => ["--payload", `${key}=${value}`]),
    ["--transport", unless(options.transport, "api", "CASCADE_TRANSPORT")],
    ["--git-url", options["git-url"]]
  ];
  const given = words.flatMap(([name, value]) => value === null ? [] : optionWords(name, value));
  const flags = options["no-downgrade"] ? ["--no-downgrade"] : [];
  return shellCommand(
    "node",
    "vendor/cascade.mjs",
    ...given,
    ...flags,
    ...repeatForgeOptions(options, environment2)
  );
}

// lib/concurrency.ts
async function mapBounded(items, limit, work) {
  const results = new Array(items.length);
  let next = 0;
  let failed2 = false;
  const worker = async () => {
    while (!failed2 && next < items.length) {
      const index = next++;
      try {
        results[index] = await work(items[index], index);
      } catch (error) {
        failed2 = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, limit), items.length) }, worker));
  return results;
}

// lib/cascade/run.ts
async function runAll(settings) {
  const { targets, concurrency, gate, work, onDone } = settings;
  let done = 0;
  let fault = null;
  const outcomes = await mapBounded(targets, concurrency, async (target) => {
    let ending;
    try {
      ending = gate.shutBy === null ? await work(target) : { state: "not-attempted", message: gate.shutBy };
    } catch (error) {
      fault ??= error;
      const words = error instanceof Error ? error.message : String(error);
      gate.shut(`the run was stopped: ${words}`);
      ending = { state: "failed", class: "error", message: words };
    }
    const outcome = { target, ...ending };
    onDone(outcome, ++done);
    return outcome;
  });
  return { outcomes, fault };
}

// lib/cascade/verdict.ts
var mostNamed = 10;
function closeCascade(closing) {
  const { version: version2, outcomes, resume } = closing;
  const of = (state) => outcomes.filter((outcome) => outcome.state === state);
  const { decision, exit, reason } = closing.mode === "check" ? closeCheck(of) : closeRun(of, closing.mode);
  const list = (state) => JSON.stringify(of(state).map(({ target }) => target));
  const changed = of("updated").length > 0;
  return {
    decision,
    exit,
    proceed: exit === 0,
    reason,
    changed,
    subject: { version: version2 },
    evidence: outcomes.map((outcome) => ({ what: outcome.target, value: describeOutcome(outcome, false) })),
    next: resume === null ? [] : [resume],
    details: {
      version: version2,
      targets: outcomes,
      ...Object.fromEntries(lists.map(([name, state]) => [name, of(state).map(({ target }) => target)]))
    },
    outputs: {
      ...Object.fromEntries(lists.map(([name, state]) => [name, list(state)])),
      changed: String(changed)
    },
    summary: renderTable(
      ["Target", "State", "What"],
      outcomes.map((outcome) => [outcome.target, label(outcome), outcome.sha ?? outcome.message])
    )
  };
}
var lists = [
  ["updated", "updated"],
  ["unchanged", "unchanged"],
  ["skipped", "skipped"],
  ["failed", "failed"],
  ["not_attempted", "not-attempted"],
  ["lagging", "lags"]
];
function closeRun(of, mode) {
  const open = of("would-update").length;
  const done = mode === "dry-run" ? `${open} would be updated, ${of("unchanged").length} unchanged, nothing was written (dry run)` : `${of("updated").length} updated, ${of("unchanged").length} unchanged`;
  const [skipped, failures, left] = [of("skipped"), of("failed"), of("not-attempted")];
  if (failures.length + left.length > 0) {
    const parts = [
      failures.length > 0 ? `failed ${nameAll(failures)}` : "",
      left.length > 0 ? `not attempted ${nameAll(left)}` : "",
      skipped.length > 0 ? `skipped ${nameAll(skipped)}` : "",
      done
    ];
    return { decision: "incomplete", exit: 1, reason: `incomplete: ${parts.filter(Boolean).join("; ")}` };
  }
  if (skipped.length > 0) {
    const reason = `complete with skips: ${done}; skipped ${nameAll(skipped)}`;
    return { decision: "complete-with-skips", exit: 0, reason };
  }
  return { decision: "complete", exit: 0, reason: `complete: ${done}` };
}
function closeCheck(of) {
  const [lagging, unread] = [of("lags"), [...of("failed"), ...of("not-attempted")]];
  const skipped = of("skipped").length;
  const rest = [
    `${of("unchanged").length + of("updated").length} in sync`,
    skipped > 0 ? `${skipped} skipped` : "",
    unread.length > 0 ? `could not be read: ${nameAll(unread)}` : ""
  ].filter(Boolean).join("; ");
  if (lagging.length > 0) return { decision: "lags", exit: 1, reason: `lags: ${nameAll(lagging)}; ${rest}` };
  if (unread.length > 0) return { decision: "unknown", exit: 3, reason: `unknown: ${rest}` };
  return { decision: "in-sync", exit: 0, reason: `in sync: ${rest}` };
}
function describeOutcome(outcome, named = true) {
  const { target, sha, message } = outcome;
  const what2 = [label(outcome), sha ?? "", `(${message})`].filter(Boolean).join(" ");
  return named ? `${target}: ${what2}` : what2;
}
function label({ state, class: failure }) {
  return failure === void 0 ? state : `${state} ${failure}`;
}
function nameAll(outcomes) {
  const named = outcomes.slice(0, mostNamed).map(({ target, class: failure }) => failure === void 0 ? target : `${target} (${failure})`);
  const more = outcomes.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

// lib/cascade/write-gate.ts
function createWriteGate(settings) {
  const { clock, intervalMs, deadlineMs, retryMs, random } = settings;
  let nextAt = 0;
  let limits = 0;
  let shutBy = null;
  const mayWait = (ms) => ms <= deadlineMs;
  return {
    get shutBy() {
      return shutBy;
    },
    async enter() {
      while (shutBy === null) {
        const now = clock.now();
        if (now >= nextAt) {
          nextAt = now + intervalMs;
          return true;
        }
        await clock.sleep(nextAt - now);
      }
      return false;
    },
    limit(asked, message) {
      limits++;
      const pause = asked ?? backoff(limits, retryMs, random());
      if (!mayWait(pause)) shutBy ??= message;
      else nextAt = Math.max(nextAt, clock.now() + pause);
      return shutBy === null;
    },
    shut(message) {
      shutBy ??= message;
    },
    mayWait
  };
}

// lib/script.ts
function defineCommand(command) {
  return command;
}

// scripts/cascade.ts
async function main(call) {
  const { options } = call;
  if (options["merge-report"].length > 0) return merge(call);
  const context = readContext(call);
  const plan = makePlan(call, { isGitHub: context.kind === "github" });
  call.onStop(() => "nothing was written");
  const opener = await openTransport(call, context);
  try {
    const isTokenUsed = context.token !== void 0 || plan.mode === "write";
    const asked = hasApi(call, context) && isTokenUsed ? readWriter(call, context) : null;
    const first = { targets: chooseFirst(plan, options), wanted: plan.wanted, clock: call.clock };
    const ahead = asked === null ? opener : readAhead(opener, first);
    const wanted = { ...plan.wanted, author: chooseAuthor(options, await asked) };
    return await fanOut(call, context, { plan: { ...plan, wanted }, opener: ahead });
  } finally {
    opener.close();
  }
}
function chooseFirst({ targets, event, wanted }, { transport, concurrency }) {
  const isRead = event === null || wanted.requireFile !== null;
  return isRead && transport === "api" ? targets.slice(0, concurrency) : [];
}
async function fanOut(call, context, { plan, opener }) {
  const { options, log } = call;
  const { targets } = plan;
  const settings = makeSettings(call, context, plan);
  const finished = /* @__PURE__ */ new Map();
  const begun = /* @__PURE__ */ new Set();
  const report = openReportFile(call, plan.version);
  const soFar = () => targets.map((target) => finished.get(target) ?? leaveOpen(target, begun));
  const close = (outcomes2) => closeRun2(call, report, { version: plan.version, mode: plan.mode, outcomes: outcomes2 });
  call.onStop(() => close(soFar()));
  report.note(soFar);
  const inRunner = call.environment.get("GITHUB_ACTIONS") === "true";
  log.progress(`[0/${targets.length}]`);
  const { outcomes, fault } = await runAll({
    targets,
    concurrency: options.concurrency,
    gate: settings.gate,
    work(target) {
      begun.add(target);
      return bring(target, { plan, opener, settings, context });
    },
    onDone(outcome, done) {
      finished.set(outcome.target, outcome);
      report.note(soFar);
      const line = `[${done}/${targets.length}] ${describeOutcome(outcome)}`;
      if (inRunner) log.line(line);
      else log.progress(line);
    }
  });
  if (fault !== null) {
    report.close(outcomes);
    throw fault;
  }
  return close(outcomes);
}
async function bring(target, room) {
  const { plan, opener, settings, context } = room;
  const remote = opener.open(target, plan.wanted);
  try {
    if (plan.event === null) return await pin(remote, settings);
    const isChecked = plan.wanted.requireFile !== null;
    const event = { event: plan.event, remote: isChecked ? remote : null, settings };
    return await dispatch(createApi(context), target, event);
  } finally {
    await remote.close();
  }
}
function makeSettings(call, context, plan) {
  const { options, clock } = call;
  const { deadlineMs, retryMs } = context.http.limits;
  const isSpaced = context.kind === "github" && options.transport === "api";
  const intervalMs = options["write-interval"] ?? (isSpaced ? 1e3 : 0);
  const random = Math.random;
  return {
    version: plan.version,
    mode: plan.mode,
    noDowngrade: options["no-downgrade"],
    attempts: options.attempts,
    retryMs,
    gate: createWriteGate({ clock, intervalMs, deadlineMs, retryMs, random }),
    clock,
    random
  };
}
function merge(call) {
  const { options } = call;
  const { version: version2, targets } = mergeReports(options["merge-report"], {
    order: readTargets(options),
    version: readVersion(options)
  });
  return closeRun2(call, openReportFile(call, version2), {
    version: version2,
    mode: modeOf(targets, options),
    outcomes: targets
  });
}
function modeOf(targets, options) {
  const has = (wanted) => targets.some(({ state }) => state === wanted);
  if (options.check || has("lags")) return "check";
  return options["dry-run"] || has("would-update") ? "dry-run" : "write";
}
function closeRun2(call, report, run) {
  const { log } = call;
  const { version: version2, outcomes } = run;
  log.line("");
  for (const outcome of outcomes) {
    log.line(describeOutcome(outcome));
    if (outcome.warning !== void 0) log.warning(`${outcome.target}: ${outcome.warning}`);
  }
  log.line("");
  const isReadable = report.close(outcomes);
  return closeCascade({ ...run, resume: makeResume(version2, outcomes, { ...call, isReadable }) });
}
function leaveOpen(target, begun) {
  const message = begun.has(target) ? "the run was stopped while it was at work on it, so it may be written" : "the run was stopped before it ended";
  return { target, state: "not-attempted", message };
}
var script = {
  name: "cascade",
  summary: "Fans a version out to many repositories: one commit each, whose push starts what stands there. Equal content is never written, a lost race is written on top, nothing is forced.",
  outputs: {
    decision: "complete, complete-with-skips, incomplete; with --check in-sync, lags or unknown",
    proceed: "true where nothing is left to do",
    reason: "one sentence",
    updated: "targets that were written, as a JSON list of owner/repo",
    unchanged: "targets that held it already",
    skipped: "targets without the required file, or that would be downgraded",
    failed: "targets that could not be written",
    not_attempted: "targets that were not tried",
    lagging: "with --check: targets that do not hold it",
    changed: "true where anything was written"
  },
  exits: {
    0: "complete, also with skips; with --check: in sync",
    1: "a target failed or was not attempted; with --check: one lags"
  },
  commands: [defineCommand({ name: "", options: cascadeOptions, main })]
};

// entry-cascade.ts
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
