// ancestry 1.0.0
// Built from scripts/ancestry.ts of switchyard; do not edit: change the source and run "node build.mjs"

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
  const redact = (text) => redactResult(text, (words) => outlets.redactor.redact(words));
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

// lib/duration.ts
function formatDuration(ms) {
  if (ms < 1e3) return `${Math.round(ms)} ms`;
  if (ms < 12e4) return `${Math.round(ms / 1e3)} s`;
  if (ms < 72e5) return `${Math.round(ms / 6e4)} min`;
  if (ms < 1728e5) return `${Math.round(ms / 36e5)} h`;
  return `${Math.round(ms / 864e5)} d`;
}

// lib/sha.ts
function isFullSha(text) {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}
function shortSha(sha) {
  return sha.slice(0, 7);
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
function onUnless(settings) {
  return row(
    { shown: "on", ...settings, negated: true },
    (texts, source) => texts[0] === void 0 ? true : readBoolean(texts[0], source)
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
var asSha = (text, source) => {
  if (!isFullSha(text)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no commit SHA; give all 40 or 64 hex digits`);
  }
  return text.toLowerCase();
};
function isRepo(text) {
  return /^[\w.-]+\/[\w.-]+$/.test(text) && !text.split("/").some((part) => /^\.{1,2}$/.test(part));
}
var asRepo = (text, source) => {
  if (!isRepo(text)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no repository; give it as owner/name`);
  }
  return text;
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

// lib/ancestry/decide.ts
function decideAncestry(facts) {
  const { candidate, witnesses } = facts;
  const current = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  const none = { current, aheadBy: null, behindBy: null };
  const name = shortSha(candidate);
  if (witnesses.length === 0) {
    return { ...none, decision: "absent", exit: 0, reason: `nothing is there yet, so ${name} is the first` };
  }
  if (current.length === 0) {
    const exit = facts.onUnlabelled === "allow" ? 0 : 1;
    return {
      ...none,
      decision: "unlabelled",
      exit,
      reason: `what is served now carries no revision label, so ${name} cannot be compared`
    };
  }
  const relations = current.map((revision2) => ({ revision: revision2, relation: facts.relations.get(revision2) }));
  const lost = relations.find(({ relation: relation2 }) => relation2 === void 0 || relation2.kind === "unknown");
  if (lost) {
    const why = lost.relation?.why ?? "it was not asked";
    return {
      ...none,
      decision: "unknown",
      exit: 3,
      reason: `Cannot tell how ${name} lies to ${shortSha(lost.revision)}: ${why}`
    };
  }
  if (relations.length > 1) return decideSeveral(name, relations, none);
  const { revision, relation } = relations[0];
  const counts = { current, aheadBy: relation.aheadBy, behindBy: relation.behindBy };
  return { ...counts, ...answerOf(relation, name, shortSha(revision)) };
}
function answerOf(relation, candidate, current) {
  if (relation.kind === "identical") {
    return { decision: "identical", exit: 0, reason: `${candidate} is what is served now` };
  }
  if (relation.kind === "ahead") {
    return {
      decision: "ahead",
      exit: 0,
      reason: `${candidate} descends from ${current}${countWords(relation.aheadBy)}`
    };
  }
  if (relation.kind === "behind") {
    return {
      decision: "behind",
      exit: 1,
      reason: `${candidate} is older than ${current}, which is served now${countWords(relation.behindBy)}`
    };
  }
  return {
    decision: "diverged",
    exit: 1,
    reason: `${candidate} and ${current} each hold commits that the other lacks: history was rewritten, or promoted by squash`
  };
}
function countWords(count) {
  return count === null ? "" : ` (${countOf(count, "commit")})`;
}
function decideSeveral(name, relations, none) {
  const list = relations.map(({ revision }) => shortSha(revision)).join(", ");
  const against = relations.find(
    ({ relation }) => relation.kind !== "ahead" && relation.kind !== "identical"
  );
  if (!against) {
    return {
      ...none,
      decision: "ahead",
      exit: 0,
      reason: `${name} descends from each of ${list}, which are served side by side now`
    };
  }
  return {
    ...none,
    decision: "disagree",
    exit: 1,
    reason: `what is served now carries ${relations.length} revisions (${list}), and ${name} is ${against.relation.kind} of ${shortSha(against.revision)}`
  };
}

// lib/concurrency.ts
async function mapBounded(items, limit, work) {
  const results = new Array(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (!failed && next < items.length) {
      const index = next++;
      try {
        results[index] = await work(items[index], index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, limit), items.length) }, worker));
  return results;
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
function readJson(source, place) {
  const text = typeof source === "string" ? source : decodeUtf8(source);
  if (text === null) throw new ShapeError(`${place} is not UTF-8`);
  try {
    return new Shape(JSON.parse(text), place);
  } catch {
    throw new ShapeError(`${place} is not JSON`);
  }
}

// lib/registry/decode-answer.ts
function decodeAnswer(answer, purpose, read2) {
  try {
    return read2();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const what = /^\s*</.test(answer.text) ? "an HTML page" : error.message;
    throw new CouldNotTell(
      `Cannot ${purpose}: ${answer.method} ${answer.path} answered ${answer.status}, but ${what}; check that this is a registry`
    );
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

// lib/registry/reference.ts
var hubNames = /* @__PURE__ */ new Set(["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"]);
var pathForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
var hostForm = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::\d{1,5})?$/;
var longestPath = 255;
function describeReference(image, reference) {
  return `${image.shown}${isDigest(reference) ? "@" : ":"}${reference}`;
}
function parseMovingReference(text, source) {
  const given = { text, source };
  const { name, tag, digest } = splitReference(given);
  if (digest !== null)
    throw refuse(given, {
      found: "a digest never moves",
      mend: "give the tag that does, as ghcr.io/o/app:latest"
    });
  if (tag !== null && !isTag(tag)) throw refuseTag(source, tag);
  return { image: readName(name, given), tag: tag ?? "latest" };
}
function isTag(text) {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text);
}
function isDigest(text) {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
function refuseTwice(names) {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === void 0) return;
  throw new UsageError(`Cannot use --image: "${twice}" is given twice; give each image once`);
}
function refuseTag(source, tag) {
  const form = 'letters, digits, ".", "_" and "-", at most 128, none of ".-" first';
  return new UsageError(`Cannot use ${source}: "${tag}" is no tag; give ${form}`);
}
function splitReference(given) {
  const { text } = given;
  if (text.includes("://"))
    throw refuse(given, { found: "it holds a scheme", mend: "leave it out, as in ghcr.io/o/app" });
  const at = text.indexOf("@");
  const digest = at < 0 ? null : text.slice(at + 1);
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.indexOf(":", rest.lastIndexOf("/") + 1);
  if (colon < 0) return { name: rest, tag: null, digest };
  return { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}
function readName(name, given) {
  if (/[A-Z]/.test(name))
    throw refuse(given, {
      found: "it holds upper-case letters",
      mend: `give it in lower case, as ${name.toLowerCase()}`
    });
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasHost = first === "localhost" || /[.:[]/.test(first);
  const host = hasHost ? first : "docker.io";
  const path = hasHost ? name.slice(slash + 1) : name;
  if (!hostForm.test(host) || !isPort(host) || !pathForm.test(path) || path.length > longestPath) {
    throw refuse(given, { found: "it is no image name", mend: "give it as host/path, as ghcr.io/o/app" });
  }
  if (!hubNames.has(host)) return { shown: name, host, credentialHost: host, path };
  const whole = path.includes("/") ? path : `library/${path}`;
  return { shown: name, host: "registry-1.docker.io", credentialHost: "index.docker.io", path: whole };
}
function isPort(host) {
  const port = /:(\d+)$/.exec(host.replace(/^\[.*\]/, ""))?.[1];
  return port === void 0 || Number(port) > 0 && Number(port) < 65536;
}
function refuse({ text, source }, { found, mend }) {
  return new UsageError(`Cannot use ${source}: "${text}": ${found}; ${mend}`);
}

// lib/registry/manifest.ts
var manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json"
];
function digestOf(bytes) {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
function parseManifest(bytes, contentType) {
  const body = readJson(bytes, "the manifest");
  const mediaType = contentType ?? body.optional("mediaType")?.text() ?? "";
  const digest = digestOf(bytes);
  if (body.optional("schemaVersion")?.raw() !== 2)
    throw new ShapeError("the manifest is not of schema version 2");
  if (!manifestTypes.includes(mediaType.replace(/\s*;.*$/, "").toLowerCase())) {
    throw new ShapeError(`the manifest's type "${mediaType}" is not one of image and index`);
  }
  const annotations = readAnnotations(body);
  if (/index|manifest\.list/i.test(mediaType)) {
    const children = body.field("manifests").list().map(readChild);
    return { bytes, digest, mediaType, config: null, children, annotations };
  }
  body.field("layers").list();
  const config = readDigest(body.field("config").field("digest"));
  return { bytes, digest, mediaType, config, children: [], annotations };
}
function readChild(entry2) {
  const platform = entry2.optional("platform");
  const parts = ["os", "architecture", "variant"].map((name) => platform?.optional(name)?.text() ?? "");
  const [os, architecture] = parts;
  return {
    digest: readDigest(entry2.field("digest")),
    platform: parts.filter(Boolean).join("/") || "platform not named",
    isAttestation: "vnd.docker.reference.type" in readAnnotations(entry2) || os === "unknown" && architecture === "unknown"
  };
}
function readDigest(field) {
  const text = field.text();
  if (!isDigest(text)) throw new ShapeError(`"${text}" is no sha256 digest`);
  return text;
}
function readAnnotations(body) {
  const map = body.optional("annotations");
  if (map === null) return {};
  const names = Object.keys(Object(map.raw()));
  return Object.fromEntries(names.map((name) => [name, map.field(name).text()]));
}
function readConfigLabel(bytes, label) {
  const config = readJson(bytes, "the config").optional("config");
  return config?.optional("Labels")?.optional(label)?.text() ?? null;
}

// lib/registry/fetch-manifest.ts
var accept = { accept: manifestTypes.join(", ") };
async function fetchManifest(registry, image, reference) {
  const call = manifestCall(image, reference);
  const { purpose } = call;
  const answer = await registry.send(call);
  if (saysUnknownManifest(answer)) return null;
  if (answer.status !== 200) throw registry.refuse(answer, call);
  const manifest = decodeAnswer(
    answer,
    purpose,
    () => parseManifest(answer.bytes, answer.headers.get("content-type"))
  );
  const said = answer.headers.get("docker-content-digest");
  for (const wanted of [said, isDigest(reference) ? reference : null]) {
    if (wanted !== null && wanted !== manifest.digest) {
      throw new CouldNotTell(
        `Cannot ${purpose}: the bytes are ${manifest.digest}, not ${wanted} as was said; check what stands between here and the registry`
      );
    }
  }
  return manifest;
}
function manifestCall(image, reference) {
  const purpose = `read ${describeReference(image, reference)}`;
  return { purpose, image, path: `manifests/${reference}`, headers: accept };
}
function saysUnknownManifest(answer) {
  if (answer.status !== 404) return false;
  try {
    const errors = readJson(answer.text, "the answer").field("errors").list();
    const words = errors.map((error) => error.optional("message")?.text() ?? "").join(" ");
    return errors.length > 0 && errors.every((error) => error.field("code").text() === "MANIFEST_UNKNOWN") && !/accept header/i.test(words);
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

// lib/registry/fetch-label.ts
var childrenAtOnce = 4;
async function fetchLabel(registry, image, { manifest, label }) {
  const read2 = (config) => fetchConfigLabel(registry, image, { digest: config, label });
  if (manifest.config !== null) return [{ where: "", value: await read2(manifest.config) }];
  const platforms = manifest.children.filter((child) => !child.isAttestation);
  if (platforms.length === 0) {
    throw new CouldNotTell(
      `Cannot read ${describeReference(image, manifest.digest)}: the index lists no image, only attestations or nothing; push the image again`
    );
  }
  const found = await mapBounded(platforms, childrenAtOnce, async (child) => {
    const inner = await fetchManifest(registry, image, child.digest);
    if (inner === null) return null;
    if (inner.config === null) {
      throw new CouldNotTell(
        `Cannot read ${describeReference(image, child.digest)}: it is an index inside an index; push the image as one index`
      );
    }
    return { where: child.platform, value: await read2(inner.config) };
  });
  const whole = found.filter((witness) => witness !== null);
  if (whole.length < found.length) return null;
  const annotation = manifest.annotations[label];
  return annotation === void 0 ? whole : [...whole, { where: "index annotation", value: annotation }];
}
async function fetchConfigLabel(registry, image, { digest, label }) {
  const purpose = `read the config of ${describeReference(image, digest)}`;
  const call = { purpose, image, path: `blobs/${digest}` };
  const answer = await registry.send(call);
  if (answer.status !== 200) throw registry.refuse(answer, call);
  if (digestOf(answer.bytes) !== digest) {
    throw new CouldNotTell(
      `Cannot ${purpose}: the bytes that came have another digest; check what stands between here and the registry`
    );
  }
  return decodeAnswer(answer, purpose, () => readConfigLabel(answer.bytes, label));
}

// lib/registry/fetch-tags.ts
var mostTagPages = 100;
async function fetchTagList(registry, image) {
  const tags = /* @__PURE__ */ new Set();
  let path = "tags/list";
  for (let page = 1; path !== null && page <= mostTagPages; page++) {
    const call = { purpose: `read the tags of ${image.shown}`, image, path };
    const answer = await registry.send(call);
    if (answer.status !== 200) throw registry.refuse(answer, call);
    const before = tags.size;
    for (const tag of decodeAnswer(answer, call.purpose, () => readTags(answer.bytes, image))) tags.add(tag);
    path = page > 1 && tags.size === before ? null : findNextTags(answer);
  }
  return [...tags];
}
function readTags(bytes, image) {
  const body = readJson(bytes, "the list");
  const name = body.field("name").text();
  if (!name.endsWith(image.path) && !image.path.endsWith(name))
    throw new ShapeError(`it is the list of "${name}"`);
  const tags = body.field("tags");
  return tags.isNull() ? [] : tags.list().map((tag) => tag.text());
}
function findNextTags({ headers }) {
  const query = /<[^<>?]*(\?[^<>]+)>\s*;[^,]*\brel="?next"?/.exec(headers.get("link") ?? "")?.[1];
  return query === void 0 ? null : `tags/list${query}`;
}

// lib/ancestry/image-witnesses.ts
var imagesAtOnce = 8;
async function fetchImageWitnesses(registry, references, label) {
  const found = await mapBounded(references, imagesAtOnce, async ({ image, tag }) => {
    const manifest = await fetchManifest(registry, image, tag);
    if (manifest === null) {
      await proveAbsent(registry, image, tag);
      return [];
    }
    return fetchBuildWitnesses(registry, image, { name: describeReference(image, tag), manifest, label });
  });
  return found.flat();
}
async function fetchBuildWitnesses(registry, image, { name, manifest, label }) {
  const voices = await fetchLabel(registry, image, { manifest, label });
  if (voices !== null) return voices.map((voice) => toWitness(name, voice, label));
  throw new CouldNotTell(
    `Cannot read ${name}: a platform that its index lists is not there; push the image again`
  );
}
function toWitness(name, { where, value }, label) {
  const whole = where === "" ? name : `${name} ${where}`;
  if (value === null) return { name: whole, revision: null };
  if (isFullSha(value)) return { name: whole, revision: value.toLowerCase() };
  throw new CouldNotTell(
    `Cannot use the label ${label} of ${whole}: "${value}" is no whole commit SHA; build the image with all 40 or 64 hex digits, or name another label by --label`
  );
}
async function proveAbsent(registry, image, tag) {
  const tags = await fetchTagList(registry, image);
  if (!tags.includes(tag)) return;
  throw new CouldNotTell(
    `Cannot read ${describeReference(image, tag)}: the registry lists the tag, but has no manifest for it; run again`
  );
}

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
    decode: (answer, purpose, map) => decodeAnswer2(kind, answer, purpose, map),
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
function isAbsentApi(answer) {
  return answer.status === 404 && !isJson(answer) && /^404 page not found\s*$/.test(answer.text) || answer.status === 405;
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
function decodeAnswer2(kind, answer, purpose, map) {
  const refuse3 = (found) => new CouldNotTell(
    `Cannot ${purpose}: ${answer.method} ${answer.path} answered ${answer.status} with ${found}; check that the API URL is that of a ${kind} server, then run again`
  );
  const text = decodeUtf8(answer.bytes);
  if (text === null) throw refuse3("text that is not UTF-8");
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    const words = findWords(text);
    throw refuse3(
      words.startsWith("an HTML page") ? "an HTML page where JSON was due" : "what is not whole JSON"
    );
  }
  try {
    return map(new Shape(body), answer);
  } catch (error) {
    if (error instanceof ShapeError)
      throw refuse3(`JSON of another shape (${quoteWords(error.message, { redact: (words) => words })})`);
    throw error;
  }
}

// lib/forge/forge.ts
function openForge(context, repo) {
  const { kind } = context;
  const isGitHub = kind === "github";
  const can = {
    runs: isGitHub ? true : kind === "forgejo" ? false : null,
    statuses: !isGitHub,
    compareBySha: isGitHub ? true : null
  };
  return { kind, api: createApi(context), repo, context, can };
}
function repoPath(repo) {
  return `/repos/${repo.split("/").map(encodeURIComponent).join("/")}`;
}

// lib/forge/commits.ts
var pageSize = 50;
async function fetchHistoryPage(forge, start, page, { files = false } = {}) {
  const isGitHub = forge.kind === "github";
  const purpose = `read the history of ${start} in ${forge.repo}`;
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/commits`,
    query: isGitHub ? { sha: start, per_page: pageSize, page } : { sha: start, limit: pageSize, page, stat: "false", verification: "false", files: String(files) },
    isFinal: (status, text) => isWordless({ status, text })
  });
  if (isUnknownCommit(answer)) return null;
  if (isWordless(answer) && !await isKnownCommit(forge, start)) return null;
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const commits = body.list().map((row2) => readCommit(row2, files));
    const first = commits[0];
    if (page === 1 && /^[0-9a-f]{40,64}$/.test(start) && first?.sha !== start) {
      throw new ShapeError(first ? `the history starts at ${first.sha}` : "the history is empty");
    }
    return commits;
  });
}
function isWordless({ status, text }) {
  return status === 500 && /"message"\s*:\s*""/.test(text);
}
async function isKnownCommit(forge, sha) {
  const call = {
    purpose: `read the commit ${sha} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/commits/${sha}`,
    query: { stat: "false", verification: "false", files: "false" }
  };
  return await forge.api.find(call, (body) => body.field("sha").sha()) !== null;
}
function isUnknownCommit(answer) {
  if (isUnknownObject(answer.status, answer.text) || isMissing(answer)) return true;
  return answer.status === 422 && /no commit found/i.test(answer.text);
}
function readParents(row2) {
  const parents = row2.field("parents").list();
  return parents.map((parent) => parent.field("sha").sha());
}
function readCommit(row2, files) {
  return {
    sha: row2.field("sha").sha(),
    parents: readParents(row2),
    message: row2.optional("commit")?.optional("message")?.text() ?? "",
    files: files ? row2.field("files").list().map((file) => file.field("filename").text()) : null
  };
}
async function walkHistory(forge, start, settings, visit) {
  const seen = /* @__PURE__ */ new Set();
  const open = /* @__PURE__ */ new Set();
  for (let page = 1; (page - 1) * pageSize < settings.most; page++) {
    const commits = await fetchHistoryPage(forge, start, page, { files: settings.files ?? false });
    if (commits === null) return "unknown";
    const fresh = commits.filter((commit) => !seen.has(commit.sha));
    if (fresh.length === 0) return [...open].every((sha) => seen.has(sha)) ? "end" : "limit";
    for (const commit of fresh) {
      seen.add(commit.sha);
      for (const parent of commit.parents) open.add(parent);
      if (visit(commit)) return "found";
    }
  }
  return "limit";
}

// lib/forge/pages.ts
function readTotalHeader(answer) {
  const text = answer.headers.get("x-total-count")?.trim() ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

// lib/forge/range-gitea.ts
async function fetchGiteaRange(forge, base, head, { size, page, files }) {
  const purpose = purposeOfRange(forge, base, head);
  const paging = page === 1 ? {} : { page };
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/commits`,
    query: {
      sha: head,
      not: base,
      limit: size,
      ...paging,
      stat: "false",
      verification: "false",
      files: String(files)
    },
    isFinal: (status, text) => isBadObject(status, text) || isWordless({ status, text })
  });
  if (await isUnknownCommit2(forge, answer, base))
    throw new CouldNotTell(
      `Cannot ${purpose}: the server does not know ${shortSha(base)} or ${shortSha(head)}; check that both are commits of this repository`
    );
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const total = readTotalHeader(answer);
    if (total === null) throw new ShapeError("no X-Total-Count");
    return { total, commits: readRows(body, { base, head, page, files }), meets: [], changed: null };
  });
}
function readRows(body, { base, head, page, files }) {
  const rows = body.isNull() ? [] : body.list();
  const commits = rows.map((row2) => ({
    ...readRangeCommit(row2),
    files: files ? (row2.optional("files")?.list() ?? []).map((file) => file.field("filename").text()) : null
  }));
  const first = commits[0]?.sha;
  if (page === 1 && first !== void 0 && first !== head)
    throw new ShapeError(`the first commit is ${first}`);
  if (commits.some(({ sha }) => sha === base)) throw new ShapeError("it holds the commit it should stop at");
  return commits;
}
async function isUnknownCommit2(forge, answer, base) {
  if (isMissing(answer) || isUnknownObject(answer.status, answer.text)) return true;
  if (isWordless(answer)) return !await isKnownCommit(forge, base);
  return isBadObject(answer.status, answer.text);
}
function isBadObject(status, body) {
  return status >= 400 && /bad object|bad revision/.test(body);
}

// lib/forge/range.ts
var mostFiles = 300;
async function countBetween(forge, base, head) {
  if (base === head) return 0;
  if (forge.kind === "github") return (await comparePage(forge, base, head, { size: 1, page: 1 })).total;
  return (await fetchGiteaRange(forge, base, head, { size: 1, page: 1, files: false })).total;
}
function comparePage(forge, base, head, { size, page }) {
  const purpose = purposeOfRange(forge, base, head);
  const query = page === 1 ? { per_page: size } : { per_page: size, page };
  const call = { purpose, path: `${repoPath(forge.repo)}/compare/${base}...${head}`, query };
  return forge.api.read(call, (body) => {
    const from = body.optional("base_commit")?.field("sha").sha();
    if (from !== void 0 && from !== base) throw new ShapeError(`it compares with ${from}`);
    return {
      total: body.field("ahead_by").count(),
      commits: body.field("commits").list().map(readGitHubCommit),
      meets: [body.optional("merge_base_commit")?.field("sha").sha() ?? []].flat(),
      changed: readChanged(body)
    };
  });
}
function readChanged(body) {
  const files = body.optional("files")?.list() ?? null;
  if (files === null || files.length >= mostFiles) return null;
  return files.map((file) => file.field("filename").text());
}
function readGitHubCommit(row2) {
  return { ...readRangeCommit(row2), files: null };
}
function readRangeCommit(row2) {
  const commit = row2.field("commit");
  return {
    sha: row2.field("sha").sha(),
    parents: readParents(row2),
    message: commit.field("message").text(),
    committedAt: Date.parse(commit.optional("committer")?.optional("date")?.text() ?? "")
  };
}
function purposeOfRange(forge, base, head) {
  return `read the commits from ${shortSha(base)} to ${shortSha(head)} of ${forge.repo}`;
}

// lib/forge/relation-walk.ts
var mostCommits = 500;
var nearCommits = 50;
async function walkRelation(forge, current, candidate) {
  const near = await walkTo(forge, candidate, current, nearCommits);
  if (near.end === "limit") {
    const counted = await countRelation(forge, current, candidate);
    if (counted !== null) return counted;
  }
  const down = near.end === "limit" ? await walkTo(forge, candidate, current) : near;
  if (down.end === "found")
    return holds(candidate, current, { kind: "ahead", aheadBy: down.steps, behindBy: 0 });
  if (down.end === "unknown") return unknownCommit(candidate);
  const up = await walkTo(forge, current, candidate);
  if (up.end === "found")
    return holds(current, candidate, { kind: "behind", aheadBy: 0, behindBy: up.steps });
  if (up.end === "unknown") return unknownCommit(current);
  if (down.end === "limit" || up.end === "limit") {
    return { ...unknown(`neither commit shows within ${mostCommits} commits of the other`), tooFar: true };
  }
  if (![...down.seen].some((sha) => up.seen.has(sha))) {
    return unknown(
      `${shortSha(current)} and ${shortSha(candidate)} have no common ancestor in their whole histories; check both SHAs, or ask with --via git`
    );
  }
  return { kind: "diverged", aheadBy: null, behindBy: null, why: "neither history holds the other commit" };
}
async function countRelation(forge, current, candidate) {
  const [ahead, behind] = await Promise.all([
    countOrNull(forge, current, candidate),
    countOrNull(forge, candidate, current)
  ]);
  if (ahead === null || behind === null || ahead === 0 === (behind === 0)) return null;
  return behind === 0 ? holds(candidate, current, { kind: "ahead", aheadBy: ahead, behindBy: 0 }) : holds(current, candidate, { kind: "behind", aheadBy: 0, behindBy: behind });
}
async function countOrNull(forge, base, head) {
  try {
    return await countBetween(forge, base, head);
  } catch (error) {
    if (error instanceof CouldNotTell) return null;
    throw error;
  }
}
async function walkTo(forge, start, wanted, most = mostCommits) {
  const seen = /* @__PURE__ */ new Set();
  let isLine = true;
  let next = start;
  const end = await walkHistory(forge, start, { most }, (commit) => {
    isLine &&= commit.sha === next;
    if (commit.sha === wanted) return true;
    seen.add(commit.sha);
    isLine &&= commit.parents.length < 2;
    next = commit.parents[0];
    return false;
  });
  return { end, seen, steps: isLine ? seen.size : null };
}
function holds(newer, older, relation) {
  return { ...relation, why: `the history of ${shortSha(newer)} holds ${shortSha(older)}` };
}
function unknownCommit(sha) {
  return unknown(
    `the server does not know the commit ${shortSha(sha)} (rewritten and collected, or of another repository); check both SHAs`
  );
}
function unknown(why) {
  return { kind: "unknown", aheadBy: null, behindBy: null, why };
}

// lib/forge/relation.ts
async function fetchRelation(forge, current, candidate) {
  if (current === candidate)
    return { kind: "identical", aheadBy: 0, behindBy: 0, why: "both are the same commit" };
  if (forge.kind === "github") return compareOnGitHub(forge, current, candidate);
  if (forge.can.compareBySha === false) return walkRelation(forge, current, candidate);
  const [ahead, behind] = await Promise.all([
    countCommits(forge, current, candidate),
    countCommits(forge, candidate, current)
  ]);
  if (ahead === null || behind === null) {
    const walked = await walkRelation(forge, current, candidate);
    if (walked.kind !== "unknown") forge.can.compareBySha = false;
    return walked;
  }
  forge.can.compareBySha = true;
  const why = `compare shows ${ahead.total} ahead and ${behind.total} behind`;
  const relation = relationOfCounts(ahead.total, behind.total, why);
  const mayCross = ahead.hasMerge && behind.hasMerge;
  return mayCross ? { ...relation, aheadBy: null, behindBy: null } : relation;
}
function relationOfCounts(ahead, behind, why) {
  if (ahead === 0 && behind === 0) {
    return unknown2(
      "compare shows no commit on either side of two different commits, as it does without a common ancestor; check both SHAs, or ask with --via git"
    );
  }
  const kind = behind === 0 ? "ahead" : ahead === 0 ? "behind" : "diverged";
  return { kind, aheadBy: ahead, behindBy: behind, why };
}
function unknown2(why) {
  return { kind: "unknown", aheadBy: null, behindBy: null, why };
}
async function compareOnGitHub(forge, current, candidate) {
  const purpose = `compare ${shortSha(current)} with ${shortSha(candidate)} in ${forge.repo}`;
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/compare/${current}...${candidate}`,
    query: { per_page: 1 }
  });
  if (isMissing(answer))
    return unknown2(
      `${forge.context.http.describe(answer)}: ${explainMissing(answer.text, current, candidate)}`
    );
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const base = body.optional("base_commit")?.field("sha").sha();
    if (base !== void 0 && base !== current) throw new ShapeError(`it compares with ${base}`);
    const ahead = body.field("ahead_by").count();
    assertHead(body, ahead, candidate);
    const behind = body.field("behind_by").count();
    const status = body.field("status").text();
    const relation = relationOfCounts(
      ahead,
      behind,
      `compare says "${status}", ${ahead} ahead and ${behind} behind`
    );
    if (relation.kind === "unknown" || relation.kind === status) return relation;
    throw new ShapeError(`"status" is "${status}" with ${ahead} ahead and ${behind} behind`);
  });
}
function assertHead(body, ahead, head) {
  const only = ahead === 1 ? body.optional("commits")?.list()[0]?.optional("sha")?.sha() : void 0;
  if (only !== void 0 && only !== head) throw new ShapeError(`its head is ${only}`);
}
function explainMissing(text, current, candidate) {
  if (/no common ancestor/i.test(text)) {
    return `${shortSha(current)} and ${shortSha(candidate)} have no common ancestor: history was rewritten, or one is of another repository; check both SHAs`;
  }
  return `${shortSha(current)} or ${shortSha(candidate)} is not known to the server (rewritten and collected, or of another repository), or the token may not read this repository; check both SHAs and the token, or ask with --via git`;
}
async function countCommits(forge, base, head) {
  const purpose = `compare ${shortSha(base)} with ${shortSha(head)} in ${forge.repo}`;
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/compare/${base}...${head}`,
    query: { files: "false", verification: "false", stat: "false" }
  });
  if (isMissing(answer) || isAbsentApi(answer)) return null;
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const total = body.field("total_commits").count();
    const commits = body.optional("commits")?.list() ?? [];
    const tip = commits[0]?.field("sha").sha();
    if (total > 0 && tip !== void 0 && tip !== head)
      throw new ShapeError(`its newest commit is ${tip}, not ${head}`);
    const hasMerge = commits.some((commit) => (commit.optional("parents")?.list().length ?? 0) > 1);
    return { total, hasMerge };
  });
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
function cannotRead(what, found, cause) {
  return new CouldNotTell(
    `Cannot read the event from ${what}: ${found}; check GITHUB_EVENT_PATH, or unset it and give what it names as options`,
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

// lib/http-url.ts
function assertSafeUrl(text, allowPlainHttp, what = "this URL") {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`Cannot use ${what}: "${text}" is no URL; give it as https://host/path`);
  }
  if (url.protocol === "https:") return url;
  if (url.protocol !== "http:") {
    throw new UsageError(`Cannot use ${what}: "${url.origin}": its scheme is not https; give https://…`);
  }
  if (allowPlainHttp || isLoopback(url.hostname)) return url;
  throw new UsageError(
    `Cannot use ${what}: ${url.origin}: it is plain http, where tokens can be read; give https, or --insecure (SWITCHYARD_INSECURE=true) for a network you trust`
  );
}
function isLoopback(host) {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

// lib/find-api.ts
function findApi(options2, environment2) {
  const given = options2["api-url"];
  const server = environment2.get("GITHUB_SERVER_URL")?.replace(/\/+$/, "");
  const kind = options2.forge === "auto" ? detectKind(given, environment2) : options2.forge;
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
  return new Promise((resolve, reject) => {
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
        resolve(new Response(body, { status, headers }));
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
      await new Promise((resolve) => setImmediate(resolve));
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
function readSecret({ environment: environment2, redactor }, name, what = name) {
  const token = environment2.get(name)?.trim();
  redactor.hide(token);
  if (token !== void 0 && !/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      `Cannot use ${what}: it holds characters that no token has; set it again without line breaks`
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
  const { options: options2, environment: environment2 } = call;
  const http = openHttp(call, options2.insecure, { fresh });
  const token = readToken(call);
  const found = findApi(options2, environment2);
  const apiUrl = assertSafeUrl(found.url, options2.insecure, "--api-url (SWITCHYARD_API_URL)");
  if (apiUrl.username !== "" || apiUrl.password !== "") {
    throw new UsageError("Cannot use --api-url: it holds credentials; give them in SWITCHYARD_TOKEN");
  }
  const event = readEvent(environment2);
  return {
    kind: found.kind,
    apiUrl: `${apiUrl.origin}${apiUrl.pathname}`.replace(/\/+$/, ""),
    serverUrl: findServer(apiUrl, environment2),
    allowPlainHttp: options2.insecure,
    repo: options2.repo ?? void 0,
    token,
    event,
    http
  };
}
function requireGitServer({ serverUrl, allowPlainHttp }) {
  assertSafeUrl(serverUrl, allowPlainHttp, "GITHUB_SERVER_URL");
  return serverUrl;
}
function requireRepo(context) {
  if (context.repo !== void 0) return context.repo;
  throw new UsageError(
    "Cannot run without --repo: no repository is named; give --repo owner/name, or set GITHUB_REPOSITORY"
  );
}
function readToken(call) {
  const { options: options2, environment: environment2, redactor } = call;
  for (const name2 of tokenVariables) redactor.hide(environment2.get(name2));
  const chosen = options2["token-env"];
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
    run: (args, options2 = {}) => spawnGit(args, options2, settings, running),
    async read(args, { purpose, ...options2 }) {
      const answer = await git.run(args, options2);
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
async function spawnGit(args, options2, settings, running) {
  const { spawn } = await import("node:child_process");
  const timeoutMs = settings.timeoutMs ?? 12e4;
  const cwd = options2.cwd ?? settings.cwd;
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, {
      ...cwd === void 0 ? {} : { cwd },
      env: makeGitVariables({ ...settings, timeoutMs }, options2.variables ?? {}),
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
      else resolve({ code: code ?? 128, stdout: texts.stdout.text(), stderr: texts.stderr.text() });
    });
    child.stdin.on("error", () => void 0);
    child.stdin.end(options2.input ?? "");
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

// lib/ancestry/relate-git.ts
async function openTemporaryGit(call, context) {
  const { path, remove } = makeWorkFolder("ancestry", call);
  try {
    const git = await openGit(call, context, { server: requireGitServer(context), cwd: path });
    return { git, remove };
  } catch (error) {
    remove();
    if (error instanceof UsageError) return null;
    throw error;
  }
}
async function relateByGit({ git }, { context, repo }, { current, candidate }) {
  const purpose = `fetch the commits of ${repo}`;
  const format = candidate.length === 64 ? "sha256" : "sha1";
  await git.read(["init", "--quiet", `--object-format=${format}`, "."], { purpose });
  const url = `${context.serverUrl}/${repo}.git`;
  const fetch2 = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=tree:0", url];
  const direct = await git.run([...fetch2, current, candidate]);
  if (direct.code !== 0) {
    const all = await git.run([...fetch2, "+refs/heads/*:refs/switchyard/*"]);
    if (all.code !== 0) {
      throw new CouldNotTell(
        `Cannot ${purpose}: ${git.describe(fetch2, all)}; check the URL, and that the token may read it`
      );
    }
  }
  for (const sha of [current, candidate]) {
    const known = await git.run(["cat-file", "-e", `${sha}^{commit}`], {
      variables: { GIT_NO_LAZY_FETCH: "1" }
    });
    if (known.code !== 0) {
      return {
        kind: "unknown",
        aheadBy: null,
        behindBy: null,
        why: `the server does not give the commit ${shortSha(sha)}`
      };
    }
  }
  const counts = await git.read(["rev-list", "--count", "--left-right", `${current}...${candidate}`], {
    purpose: `compare commits of ${repo}`
  });
  const match = /^(\d+)\s+(\d+)\s*$/.exec(counts);
  if (!match)
    throw new CouldNotTell(
      `Cannot compare commits of ${repo}: git printed no two counts; run again with --via api`
    );
  const [behind, ahead] = [Number(match[1]), Number(match[2])];
  return relationOfCounts(ahead, behind, `git counts ${ahead} ahead and ${behind} behind`);
}

// lib/ancestry/relate.ts
var viaOption = {
  via: oneOr({
    help: "ask the API, or a commits-only fetch by git in a temporary folder",
    value: "api|git",
    variables: ["ANCESTRY_VIA"],
    fallback: "api",
    parse: asChoice("api", "git")
  })
};
async function relate(call, forge, pair) {
  const { current, candidate } = pair;
  if (current === candidate)
    return { kind: "identical", aheadBy: 0, behindBy: 0, why: "both are the same commit" };
  if (call.options.via === "git") {
    const byGit = await relateInTemporaryFolder(call, forge, pair);
    if (byGit !== null) return byGit;
    throw new CouldNotTell(
      "Cannot ask git: there is no git 2.31 or later on this machine; install it, or use --via api"
    );
  }
  const relation = await fetchRelation(forge, current, candidate);
  if (relation.tooFar !== true) return relation;
  return await relateInTemporaryFolder(call, forge, pair) ?? relation;
}
async function relateInTemporaryFolder(call, forge, pair) {
  const temporary = await openTemporaryGit(call, forge.context);
  if (temporary === null) return null;
  try {
    return await relateByGit(temporary, forge, pair);
  } finally {
    temporary.remove();
  }
}

// lib/ancestry/options.ts
var ancestryOptions = {
  label: oneOr({
    help: "the image's label that holds its commit",
    value: "KEY",
    variables: ["ANCESTRY_LABEL"],
    fallback: "org.opencontainers.image.revision",
    parse: asText
  }),
  "on-unlabelled": oneOr({
    help: "the tag exists, but its image has no such label",
    value: "allow|refuse",
    variables: ["ANCESTRY_ON_UNLABELLED"],
    fallback: "allow",
    parse: asChoice("allow", "refuse")
  }),
  ...viaOption,
  override: onUnless({
    help: "check on a workflow_dispatch event too, where the operator has decided",
    variables: ["ANCESTRY_OVERRIDE"]
  })
};

// lib/registry/schemes.ts
function listSchemes(host, allowPlainHttp) {
  if (isLoopback(new URL(`https://${host}`).hostname)) return ["http", "https"];
  return allowPlainHttp ? ["https", "http"] : ["https"];
}
function isOtherScheme(error) {
  return error instanceof HttpFault && (error.kind === "reset" || error.kind === "unreachable");
}
function explainPlainHttp(error, { purpose, image }) {
  if (!(error instanceof HttpFault) || !/WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH/.test(error.message))
    return error;
  return new CouldNotTell(
    `Cannot ${purpose}: ${image.host} does not speak https, and on plain http credentials can be read; give it a certificate, or --insecure for a network you trust`,
    { cause: error }
  );
}
function wantsHttps(answer) {
  return answer.status === 400 && /HTTP request (was sent )?to (an )?HTTPS/i.test(answer.text);
}

// lib/registry/host.ts
async function sendToHost(http, host, request) {
  const { call } = request;
  const [scheme, other] = host.schemes;
  const attempt = (by) => http.send(toHttpCall2(request, `${by}://${call.image.host}`));
  let answer;
  try {
    answer = await attempt(scheme);
    if (other === void 0) return answer;
    if (!wantsHttps(answer)) {
      host.schemes = host.schemes.slice(0, 1);
      return answer;
    }
  } catch (error) {
    if (other === void 0) throw explainPlainHttp(error, call);
    if (!isOtherScheme(error) || !await speaks(http, call, other)) throw error;
  }
  host.schemes = [other];
  return attempt(other);
}
async function speaks(http, { purpose, image }, scheme) {
  try {
    const answer = await http.send({ purpose, url: `${scheme}://${image.host}/v2/`, attempts: 1 });
    return !wantsHttps(answer);
  } catch (error) {
    if (error instanceof HttpFault) return false;
    throw error;
  }
}
function toHttpCall2({ call, authorization }, origin) {
  return {
    purpose: call.purpose,
    method: call.method ?? "GET",
    url: `${origin}/v2/${call.image.path}/${call.path}`,
    headers: { ...call.headers, ...authorization === void 0 ? {} : { authorization } },
    ...call.body === void 0 ? {} : { body: call.body }
  };
}

// lib/registry/challenge.ts
function parseChallenges(header) {
  const found = [];
  const pattern = /\s*,?\s*([A-Za-z][\w!#$%&'*+.^`|~-]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|(?=\s|,|$))/y;
  const text = header ?? "";
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) break;
    const [, name = "", quoted, plain] = match;
    if (quoted === void 0 && plain === void 0) {
      found.push({ scheme: name.toLowerCase(), parameters: /* @__PURE__ */ new Map() });
    } else {
      found.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
    }
  }
  return found;
}
function refuseRealm(realm, registry, allowPlainHttp) {
  let url;
  try {
    url = new URL(realm);
  } catch {
    return "is no URL";
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return "is no http URL";
  if (url.username !== "" || url.password !== "") return "holds credentials";
  if (url.protocol === "http:") {
    if (registry.protocol === "https:") return "is on plain http although the registry is on https";
    if (!allowPlainHttp && !isLoopback(url.hostname)) return "is on plain http outside this machine";
  }
  if (isInside(url.hostname) && !isInside(registry.hostname)) {
    return "is on a private address although the registry is public";
  }
  return null;
}
function isInside(host) {
  if (isLoopback(host.replace(/\.$/, "")) || host === "0.0.0.0" || host === "[::]") return true;
  const mapped = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(host);
  if (mapped) return isInside(dotted(parseInt(mapped[1] ?? "", 16), parseInt(mapped[2] ?? "", 16)));
  if (/^\[(f[cd]|fe[89ab])/.test(host)) return true;
  return /^(10|127)(\.\d+){3}$/.test(host) || /^(192\.168|169\.254)(\.\d+){2}$/.test(host) || /^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/.test(host) || /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}$/.test(host);
}
function dotted(high, low) {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

// lib/registry/token.ts
function basicAuthorization({ username, password }) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
async function fetchBearer(challenge, request, { http, redactor }) {
  const realm = challenge.parameters.get("realm") ?? "";
  const host = request.registry.host;
  const unsafe = refuseRealm(realm, request.registry, request.allowPlainHttp);
  const purpose = `get a token for ${host}`;
  if (unsafe !== null) {
    throw new CouldNotTell(
      `Cannot ${purpose}: its token service "${realm}" ${unsafe}, so it was not contacted; correct the registry's public URL (Gitea: ROOT_URL)`
    );
  }
  const url = new URL(realm);
  const service = challenge.parameters.get("service");
  if (service !== void 0) url.searchParams.set("service", service);
  url.searchParams.set("scope", request.scope);
  const headers = { accept: "application/json" };
  if (request.credentials) headers["authorization"] = basicAuthorization(request.credentials);
  const answer = await http.send({ purpose, url: url.href, headers });
  if (answer.status !== 200) {
    throw new CouldNotTell(
      `Cannot ${purpose}: ${http.describe(answer)}; ${mendToken(answer.status, request)}`
    );
  }
  const token = readToken2(answer.text);
  if (token === null) {
    throw new CouldNotTell(
      `Cannot ${purpose}: ${answer.method} ${answer.path} answered 200 without a usable "token" or "access_token"; check that ${url.origin} is the registry's token service`
    );
  }
  redactor.hide(token);
  return `Bearer ${token}`;
}
function readToken2(text) {
  try {
    const body = readJson(text, "the answer");
    const token = body.optional("token")?.text() || body.field("access_token").text();
    return /^[\x21-\x7e]+$/.test(token) ? token : null;
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}
function mendToken(status, { credentials, scope }) {
  if (status !== 401 && status !== 403) return "check that the registry is well, then run again";
  return credentials === null ? `it wants a login for "${scope}": set REGISTRY_USERNAME and REGISTRY_PASSWORD` : `it refuses the login from ${credentials.from}: check user, password and right to "${scope}"`;
}

// lib/registry/logins.ts
function openLogins(settings) {
  const logins = /* @__PURE__ */ new Map();
  const running = /* @__PURE__ */ new Map();
  const keyOf = ({ host, path }) => `${host}/${path}`;
  async function renewNow(image, refused) {
    const key = keyOf(image);
    try {
      const fresh = await logIn(image, refused, settings);
      if (fresh !== void 0) logins.set(key, fresh);
      return fresh;
    } finally {
      running.delete(key);
    }
  }
  return {
    get: (image) => logins.get(keyOf(image)),
    renew(image, refused) {
      const key = keyOf(image);
      const known = logins.get(key);
      if (known !== refused.used) return Promise.resolve(known);
      const renewal = running.get(key) ?? renewNow(image, refused);
      running.set(key, renewal);
      return renewal;
    }
  };
}
async function logIn(image, { answer, used, credentials }, settings) {
  const challenges = parseChallenges(answer.headers.get("www-authenticate"));
  const bearer = challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters.has("realm"));
  if (bearer) {
    const request = {
      registry: new URL(answer.url),
      scope: `repository:${image.path}:${settings.actions}`,
      credentials,
      allowPlainHttp: settings.allowPlainHttp
    };
    return fetchBearer(bearer, request, settings);
  }
  if (credentials === null || !challenges.some(({ scheme }) => scheme === "basic")) return void 0;
  const basic = basicAuthorization(credentials);
  return basic === used ? void 0 : basic;
}

// lib/registry/mend.ts
function findMend2({ status, method }, credentials) {
  if (status === 401 || status === 403) {
    const login = "set REGISTRY_USERNAME and REGISTRY_PASSWORD";
    if (method === "PUT") {
      if (credentials !== null) return "the token may read but not write: packages: write";
      return `no credentials were found, and the anonymous token may read but not write: packages: write; ${login}`;
    }
    if (credentials === null) return `no credentials were found: ${login}`;
    return `the login from ${credentials.from} is refused: check it, and its right to read (packages: read)`;
  }
  if (status === 404) {
    return "check the name, and that the login may read it (a private image answers 404 to who may not)";
  }
  if (status === 429) return "the rate limit is used up: come back later, or log in";
  if (status >= 500) return "the registry is not well: run again in a few minutes";
  if (status >= 300 && status < 400) return "the registry points elsewhere: give the name it has now";
  return "check that this is a registry and the name is right, then run again";
}

// lib/registry/client.ts
function openRegistry(images, settings) {
  const { http } = settings;
  const hosts = findHosts(images, settings);
  const logins = openLogins(settings);
  const hostOf2 = (image) => hosts.get(image.host);
  return {
    async send(call) {
      const { image } = call;
      const host = hostOf2(image);
      const used = logins.get(image);
      const answer = await sendToHost(http, host, { call, authorization: used });
      if (answer.status !== 401) return answer;
      const renewed = await logins.renew(image, { answer, used, credentials: host.credentials });
      return renewed === void 0 ? answer : sendToHost(http, host, { call, authorization: renewed });
    },
    describe: (answer) => http.describe(answer),
    refuse: (answer, { purpose, image }) => new CouldNotTell(
      `Cannot ${purpose}: ${http.describe(answer)}; ${findMend2(answer, hostOf2(image).credentials)}`
    )
  };
}
function findHosts(images, settings) {
  const hosts = /* @__PURE__ */ new Map();
  for (const image of images) {
    if (hosts.has(image.host)) continue;
    const credentials = settings.findCredentials(image);
    hosts.set(image.host, { credentials, schemes: listSchemes(image.host, settings.allowPlainHttp) });
    if (credentials === null) {
      settings.log.line(`${image.host}: no credentials found, asking anonymously`);
      continue;
    }
    settings.redactor.hide(credentials.password);
    settings.redactor.hide(basicAuthorization(credentials).slice("Basic ".length));
  }
  return hosts;
}

// lib/registry/docker-config.ts
import { homedir } from "node:os";
import { join as join2 } from "node:path";
function readDockerLogin(host, environment2, findHome = homedir) {
  const file = findFile(environment2, findHome);
  const text = file === null ? null : readIfThere(file);
  if (file === null || text === null) return null;
  try {
    return findLogin(host, file, new Shape(parse(file, text), "the file"));
  } catch (error) {
    if (error instanceof ShapeError) throw refuse2(file, error.message);
    throw error;
  }
}
function findFile(environment2, findHome) {
  const folder = environment2.get("DOCKER_CONFIG");
  if (folder !== void 0) return join2(folder, "config.json");
  try {
    return join2(environment2.get("HOME") ?? findHome(), ".docker", "config.json");
  } catch {
    return null;
  }
}
function readIfThere(file) {
  try {
    return readText(file);
  } catch (error) {
    if (isNoFile(error)) return null;
    throw refuse2(file, error.message);
  }
}
function parse(file, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse2(file, "it is not JSON");
  }
}
function findLogin(host, file, config) {
  const entry2 = findEntry(config.optional("auths"), host);
  const login = entry2 === null ? null : readEntry(file, host, entry2);
  if (login !== null) return login;
  const helper = findEntry(config.optional("credHelpers"), host)?.text() ?? config.optional("credsStore")?.text() ?? "";
  if (helper === "") return null;
  throw new UsageError(
    `Cannot use ${file} for ${host}: its login is kept by the credential helper "docker-credential-${helper}", which is not run here; set REGISTRY_USERNAME and REGISTRY_PASSWORD`
  );
}
function findEntry(entries, host) {
  if (entries === null) return null;
  const names = Object.keys(Object(entries.raw()));
  const name = names.find((key) => key === host) ?? names.find((key) => hostOf(key) === host);
  return name === void 0 ? null : entries.optional(name);
}
function hostOf(key) {
  const host = key.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return ["docker.io", "registry-1.docker.io"].includes(host) ? "index.docker.io" : host;
}
function readEntry(file, host, entry2) {
  const packed = entry2.optional("auth")?.text() ?? "";
  const username = entry2.optional("username")?.text() ?? "";
  const password = entry2.optional("password")?.text() ?? "";
  if (packed === "" && username !== "" && password !== "") return { username, password };
  if (packed !== "") {
    const plain = Buffer.from(packed, "base64").toString("utf8").replace(/\0+$/, "");
    const colon = plain.indexOf(":");
    if (colon > 0 && colon < plain.length - 1) {
      return { username: plain.slice(0, colon), password: plain.slice(colon + 1) };
    }
  }
  if ((entry2.optional("identitytoken") ?? entry2.optional("registrytoken")) !== null) {
    throw refuse2(file, `its login for ${host} is an identity token, which is not supported`);
  }
  if (packed !== "") throw refuse2(file, `"auth" of ${host} is not base64 of USER:PASSWORD`);
  return null;
}
function refuse2(file, found) {
  return new UsageError(
    `Cannot use ${file}: ${found}; mend the file, or set REGISTRY_USERNAME and REGISTRY_PASSWORD`
  );
}

// lib/registry/credentials.ts
function findCredentials(image, environment2, context) {
  const username = environment2.get("REGISTRY_USERNAME");
  const password = environment2.get("REGISTRY_PASSWORD")?.trim();
  if (username === void 0 && password !== void 0) throw refuseHalf("PASSWORD", "USERNAME");
  if (username !== void 0 && password === void 0) throw refuseHalf("USERNAME", "PASSWORD");
  if (username !== void 0 && password !== void 0) {
    return { username: username.trim(), password, from: "REGISTRY_USERNAME" };
  }
  const actor = environment2.get("GITHUB_ACTOR")?.trim();
  if (image.host === "ghcr.io" && context.kind === "github" && actor && context.token !== void 0) {
    return { username: actor, password: context.token, from: "GITHUB_ACTOR and the token" };
  }
  const login = readDockerLogin(image.credentialHost, environment2);
  return login === null ? null : { ...login, from: "docker's config.json" };
}
function refuseHalf(there, missing) {
  return new UsageError(
    `Cannot use REGISTRY_${there} alone: REGISTRY_${missing} is not set or empty; set both, or neither`
  );
}

// lib/registry/open-for.ts
function openRegistryFor(call, context, images, actions) {
  const { options: options2, environment: environment2, redactor, log } = call;
  return openRegistry(images, {
    http: context.http,
    redactor,
    log,
    allowPlainHttp: options2.insecure,
    actions,
    findCredentials: (image) => findCredentials(image, environment2, context)
  });
}

// lib/script.ts
function defineCommand(command) {
  return command;
}

// lib/subject.ts
var shaOption = {
  sha: one({
    help: "the commit, all 40 or 64 hex digits",
    value: "SHA",
    shown: "the event's workflow_run.head_sha, then GITHUB_SHA",
    parse: asSha
  })
};
function readSubject(call) {
  const commit = readCommit2(call);
  return { ...commit, repo: requireRepo(commit.context) };
}
function readCommit2(call) {
  const context = readContext(call);
  const sha = findSha(call.options.sha, context, call.environment);
  if (sha !== null) return { context, sha };
  throw new UsageError("Cannot run without --sha: no commit is named; give --sha SHA, or set GITHUB_SHA");
}
function findSha(given, context, environment2) {
  const tested = given ?? context.event.workflowRun()?.headSha;
  if (tested !== void 0) return tested;
  const text = environment2.get("GITHUB_SHA");
  return text === void 0 ? null : asSha(text, "GITHUB_SHA");
}
function describeFork(context) {
  const run = context.event.workflowRun();
  if (run === null || run.origin === "same") return null;
  const from = run.origin === "gone" ? "a repository that is gone (a deleted fork)" : `the fork "${run.origin.fork}"`;
  return `Cannot accept this workflow_run: its commit comes from ${from}; a fork's run never promotes, push the commit to this repository`;
}

// scripts/ancestry.ts
var options = {
  image: many({
    help: "a moving reference, registry/name:tag; its revision label is the current commit",
    value: "REF",
    variables: ["ANCESTRY_IMAGES"],
    rivals: ["current"],
    parse: parseMovingReference
  }),
  current: one({
    help: "the current commit, instead of images",
    value: "SHA",
    variables: ["ANCESTRY_CURRENT"],
    rivals: ["image"],
    parse: asSha
  }),
  ...shaOption,
  ...ancestryOptions,
  ...forgeOptions
};
async function main(call) {
  const { options: given } = call;
  if (given.image.length === 0 && given.current === null) {
    throw new UsageError(
      "Cannot run without --image or --current: what is served now is not named; give --image REF, or --current SHA"
    );
  }
  if (given.image.length > 0 && given.current !== null) {
    throw new UsageError("Cannot use --image with --current: both name what is served now; give one of them");
  }
  refuseTwice(given.image.map(({ image, tag }) => `${image.host}/${image.path}:${tag}`));
  const { context, repo, sha: candidate } = readSubject(call);
  if (given.via === "git") requireGitServer(context);
  const fork = describeFork(context);
  if (fork !== null) return report(repo, candidate, [], notTold(fork, 1, given.current));
  const forge = openForge(context, repo);
  const fetchWitnesses = openWitnesses(call, context);
  if (given.override && context.event.name === "workflow_dispatch")
    return overridden(repo, candidate, await tryWitnesses(fetchWitnesses, call.log));
  try {
    return report(repo, candidate, ...await readAnswer(call, forge, candidate, fetchWitnesses));
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return report(repo, candidate, [], notTold(error.message, 3, given.current));
  }
}
function notTold(reason, exit, current) {
  return {
    decision: "unknown",
    exit,
    reason,
    current: current === null ? [] : [current],
    aheadBy: null,
    behindBy: null
  };
}
async function readAnswer(call, forge, candidate, fetchWitnesses) {
  const witnesses = await fetchWitnesses();
  const revisions = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  const relations = /* @__PURE__ */ new Map();
  const found = await mapBounded(
    revisions,
    4,
    (revision) => relate(call, forge, { current: revision, candidate })
  );
  revisions.forEach((revision, index) => relations.set(revision, found[index]));
  const onUnlabelled = call.options["on-unlabelled"];
  return [witnesses, decideAncestry({ candidate, witnesses, relations, onUnlabelled })];
}
function openWitnesses(call, context) {
  const { image, current, label } = call.options;
  if (current !== null) return () => Promise.resolve([{ name: "--current", revision: current }]);
  const images = image.map((reference) => reference.image);
  const registry = openRegistryFor(call, context, images, "pull");
  return () => fetchImageWitnesses(registry, image, label);
}
async function tryWitnesses(fetchWitnesses, log) {
  try {
    return await fetchWitnesses();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    log.warning(error.message);
    return [];
  }
}
function overridden(repo, candidate, witnesses) {
  const current = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  return {
    decision: "overridden",
    exit: 0,
    proceed: true,
    announce: "warning",
    reason: `the operator dispatched this by hand: ${candidate} goes over ${current.join(", ") || "what is served now"} without a check`,
    subject: { repo, sha: candidate },
    outputs: { current: current.join(","), candidate, ahead_by: "", behind_by: "" },
    details: { current, candidate, ahead_by: null, behind_by: null }
  };
}
function report(repo, candidate, witnesses, answer) {
  const { decision, exit, reason, current, aheadBy, behindBy } = answer;
  const rows = witnesses.map(({ name, revision }) => [
    candidate,
    revision ?? "no label",
    `${decision} (${name})`
  ]);
  return {
    decision,
    exit,
    proceed: exit === 0,
    reason,
    ...decision === "unlabelled" ? { announce: exit === 0 ? "warning" : "error" } : {},
    subject: { repo, sha: candidate },
    evidence: witnesses.map(({ name, revision }) => ({ what: name, value: revision ?? "no revision" })),
    outputs: {
      current: current.join(","),
      candidate,
      ahead_by: aheadBy === null ? "" : String(aheadBy),
      behind_by: behindBy === null ? "" : String(behindBy)
    },
    details: { current, candidate, ahead_by: aheadBy, behind_by: behindBy },
    summary: renderTable(["Candidate", "Current", "Relation"], rows),
    next: exit === 1 && decision === "unknown" ? [] : recovery(decision, candidate)
  };
}
function recovery(decision, candidate) {
  if (["behind", "diverged", "disagree"].includes(decision)) {
    return [
      `if ${candidate} must win all the same, dispatch this workflow by hand with that SHA (a workflow_dispatch skips the check)`,
      "otherwise revert forward: commit the revert to the branch and promote that commit"
    ];
  }
  return decision === "unknown" ? ["run again once the cause above is mended; --via git asks git instead of the API"] : [];
}
var script = {
  name: "ancestry",
  summary: "Answers how a candidate commit relates to what a moving tag serves now, so that the older of two builds never wins.",
  commands: [defineCommand({ name: "", options, main })],
  outputs: {
    decision: "ahead, identical, absent, unlabelled, overridden, behind, diverged, disagree or unknown",
    proceed: "true where the candidate may take the place",
    current: "the commit that is served now; several are separated by commas",
    candidate: "the commit in question",
    ahead_by: "commits the candidate has more; empty where it cannot be known",
    behind_by: "commits the candidate lacks; empty where it cannot be known",
    reason: "one sentence"
  },
  exits: {
    0: "ahead, identical, absent, unlabelled (allowed) or overridden",
    1: "behind, diverged, disagree, or unlabelled with refuse"
  }
};

// entry-ancestry.ts
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
