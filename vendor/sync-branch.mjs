// sync-branch 1.0.0
// Built from scripts/sync-branch.ts of switchyard; do not edit: change the source and run "node build.mjs"

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
function verbOf(number, one2, many) {
  return number === 1 ? one2 : many;
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
function needed(settings) {
  return row({ ...settings, required: true }, (texts, source) => settings.parse(texts[0], source));
}
function flag(settings) {
  return row(
    { ...settings, variables: settings.variables ?? [] },
    (texts, source) => texts[0] === void 0 ? false : readBoolean(texts[0], source)
  );
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
function decodeAnswer(kind, answer, purpose, map) {
  const refuse2 = (found) => new CouldNotTell(
    `Cannot ${purpose}: ${answer.method} ${answer.path} answered ${answer.status} with ${found}; check that the API URL is that of a ${kind} server, then run again`
  );
  const text = decodeUtf8(answer.bytes);
  if (text === null) throw refuse2("text that is not UTF-8");
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    const words = findWords(text);
    throw refuse2(
      words.startsWith("an HTML page") ? "an HTML page where JSON was due" : "what is not whole JSON"
    );
  }
  try {
    return map(new Shape(body), answer);
  } catch (error) {
    if (error instanceof ShapeError)
      throw refuse2(`JSON of another shape (${quoteWords(error.message, { redact: (words) => words })})`);
    throw error;
  }
}
function segment(text) {
  return encodeURIComponent(text);
}
function filePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
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
async function fastForward(api, repo, { branch, sha }) {
  const purpose = `fast-forward ${branch} of ${repo}`;
  const answer = await api.call({
    purpose,
    method: "PATCH",
    path: `${repoPath(repo)}/git/refs/heads/${branch.split("/").map(segment).join("/")}`,
    body: { sha, force: false }
  });
  if (answer.status === 200) {
    if (readMovedTo(api, answer, purpose) === sha) return;
    throw new Refusal(
      `Cannot ${purpose}: PATCH ${answer.path} answered 200, but does not say that the branch is at ${sha}; run again`,
      { kind: "error", mayPass: true }
    );
  }
  const refusal = refuseAnswer(api, answer, purpose);
  if (answer.status === 422 && /fast.?forward/i.test(answer.text)) {
    throw new Refusal(refusal.message, { kind: "race", mayPass: true });
  }
  throw refusal;
}
function readMovedTo(api, answer, purpose) {
  try {
    return api.decode(answer, purpose, (body) => body.field("object").field("sha").sha());
  } catch (error) {
    if (error instanceof CouldNotTell) return null;
    throw error;
  }
}
async function mergeInto(api, repo, { base, head, message }) {
  const purpose = `merge ${head} into ${base} of ${repo}`;
  const answer = await api.call({
    purpose,
    method: "POST",
    path: `${repoPath(repo)}/merges`,
    body: { base, head, commit_message: message }
  });
  if (answer.status === 201) return api.decode(answer, purpose, (body) => body.field("sha").sha());
  if (answer.status === 204) return null;
  if (answer.status === 409 && /merge conflict/i.test(answer.text)) return "conflict";
  throw refuseAnswer(api, answer, purpose);
}

// lib/script.ts
function defineCommand(command) {
  return command;
}

// lib/sync/file-names.ts
function takeSome(files, most) {
  const shown = [];
  let characters = 0;
  for (const file of files) {
    const name = showFile(file);
    characters += name.length;
    if (shown.length >= most.files || characters > most.characters && shown.length > 0) break;
    shown.push(name);
  }
  return [shown, files.length - shown.length];
}
function showFile(file) {
  return /[\p{Cc}\u2028\u2029",\\]|^\s|\s$/u.test(file) ? JSON.stringify(file) : file;
}
function listFiles(files) {
  const [shown, left] = takeSome(files, { files: 20, characters: 2e3 });
  return shown.join(", ") + (left > 0 ? ` and ${left} more` : "");
}
function listInMarkdown(files) {
  const [shown, left] = takeSome(files, { files: 200, characters: 2e4 });
  const lines = shown.map((name) => `- ${quoteCode(name)}`);
  return [...lines, ...left > 0 ? [`- and ${left} more`] : []].join("\n");
}
function quoteCode(text) {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const space = fence.length > 1 ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
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
function contentsPath({ repo, path }) {
  return `${repoPath(repo)}/contents/${filePath(path)}`;
}

// lib/sync/line-merge.ts
var mostCells = 4e6;
function mergesCleanly(base, ours, theirs) {
  if (ours === theirs || ours === base || theirs === base) return true;
  const [one2, two] = [
    diffLines(splitLines(base), splitLines(ours)),
    diffLines(splitLines(base), splitLines(theirs))
  ];
  if (one2 === null || two === null) return false;
  return one2.every((left) => two.every((right) => isApart(left, right) || isSame(left, right)));
}
function splitLines(text) {
  return text.split(/(?<=\n)/);
}
function isApart(left, right) {
  return left.end < right.start || right.end < left.start;
}
function isSame(left, right) {
  return left.start === right.start && left.end === right.end && left.lines.join("") === right.lines.join("");
}
function diffLines(base, next) {
  const width2 = next.length + 1;
  if ((base.length + 1) * width2 > mostCells) return null;
  const lengths = new Uint32Array((base.length + 1) * width2);
  for (let row3 = base.length - 1; row3 >= 0; row3--) {
    for (let column2 = next.length - 1; column2 >= 0; column2--) {
      const at = row3 * width2 + column2;
      lengths[at] = base[row3] === next[column2] ? (lengths[at + width2 + 1] ?? 0) + 1 : Math.max(lengths[at + width2] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  const hunks = [];
  let [row2, column] = [0, 0];
  while (row2 < base.length || column < next.length) {
    if (row2 < base.length && base[row2] === next[column]) {
      row2++;
      column++;
      continue;
    }
    const [start, from] = [row2, column];
    while ((row2 < base.length || column < next.length) && !(row2 < base.length && base[row2] === next[column])) {
      const at = row2 * width2 + column;
      const skipsBase = row2 < base.length && (lengths[at + width2] ?? 0) >= (lengths[at + 1] ?? 0);
      if (skipsBase || column >= next.length) row2++;
      else column++;
    }
    hunks.push({ start, end: row2, lines: next.slice(from, column) });
  }
  return hunks;
}

// lib/sync/conflicts.ts
var mostFiles2 = 300;
async function fetchConflicts(api, repo, [ours, theirs]) {
  const [from, to] = await Promise.all([
    fetchSide(api, repo, { base: ours, head: theirs }),
    fetchSide(api, repo, { base: theirs, head: ours })
  ]);
  const both = [...from.changes.keys()].filter((path) => to.changes.has(path));
  const verdicts = await mapBounded(both, 4, async (path) => !await merges(api, repo, path, [from, to]));
  const conflicts = both.filter((_, index) => verdicts[index]);
  const nameOf = (path) => from.changes.get(path)?.movedTo ?? to.changes.get(path)?.movedTo ?? path;
  const inTheWay = [...findInTheWay(from, to), ...findInTheWay(to, from)];
  return {
    certain: [.../* @__PURE__ */ new Set([...conflicts.map(nameOf), ...inTheWay])].sort(),
    shared: [.../* @__PURE__ */ new Set([...both, ...inTheWay])].sort(),
    isWhole: from.isWhole && to.isWhole
  };
}
async function merges(api, repo, path, sides) {
  const [one2, two] = sides.map(({ changes }) => changes.get(path));
  const isSameMove = one2.movedFrom === two.movedFrom && one2.movedTo === two.movedTo;
  if (isSameMove && one2.blob === two.blob && one2.status === two.status) return true;
  if (isSameMove && one2.movedFrom !== void 0) return mergeTexts(one2.movedFrom, [path, path]);
  const isMovedTwice = one2.movedTo !== void 0 && two.movedTo !== void 0;
  const isKept = ({ status, movedTo }) => status === "modified" || movedTo !== void 0;
  if (isMovedTwice || !isKept(one2) || !isKept(two)) return false;
  return mergeTexts(path, [one2.movedTo ?? path, two.movedTo ?? path]);
  async function mergeTexts(before, after) {
    const [base, left, right] = await Promise.all([
      fetchText(api, { repo, path: before, branch: sides[0].mergeBase }),
      fetchText(api, { repo, path: after[0], branch: sides[0].head }),
      fetchText(api, { repo, path: after[1], branch: sides[1].head })
    ]);
    return base != null && left != null && right != null && mergesCleanly(base, left, right);
  }
}
function findInTheWay(files, folders) {
  const parents = new Set(
    pathsThere(folders).flatMap((path) => {
      const parts = path.split("/");
      return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
    })
  );
  return pathsThere(files).filter((path) => parents.has(path));
}
function pathsThere({ changes }) {
  return [...changes].flatMap(([path, { status }]) => status === "removed" ? [] : [path]);
}
async function fetchSide(api, repo, { base, head }) {
  const call = {
    purpose: `compare ${base} with ${head} in ${repo}`,
    path: `${repoPath(repo)}/compare/${base}...${head}`
  };
  return api.read(call, (body) => {
    const changes = /* @__PURE__ */ new Map();
    const rows = body.field("files").list();
    for (const file of rows) {
      const path = file.field("filename").text();
      const status = file.field("status").text();
      const blob = file.optional("sha")?.text() ?? "";
      const before = status === "renamed" ? file.optional("previous_filename")?.text() : void 0;
      changes.set(path, { status, blob, ...before === void 0 ? {} : { movedFrom: before } });
      if (before !== void 0 && !changes.has(before))
        changes.set(before, { status: "removed", blob: "", movedTo: path });
    }
    const mergeBase = body.field("merge_base_commit").field("sha").sha();
    return { head, mergeBase, changes, isWhole: rows.length < mostFiles2 };
  });
}
async function fetchText(api, place) {
  const found = await fetchFile(api, place);
  if (found.kind !== "file" || found.bytes === null || found.bytes.includes(0)) return null;
  return found.bytes.toString("utf8");
}

// lib/sync/api-transport.ts
function openApiSync(context, place, { tries }) {
  const { repo, from, to, message } = place;
  const forge = openForge(context, repo);
  const { api } = forge;
  let mayHaveWritten = false;
  return {
    async look() {
      const [theirs, ours] = await Promise.all([
        fetchBranchState(api, repo, from),
        fetchBranchState(api, repo, to)
      ]);
      const heads = { from: theirs.sha, to: ours.sha };
      const relation = await fetchRelation(forge, ours.sha, theirs.sha);
      if (relation.kind === "unknown") {
        throw new CouldNotTell(
          `Cannot compare ${from} with ${to} of ${repo}: ${relation.why}; check that both share a history`
        );
      }
      if (relation.kind === "identical" || relation.kind === "behind") {
        return { kind: "in-sync", to: ours.sha, why: `${to} holds all of ${from}` };
      }
      const hasSameFiles = theirs.tree !== null && theirs.tree === ours.tree;
      if (relation.kind === "ahead") return { kind: "fast-forward", ...heads, hasSameFiles };
      if (hasSameFiles) {
        return { kind: "in-sync", to: ours.sha, why: `${from} and ${to} hold the same files` };
      }
      if (tries) return { kind: "merge", ...heads };
      const { certain: files, isWhole } = await fetchConflicts(api, repo, [ours.sha, theirs.sha]);
      if (files.length > 0) return { kind: "conflict", ...heads, files, isPart: !isWhole };
      if (isWhole) return { kind: "merge", ...heads };
      throw new CouldNotTell(
        `Cannot foresee whether ${from} merges into ${to} of ${repo}: they differ in more files than GitHub shows; give --transport git, which reads all of them`
      );
    },
    async apply(standing) {
      try {
        if (standing.kind === "fast-forward") {
          await fastForward(api, repo, { branch: to, sha: standing.from });
          return { kind: "done", sha: standing.from };
        }
        const merged = await mergeInto(api, repo, { base: to, head: standing.from, message });
        if (merged === "conflict") {
          const { certain, shared, isWhole } = await fetchConflicts(api, repo, [standing.to, standing.from]);
          return { kind: "conflict", files: certain.length > 0 ? certain : shared, isPart: !isWhole };
        }
        return merged === null ? { kind: "raced", message: "there was nothing left to merge" } : { kind: "done", sha: merged };
      } catch (error) {
        mayHaveWritten ||= !(error instanceof Refusal) || error.kind === "error";
        return readRefusal(error);
      }
    },
    isOurs: () => Promise.resolve(mayHaveWritten),
    close: () => void 0
  };
}
function readRefusal(error) {
  if (error instanceof Refusal) {
    if (error.kind === "protected") {
      const isHook = /pre-receive hook declined/i.test(error.message) && !/protected/i.test(error.message);
      return { kind: isHook ? "refused" : "protected", message: error.message };
    }
    if (error.kind === "race") return { kind: "raced", message: error.message };
    if (error.mayPass) return { kind: "raced", message: error.message, fault: error };
    throw error;
  }
  if (error instanceof HttpFault && error.kind !== "rate-limited")
    return { kind: "raced", message: error.message, fault: error };
  throw error;
}

// lib/sync/git-transport.ts
import { join as join3 } from "node:path";

// lib/sync/merge-clone.ts
import { mkdirSync, rmSync as rmSync2 } from "node:fs";
import { devNull as devNull2 } from "node:os";
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
    run: (args, options2 = {}) => git.run(args, { ...options2, cwd: folder, variables: { ...variables, ...options2.variables } }),
    async read(args, { purpose, ...options2 }) {
      const answer = await its.run(args, options2);
      if (answer.code !== 0) throw its.refuse(args, answer, purpose);
      return answer.stdout.trim();
    },
    refuse: (args, answer, purpose) => refuseGit(git, args, answer, purpose)
  };
  return its;
}

// lib/sync/git-conflicts.ts
async function readUnmerged(inClone, heads) {
  const args = ["diff", "--name-only", "--diff-filter=U", "-z"];
  const answer = await inClone.run(args);
  if (answer.code !== 0) throw inClone.refuse(args, answer, "read the conflicts");
  const files = answer.stdout.split("\0").filter(Boolean);
  const names = await Promise.all(files.map((file) => findName(inClone, file, heads)));
  return [...new Set(names)].sort();
}
async function findName(inClone, file, { from, to }) {
  const name = /^(.+)~(?:HEAD|[0-9a-f]{40,64})(?:_\d+)?$/s.exec(file)?.[1];
  if (name === void 0) return file;
  const looks = await Promise.all(
    [to, from].map((head) => inClone.run(["cat-file", "-e", `${head}:${file}`]))
  );
  return looks.some(({ code }) => code === 0) ? file : name;
}

// lib/sync/merge-clone.ts
function openMergeClone(place, settings) {
  const { repo, from, to } = place;
  const { git, path } = settings;
  const toServer = openFolderGit(git, { folder: path, variables: {} });
  const variables = {
    ...makeAuthorVariables(settings.author),
    GIT_CONFIG_GLOBAL: devNull2,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
    XDG_CONFIG_HOME: join2(path, ".git", "no-config")
  };
  const inClone = openFolderGit(git, { folder: path, variables });
  let isMade = false;
  async function make(...format) {
    mkdirSync(path);
    await inClone.read(["init", "--quiet", ...format], { purpose: "make a temporary repository" });
    isMade = true;
  }
  return {
    toServer,
    async fetchHeads() {
      if (!isMade) await make();
      const refs = [`+refs/heads/${from}:refs/sync/from`, `+refs/heads/${to}:refs/sync/to`];
      const args = ["fetch", "--quiet", "--no-tags", "--", settings.url, ...refs];
      let answer = await toServer.run(args);
      if (/mismatched algorithms: client sha1; server sha256/.test(answer.stderr)) {
        rmSync2(path, { recursive: true });
        await make("--object-format=sha256");
        answer = await toServer.run(args);
      }
      const purpose = `fetch ${from} and ${to} of ${repo}`;
      if (answer.code !== 0) throw toServer.refuse(args, answer, purpose);
      if (/shallow roots are not allowed/.test(answer.stderr)) {
        throw new CouldNotTell(
          `Cannot ${purpose}: ${git.describe(args, answer)}; give the server's repository its whole history, by "git fetch --unshallow" there`
        );
      }
      const [theirs, ours] = await readNames(["refs/sync/from", "refs/sync/to"], "read both heads");
      return { from: theirs, to: ours };
    },
    async isAncestor(older, newer) {
      const args = ["merge-base", "--is-ancestor", older, newer];
      const answer = await inClone.run(args);
      if (answer.code > 1) throw inClone.refuse(args, answer, `compare ${from} with ${to} of ${repo}`);
      return answer.code === 0;
    },
    async hasSameFiles(heads) {
      const [theirs, ours] = await readNames(
        [`${heads.from}^{tree}`, `${heads.to}^{tree}`],
        "read both trees"
      );
      return theirs === ours;
    },
    merge: (heads) => merge(inClone, { ...place, heads })
  };
  async function readNames(revisions, purpose) {
    const names = (await inClone.read(["rev-parse", ...revisions], { purpose })).split(/\s+/).filter(Boolean);
    const [first, second] = names;
    if (first !== void 0 && second !== void 0) return [first, second];
    throw new CouldNotTell(
      `Cannot ${purpose}: git named ${names.length} of 2; check the git that is first in PATH, then run again`
    );
  }
}
async function merge(inClone, { repo, from, to, message, heads }) {
  await inClone.read(["checkout", "--quiet", "--force", "--detach", heads.to], {
    purpose: `check out ${to} of ${repo}`
  });
  const args = ["merge", "--no-ff", "--no-edit", "--quiet", "-m", message, heads.from];
  const answer = await inClone.run(args);
  if (answer.code === 0)
    return { sha: await inClone.read(["rev-parse", "HEAD"], { purpose: "read the merge" }) };
  const refusal = inClone.refuse(args, answer, `merge ${from} into ${to} of ${repo}`);
  if (/unrelated histories/.test(answer.stderr)) {
    const [found = ""] = refusal.message.split("; ", 1);
    throw new CouldNotTell(`${found}; check that both branches are meant: they share no history`);
  }
  const files = await readUnmerged(inClone, heads);
  if (files.length === 0) throw refusal;
  await inClone.read(["merge", "--abort"], { purpose: "leave the merge" });
  return { files };
}

// lib/sync/git-transport.ts
function openGitSync(place, settings) {
  const { repo, from, to } = place;
  const { url, folder } = settings;
  const clone = openMergeClone(place, { ...settings, path: join3(folder.path, "clone") });
  const { toServer } = clone;
  let merged = null;
  let pushed = null;
  return {
    async look() {
      const heads = await clone.fetchHeads();
      if (await clone.isAncestor(heads.from, heads.to)) {
        return { kind: "in-sync", to: heads.to, why: `${to} holds all of ${from}` };
      }
      const isBehind = await clone.isAncestor(heads.to, heads.from);
      const hasSameFiles = await clone.hasSameFiles(heads);
      if (isBehind) return { kind: "fast-forward", ...heads, hasSameFiles };
      if (hasSameFiles) {
        return { kind: "in-sync", to: heads.to, why: `${from} and ${to} hold the same files` };
      }
      const made = await clone.merge(heads);
      if ("files" in made) return { kind: "conflict", ...heads, files: made.files };
      merged = made.sha;
      return { kind: "merge", ...heads };
    },
    async apply(standing) {
      const sha = standing.kind === "merge" ? merged : standing.from;
      if (sha === null)
        throw new CouldNotTell(`Cannot push to ${to} of ${repo}: nothing was merged; run again`);
      const lease = `--force-with-lease=refs/heads/${to}:${standing.to}`;
      pushed = standing;
      const refs = ["--", url, `${sha}:refs/heads/${to}`];
      const args = ["push", "--porcelain", "--no-recurse-submodules", lease, ...refs];
      const answer = await push(toServer, args);
      if ("lost" in answer) return { kind: "raced", message: answer.lost };
      if (answer.code === 0) {
        if (answer.stdout.includes(`:refs/heads/${to}	`)) return { kind: "done", sha };
        const found = "ended with 0, but names no branch it wrote";
        return { kind: "raced", message: `git push to ${to} of ${repo} ${found}` };
      }
      const refusal = toServer.refuse(args, answer, `push to ${to} of ${repo}`);
      return readRefusal2(refusal, `${answer.stderr}
${answer.stdout}`);
    },
    /** A server may refuse a push that git sent again because its first answer was lost: what stands there tells. */
    isOurs(head) {
      if (pushed === null) return Promise.resolve(false);
      if (pushed.kind === "fast-forward") return Promise.resolve(head === pushed.from);
      return merged === null ? Promise.resolve(false) : clone.isAncestor(merged, head);
    },
    close: folder.remove
  };
}
async function push(toServer, args) {
  try {
    return await toServer.run(args);
  } catch (error) {
    if (error instanceof CouldNotTell) return { lost: error.message };
    throw error;
  }
}
function readRefusal2(refusal, text) {
  const { message } = refusal;
  if (refusal.kind === "protected") {
    const isRule = /protected branch|GH006|GH013|rule violations|protected from|Internal Server Error/i.test(
      text
    );
    return { kind: isRule ? "protected" : "refused", message };
  }
  if (refusal.kind === "race") return { kind: "raced", message };
  if (refusal.mayPass) return { kind: "raced", message, fault: refusal };
  throw refusal;
}

// lib/sync/open-transport.ts
async function openTransport(call, context, place) {
  const isGitHub = context.kind === "github";
  const chosen = call.options.transport ?? (isGitHub ? "api" : "git");
  if (chosen === "api") {
    if (isGitHub) return openApiSync(context, place, { tries: !call.options["dry-run"] });
    throw new UsageError(
      "Cannot use --transport api: this forge has no API that merges branches; give --transport git"
    );
  }
  const server = requireGitServer(context);
  const git = await openGit(call, context, { server });
  const author = await readAuthor(call, context);
  const folder = makeWorkFolder("sync-branch", call);
  return openGitSync(place, { git, url: `${server}/${place.repo}.git`, folder, author });
}
async function readAuthor({ log }, context) {
  const found = await fetchIdentity(createApi(context));
  if (found.user === null) {
    log.warning(`${found.why}; the merge is made in the name of switchyard`);
    return { name: "switchyard", email: "switchyard@users.noreply.github.com" };
  }
  if (found.user.isJob) {
    log.warning(
      "this is the job's own token: its push starts no workflow; give a user's token in SWITCHYARD_TOKEN"
    );
  }
  return found.user;
}

// lib/forge/pulls.ts
var pageSize2 = 50;
var mostPages = 100;
async function findPull(api, place) {
  const owner = place.repo.split("/", 1)[0] ?? "";
  const isGitHub = api.kind === "github";
  const filter = isGitHub ? { head: `${owner}:${place.head}`, base: place.base } : {};
  for (let page = 1; page <= mostPages; page++) {
    const size = isGitHub ? { per_page: pageSize2 } : { limit: pageSize2 };
    const rows = await api.read(
      {
        purpose: `list the pull requests of ${place.repo}`,
        path: `${repoPath(place.repo)}/pulls`,
        query: { state: "open", ...filter, ...size, page }
      },
      (body) => body.list().map((row2) => ({ pull: readPull(row2), fits: fitsPlace(row2, place) }))
    );
    const found = rows.find(({ fits }) => fits);
    if (found !== void 0) return found.pull;
    if (rows.length === 0) return null;
    if (isGitHub && rows.length < pageSize2) return null;
  }
  return null;
}
async function openPull(api, place, { title, body }) {
  const there = await findPull(api, place);
  if (there !== null) return { pull: there, isNew: false };
  const purpose = `open a pull request from ${place.head} to ${place.base} of ${place.repo}`;
  const answer = await api.call({
    purpose,
    method: "POST",
    path: `${repoPath(place.repo)}/pulls`,
    body: { head: place.head, base: place.base, title, body }
  });
  if (answer.status === 201) return { pull: api.decode(answer, purpose, readPull), isNew: true };
  const found = await findPull(api, place);
  if (found !== null) return { pull: found, isNew: false };
  throw refuseAnswer(api, answer, purpose);
}
function readPull(row2) {
  return { number: row2.field("number").count(), url: row2.optional("html_url")?.text() ?? "" };
}
function fitsPlace(row2, { base, head }) {
  const [from, to] = [row2.field("head"), row2.field("base")];
  if (from.field("ref").text() !== head || to.field("ref").text() !== base) return false;
  const state = row2.optional("state")?.text() ?? "open";
  const repoOf = (side) => side.optional("repo")?.optional("full_name")?.text().toLowerCase() ?? "";
  return state === "open" && repoOf(from) === repoOf(to);
}

// lib/sync/pull-request.ts
async function ensurePull({ context, place }, { why, isDry }) {
  const api = createApi(context);
  const pair = { repo: place.repo, base: place.to, head: place.from };
  const there = await findPull(api, pair);
  if (there !== null) return isOpen(there, false);
  if (isDry) return { kind: "due", words: "a pull request would be opened; nothing was written (dry run)" };
  const { pull, isNew } = await openPull(api, pair, {
    title: `Merge ${place.from} into ${place.to}`,
    body: `${why}

Merge it with a merge commit: a squash would leave ${place.to} behind ${place.from}.`
  });
  return isOpen(pull, isNew);
}
function isOpen(pull, isNew) {
  const words = `pull request ${pull.number} ${isNew ? "opened" : "is open already"}`;
  return { kind: "open", pull, isNew, words };
}

// lib/sync/verdict.ts
function endSync(place, ending) {
  const { decision, reason, exit = 0, sha = "", pull, files = [], next = [], changed = false } = ending;
  const number = pull === void 0 ? "" : String(pull.number);
  return {
    decision,
    exit,
    proceed: exit === 0,
    reason,
    changed,
    subject: { repo: place.repo, from: place.from, to: place.to, ...sha === "" ? {} : { sha } },
    evidence: pull === void 0 ? [] : [{ what: "pull request", url: pull.url, value: number }],
    next,
    details: { sha, pr: pull?.number ?? null, url: pull?.url ?? null, files },
    outputs: { sha, pr: number }
  };
}
function endDone(place, { kind, from }, sha) {
  const words = kind === "merge" ? "merged into" : "now the head of";
  return endSync(place, {
    decision: kind === "merge" ? "merged" : "fast-forwarded",
    reason: `${place.from} (${from.slice(0, 12)}) is ${words} ${place.to}: ${sha}`,
    sha,
    changed: true
  });
}
function endInSync(place, { to, why }, done) {
  if (done !== null) return endDone(place, done, to);
  return endSync(place, { decision: "in-sync", reason: `in sync: ${why}`, sha: to });
}
function foresee(place, { kind, to }) {
  const words = kind === "merge" ? "would be merged into" : "would become the head of";
  return endSync(place, {
    decision: kind === "merge" ? "merged" : "fast-forwarded",
    reason: `${place.from} ${words} ${place.to}; nothing was written (dry run)`,
    sha: to
  });
}

// lib/sync/pull-verdict.ts
async function endProtected(room, standing, { why, isDry }) {
  const { place } = room;
  const { to } = standing;
  if (standing.kind === "fast-forward" && standing.hasSameFiles) {
    const same = `${place.from} and ${place.to} hold the same files, and ${place.to} is protected (${why})`;
    return endInSync(place, { kind: "in-sync", to, why: same }, null);
  }
  const shut = `\`${place.to}\` is protected against direct pushes.`;
  const outcome = await ensurePull(room, { why: shut, isDry });
  const found = `${place.to} is protected`;
  const { words } = outcome;
  if (outcome.kind === "due") {
    const reason = `${found}, so a pull request would bring ${place.from} over (${why}); nothing was written (dry run)`;
    return endSync(place, { decision: "pr", reason, sha: to });
  }
  const { pull, isNew } = outcome;
  return endSync(place, {
    decision: "pr",
    reason: `${found}, so a pull request brings ${place.from} over: ${words} (${why})`,
    pull,
    next: [`merge pull request ${pull.number}: ${pull.url}`],
    changed: isNew
  });
}
async function endConflict(room, { files, isPart = false, opens, isDry }) {
  const { place } = room;
  const rest = isPart ? ", and maybe in others: the server shows a part of the changes alone" : "";
  const where = files.length > 0 ? `in ${listFiles(files)}${rest}` : "in files that the server does not name";
  const found = `${place.from} and ${place.to} conflict ${where}`;
  const ending = { decision: "conflict", exit: 1, files };
  const byHand = mergeByHand(place);
  if (!opens) return endSync(place, { ...ending, reason: found, next: [byHand] });
  const list = listInMarkdown(files) + (isPart ? "\n- and maybe others" : "");
  const why = files.length > 0 ? `The branches conflict in:

${list}` : `The branches conflict ${where}.`;
  const outcome = await ensurePull(room, { why, isDry });
  const reason = `${found}; ${outcome.words}`;
  if (outcome.kind === "due") return endSync(place, { ...ending, reason, next: [byHand] });
  const { pull, isNew } = outcome;
  const next = [`resolve the conflict in pull request ${pull.number}: ${pull.url}`, byHand];
  return endSync(place, { ...ending, reason, pull, next, changed: isNew });
}
function mergeByHand({ from, to }) {
  return [
    ["git", "fetch", "origin"],
    ["git", "switch", to],
    ["git", "merge", "--ff-only", `origin/${to}`],
    ["git", "merge", `origin/${from}`]
  ].map((words) => shellCommand(...words)).join(" && ");
}

// scripts/sync-branch.ts
var options = {
  from: needed({ help: "the branch to bring over, as main", value: "BRANCH", parse: asBranch }),
  to: needed({ help: "the branch that gets it, as staging", value: "BRANCH", parse: asBranch }),
  "pr-on-conflict": flag({ help: "open one pull request where the branches conflict" }),
  transport: one({
    help: "GitHub's merges API, or a temporary clone",
    value: "api|git",
    shown: "GitHub api, else git",
    parse: asChoice("api", "git")
  }),
  "dry-run": flag({ help: "read and decide, and write nothing" }),
  ...forgeOptions
};
var mostAttempts2 = 3;
var opening = "it was opening a pull request, which may be open";
async function main(call) {
  const { options: given } = call;
  if (given.from === given.to) {
    throw new UsageError("Cannot use --from and --to: both name one branch; give two branches");
  }
  const context = readContext(call);
  const { from, to } = given;
  const place = { repo: requireRepo(context), from, to, message: `Merge ${from} into ${to}` };
  call.onStop(() => "nothing was written");
  const transport = await openTransport(call, context, place);
  try {
    return await sync(call, { context, place, transport, writing: null });
  } finally {
    transport.close();
  }
}
async function sync(call, room) {
  const { transport, place, context } = room;
  const { retryMs } = context.http.limits;
  const isDry = call.options["dry-run"];
  call.onStop(() => room.writing ?? "nothing was written");
  let tried = null;
  let last = "";
  let fault;
  for (let attempt = 1; attempt <= mostAttempts2; attempt++) {
    const standing2 = await transport.look();
    if (standing2.kind === "in-sync") return endInSync(place, standing2, await claim(standing2.to));
    if (standing2.kind === "conflict") return conflict(call, room, standing2);
    const shut = await findShut(context, place);
    if (isDry) {
      if (shut === null) return foresee(place, standing2);
      return endProtected(room, standing2, { why: shut.message, isDry });
    }
    if (shut === null) room.writing = `it was writing ${place.to}, which may have been done`;
    const applied = shut ?? await transport.apply(standing2);
    if (applied.kind !== "raced") room.writing = null;
    if (applied.kind === "done") return endDone(place, standing2, applied.sha);
    if (applied.kind === "conflict") return conflict(call, room, applied);
    if (applied.kind === "protected") {
      room.writing = opening;
      return endProtected(room, standing2, { why: applied.message, isDry });
    }
    if (applied.kind === "refused") return refuse(place, applied.message);
    call.log.line(`attempt ${attempt}: ${applied.message}; reading again`);
    ({ message: last, fault } = applied);
    tried = standing2;
    if (attempt < mostAttempts2) await call.clock.sleep(backoff(attempt, retryMs, Math.random()));
  }
  const standing = await transport.look();
  if (standing.kind === "in-sync") return endInSync(place, standing, await claim(standing.to));
  if (fault !== void 0) throw fault;
  return refuse(place, `${last} (after ${mostAttempts2} attempts)`);
  async function claim(head) {
    return tried !== null && head !== tried.to && await transport.isOurs(head) ? tried : null;
  }
}
async function findShut(context, { repo, to }) {
  if (context.kind === "github") return null;
  const { mayPush } = await fetchBranchState(createApi(context), repo, to);
  return mayPush === false ? { kind: "protected", message: `${to} is protected against pushes of this token` } : null;
}
function conflict({ options: given, log }, room, found) {
  for (const file of found.files) log.line(`conflict: ${showFile(file)}`);
  const [opens, isDry] = [given["pr-on-conflict"], given["dry-run"]];
  if (opens && !isDry) room.writing = opening;
  return endConflict(room, { ...found, opens, isDry });
}
function refuse(place, message) {
  return endSync(place, { decision: "refused", exit: 1, reason: message });
}
var script = {
  name: "sync-branch",
  summary: "Brings one branch back into another, so that the next promotion is not behind: a fast-forward where it can be, else a merge commit, else a pull request. Never by force.",
  outputs: {
    decision: "in-sync, fast-forwarded, merged, pr, conflict or refused",
    proceed: "true where the branch holds the other, or a pull request will bring it",
    reason: "one sentence",
    sha: "the head of the branch afterwards",
    pr: "the pull request's number, where there is one"
  },
  exits: {
    0: "in sync, written, or a pull request because the branch is protected",
    1: "a conflict, also with its pull request; a hook refused; the branch moved at every attempt"
  },
  commands: [defineCommand({ name: "", options, main })]
};

// entry-sync-branch.ts
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
