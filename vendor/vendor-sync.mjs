// vendor-sync 1.0.0
// Built from scripts/vendor-sync.ts of switchyard; do not edit: change the source and run "node build.mjs"

// lib/clock.ts
var longestTimerMs = 2 ** 31 - 1;
async function sleepInParts(ms, pause) {
  for (let left = ms; left > 0; left -= longestTimerMs) await pause(Math.min(left, longestTimerMs));
}
var systemClock = {
  now: () => Date.now(),
  sleep: (ms) => sleepInParts(ms, (part) => new Promise((resolve3) => void setTimeout(resolve3, part)))
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
      add2(name, option, negative ? "false" : "true");
      continue;
    }
    const value = inline ?? nextValue(args, ++index);
    if (value === void 0)
      throw new UsageError(`Cannot use ${written}: its value is missing; give ${written} ${option.value}`);
    if (value.trim() === "" && !option.mayBeEmpty) {
      throw new UsageError(`Cannot use ${written}: its value is empty; give ${written} ${option.value}`);
    }
    if (value.trim() !== "") add2(name, option, value);
  }
  if (positionals.length > 0 && command.positionals === void 0) {
    throw new UsageError(`Cannot use "${positionals[0]}": ${script2.name} takes options only; see --help`);
  }
  return { given, positionals };
  function add2(name, option, value) {
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
    (_2, value) => typeof value === "string" ? redact(value) : value
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
  return "`".repeat(Math.max(least, ...runs.map((run4) => run4.length + 1)));
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
  const open2 = (stdout) => ({
    ...stdout,
    log: createLog({
      redactor,
      inRunner: environment.get("GITHUB_ACTIONS") === "true",
      stream: stdout.json || stdout.bareResult ? 2 : 1,
      columns: findColumns()
    })
  });
  let options2 = {};
  let outlet = open2({
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
    outlet = open2({ json: options2["json"] === true, bareResult: call.command.bareResult === true });
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

// lib/script.ts
function defineCommand(command) {
  return command;
}

// lib/vendor-sync/mend.ts
function vendorSync(folder, ...words) {
  const dir = folder === "vendor" ? [] : optionWords("--dir", folder);
  return shellCommand("node", "vendor/vendor-sync.mjs", ...words, ...dir);
}

// lib/vendor-sync/refused.ts
var Refused = class extends Error {
  name = "Refused";
  /** Commands or actions that mend it, most useful first. */
  next;
  constructor(message, next = []) {
    super(message);
    this.next = next;
  }
};

// lib/vendor-sync/source.ts
function parseSource(text, option) {
  const match = /^([\w.-]+\/[\w.-]+)@(.*)$/s.exec(text);
  const [repo, ref] = [match?.[1], match?.[2]];
  if (repo === void 0 || ref === void 0 || /(^|\/)\.{1,2}(\/|$)/.test(repo)) {
    return { kind: "folder", path: text };
  }
  if (!isRefName(ref)) {
    throw new UsageError(
      `Cannot use ${option}: "${ref}" is no ref; give owner/repo@ref with a tag, a branch or a whole commit SHA`
    );
  }
  return { kind: "forge", repo, ref };
}
function isRefName(ref) {
  if (ref === "" || ref === "@" || ref.length > 200) return false;
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$|^[/-]/.test(ref)) return false;
  return ref.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock"));
}
function nameSource(source) {
  return source.kind === "forge" ? source.repo : source.path;
}
function writeSource(source) {
  return source.kind === "forge" ? `${source.repo}@${source.ref}` : source.path;
}

// lib/vendor-sync/moved-tag.ts
function assertNotMoved(lock, source, resolved, folder) {
  if (lock === null || nameTag(lock.source, lock.ref) !== nameTag(source.repo, source.ref)) return;
  if (resolved.kind !== "tag" || lock.commit === resolved.commit) return;
  throw new Refused(
    `Cannot accept ${writeSource(source)}: the tag was moved, from commit ${lock.commit} to ${resolved.commit}; nothing was written, ask who moved it`,
    [
      `if it was moved on purpose: ${vendorSync(folder, "update", "--from", `${source.repo}@${resolved.commit}`)}`
    ]
  );
}
function nameTag(repo, ref) {
  return `${repo.toLowerCase()}@${(ref ?? "").replace(/^refs\/tags\//, "")}`;
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
  const run4 = payload.field("workflow_run");
  return {
    headSha: run4.field("head_sha").sha(),
    headBranch: run4.optional("head_branch")?.text() ?? null,
    path: run4.optional("path")?.text() ?? null,
    event: run4.optional("event")?.text() ?? null,
    status: run4.optional("status")?.text() ?? null,
    conclusion: run4.optional("conclusion")?.text() ?? null,
    origin: readOrigin(payload, run4, ours)
  };
}
function readOrigin(payload, run4, ours) {
  const fields = run4.raw();
  if (!("head_repository" in fields)) return "same";
  if (fields["head_repository"] === null) return "gone";
  const from = run4.field("head_repository").field("full_name").text();
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
  return new Promise((resolve3, reject) => {
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
        resolve3(new Response(body, { status, headers }));
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
      await new Promise((resolve3) => setImmediate(resolve3));
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

// lib/vendor-sync/options.ts
var folderOption = {
  dir: oneOr({
    help: "the folder the scripts are kept in",
    value: "DIR",
    variables: ["VENDOR_SYNC_DIR"],
    fallback: "vendor",
    parse: asText
  })
};
var { repo: _, ...serverOptions } = forgeOptions;
var sourceOptions = {
  from: one({
    help: "where the scripts come from: a repository at a tag, branch or commit, or a folder that holds vendor/",
    value: "OWNER/REPO@REF|DIR",
    variables: ["VENDOR_SYNC_FROM"],
    shown: "the lock's",
    parse: parseSource
  }),
  ...folderOption,
  "dry-run": flag({
    help: "read, check and decide everything, write nothing",
    variables: ["VENDOR_SYNC_DRY_RUN"]
  }),
  ...serverOptions
};
function openSourceForge(call, repo) {
  const context = readContext({ ...call, options: { ...call.options, repo } });
  const own = call.environment.get("GITHUB_API_URL") ?? call.environment.get("GITHUB_SERVER_URL");
  const isNamed = call.options["token-env"] !== null || call.environment.get("SWITCHYARD_TOKEN") !== void 0;
  const isElsewhere = own !== void 0 && originOf(own) !== originOf(context.apiUrl);
  return openForge(isElsewhere && !isNamed ? { ...context, token: void 0 } : context, repo);
}
function originOf(url) {
  try {
    return new URL(url).host.replace(/^api\.(github\.com)$/, "$1");
  } catch {
    return null;
  }
}

// lib/vendor-sync/report.ts
function describeLock(lock) {
  const from = lock.ref === null ? lock.source : `${lock.source}@${lock.ref}`;
  const facts = [lock.version, lock.commit === null ? null : `commit ${shortSha(lock.commit)}`];
  const known = facts.filter((fact) => fact !== null).join(", ");
  return known === "" ? from : `${from} (${known})`;
}
function outputsOf(lock, changed) {
  return {
    commit: lock?.commit ?? "",
    version: lock?.version ?? "",
    changed: JSON.stringify(changed)
  };
}
function reportTaken(taken, { done, folder, dryRun }) {
  const { lock } = taken;
  const changed = taken.changed.map(({ file }) => file);
  const decision = changed.length === 0 ? "in-sync" : dryRun ? "dry-run" : done;
  const what = `${countOf(lock.files.size, "script")} of ${describeLock(lock)}`;
  const reason = decision === "in-sync" ? `${folder} holds ${what} already` : decision === "dry-run" ? `would write ${changed.join(", ")} to ${folder}: ${what}` : `${folder} holds ${what}; written: ${changed.join(", ")}`;
  return {
    decision,
    exit: 0,
    proceed: true,
    reason,
    changed: decision === done,
    subject: { source: lock.source },
    evidence: [...lock.files].map(([file, sum]) => ({ what: file, value: sum })),
    outputs: outputsOf(lock, changed),
    details: { ...lock, files: Object.fromEntries(lock.files), changed },
    summary: renderTable(
      ["File", "SHA-256", "State"],
      [...lock.files].map(([file, sum]) => [file, sum, changed.includes(file) ? decision : "unchanged"])
    ),
    next: decision === done ? [`commit ${folder}, and let the job run: ${vendorSync(folder, "check")}`] : []
  };
}
async function refusing(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return {
      decision: "refused",
      exit: 1,
      proceed: false,
      reason: error.message,
      next: error.next,
      changed: false,
      outputs: outputsOf(null, [])
    };
  }
}

// lib/vendor-sync/script-name.ts
function isScriptFile(file) {
  return /^[a-z0-9][a-z0-9-]{0,99}\.mjs$/.test(file);
}
function parseNames(names) {
  const files = names.map((name) => {
    const file = name.endsWith(".mjs") ? name : `${name}.mjs`;
    if (isScriptFile(file)) return file;
    throw new UsageError(
      `Cannot use "${name}": it is no script's name; give it as e2e-gate, without a folder before it`
    );
  });
  return [...new Set(files)];
}
function findVersion(bytes) {
  return readHead(bytes)?.version ?? null;
}
function isOurs(bytes) {
  return readHead(bytes) !== null;
}
function readHead(bytes) {
  const head = bytes.subarray(0, 400).toString("utf8");
  const match = /^\/\/ [a-z0-9-]+ (\S+)\r?\n\/\/ Built from scripts\/[a-z0-9-]+\.ts of switchyard\b/.exec(
    head
  );
  return match === null ? null : { version: match[1] };
}

// lib/vendor-sync/snapshot.ts
import { realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

// lib/forge/contents.ts
function fetchFileBytes(forge, path, ref) {
  const call = contentsCall(forge, path, ref);
  return forge.api.find(call, (body) => {
    if (Array.isArray(body.raw())) {
      if (body.list().length > 0) throw new ShapeError("it is a folder");
      if (isFullSha(ref)) throw new ShapeError("an empty list, as of a repository without commits");
      return null;
    }
    const named = body.optional("path")?.text();
    if (named !== void 0 && named !== path) throw new ShapeError(`it is the file "${named}"`);
    const name = body.optional("name")?.text();
    if (name !== void 0 && name !== path.split("/").at(-1))
      throw new ShapeError(`it is the file "${name}"`);
    if (body.field("encoding").text() !== "base64")
      throw new ShapeError('"encoding" is not base64 (the file is too large)');
    return decodeContent(body);
  });
}
function decodeContent(body) {
  const packed = body.field("content").text().replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw new ShapeError('"content" is not base64');
  const bytes = Buffer.from(packed, "base64");
  const size = body.optional("size")?.count();
  if (size !== void 0 && size !== bytes.length) {
    throw new ShapeError(`"content" has ${bytes.length} bytes of ${size}`);
  }
  return bytes;
}
function contentsCall(forge, path, ref) {
  return {
    purpose: `read ${path} of ${forge.repo} at ${ref}`,
    path: `${repoPath(forge.repo)}/contents/${filePath(path)}`,
    query: { ref }
  };
}
function missingFile(forge, path, ref) {
  return new CouldNotTell(
    `Cannot read ${path} of ${forge.repo}: the commit ${ref} has no such file; check the file's name, and that the commit is of this repository`
  );
}

// lib/forge/trees.ts
function readTreeEntries(body) {
  const rows = body.field("tree").list();
  return rows.map((row2) => ({
    path: row2.field("path").text(),
    mode: row2.field("mode").text(),
    type: row2.field("type").text(),
    sha: row2.field("sha").sha()
  }));
}

// lib/forge/folder-tree.ts
async function fetchFolderBlobs(forge, commit, folder) {
  const purpose = `read ${folder}/ of ${forge.repo} at ${commit}`;
  const root = await fetchEntries(forge, commit, purpose);
  const tree = root.find((entry2) => entry2.path === folder && entry2.type === "tree");
  if (tree === void 0) {
    throw new CouldNotTell(
      `Cannot ${purpose}: there is no such folder; check that the repository is a copy of switchyard`
    );
  }
  const entries = await fetchEntries(forge, tree.sha, purpose);
  const files = entries.filter((entry2) => entry2.type === "blob" && /^1?00(644|755)$/.test(entry2.mode));
  return new Map(files.map((entry2) => [entry2.path, entry2.sha]));
}
function fetchEntries(forge, sha, purpose) {
  const call = { purpose, path: `${repoPath(forge.repo)}/git/trees/${sha}` };
  return forge.api.read(call, (body) => {
    const entries = readTreeEntries(body);
    if (!body.field("truncated").flag()) return entries;
    throw new CouldNotTell(
      `Cannot ${purpose}: the server cuts the list after ${entries.length} entries; give a folder, --from DIR`
    );
  });
}

// lib/forge/refs.ts
var deepestTag = 5;
async function resolveRef(forge, ref) {
  if (isFullSha(ref)) return { kind: "commit", commit: ref.toLowerCase() };
  const whole = /^refs\/(tags|heads)\/(.+)$/.exec(ref);
  const ask = (kind, name) => fetchRef(forge, `${kind}/${name}`);
  const [tag, branch] = whole ? whole[1] === "tags" ? [await ask("tags", whole[2]), null] : [null, await ask("heads", whole[2])] : await Promise.all([ask("tags", ref), ask("heads", ref)]);
  if (tag !== null) {
    const commit = await peel(forge, tag);
    return { kind: branch !== null && branch.sha !== commit ? "ambiguous" : "tag", commit };
  }
  if (branch !== null) return { kind: "branch", commit: branch.sha };
  const [why, mend] = forge.api.hasToken ? [", or the token may not see it", "check both, a commit is named by its whole SHA"] : ["", `check the name (a commit is named by its whole SHA), ${setToken}`];
  throw new CouldNotTell(
    `Cannot find "${ref}" in ${forge.repo}: it has no tag and no branch of that name${why}; ${mend}${orElsewhere(forge.api.url)}`
  );
}
async function fetchTagNames(forge) {
  const call = {
    purpose: `read the tags of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/${forge.kind === "github" ? "matching-refs/tags/" : "refs/tags"}`
  };
  const refs = await forge.api.find(call, readRefs) ?? [];
  return refs.flatMap(({ name }) => name.startsWith("refs/tags/") ? [name.slice("refs/tags/".length)] : []);
}
async function fetchRef(forge, name) {
  const call = {
    purpose: `read refs/${name} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/${forge.kind === "github" ? "ref" : "refs"}/${filePath(name)}`
  };
  const refs = await forge.api.find(call, readRefs) ?? [];
  return refs.find((ref) => ref.name === `refs/${name}`) ?? null;
}
function readRefs(body) {
  const rows = Array.isArray(body.raw()) ? body.list() : [body];
  return rows.map((row2) => {
    const object = row2.field("object");
    return {
      name: row2.field("ref").text(),
      type: object.field("type").text(),
      sha: object.field("sha").sha()
    };
  });
}
async function peel(forge, ref) {
  let { type, sha } = ref;
  for (let depth = 0; type === "tag" && depth < deepestTag; depth++) {
    const call = {
      purpose: `read ${ref.name} of ${forge.repo}`,
      path: `${repoPath(forge.repo)}/git/tags/${sha}`
    };
    ({ type, sha } = await forge.api.read(call, (body) => {
      const object = body.field("object");
      return { type: object.field("type").text(), sha: object.field("sha").sha() };
    }));
  }
  if (type === "commit") return sha;
  throw new CouldNotTell(
    `Cannot use ${ref.name} of ${forge.repo}: it names a ${type}; give a tag of a commit`
  );
}

// lib/crypto.ts
import { createRequire } from "node:module";
function createHash(algorithm) {
  return loadCrypto().createHash(algorithm);
}
function randomId() {
  return loadCrypto().randomUUID();
}
function loadCrypto() {
  return createRequire(import.meta.url)("node:crypto");
}

// lib/vendor-sync/sums.ts
function parseSums(text, from) {
  const sums = /* @__PURE__ */ new Map();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const match = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line);
    if (match === null) {
      throw new CouldNotTell(
        `Cannot read ${from}: line ${index + 1} is no "<sha256>  <file>"; check that the source is a copy of switchyard`
      );
    }
    const [sum, file] = [match[1].toLowerCase(), match[2]];
    if (/[/\\]|^\.|[\u0000-\u001f\u007f]/.test(file)) {
      throw new Refused(
        `Cannot accept ${from}: it lists "${file}", a name that leaves the folder; look at who changed the source`
      );
    }
    if (!isScriptFile(file)) continue;
    if (sums.has(file) && sums.get(file) !== sum) {
      throw new Refused(
        `Cannot accept ${from}: it lists ${file} twice, with two sums; look at who changed it`
      );
    }
    sums.set(file, sum);
  }
  if (sums.size > 0) return sums;
  throw new CouldNotTell(
    `Cannot read ${from}: it lists no script; check that the source is a copy of switchyard`
  );
}
function sumOf(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
function assertKnown(files, sums, where) {
  const unknown = files.find((file) => !sums.has(file));
  if (unknown === void 0) return;
  const known = [...sums.keys()].map((file) => file.replace(/\.mjs$/, "")).join(", ");
  throw new UsageError(
    `Cannot find the script "${unknown.replace(/\.mjs$/, "")}" in ${where}: it is not listed there; give one of ${known}`
  );
}
function assertSum(file, bytes, sums, where) {
  const found = sumOf(bytes);
  if (found === sums.get(file)) return;
  throw new Refused(
    `Cannot accept ${file} of ${where}: its SHA-256 is ${found}, SHA256SUMS says ${sums.get(file)}; nothing was written, look at who changed the source`
  );
}

// lib/vendor-sync/snapshot.ts
var folderOfScripts = "vendor";
async function openForgeSnapshot(source, forge, resolved) {
  const { commit } = resolved;
  const path = `${folderOfScripts}/SHA256SUMS`;
  const [blobs, list] = await Promise.all([
    fetchFolderBlobs(forge, commit, folderOfScripts),
    fetchFileBytes(forge, path, commit)
  ]);
  const checked = (file, bytes) => {
    const whole = `${folderOfScripts}/${file}`;
    const blob = blobs.get(file);
    if (blob === void 0 || bytes === null) throw missingFile(forge, whole, commit);
    if (blobName(bytes, blob.length) === blob) return bytes;
    throw new CouldNotTell(
      `Cannot read ${whole} of ${forge.repo} at ${commit}: the content that came is not the one of this commit; check what stands between here and the server`
    );
  };
  const where = writeSource(source);
  return {
    source,
    resolved,
    where,
    sums: parseSums(checked("SHA256SUMS", list).toString("utf8"), `${path} of ${where}`),
    read: async (file) => checked(file, await fetchFileBytes(forge, `${folderOfScripts}/${file}`, commit))
  };
}
async function resolveSource(source, forge) {
  const resolved = await resolveRef(forge, source.ref);
  if (resolved.kind !== "ambiguous") return resolved;
  throw new UsageError(
    `Cannot use --from ${writeSource(source)}: ${source.ref} is a tag and a branch, on two commits; give refs/tags/${source.ref} or refs/heads/${source.ref}`
  );
}
function openFolderSnapshot(source) {
  const folder = join(source.path, folderOfScripts);
  const read2 = (file) => readInside(source.path, join(folder, file));
  const sums = parseSums(read2("SHA256SUMS").toString("utf8"), join(folder, "SHA256SUMS"));
  const where = nameSource(source);
  return { source, resolved: null, where, sums, read: (file) => Promise.resolve().then(() => read2(file)) };
}
function readInside(root, path) {
  try {
    const way = relative(realpathSync(resolve(root)), realpathSync(path));
    if (way.split(sep)[0] === ".." || resolve(way) === way) {
      throw new Refused(
        `Cannot accept ${path}: it is a link out of "${root}"; give the folder that holds the files`
      );
    }
    return readBytes(path);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new CouldNotTell(
      `Cannot read ${path}: ${error.message}; give the folder that holds vendor/ as --from DIR, or a repository as --from owner/repo@ref`,
      { cause: error }
    );
  }
}
function blobName(bytes, length) {
  const hash = createHash(length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

// lib/vendor-sync/locked-source.ts
function sourceOfLock(lock) {
  const { source, ref } = lock;
  if (ref === null) return { kind: "folder", path: source };
  if (/^[\w.-]+\/[\w.-]+$/.test(source) && !/(^|\/)\.{1,2}(\/|$)/.test(source) && isRefName(ref)) {
    return { kind: "forge", repo: source, ref };
  }
  throw new Refused(
    `Cannot use the lock's source: "${source}@${ref}" is no owner/repo@ref; give --from owner/repo@ref`
  );
}

// lib/vendor-sync/take.ts
import { join as join3 } from "node:path";

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

// lib/vendor-sync/lock.ts
var lockFile = "switchyard.lock.json";
function renderLock(lock) {
  const { source, ref, commit, version: version2 } = lock;
  const files = Object.fromEntries([...lock.files].sort(([one2], [two]) => one2 < two ? -1 : 1));
  return `${JSON.stringify({ schema: 1, source, ref, commit, version: version2, files }, null, 2)}
`;
}
function parseLock(text, path) {
  const refuse = (found) => new Refused(`Cannot accept ${path}: ${found}; restore it, or delete it and add the scripts again`, [
    shellCommand("git", "checkout", "--", path)
  ]);
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw refuse("it is not whole JSON (half-written, or a merge conflict is in it)");
  }
  const lock = asObject(body);
  if (lock === null) throw refuse("it is no JSON object");
  if (lock["schema"] !== 1)
    throw refuse(`its schema is ${JSON.stringify(lock["schema"]) ?? "missing"}, not 1`);
  const { source, ref, commit, version: version2 } = lock;
  if (typeof source !== "string" || source === "") throw refuse("it names no source");
  if (!isTextOrNull(ref) || !isTextOrNull(version2)) throw refuse('its "ref" or "version" is no text');
  if (!isTextOrNull(commit) || commit !== null && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) {
    throw refuse('its "commit" is no commit SHA');
  }
  if (ref === null !== (commit === null)) throw refuse('it has only one of "ref" and "commit"');
  const files = Object.entries(asObject(lock["files"]) ?? {});
  if (files.length === 0) throw refuse("it locks no file");
  for (const [file, sum] of files) {
    if (!isScriptFile(file)) throw refuse(`it locks "${file}", which is no script's file in this folder`);
    if (typeof sum !== "string" || !/^[0-9a-f]{64}$/.test(sum))
      throw refuse(`the sum of ${file} is no SHA-256`);
  }
  return { source, ref, commit, version: version2, files: new Map(files) };
}
function asObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}
function isTextOrNull(value) {
  return value === null || typeof value === "string";
}

// lib/vendor-sync/replace-files.ts
import {
  closeSync as closeSync3,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync as openSync3,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync as statSync3,
  writeSync as writeSync2
} from "node:fs";
import { join as join2 } from "node:path";
var leftover = /^\.switchyard-[0-9a-f-]{36}\.tmp$/;
function replaceFiles(folder, files) {
  const made = [];
  const placed = [];
  let doing = folder;
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (leftover.test(name)) rmSync(join2(folder, name));
    const temporary = files.map((file) => {
      doing = join2(folder, file.file);
      const path = join2(folder, `.switchyard-${randomId()}.tmp`);
      made.push(path);
      writeWhole(path, file.bytes);
      return { file, path };
    });
    assertUntouched(folder, files);
    for (const { file, path } of temporary) {
      doing = join2(folder, file.file);
      renameSync(path, doing);
      placed.push(file);
    }
  } catch (error) {
    if (error instanceof Overtaken) {
      made.forEach(remove);
      throw error;
    }
    const left = putBack(folder, placed);
    for (const path of made) remove(path);
    const state = left.length === 0 ? "nothing was changed" : `${left.join(", ")} could not be put back`;
    throw new CouldNotTell(
      `Cannot write ${doing}: ${error.message} (${state}); mend the disk or its rights, then run again`,
      { cause: error }
    );
  }
}
var Overtaken = class extends CouldNotTell {
  name = "CouldNotTell";
};
function assertUntouched(folder, files) {
  for (const { file, old } of files) {
    const path = join2(folder, file);
    const there = existsSync(path) && statSync3(path).isFile() ? readFileSync(path) : null;
    if (old === null ? there === null : there?.equals(old)) continue;
    throw new Overtaken(
      `Cannot write ${path}: it was changed since it was read, maybe by another run of this script (nothing was changed); run it again`
    );
  }
}
function writeWhole(path, bytes) {
  const descriptor = openSync3(path, "wx", 420);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync2(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync3(descriptor);
  }
}
function putBack(folder, placed) {
  return placed.flatMap(({ file, old }) => {
    try {
      const path = join2(folder, file);
      if (old === null) rmSync(path);
      else {
        const temporary = join2(folder, `.switchyard-${randomId()}.tmp`);
        writeWhole(temporary, old);
        renameSync(temporary, path);
      }
      return [];
    } catch {
      return [file];
    }
  });
}
function remove(path) {
  try {
    rmSync(path, { force: true });
  } catch {
  }
}

// lib/vendor-sync/take.ts
async function prepare(snapshot, folder, old, files) {
  const kept = [...old?.files ?? []].filter(([file]) => !files.includes(file));
  assertKeepable(kept, snapshot, folder.name);
  const contents = await mapBounded([...files].sort(), 4, async (file) => {
    const bytes = await snapshot.read(file);
    assertSum(file, bytes, snapshot.sums, snapshot.where);
    return { file, bytes };
  });
  const sums = contents.map(({ file }) => [file, snapshot.sums.get(file)]);
  const { source, resolved } = snapshot;
  const lock = {
    source: nameSource(source),
    ref: source.kind === "forge" ? source.ref : null,
    commit: resolved?.commit ?? null,
    version: contents.map(({ bytes }) => findVersion(bytes)).find((version2) => version2 !== null) ?? null,
    files: new Map([...kept, ...sums])
  };
  const wanted = [...contents, { file: lockFile, bytes: Buffer.from(renderLock(lock)) }];
  const changed = wanted.map(({ file, bytes }) => ({ file, bytes, old: folder.read(file) })).filter(({ bytes, old: there }) => there === null || !there.equals(bytes));
  return { lock, changed };
}
function write(folder, { changed }, log) {
  if (changed.length > 0) replaceFiles(folder.name, changed);
  for (const { file, old } of changed)
    log.line(`${old === null ? "new" : "changed"}: ${join3(folder.name, file)}`);
}
function assertKeepable(kept, { sums, where }, folder) {
  const other = kept.filter(([file, sum]) => sums.get(file) !== sum).map(([file]) => file);
  if (other.length === 0) return;
  throw new Refused(
    `Cannot take these files alone from ${where}: ${other.join(", ")} would be of another commit, and the lock names one for all; update all of them first`,
    [vendorSync(folder, "update", ...optionWords("--from", where))]
  );
}

// lib/vendor-sync/vendor-folder.ts
import { existsSync as existsSync2, lstatSync, readdirSync as readdirSync2, realpathSync as realpathSync2, statSync as statSync4 } from "node:fs";
import { dirname, isAbsolute, join as join4, relative as relative2, resolve as resolve2, sep as sep2 } from "node:path";
function openVendorFolder(name) {
  assertInside(name);
  const read2 = (file) => readPlainFile(join4(name, file));
  return {
    name,
    read: read2,
    readLock() {
      const bytes = read2(lockFile);
      return bytes === null ? null : parseLock(bytes.toString("utf8"), join4(name, lockFile));
    },
    listOurs: () => listModules(name).filter((file) => isOurs(readAny(join4(name, file))))
  };
}
function assertInside(name) {
  if (existsSync2(name) && !statSync4(name).isDirectory()) {
    throw new UsageError(
      `Cannot use --dir: "${name}" is no folder; give the folder of the scripts, as vendor`
    );
  }
  if (isAbsolute(name) || name.split(/[/\\]/).includes("..")) return;
  let there = resolve2(name);
  while (!existsSync2(there)) there = dirname(there);
  const way = relative2(realpathSync2("."), realpathSync2(there));
  if (way === ".." || way.startsWith(`..${sep2}`) || isAbsolute(way)) {
    throw new Refused(
      `Cannot use the folder ${name}: it is a link to "${realpathSync2(there)}", outside of this one; make it a folder, or give that one as --dir`
    );
  }
}
function readPlainFile(path) {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === void 0) return null;
  if (found.isSymbolicLink() || !found.isFile()) {
    const kind = found.isSymbolicLink() ? "a link" : "no file";
    throw new Refused(
      `Cannot accept ${path}: it is ${kind}, and may lead out of the folder; remove it, then run again`
    );
  }
  return readAny(path);
}
function readAny(path) {
  try {
    return readBytes(path);
  } catch (error) {
    throw new CouldNotTell(`Cannot read ${path}: ${error.message}; check who may read it`, {
      cause: error
    });
  }
}
function listModules(name) {
  try {
    return readdirSync2(name).filter(
      (file) => file.endsWith(".mjs") && (statSync4(join4(name, file), { throwIfNoEntry: false })?.isFile() ?? false)
    ).sort();
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw new CouldNotTell(
      `Cannot read the folder ${name}: ${error.message}; check who may read it`,
      {
        cause: error
      }
    );
  }
}

// lib/vendor-sync/add.ts
var add = defineCommand({
  name: "add",
  summary: "take the named scripts (none named: all) and lock them",
  positionals: "[NAME …]",
  options: sourceOptions,
  main: (call) => refusing(() => run(call))
});
async function run(call) {
  const { options: options2 } = call;
  call.onStop(() => "nothing was written");
  const named = parseNames(call.positionals);
  const folder = openVendorFolder(options2.dir);
  const lock = folder.readLock();
  const snapshot = await open(call, lock);
  assertKnown(named, snapshot.sums, snapshot.where);
  const files = named.length > 0 ? named : [...snapshot.sums.keys()];
  const taken = await prepare(snapshot, folder, lock, files);
  if (!options2["dry-run"]) write(folder, taken, call.log);
  return reportTaken(taken, { done: "added", folder: folder.name, dryRun: options2["dry-run"] });
}
async function open(call, lock) {
  const source = call.options.from ?? (lock === null ? null : sourceOfLock(lock));
  if (source === null) {
    throw new UsageError(
      "Cannot add without --from: there is no lock yet that names a source; give --from owner/repo@ref, or --from DIR"
    );
  }
  if (source.kind === "folder") return openFolderSnapshot(source);
  const forge = openSourceForge(call, source.repo);
  const locked = call.options.from === null ? lock?.commit ?? null : null;
  const resolved = locked === null ? await resolveSource(source, forge) : { kind: "commit", commit: locked };
  assertNotMoved(lock, source, resolved, call.options.dir);
  return openForgeSnapshot(source, forge, resolved);
}

// lib/vendor-sync/check.ts
import { join as join5 } from "node:path";
var check = defineCommand({
  name: "check",
  summary: "is every locked script here and unchanged, and none of ours that is not locked? No network",
  positionals: "[NAME …]",
  options: folderOption,
  main: (call) => refusing(() => run2(call))
});
function run2(call) {
  const named = parseNames(call.positionals);
  const folder = openVendorFolder(call.options.dir);
  const lock = folder.readLock();
  if (lock === null) {
    throw new Refused(
      `Cannot check ${folder.name}: there is no ${lockFile}, so nothing says what belongs there; add the scripts`,
      [vendorSync(folder.name, "add", "NAME", "--from", "owner/repo@ref")]
    );
  }
  const stranger = named.find((file) => !lock.files.has(file));
  if (stranger !== void 0) {
    throw new UsageError(
      `Cannot check "${stranger.replace(/\.mjs$/, "")}": it is not locked; give one of ${[...lock.files.keys()].join(", ")}, or add it`
    );
  }
  const { drift, notes } = findDrift(folder, lock, named);
  const rows = Object.entries(drift).flatMap(
    ([state, files]) => files.map((file) => [state, file])
  );
  for (const [state, file] of rows) {
    const path = join5(folder.name, file);
    call.log.error(`${state}: ${path}`, state === "missing" ? void 0 : { file: path });
  }
  return report(lock, folder.name, { drift, notes, rows, count: named.length || lock.files.size });
}
function findDrift(folder, lock, named) {
  const drift = { modified: [], missing: [], extra: [] };
  const notes = /* @__PURE__ */ new Map();
  for (const [file, sum] of lock.files) {
    if (named.length > 0 && !named.includes(file)) continue;
    const bytes = readOrRefuse(folder, file);
    if (bytes === null) drift.missing.push(file);
    else if (bytes === "refused" || sumOf(bytes) !== sum) drift.modified.push(file);
    if (bytes === "refused") notes.set(file, "link");
    else if (bytes !== null && sumOf(bytes) !== sum && sumOf(withoutReturns(bytes)) === sum)
      notes.set(file, "line ends");
  }
  if (named.length === 0) drift.extra.push(...folder.listOurs().filter((file) => !lock.files.has(file)));
  return { drift, notes };
}
function withoutReturns(bytes) {
  return Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
function readOrRefuse(folder, file) {
  try {
    return folder.read(file);
  } catch (error) {
    if (error instanceof Refused) return "refused";
    throw error;
  }
}
function report(lock, folder, {
  drift,
  notes,
  rows,
  count
}) {
  const isClean = rows.length === 0;
  const found = rows.map(([state, file]) => `${state}: ${file}${tell(notes.get(file))}`).join(", ");
  const mend = suggestMend(drift, folder, notes);
  return {
    decision: isClean ? "in-sync" : "drifted",
    exit: isClean ? 0 : 1,
    proceed: isClean,
    reason: isClean ? `${folder} holds the ${countOf(count, "locked script")} of ${describeLock(lock)}, unchanged` : `Cannot accept ${folder}: ${found}; ${mend[0]?.startsWith("delete ") ? mend.slice(0, 2).join(", then ") : `run "${mend[0]}"`}`,
    changed: false,
    subject: { source: lock.source },
    evidence: rows.map(([state, file]) => ({ what: file, value: state })),
    outputs: {
      ...outputsOf(lock, []),
      modified: JSON.stringify(drift.modified),
      missing: JSON.stringify(drift.missing),
      extra: JSON.stringify(drift.extra)
    },
    details: { ...drift },
    summary: renderTable(
      ["State", "File"],
      rows.map((row2) => [...row2])
    ),
    next: mend
  };
}
function tell(note) {
  if (note === void 0) return "";
  return note === "link" ? " (it is no plain file)" : " (in its line ends alone)";
}
function suggestMend({ modified, missing, extra }, folder, notes) {
  const pathOf2 = (file) => join5(folder, file);
  const changed = [...modified, ...missing].filter((file) => notes.get(file) !== "line ends").map(pathOf2);
  const update2 = vendorSync(folder, "update");
  return [
    // Nothing is written over what is no plain file.
    ...modified.filter((file) => notes.get(file) === "link").map((file) => `delete ${pathOf2(file)}`),
    ...modified.length + missing.length === 0 ? [] : [update2],
    ...changed.length === 0 ? [] : [`or, as they were committed: ${shellCommand("git", "checkout", "--", ...changed)}`],
    ...[...notes.values()].includes("line ends") ? [
      `so that git leaves their line ends alone, commit ${pathOf2(".gitattributes")} with the line "*.mjs -text"`
    ] : [],
    ...extra.flatMap((file) => [
      vendorSync(folder, "add", file.replace(/\.mjs$/, "")),
      `or delete ${pathOf2(file)}`
    ])
  ];
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
  return Array.from({ length: 12 }, (_2, index) => parts[index] ?? 0);
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

// lib/vendor-sync/newer.ts
async function findNewer({ lock, source, forge, resolved, isGiven }) {
  if (source.kind === "folder") {
    const { sums } = openFolderSnapshot(source);
    const other = [...lock.files].filter(([file, sum]) => sums.get(file) !== sum).map(([file]) => file);
    const from = nameSource(source);
    return other.length === 0 ? null : { from, reason: `${from} holds other content of ${other.join(", ")}` };
  }
  const isLocked = lock.source === source.repo && lock.commit === resolved?.commit;
  if (resolved !== null && !isLocked && (isGiven || resolved.kind === "branch")) {
    const commits = `locked is commit ${shortSha(lock.commit ?? "none")}, it is on ${shortSha(resolved.commit)}`;
    return {
      from: writeSource(source),
      reason: `${writeSource(source)} is another one than the lock's: ${commits}`
    };
  }
  if (isGiven || forge === null || resolved?.kind === "branch") return null;
  const here = resolved?.kind === "tag" ? source.ref.replace(/^refs\/tags\//, "") : lock.version;
  const tag = newestTag(await fetchTagNames(forge), [here, lock.version]);
  if (tag === null) return null;
  return {
    from: `${source.repo}@${tag}`,
    reason: `${source.repo} has ${tag}, newer than ${here ?? lock.ref}`
  };
}
function newestTag(tags, ours) {
  const mine = ours.find((text) => text !== null && compareVersions(text, text) !== null) ?? null;
  if (mine === null) return null;
  const isPreRelease = (text) => /\d-?(alpha|beta|rc|pre|dev|a|b|c)|\d-/i.test(text);
  let best = null;
  for (const tag of tags) {
    if (isPreRelease(tag) && !isPreRelease(mine)) continue;
    if ((compareVersions(tag, best ?? mine) ?? 0) > 0) best = tag;
  }
  return best;
}

// lib/vendor-sync/update.ts
var options = {
  ...sourceOptions,
  check: flag({ help: "only say whether there is a newer ref: exit 1 if so; writes nothing" })
};
var update = defineCommand({
  name: "update",
  summary: "take the locked scripts again, from where their ref stands now, or from another ref",
  positionals: "[NAME …]",
  options,
  main: (call) => refusing(() => run3(call))
});
async function run3(call) {
  const { options: given } = call;
  call.onStop(() => "nothing was written");
  const named = parseNames(call.positionals);
  const folder = openVendorFolder(given.dir);
  const lock = folder.readLock();
  if (lock === null) {
    throw new Refused(`Cannot update ${folder.name}: there is no ${lockFile}; add scripts first`, [
      vendorSync(folder.name, "add", "NAME", "--from", "owner/repo@ref")
    ]);
  }
  const stranger = named.find((file) => !lock.files.has(file));
  if (stranger !== void 0) {
    throw new UsageError(
      `Cannot update "${stranger.replace(/\.mjs$/, "")}": it is not locked; give one of ${[...lock.files.keys()].join(", ")}, or add it`
    );
  }
  const source = given.from ?? sourceOfLock(lock);
  const forge = source.kind === "forge" ? openSourceForge(call, source.repo) : null;
  const resolved = source.kind === "forge" && forge !== null ? await resolveSource(source, forge) : null;
  if (source.kind === "forge" && resolved !== null) assertNotMoved(lock, source, resolved, folder.name);
  if (given.check) {
    const newer = await findNewer({ lock, source, forge, resolved, isGiven: given.from !== null });
    return verdictOfCheck(lock, folder.name, newer);
  }
  const snapshot = source.kind === "folder" ? openFolderSnapshot(source) : await openForgeSnapshot(
    source,
    forge,
    resolved
  );
  const gone = [...lock.files.keys()].filter((file) => !snapshot.sums.has(file));
  if (gone.length > 0) {
    throw new Refused(
      `Cannot update ${gone.join(", ")}: ${snapshot.where} has no such script any more; delete the file and its line in ${lockFile}, then run again`
    );
  }
  const taken = await prepare(snapshot, folder, lock, named.length > 0 ? named : [...lock.files.keys()]);
  if (!given["dry-run"]) write(folder, taken, call.log);
  return reportTaken(taken, { done: "updated", folder: folder.name, dryRun: given["dry-run"] });
}
function verdictOfCheck(lock, folder, newer) {
  const isNewest = newer === null;
  return {
    decision: isNewest ? "in-sync" : "newer",
    exit: isNewest ? 0 : 1,
    proceed: isNewest,
    reason: isNewest ? `${describeLock(lock)} is the newest` : newer.reason,
    changed: false,
    subject: { source: lock.source },
    outputs: { ...outputsOf(lock, []), newer: newer?.from ?? "" },
    details: { newer: newer?.from ?? null },
    next: isNewest ? [] : [vendorSync(folder, "update", "--from", newer.from)]
  };
}

// scripts/vendor-sync.ts
var script = {
  name: "vendor-sync",
  summary: "Gets, updates and checks these scripts in a project: every file by its sum, all of one commit, all or nothing.",
  commands: [add, update, check],
  outputs: {
    decision: "add: added, in-sync, dry-run; update: updated, in-sync, dry-run, with --check in-sync or newer; check: in-sync, drifted; refused",
    proceed: "true where nothing is wrong",
    commit: "the locked commit; empty for a folder",
    version: "the version of the locked scripts",
    changed: "JSON list of the files that were written, or with --dry-run would be",
    newer: "update --check: what to give as --from",
    modified: "check: JSON list of files that differ from the lock",
    missing: "check: JSON list of locked files that are not there",
    extra: "check: JSON list of our scripts that are not locked",
    reason: "one sentence"
  },
  exits: {
    0: "written, or nothing to do; every locked file is unchanged; nothing newer",
    1: "refused: a sum, tag, lock or path is not to be trusted; drifted; no lock; something newer"
  }
};

// entry-vendor-sync.ts
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
