// auto-promote 1.0.0
// Built from scripts/auto-promote.ts of switchyard; do not edit: change the source and run "node build.mjs"

// lib/clock.ts
var longestTimerMs = 2 ** 31 - 1;
async function sleepInParts(ms, pause2) {
  for (let left = ms; left > 0; left -= longestTimerMs) await pause2(Math.min(left, longestTimerMs));
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
    const text2 = environment2.get(variable);
    if (text2 === void 0 || text2.trim() === "") continue;
    const value = option.read([text2], variable);
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
function disarmResult(text2) {
  if (/^\s*[[{]/.test(text2)) return disarmJson(text2);
  return /\s/.test(text2.trim()) ? text2.replaceAll("##[", "## [") : text2;
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
function escapeData(text2) {
  return text2.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function escapeProperty(text2) {
  return escapeData(text2).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
function oneLine(text2) {
  return text2.replace(/[\r\n]+/g, " ");
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
function print(descriptor, text2, ending = "\n") {
  const bytes = Buffer.from(text2 + ending);
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
function shellCommand(...words2) {
  return words2.map(shellWord).join(" ");
}
function isCommand(step) {
  return /^(node|git|gh|curl) /.test(step);
}
function optionWords(name, value) {
  return value.startsWith("-") ? [`${name}=${value}`] : [name, value];
}
function shellWord(text2) {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text2)) return text2;
  const [body = "", end = ""] = text2.split(/(\n*)$/);
  return hasControls(body) ? `"$(printf %b ${quote(escapeControls(body))})"${end && quote(end)}` : quote(text2);
}
function quote(text2) {
  return `'${text2.replaceAll("'", "'\\''").replaceAll("##[", "##''[")}'`;
}
function hasControls(text2) {
  return new RegExp("\\p{Cc}", "u").test(text2);
}
function escapeControls(text2) {
  const names = { "\\": "\\\\", "\n": "\\n", "	": "\\t", "\r": "\\r" };
  return text2.replace(
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
function redactResult(text2, redact) {
  if (!/^\s*[[{]/.test(text2)) return redact(text2);
  let body;
  try {
    body = JSON.parse(text2);
  } catch {
    return redact(text2);
  }
  const clean = JSON.stringify(
    body,
    (_, value) => typeof value === "string" ? redact(value) : value
  );
  return clean === JSON.stringify(body) ? text2 : clean;
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
  const body = rows.map((row2) => line(row2.map((text2) => /^\[.*\]\(\S+\)$/.test(text2) ? text2 : cell(text2))));
  return [line(head), line(head.map(() => "---")), ...body].join("\n");
}
function cell(text2) {
  return escapeMarkdown(text2).replaceAll("|", "\\|").replace(/[\r\n]+/g, " ") || " ";
}
function escapeMarkdown(text2) {
  return text2.replaceAll("<", "&lt;");
}
function cutAtLine(text2) {
  const bytes = Buffer.from(text2);
  if (bytes.length <= largestSummary) return text2;
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
  const redact = (text2) => redactResult(text2, (words2) => outlets.redactor.redact(words2));
  const record = redact(renderRecord(script2.name, version, verdict));
  const append = (name, text2) => {
    const file2 = environment2.get(name);
    if (file2) save(name, file2, () => appendWhole(file2, outlets.redactor.redact(text2)), log);
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
function entry(head, text2) {
  const lines = wrap(text2, 26);
  if (head.length > 22) return [`  ${head}`, ...lines];
  return [`  ${head.padEnd(24)}${(lines[0] ?? "").trim()}`, ...lines.slice(1)];
}
function wrap(text2, indent) {
  const lines = [];
  let line = "";
  for (const word of text2.split(" ")) {
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
    line(text2) {
      clearLive();
      const lines = redactor.redact(text2).split(/\r\n|\r|\n/);
      print(stream, lines.map(disarmLine).join("\n"));
    },
    notice: (text2, place) => annotate("notice", text2, place),
    warning: (text2, place) => annotate("warning", text2, place),
    error: (text2, place) => annotate("error", text2, place),
    progress(text2) {
      if (columns === null) return;
      print(2, `\r\x1B[2K${redactor.redact(text2).slice(0, columns - 1)}`, "");
      live = true;
    },
    close() {
      for (const line of annotations.overflow()) log.line(line);
    }
  };
  function annotate(kind, text2, place) {
    clearLive();
    const line = annotations.render(kind, redactor.redact(text2), place);
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
      const text2 = secret?.trim() ?? "";
      if (text2.length < shortestSecret) return;
      for (const form of formsOf(text2)) hidden.add(form);
      ordered = [...hidden].sort((a, b) => b.length - a.length);
    },
    redact(text2) {
      let clean = text2;
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
function dropCredentials(text2) {
  return text2.replace(
    /\b(authorization|proxy-authorization|set-cookie|cookie)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi,
    "$1$2***"
  ).replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,}/gi, "$1 ***").replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi, "$1").replace(/\b(https?:\/\/[^\s?#"'<>)\]]+)\?[^\s"'<>)\]]*/gi, "$1").replace(/(\/[^\s?#"'<>)\]]*)\?[\w.%[\]-]+=[^\s"'<>)\]\\]*/g, "$1");
}

// lib/duration.ts
var units = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };
function parseDuration(text2) {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text2);
  return match ? Number(match[1]) * units[match[2]] : null;
}
function formatDuration(ms) {
  if (ms < 1e3) return `${Math.round(ms)} ms`;
  if (ms < 12e4) return `${Math.round(ms / 1e3)} s`;
  if (ms < 72e5) return `${Math.round(ms / 6e4)} min`;
  if (ms < 1728e5) return `${Math.round(ms / 36e5)} h`;
  return `${Math.round(ms / 864e5)} d`;
}

// lib/sha.ts
function isFullSha(text2) {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text2);
}
function shortSha(sha) {
  return sha.slice(0, 7);
}

// lib/options.ts
function row(settings, read3) {
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
    read: read3
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
    (texts, source) => (source.startsWith("--") ? texts : texts.flatMap(split)).map((text2) => settings.parse(text2, source))
  );
}
function flag(settings) {
  return row(
    { ...settings, variables: settings.variables ?? [] },
    (texts, source) => texts[0] === void 0 ? false : readBoolean(texts[0], source)
  );
}
function flagByTrue(settings) {
  return row(settings, (texts) => texts[0]?.trim() === "true");
}
function splitList(text2) {
  return text2.split(/[\s,]+/).filter(Boolean);
}
function readBoolean(text2, source) {
  if (/^(true|1|yes|on)$/i.test(text2)) return true;
  if (/^(false|0|no|off)$/i.test(text2)) return false;
  throw new UsageError(`Cannot use ${source}: "${text2}" is neither true nor false; give true or false`);
}
var asText = (text2) => text2;
function asChoice(...choices) {
  return (text2, source) => {
    const found = choices.find((choice) => choice === text2);
    if (found === void 0) {
      throw new UsageError(`Cannot use ${source}: "${text2}" is not known; give ${listWords(choices)}`);
    }
    return found;
  };
}
var asDuration = (text2, source) => {
  const ms = parseDuration(text2);
  if (ms === null) {
    throw new UsageError(
      `Cannot use ${source}: "${text2}" is no duration; give it as 500ms, 60s, 15m, 1h or 2d`
    );
  }
  return ms;
};
var asPause = (text2, source) => {
  const ms = asDuration(text2, source);
  if (ms > 0) return ms;
  throw new UsageError(`Cannot use ${source}: "${text2}" is no time at all; give more, as 500ms or 15s`);
};
function asInteger(least, most) {
  return (text2, source) => {
    const value = /^\d{1,12}$/.test(text2) ? Number(text2) : Number.NaN;
    if (Number.isNaN(value) || value < least || value > most) {
      throw new UsageError(
        `Cannot use ${source}: "${text2}" is not allowed; give a whole number from ${least} to ${most}`
      );
    }
    return value;
  };
}
var asSha = (text2, source) => {
  if (!isFullSha(text2)) {
    throw new UsageError(`Cannot use ${source}: "${text2}" is no commit SHA; give all 40 or 64 hex digits`);
  }
  return text2.toLowerCase();
};
function isRepo(text2) {
  return /^[\w.-]+\/[\w.-]+$/.test(text2) && !text2.split("/").some((part) => /^\.{1,2}$/.test(part));
}
var asRepo = (text2, source) => {
  if (!isRepo(text2)) {
    throw new UsageError(`Cannot use ${source}: "${text2}" is no repository; give it as owner/name`);
  }
  return text2;
};
function listWords(words2) {
  return words2.length < 2 ? words2.join("") : `${words2.slice(0, -1).join(", ")} or ${words2.at(-1)}`;
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
function asBranch(text2, source) {
  const name = text2.trim().replace(/^refs\/heads\//, "");
  if (isBranchName(name)) return name;
  throw new UsageError(`Cannot use ${source}: "${text2.trim()}" is no branch; give its name, as main`);
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
  const text2 = decodeUtf8(bytes);
  if (text2 === null) throw new Error("it is not UTF-8: save it as that");
  return text2;
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
    const text2 = this.text();
    if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text2)) throw this.#wrong("a commit SHA");
    return text2.toLowerCase();
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
  const text2 = typeof source === "string" ? source : decodeUtf8(source);
  if (text2 === null) throw new ShapeError(`${place} is not UTF-8`);
  try {
    return new Shape(JSON.parse(text2), place);
  } catch {
    throw new ShapeError(`${place} is not JSON`);
  }
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
  let text2;
  try {
    text2 = readText(file);
  } catch (error) {
    throw cannotRead(`"${file}"`, error.message, error);
  }
  try {
    return new Shape(JSON.parse(text2), "the event");
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
function assertSafeUrl(text2, allowPlainHttp, what = "this URL") {
  let url;
  try {
    url = new URL(text2);
  } catch {
    throw new UsageError(`Cannot use ${what}: "${text2}" is no URL; give it as https://host/path`);
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
function quoteWords(text2, redactor) {
  return cutWords(joinWords(text2, redactor));
}
function joinWords(text2, redactor) {
  return redactor.redact(text2).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").replace(/\s+/g, " ").trim();
}
function cutWords(line) {
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : line;
}
function findWords(body) {
  const text2 = body.trim();
  if (/^<(!doctype|html|head|\?xml)/i.test(text2)) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text2)?.[1]?.trim();
    return title ? `an HTML page, "${title}"` : "an HTML page";
  }
  try {
    return wordsOf(JSON.parse(text2)) || text2;
  } catch {
    return text2;
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
  const words2 = quoteWords(findWords(answer.text), redactor);
  const said = words2 ? words2.startsWith("an HTML page") ? ` with ${words2}` : ` "${words2}"` : "";
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
  const words2 = quoteWords(causes.at(-1)?.message ?? String(error), redactor);
  const name = typeof code === "string" ? code : words2;
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
  if (neverSent.has(name) || /bad port/.test(words2)) {
    const mend2 = "check the URL, and that the server is up and can be reached from here, then run again";
    const passing = !/bad port/.test(words2);
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
    `${name} ${words2}`
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
function readRetryDelay({ headers, text: text2 }, { now, limited = false }) {
  const after = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1e3;
  const date = after && !/^[-+]?\d/.test(after) ? Date.parse(after) : Number.NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const inBody = /retry-after:\s*(\d+(?:\.\d+)?)\s*(ms|s|m)\b/i.exec(text2);
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
    const pause2 = asked ?? backoff(attempt, settings.retryMs, Math.random());
    const over = clock.now() + pause2 >= end;
    if (limited && (over || attempt >= attempts) || asked !== null && over)
      throw comeBack(call, outcome, asked, settings);
    if (over || attempt >= attempts) return answerOrThrow(outcome, `after ${countOf(attempt, "attempt")}`);
    await clock.sleep(pause2);
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
      const text2 = new TextDecoder().decode(bytes);
      return {
        method,
        path: url.pathname,
        url: url.href,
        status: response.status,
        headers: response.headers,
        bytes,
        text: text2
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
  const text2 = environment2.get(name)?.trim();
  if (text2 === void 0) return fallback;
  if (!/^\d{1,9}$/.test(text2)) {
    throw new UsageError(`Cannot use ${name}: "${text2}" is no number of milliseconds; give a whole number`);
  }
  return Number(text2);
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
  const text2 = query.toString();
  const token = call.token ?? context.token;
  const headers = context.kind === "github" ? { accept: call.accept ?? "application/vnd.github+json", "x-github-api-version": "2022-11-28" } : { accept: call.accept ?? "application/json" };
  if (token !== void 0)
    headers["authorization"] = context.kind === "github" ? `Bearer ${token}` : `token ${token}`;
  if (call.body !== void 0) headers["content-type"] = "application/json";
  return {
    purpose: call.purpose,
    method: call.method ?? "GET",
    url: `${apiUrl}${call.path}${text2 === "" ? "" : `?${text2}`}`,
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
  const text2 = decodeUtf8(answer.bytes);
  if (text2 === null) throw refuse2("text that is not UTF-8");
  let body;
  try {
    body = JSON.parse(text2);
  } catch {
    const words2 = findWords(text2);
    throw refuse2(
      words2.startsWith("an HTML page") ? "an HTML page where JSON was due" : "what is not whole JSON"
    );
  }
  try {
    return map(new Shape(body), answer);
  } catch (error) {
    if (error instanceof ShapeError)
      throw refuse2(`JSON of another shape (${quoteWords(error.message, { redact: (words2) => words2 })})`);
    throw error;
  }
}
function segment(text2) {
  return encodeURIComponent(text2);
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

// lib/forge-words.ts
function repeatForgeOptions(options2, environment2) {
  const known2 = environment2.get("SWITCHYARD_API_URL") ?? environment2.get("GITHUB_API_URL");
  const words2 = [
    ["--forge", options2.forge === (environment2.get("SWITCHYARD_FORGE") ?? "auto") ? null : options2.forge],
    ["--api-url", options2["api-url"] === known2 ? null : options2["api-url"]],
    ["--repo", options2.repo === environment2.get("GITHUB_REPOSITORY") ? null : options2.repo],
    ["--token-env", options2["token-env"]]
  ];
  const isInsecure = options2.insecure && environment2.get("SWITCHYARD_INSECURE") === void 0;
  return [
    ...words2.flatMap(([name, value]) => value === null ? [] : optionWords(name, value)),
    ...isInsecure ? ["--insecure"] : []
  ];
}

// lib/gate/event-names.ts
var known = new Set(
  [
    "branch_protection_rule check_run check_suite create delete deployment deployment_status discussion",
    "discussion_comment dynamic fork gollum image_version issue_comment issues label merge_group milestone page_build",
    "project project_card project_column public pull_request pull_request_comment pull_request_review",
    "pull_request_review_comment pull_request_target push registry_package release repository_dispatch schedule status",
    "watch workflow_call workflow_dispatch workflow_run",
    "issue_assign issue_label issue_milestone package pull_request_assign pull_request_label pull_request_milestone",
    "pull_request_review_approved pull_request_review_rejected pull_request_review_request pull_request_sync wiki"
  ].flatMap((line) => line.split(" "))
);
function isEvent(name) {
  return known.has(name);
}

// lib/gate/options.ts
var gateOptions = {
  workflow: many({
    help: "a workflow FILE that must be green; with =JOB NAME that job must have run and succeeded too; in the variable one a line, commas only between plain names",
    value: "FILE[=JOB]",
    variables: ["GATE_WORKFLOWS"],
    required: true,
    split: splitWorkflows,
    parse: parseWanted
  }),
  branch: one({
    help: "runs on other branches do not count",
    value: "B",
    variables: ["GATE_BRANCH"],
    shown: "the event's workflow_run.head_branch, then GITHUB_REF_NAME",
    parse: asBranch
  }),
  event: many({
    help: "runs of other events do not count; any counts all",
    value: "E",
    variables: ["GATE_EVENTS"],
    shown: "push",
    parse: parseEvent
  }),
  absent: oneOr({
    help: "when a due run does not exist",
    value: "auto|go|defer|refuse",
    variables: ["GATE_ABSENT"],
    fallback: "auto",
    parse: asChoice("auto", "go", "defer", "refuse")
  }),
  "absent-grace": oneOr({
    help: "how long a due run may be late",
    value: "D",
    variables: ["GATE_ABSENT_GRACE"],
    fallback: "60s",
    parse: asDuration
  }),
  wait: oneOr({
    help: "keep asking while the answer is defer, at most so long",
    value: "D",
    variables: ["GATE_WAIT"],
    fallback: "0s",
    parse: asDuration
  }),
  poll: oneOr({
    help: "pause between questions",
    value: "D",
    variables: ["GATE_POLL"],
    fallback: "15s",
    parse: asPause
  }),
  base: one({
    help: "where the push that brought the commit started, instead of the record of pushes",
    value: "SHA",
    variables: ["GATE_BASE"],
    parse: asSha
  }),
  "any-commit": flag({
    help: "answer a commit inside a push as the tip of that push",
    variables: ["GATE_ANY_COMMIT"]
  })
};
function splitWorkflows(text2) {
  return text2.split(/\r\n|\r|\n/).flatMap((line) => line.includes("=") ? [line] : line.split(",").flatMap(splitFiles)).map((item) => item.trim()).filter(Boolean);
}
function splitFiles(text2) {
  const words2 = splitList(text2);
  return words2.every((word) => /\.ya?ml$/i.test(word)) ? words2 : [text2];
}
function parseWanted(text2, source) {
  const at = text2.indexOf("=");
  const path = (at < 0 ? text2 : text2.slice(0, at)).trim();
  const job = at < 0 ? null : text2.slice(at + 1).trim();
  const file = path.replace(/^(\.\/)?\.(github|gitea|forgejo)\/workflows\//, "");
  if (!/^[^\s/][^\r\n,]*\.ya?ml$/i.test(file) || file.split("/").includes("..")) {
    throw new UsageError(
      `Cannot use ${source}: "${text2}" is no workflow file; give the file, as ci.yml or ci.yml=JOB, not its display name`
    );
  }
  if (job === "")
    throw new UsageError(`Cannot use ${source}: "${text2}" names no job; give ci.yml=JOB, or ci.yml alone`);
  return { file, job };
}
function parseEvent(text2, source) {
  if (text2 !== "any" && !isEvent(text2))
    throw new UsageError(
      `Cannot use ${source}: "${text2}" is no event; give push, workflow_dispatch, … or any`
    );
  return text2;
}

// lib/promote-branch/calm-log.ts
function withoutRepeats(log) {
  const said = /* @__PURE__ */ new Set();
  return {
    ...log,
    line(text2) {
      if (said.has(text2)) return;
      said.add(text2);
      log.line(text2);
    }
  };
}

// lib/gate/start-command.ts
function dispatchCommand({ home, file, branch }, inputs = {}) {
  const fields = Object.entries(inputs).flatMap(([name, value]) => ["-f", `${name}=${value}`]);
  return shellCommand("gh", "workflow", "run", file, "--repo", nameForGh(home), "--ref", branch, ...fields);
}
function nameForGh({ repo, context }) {
  const { host } = new URL(context.serverUrl);
  return /^(www\.)?github\.com$/.test(host) ? repo : `${host}/${repo}`;
}
function pushTagCommand(tag) {
  const steps = [
    ["git", "fetch", "origin", "tag", tag],
    ["git", "push", "origin", `:refs/tags/${tag}`],
    ["git", "push", "origin", `refs/tags/${tag}`]
  ];
  return steps.map((words2) => shellCommand(...words2)).join(" && ");
}
function emptyPushCommand({
  file,
  branch,
  sha
}) {
  const steps = [
    ["git", "fetch", "origin", branch],
    ["git", "checkout", "--detach", sha ?? "FETCH_HEAD"],
    ["git", "commit", "--allow-empty", "-m", `run ${file}`],
    ["git", "push", "origin", `HEAD:refs/heads/${branch}`]
  ];
  return steps.map((words2) => shellCommand(...words2)).join(" && ");
}

// lib/promote-branch/pull-calls.ts
function readPullFields(body, { isMerged }) {
  return {
    number: body.field("number").count(),
    url: body.optional("html_url")?.text() ?? "",
    state: isMerged ? "merged" : body.field("state").text() === "open" ? "open" : "closed",
    head: body.field("head").field("sha").sha(),
    mergeSha: isMerged ? body.optional("merge_commit_sha")?.sha() ?? null : null,
    draft: body.optional("draft")?.flag() ?? false
  };
}
function isOurs(row2, repo, { from, to }) {
  const head = row2.field("head");
  const source = head.optional("repo")?.field("full_name").text().toLowerCase();
  return head.field("ref").text() === from && row2.field("base").field("ref").text() === to && source === repo.toLowerCase();
}
async function openPull(forge, { from, to }, text2, dialect) {
  const purpose = `open a pull request from ${from} to ${to} in ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls`;
  const body = { ...text2, head: from, base: to };
  const find2 = () => dialect.find(forge, { from, to });
  const answer = await sendOrFind(() => forge.api.call({ purpose, method: "POST", path, body }), find2);
  if ("found" in answer) return answer.found;
  if (dialect.isThere(answer)) return find2();
  if (dialect.isEmpty(answer)) return null;
  if (answer.status !== 201) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, dialect.readPull);
}
async function sendOrFind(send, find2) {
  let answer = null;
  let fault;
  try {
    answer = await send();
    if (answer.status < 500) return answer;
  } catch (error) {
    if (!(error instanceof HttpFault && error.maybeSent)) throw error;
    fault = error;
  }
  const found = await find2();
  if (found !== null) return { found };
  if (answer === null) throw fault;
  return answer;
}
function fetchPull(forge, number, { to, readPull: readPull3 }) {
  const call = {
    purpose: `read #${number} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/pulls/${number}`
  };
  return forge.api.read(call, (body) => {
    const base = body.field("base").field("ref").text();
    return { ...readPull3(body), ...base === to ? {} : { elsewhere: base } };
  });
}
async function callOnce(send) {
  try {
    return await send();
  } catch (error) {
    if (error instanceof HttpFault && error.maybeSent) return { lost: error.message };
    throw error;
  }
}

// lib/promote-branch/github-arm.ts
var armQuery = `mutation($id: ID!, $head: GitObjectID!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $id, expectedHeadOid: $head, mergeMethod: MERGE}) {
    pullRequest { number }
  }
}`;
var disarmQuery = `mutation($id: ID!) {
  disablePullRequestAutoMerge(input: {pullRequestId: $id}) { pullRequest { number } }
}`;
var enqueueQuery = `mutation($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) { clientMutationId }
}`;
var dequeueQuery = `mutation($id: ID!) { dequeuePullRequest(input: {id: $id}) { clientMutationId } }`;
var standingQuery = (queue) => `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { id merged headRefOid ${queue} autoMergeRequest { enabledAt } }
  }
}`;
async function fetchStanding(forge, number) {
  const purpose = `read #${number} of ${forge.repo}`;
  const [owner = "", name = ""] = forge.repo.split("/");
  const variables = { owner, name, number };
  let answer = await askGraph(forge, purpose, { query: standingQuery("isInMergeQueue"), variables });
  if (/isInMergeQueue.*doesn't exist/i.test(answer.errors ?? ""))
    answer = await askGraph(forge, purpose, { query: standingQuery(""), variables });
  if (answer.errors !== null) throw cannot(purpose, answer);
  return answer.data((data) => {
    const pull = data.field("repository").field("pullRequest");
    return {
      id: pull.field("id").text(),
      merged: pull.field("merged").flag(),
      armed: pull.optional("autoMergeRequest") !== null,
      queued: pull.optional("isInMergeQueue")?.flag() ?? false
    };
  });
}
async function armOnGitHub(forge, pull, head, { byQueue }) {
  const purpose = `arm #${pull.number} of ${forge.repo}`;
  const { id, armed, queued } = await fetchStanding(forge, pull.number);
  if (queued) return { kind: "armed", own: false };
  const words2 = [];
  for (const query of byQueue ? [enqueueQuery, armQuery] : [armQuery]) {
    const sent = await callOnce(() => sendGraph(forge, purpose, { query, variables: { id, head } }));
    const isLost = "lost" in sent || sent.status >= 500;
    const errors = isLost ? null : readGraph(forge, purpose, sent).errors;
    if (errors === null) {
      const standing = await fetchStanding(forge, pull.number);
      if (standing.armed || standing.queued || standing.merged)
        return { kind: "armed", own: !armed, words: words2.join("; ") };
      const found = isLost ? "the answer was lost" : "the server took it";
      return { kind: "refused", words: `${found}, but reading back shows it not armed` };
    }
    if (/clean status/i.test(errors)) return { kind: "clean" };
    if (/head sha|head oid/i.test(errors)) return { kind: "head-moved" };
    words2.push(errors);
  }
  return { kind: "refused", words: words2.join("; ") };
}
async function disarmOnGitHub(forge, pull) {
  const purpose = `disarm #${pull.number} of ${forge.repo}`;
  const { id, armed, queued } = await fetchStanding(forge, pull.number);
  if (armed) {
    const answer2 = await askGraph(forge, purpose, { query: disarmQuery, variables: { id } });
    if (answer2.errors !== null && !/can't disable/i.test(answer2.errors)) throw cannot(purpose, answer2);
  }
  if (!queued) return armed ? "armed" : void 0;
  const answer = await askGraph(forge, purpose, { query: dequeueQuery, variables: { id } });
  if (answer.errors !== null && (await fetchStanding(forge, pull.number)).queued)
    throw cannot(purpose, answer);
  return "queued";
}
function cannot(purpose, { shown }) {
  return new CouldNotTell(
    `Cannot ${purpose}: ${shown}; check that the token may write pull requests and contents`
  );
}
async function askGraph(forge, purpose, question) {
  return readGraph(forge, purpose, await sendGraph(forge, purpose, question));
}
function sendGraph(forge, purpose, question) {
  const path = forge.context.apiUrl.endsWith("/api/v3") ? "/../graphql" : "/graphql";
  const reads = question.query.startsWith("query");
  return forge.api.call({ purpose, method: "POST", path, body: question, reads });
}
function readGraph(forge, purpose, answer) {
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  const errors = forge.api.decode(answer, purpose, (body) => {
    const rows = body.optional("errors")?.list() ?? [];
    if (rows.length > 0) return rows.map((row2) => row2.field("message").text()).join("; ");
    body.field("data");
    return null;
  });
  return {
    errors,
    shown: forge.context.http.describe(answer),
    data: (read3) => forge.api.decode(answer, purpose, (body) => read3(body.field("data")))
  };
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

// lib/forge/pages.ts
var sideBySide = 4;
async function readPages(api, call) {
  return readFrom(api, call, await api.call(pageCall(call, 1)));
}
async function findPages(api, call, absent) {
  const first = await api.call(pageCall(call, 1));
  return absent(first) ? null : readFrom(api, call, first);
}
async function readFrom(api, call, first) {
  if (first.status < 200 || first.status > 299) throw api.refuse(first, call.purpose);
  const start = api.decode(first, call.purpose, (body, answer) => ({
    rows: call.rows(body).map(call.row),
    total: call.total(body, answer)
  }));
  const found = new Map(start.rows.map((item) => [call.key(item), item]));
  const total = isBelow(start.total, start.rows.length, first) ? null : start.total;
  if (total === null) await readUntilEmpty(api, call, found, start.rows.length);
  else if (total > found.size && start.rows.length > 0) {
    const pages = Math.ceil(total / start.rows.length);
    assertPages(call, pages);
    const numbers = Array.from({ length: pages - 1 }, (_, index) => index + 2);
    for (const items of await mapBounded(numbers, sideBySide, (page) => readPage(api, call, page))) {
      for (const item of items) found.set(call.key(item), item);
    }
  }
  if (total !== null && found.size < total) {
    throw new CouldNotTell(
      `Cannot ${call.purpose}: GET ${call.path} counts ${countOf(total, "row")} but shows ${found.size}; run again, and check the server if it stays so`
    );
  }
  return [...found.values()];
}
function isBelow(total, shown, answer) {
  if (total === null || total > shown) return false;
  return total < shown || /;\s*rel="?next\b/i.test(answer.headers.get("link") ?? "");
}
async function readUntilEmpty(api, call, found, first) {
  for (let page = 2, last = first; last > 0; page++) {
    assertPages(call, page);
    const before = found.size;
    const items = await readPage(api, call, page);
    for (const item of items) found.set(call.key(item), item);
    last = items.length;
    if (last > 0 && found.size === before) {
      throw new CouldNotTell(
        `Cannot ${call.purpose}: GET ${call.path} shows page ${page - 1} again as page ${page}; check what stands between here and the server`
      );
    }
  }
}
function readPage(api, call, page) {
  return api.read(pageCall(call, page), (body) => call.rows(body).map(call.row));
}
function pageCall(call, page) {
  const { purpose, path } = call;
  return { purpose, path, query: { ...call.query, [call.sizeName]: call.size, page } };
}
function assertPages(call, pages) {
  if (pages <= call.mostPages) return;
  throw new CouldNotTell(
    `Cannot ${call.purpose}: GET ${call.path} has more than ${call.mostPages} pages; the server may ignore the filter: narrow the question`
  );
}
function readTotalHeader(answer) {
  const text2 = answer.headers.get("x-total-count")?.trim() ?? "";
  return /^\d{1,9}$/.test(text2) ? Number(text2) : null;
}

// lib/forge/statuses.ts
async function fetchStatuses(forge, sha) {
  const rows = await readPages(forge.api, {
    purpose: `read the statuses of ${sha} in ${forge.repo}`,
    path: `${repoPath(forge.repo)}/commits/${sha}/statuses`,
    size: 50,
    sizeName: "limit",
    rows: (body) => body.list(),
    total: (_, answer) => readTotalHeader(answer),
    row: (row2) => readStatus(row2, sha, forge),
    key: (status) => status.index,
    // A run of a schedule leaves three or more on the branch's head, so that a quiet branch has thousands in a week.
    mostPages: 1e3
  });
  const newest = keepNewest(rows, ({ byServer, context }) => `${byServer} ${context}`);
  const failed2 = keepNewest(
    rows,
    ({ byServer, context, targetUrl }) => byServer ? `${runOf(targetUrl)} ${context}` : ""
  ).filter(({ byServer, state, description }) => byServer && isFailure(state, description));
  return newest.map((status) => {
    const others = failed2.filter(({ context, targetUrl }) => {
      return context === status.context && runOf(targetUrl) !== runOf(status.targetUrl);
    });
    return others.length === 0 || !status.byServer ? status : { ...status, failedRuns: others.map(({ targetUrl }) => runOf(targetUrl)) };
  });
}
function keepNewest(rows, keyOf) {
  const newest = /* @__PURE__ */ new Map();
  for (const status of rows) {
    const key = keyOf(status);
    const known2 = newest.get(key);
    if (known2 === void 0 || known2.index < status.index) newest.set(key, status);
  }
  return [...newest.values()];
}
function runOf(targetUrl) {
  return Number(/\/actions\/runs\/(\d+)\//.exec(targetUrl)?.[1]);
}
function isFailure(state, description) {
  return ["failure", "error"].includes(state) && !/cancelled/i.test(description);
}
function readStatus(row2, sha, forge) {
  const url = row2.optional("url")?.text() ?? "";
  const named = /\/statuses\/([0-9a-f]{40,64})$/i.exec(url)?.[1]?.toLowerCase();
  if (named !== void 0 && named !== sha) throw new ShapeError(`a status is of the commit ${named}`);
  const targetUrl = row2.optional("target_url")?.text() ?? "";
  return {
    index: row2.field("id").count(),
    context: row2.field("context").text(),
    state: row2.field("status").text(),
    description: row2.optional("description")?.text() ?? "",
    targetUrl,
    createdAt: Date.parse(row2.optional("created_at")?.text() ?? ""),
    byServer: isOfRun(targetUrl, forge) && isServer(row2)
  };
}
function isOfRun(targetUrl, { repo, context }) {
  let url;
  try {
    url = new URL(targetUrl, context.serverUrl);
  } catch {
    return false;
  }
  const origins = [context.serverUrl, context.apiUrl].map((text2) => new URL(text2).origin);
  if (!origins.includes(url.origin)) return false;
  const path = url.pathname.toLowerCase();
  return path.includes(`/${repo.toLowerCase()}/actions/runs/`) && /\/actions\/runs\/\d+\/jobs\/\d+$/.test(path);
}
function isServer(row2) {
  const creator = row2.optional("creator");
  return creator === null || creator.optional("id")?.raw() === -2;
}

// lib/promote-branch/check-names.ts
async function fetchCheckNames(forge, sha) {
  if (forge.kind !== "github") {
    const statuses2 = await fetchStatuses(forge, sha);
    return new Map(statuses2.map((status) => [status.context, stateOf(status.state)]));
  }
  const [runs, statuses] = await Promise.all([fetchCheckRuns(forge, sha), fetchCombined(forge, sha)]);
  runs.sort((a, b) => a.id - b.id);
  return new Map([...runs, ...statuses].map(({ name, state }) => [name, state]));
}
var paging = { size: 100, sizeName: "per_page", mostPages: 10, key: ({ id }) => id };
function fetchCheckRuns(forge, sha) {
  return readPages(forge.api, {
    ...paging,
    purpose: `read the checks of ${sha}`,
    path: `${repoPath(forge.repo)}/commits/${sha}/check-runs`,
    rows: (body) => body.field("check_runs").list(),
    total: (body) => body.field("total_count").count(),
    row(row2) {
      assertOf(row2.field("head_sha"), sha);
      return readCheckRun(row2);
    }
  });
}
function fetchCombined(forge, sha) {
  return readPages(forge.api, {
    ...paging,
    purpose: `read the statuses of ${sha}`,
    path: `${repoPath(forge.repo)}/commits/${sha}/status`,
    rows(body) {
      assertOf(body.field("sha"), sha);
      return body.field("statuses").list();
    },
    total: (body) => body.field("total_count").count(),
    row: (row2) => ({
      id: row2.field("id").count(),
      name: row2.field("context").text(),
      state: stateOf(row2.field("state").text())
    })
  });
}
function assertOf(named, sha) {
  if (named.sha() !== sha) throw new ShapeError(`it is of the commit ${named.sha()}`);
}
function readCheckRun(row2) {
  const conclusion = row2.optional("conclusion")?.text();
  const passed = ["success", "neutral", "skipped"];
  const state = conclusion === void 0 ? "pending" : passed.includes(conclusion) ? "passed" : "failed";
  return { id: row2.field("id").count(), name: row2.field("name").text(), state };
}
function stateOf(word) {
  if (word === "pending") return "pending";
  return word === "success" || word === "skipped" || word === "warning" ? "passed" : "failed";
}

// lib/forge/branch.ts
async function fetchBranchHead(forge, branch) {
  const call = {
    purpose: `read the head of branch "${branch}" of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/branches/${segment(branch)}`
  };
  return forge.api.find(call, (body) => {
    const name = body.optional("name")?.text();
    if (name !== void 0 && name !== branch) throw new ShapeError(`it is about the branch "${name}"`);
    const commit = body.field("commit");
    return (commit.optional("sha") ?? commit.field("id")).sha();
  });
}
function fetchDefaultBranch(forge) {
  const call = { purpose: `read the repository ${forge.repo}`, path: repoPath(forge.repo) };
  return forge.api.read(call, (body) => body.field("default_branch").text());
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
    isFinal: (status, text2) => isWordless({ status, text: text2 })
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
function isWordless({ status, text: text2 }) {
  return status === 500 && /"message"\s*:\s*""/.test(text2);
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

// lib/forge/range-gitea.ts
async function listOnGitea(forge, base, head, { most, files, orOnePage }) {
  const size = Math.min(50, most);
  const first = await fetchGiteaRange(forge, base, head, { size, page: 1, files });
  if (orOnePage && first.total > most) return first;
  const pages = Math.min(Math.ceil(first.total / size), Math.ceil(most / size));
  const rest = await Promise.all(
    Array.from(
      { length: Math.max(0, pages - 1) },
      (_, index) => fetchGiteaRange(forge, base, head, { size, page: index + 2, files })
    )
  );
  return { ...first, commits: [first, ...rest].flatMap((part) => part.commits).slice(0, most) };
}
async function fetchGiteaRange(forge, base, head, { size, page, files }) {
  const purpose = purposeOfRange(forge, base, head);
  const paging2 = page === 1 ? {} : { page };
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/commits`,
    query: {
      sha: head,
      not: base,
      limit: size,
      ...paging2,
      stat: "false",
      verification: "false",
      files: String(files)
    },
    isFinal: (status, text2) => isBadObject(status, text2) || isWordless({ status, text: text2 })
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
function listBetween(forge, base, head, { most, files = false, orOnePage = false }) {
  return forge.kind === "github" ? listOnGitHub(forge, base, head, { most, orOnePage }) : listOnGitea(forge, base, head, { most, files, orOnePage });
}
async function countBetween(forge, base, head) {
  if (base === head) return 0;
  if (forge.kind === "github") return (await comparePage(forge, base, head, { size: 1, page: 1 })).total;
  return (await fetchGiteaRange(forge, base, head, { size: 1, page: 1, files: false })).total;
}
async function listOnGitHub(forge, base, head, { most, orOnePage }) {
  const size = Math.min(100, most);
  const first = await comparePage(forge, base, head, { size, page: 1 });
  if (orOnePage && first.total > most) return { ...first, commits: [] };
  const pages = Math.ceil(first.total / size);
  const wanted = Array.from({ length: Math.min(pages, Math.ceil(most / size)) }, (_, index) => pages - index);
  const rest = await Promise.all(
    wanted.filter((page) => page > 1).map(async (page) => ({ page, ...await comparePage(forge, base, head, { size, page }) }))
  );
  const read3 = [...wanted.includes(1) ? [{ page: 1, ...first }] : [], ...rest].sort(
    (a, b) => a.page - b.page
  );
  const commits = read3.flatMap((part) => part.commits).reverse();
  return { ...first, commits: commits.slice(0, Math.max(most, 1)) };
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

// lib/forge/trees.ts
var mostPages = 50;
async function fetchTree(forge, sha, pages = mostPages) {
  const purpose = `read the tree of ${sha} in ${forge.repo}`;
  const isGitHub = forge.kind === "github";
  const files = /* @__PURE__ */ new Map();
  for (let page = 1; page <= pages; page++) {
    const part = await forge.api.read(
      {
        purpose,
        path: `${repoPath(forge.repo)}/git/trees/${sha}`,
        query: isGitHub ? { recursive: 1 } : { recursive: "true", per_page: 1e3, page }
      },
      (body) => ({
        entries: readTreeEntries(body),
        truncated: body.field("truncated").flag(),
        total: body.optional("total_count")?.count() ?? null,
        page: body.optional("page")?.count() ?? page
      })
    );
    if (part.page !== page) break;
    for (const entry2 of part.entries)
      if (entry2.type !== "tree") files.set(entry2.path, `${entry2.mode} ${entry2.sha}`);
    if (!part.truncated) return files;
    if (isGitHub || part.entries.length === 0) break;
  }
  throw new CouldNotTell(
    `Cannot ${purpose}: the server cuts the list; give the range's start with --base SHA`
  );
}
function readTreeEntries(body) {
  const rows = body.field("tree").list();
  return rows.map((row2) => ({
    path: row2.field("path").text(),
    mode: row2.field("mode").text(),
    type: row2.field("type").text(),
    sha: row2.field("sha").sha()
  }));
}
function diffTrees(before, after) {
  const changed = [...after].filter(([path, entry2]) => before.get(path) !== entry2).map(([path]) => path);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return [...changed, ...gone].sort();
}

// lib/forge/root-tree.ts
function fetchRootEntries(forge, sha) {
  const call = {
    purpose: `read the tree of ${sha} in ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/trees/${sha}`
  };
  return forge.api.read(call, (body) => {
    const entries2 = readTreeEntries(body);
    const total = body.optional("total_count")?.count() ?? entries2.length;
    if (total !== entries2.length || (body.optional("truncated")?.flag() ?? false))
      throw new ShapeError(`it holds ${entries2.length} of ${total} entries`);
    return new Map(entries2.map(({ path, mode, sha: sha2 }) => [path, `${mode} ${sha2}`]));
  });
}
function sameEntries(one2, two) {
  return one2.size === two.size && [...one2].every(([path, entry2]) => two.get(path) === entry2);
}

// lib/promote-branch/heads.ts
async function fetchHeads(forge, from, to) {
  const [one2, two] = await Promise.all([fetchBranchHead(forge, from), fetchBranchHead(forge, to)]);
  const missing = one2 === null ? from : to;
  if (one2 === null || two === null)
    throw new CouldNotTell(
      `Cannot read the branch "${missing}" of ${forge.repo}: the server says it is not there; check --from and --to`
    );
  return { from: one2, to: two };
}
async function fetchRange(forge, { from, to }) {
  const [list2, behind, left, right] = await Promise.all([
    listBetween(forge, to, from, { most: 100 }),
    countBetween(forge, from, to),
    fetchRootEntries(forge, from),
    fetchRootEntries(forge, to)
  ]);
  const commits = list2.commits.map(({ sha, message }) => ({ sha, subject: message.split("\n")[0] ?? "" }));
  return { ahead: list2.total, behind, sameTree: sameEntries(left, right), commits };
}
function fetchRequiredChecks(forge, branch) {
  const call = {
    purpose: `read the checks that "${branch}" of ${forge.repo} demands`,
    path: `${repoPath(forge.repo)}/branches/${encodeURIComponent(branch)}`
  };
  return forge.api.read(call, (body) => {
    const names = forge.kind === "github" ? body.optional("protection")?.optional("required_status_checks")?.optional("contexts") : body.optional("status_check_contexts");
    return names?.list().map((name) => name.text()) ?? [];
  });
}

// lib/forge/merge.ts
function readMovedTo(api, answer, purpose) {
  try {
    return api.decode(answer, purpose, (body) => body.field("object").field("sha").sha());
  } catch (error) {
    if (error instanceof CouldNotTell) return null;
    throw error;
  }
}

// lib/promote-branch/blocker.ts
var rules = [
  ["queue", /merge queue/i],
  ["draft", /\bdraft\b|work in progress/i],
  ["conversation", /conversation/i],
  ["review", /review(?!.*try the merge again)|approv|requested changes/i],
  ["check", /status check|required check|checks? (?:have|has|are|is|not)/i],
  ["behind", /out of date|behind/i],
  ["conflict", /conflict|not mergeable|not a fast.?forward|diverg/i]
];
function classifyRefusal(words2) {
  const rule = rules.find(([, pattern]) => pattern.test(words2));
  return { kind: rule?.[0] ?? "other", words: cutWords(words2) };
}
function isPassing2(words2) {
  return /base branch was modified|push ?out ?of ?date|cannot lock ref|failed to update ref/i.test(words2);
}
function mayLift(blocker) {
  return ["check", "review", "conversation", "queue", "mergeability"].includes(blocker.kind);
}
function findBlocker(pull) {
  if (pull.draft) return { kind: "draft", words: "it is a draft" };
  if (pull.mergeable === "no") return { kind: "conflict", words: "it conflicts with its base" };
  if (pull.queued) return { kind: "queue", words: "it stands in the merge queue" };
  if (pull.mergeable === "unknown")
    return { kind: "mergeability", words: "the server has not found out yet whether it merges" };
  if (pull.mergeable === "doubt")
    return {
      kind: "mergeability",
      words: "the server says it does not merge: a conflict, unless it is still looking"
    };
  return null;
}
function decideEnd(blocker, pull, checks) {
  if (blocker.kind === "review" || blocker.kind === "conversation")
    return { decision: "blocked", reason: `${blocker.kind}: ${blocker.words}` };
  if (blocker.kind === "mergeability" && pull.mergeable === "doubt")
    return { decision: "blocked", reason: `conflict: ${blocker.words}` };
  if (blocker.kind === "check" && checks !== null) {
    const { failed: failed2, missing, pending } = checks;
    const parts = [
      failed2.length > 0 ? `failed check ${list(failed2)}` : "",
      missing.length > 0 ? `missing check ${list(missing)}, which nothing has reported` : "",
      pending.length > 0 ? `check ${list(pending)}, still pending` : ""
    ].filter(Boolean);
    const isMoving = pending.length > 0 && failed2.length === 0 && missing.length === 0;
    if (parts.length > 0)
      return {
        decision: isMoving ? "timed-out" : "blocked",
        reason: `${parts.join("; ")} (${blocker.words})`
      };
  }
  return { decision: "timed-out", reason: `${blocker.kind}: ${blocker.words}` };
}
function list(names) {
  return names.map((name) => `"${name}"`).join(", ");
}

// lib/promote-branch/github-pulls.ts
async function findGitHubPull(forge, { from, to }) {
  const owner = forge.repo.split("/")[0];
  const call = {
    purpose: `read the open pull requests of ${forge.repo} from ${from} to ${to}`,
    path: `${repoPath(forge.repo)}/pulls`,
    query: { state: "open", head: `${owner}:${from}`, base: to, per_page: 100 }
  };
  const numbers = await forge.api.read(
    call,
    (body) => body.list().filter((row2) => isOurs(row2, forge.repo, { from, to })).map((row2) => row2.field("number").count())
  );
  const number = numbers[0];
  return number === void 0 ? null : fetchPull(forge, number, { ...github, to });
}
var github = {
  readPull,
  find: findGitHubPull,
  isThere: ({ status, text: text2 }) => status === 422 && /already exists/i.test(text2),
  isEmpty: ({ status, text: text2 }) => status === 422 && /no commits between/i.test(text2)
};
function readPull(body) {
  const merged = body.optional("merged_at");
  const mergeable = body.optional("mergeable")?.flag() ?? null;
  const isMerged = merged !== null;
  const autoMerge = body.optional("auto_merge");
  const method = autoMerge?.optional("merge_method")?.text();
  return {
    ...readPullFields(body, { isMerged }),
    mergedAt: isMerged ? Date.parse(merged.text()) : null,
    armed: autoMerge !== null,
    ...method === "squash" || method === "rebase" ? { armedAs: method } : {},
    queued: false,
    mergeable: mergeable === null ? "unknown" : mergeable ? "yes" : "no"
  };
}
async function mergeOnGitHub(forge, pull, { head, to, method }) {
  const purpose = `merge #${pull.number} of ${forge.repo}`;
  const repo = repoPath(forge.repo);
  const call = method === "merge" ? {
    purpose,
    method: "PUT",
    path: `${repo}/pulls/${pull.number}/merge`,
    body: { sha: head, merge_method: "merge" }
  } : {
    purpose,
    method: "PATCH",
    path: `${repo}/git/refs/heads/${to.split("/").map(encodeURIComponent).join("/")}`,
    body: { sha: head, force: false }
  };
  const answer = await callOnce(() => forge.api.call(call));
  if ("lost" in answer) return { kind: "unsure", words: answer.lost };
  const words2 = findWords(answer.text);
  if (answer.status === 200 && method === "fast-forward") {
    return readMovedTo(forge.api, answer, purpose) === head ? { kind: "merged", sha: head } : { kind: "unsure", words: "answered 200 without the head" };
  }
  if (answer.status === 200)
    return { kind: "merged", sha: forge.api.decode(answer, purpose, (body) => body.field("sha").sha()) };
  if (answer.status === 409) return { kind: "head-moved" };
  if (answer.status === 405 || answer.status === 422)
    return { kind: isPassing2(words2) ? "again" : "refused", words: words2 };
  if (answer.status >= 500) return { kind: "unsure", words: words2 };
  throw forge.api.refuse(answer, purpose);
}

// lib/promote-branch/gitea-pulls.ts
async function findGiteaPull(forge, { from, to }) {
  const pulls = await readPages(forge.api, {
    purpose: `read the open pull requests of ${forge.repo} from ${from} to ${to}`,
    path: `${repoPath(forge.repo)}/pulls`,
    query: { state: "open" },
    size: 50,
    sizeName: "limit",
    rows: (body) => body.list(),
    total: (_, answer) => readTotalHeader(answer),
    // Of another's only the number is read: one whose fork is gone may have no head.
    row: (row2) => ({
      number: row2.field("number").count(),
      pull: isOurs(row2, forge.repo, { from, to }) ? readPull2(row2) : null
    }),
    key: ({ number }) => number,
    mostPages: 40
  });
  return pulls.find(({ pull }) => pull?.state === "open")?.pull ?? null;
}
var gitea = {
  readPull: readPull2,
  find: findGiteaPull,
  isThere: ({ status }) => status === 409,
  isEmpty: ({ status, text: text2 }) => status === 422 && /no changes/i.test(text2)
};
function readPull2(body) {
  const isMerged = body.field("merged").flag();
  const mergedAt = body.optional("merged_at")?.text();
  return {
    ...readPullFields(body, { isMerged }),
    mergedAt: isMerged && mergedAt !== void 0 ? Date.parse(mergedAt) : null,
    armed: false,
    queued: false,
    // Gitea answers false both for a conflict and while it still looks.
    mergeable: body.field("mergeable").flag() ? "yes" : "doubt"
  };
}
async function mergeOnGitea(forge, pull, { head, method }) {
  const purpose = `merge #${pull.number} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls/${pull.number}/merge`;
  const body = { Do: method === "merge" ? "merge" : "fast-forward-only", head_commit_id: head };
  const answer = await callOnce(() => forge.api.call({ purpose, method: "POST", path, body }));
  if ("lost" in answer) return { kind: "unsure", words: answer.lost };
  const words2 = readMessage(answer.text);
  if (answer.status === 200) return { kind: "merged", sha: null };
  if (answer.status === 409 && /head out of date/i.test(words2)) return { kind: "head-moved" };
  if (isPassing2(words2)) return { kind: "again", words: words2 };
  if (answer.status === 405 && words2 === "" || isMissing(answer))
    return { kind: "unsure", words: `answered ${answer.status}` };
  if (answer.status === 405 && /try again later/i.test(words2)) return { kind: "again", words: words2 };
  if (answer.status === 405 || answer.status === 409 || answer.status === 422)
    return { kind: "refused", words: words2 };
  if (answer.status === 500 && /diverging/i.test(words2)) return { kind: "refused", words: words2 };
  if (answer.status >= 500) return { kind: "unsure", words: words2 || `answered ${answer.status}` };
  throw forge.api.refuse(answer, purpose);
}
function readMessage(text2) {
  try {
    const { message } = JSON.parse(text2);
    if (typeof message === "string") return message;
  } catch {
  }
  return findWords(text2);
}
async function disarmOnGitea(forge, pull) {
  const purpose = `disarm #${pull.number} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls/${pull.number}/merge`;
  const answer = await forge.api.call({ purpose, method: "DELETE", path });
  if (answer.status >= 200 && answer.status < 300) return "armed";
  if (answer.status === 404 || answer.status === 405) return void 0;
  throw new CouldNotTell(forge.api.refuse(answer, purpose).message);
}

// lib/promote-branch/close-pull.ts
async function closePull(forge, pull) {
  const purpose = `close #${pull.number} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls/${pull.number}`;
  const answer = await forge.api.call({ purpose, method: "PATCH", path, body: { state: "closed" } });
  if (answer.status !== 200 && answer.status !== 201) throw forge.api.refuse(answer, purpose);
}

// lib/forge/runs.ts
async function fetchRuns(forge, sha) {
  if (forge.can.runs === false) return null;
  const purpose = `read the run list of ${forge.repo} for ${sha}`;
  const isGitHub = forge.kind === "github";
  let isForgejo = false;
  const runs = await findPages(
    forge.api,
    {
      purpose,
      path: `${repoPath(forge.repo)}/actions/runs`,
      query: { head_sha: sha },
      size: isGitHub ? 100 : 50,
      sizeName: isGitHub ? "per_page" : "limit",
      rows: (body) => {
        const rows = body.field("workflow_runs").list();
        isForgejo ||= !isGitHub && rows.some((row2) => row2.optional("commit_sha") !== null);
        return isForgejo ? [] : rows;
      },
      total: (body) => isForgejo ? 0 : body.field("total_count").count(),
      row: readRun,
      key: (run) => `${run.id}/${run.attempt}`,
      mostPages: 20
    },
    (answer) => !isGitHub && isAbsentApi(answer)
  );
  forge.can.runs = runs !== null && !isForgejo;
  if (runs === null || isForgejo) return null;
  return runs.filter((run) => run.sha === sha);
}
function readRun(row2) {
  return {
    id: row2.field("id").count(),
    file: fileOfRun(row2.field("path").text()),
    sha: row2.field("head_sha").sha(),
    branch: row2.field("head_branch").isNull() ? null : row2.field("head_branch").text() || null,
    event: row2.field("event").text(),
    attempt: row2.optional("run_attempt")?.count() ?? 1,
    status: row2.field("status").text(),
    conclusion: row2.optional("conclusion")?.text() || null,
    url: row2.optional("html_url")?.text() ?? ""
  };
}
function fileOfRun(path) {
  const file = path.replace(/^\.(github|gitea|forgejo)\/workflows\//, "");
  const cut = /^(.+?\.ya?ml)@(?:refs\/.*|[^@]*)$/i.exec(file);
  return cut ? cut[1] : file;
}
async function fetchJobs(forge, run, { carried = false } = {}) {
  const isGitHub = forge.kind === "github";
  const jobs = await readPages(forge.api, {
    purpose: `read the jobs of run ${run.id} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/actions/runs/${run.id}/jobs`,
    query: isGitHub ? { filter: carried ? "all" : "latest" } : {},
    size: isGitHub ? 100 : 50,
    sizeName: isGitHub ? "per_page" : "limit",
    rows: (body) => body.field("jobs").list(),
    total: (body) => body.field("total_count").count(),
    row: (row2) => ({
      id: row2.field("id").count(),
      name: row2.field("name").text(),
      status: row2.field("status").text(),
      conclusion: row2.optional("conclusion")?.text() || null,
      attempt: row2.optional("run_attempt")?.count() ?? null,
      ...assertOfRun(row2, run)
    }),
    key: (job) => job.id,
    mostPages: 10
  });
  if (!isGitHub) return jobs;
  const isNewest = ({ name, attempt }) => !jobs.some((other) => other.name === name && (other.attempt ?? run.attempt) > (attempt ?? run.attempt));
  return jobs.filter(
    (job) => carried ? isNewest(job) : job.attempt === null || job.attempt === run.attempt
  );
}
function assertOfRun(row2, run) {
  const id = row2.optional("run_id")?.count();
  if (id !== void 0 && id !== run.id) throw new ShapeError(`a job is of run ${id}`);
  const sha = row2.optional("head_sha")?.text().toLowerCase();
  if (sha !== void 0 && sha !== run.sha) throw new ShapeError(`a job is of the commit ${sha}`);
  return {};
}

// lib/forge/version.ts
async function fetchProfile(forge) {
  if (forge.kind !== "gitea") return forge.kind;
  const call = { purpose: "read the version of the server", path: "/version" };
  const version2 = await forge.api.find(call, (body) => body.field("version").text());
  return version2 === null ? "gitea-1.22" : profileOfVersion(version2);
}
function profileOfVersion(version2) {
  if (/\+gitea-/.test(version2) || /forgejo/i.test(version2)) return "forgejo";
  const match = /^v?1\.(\d+)\b/.exec(version2);
  if (!match) throw new ShapeError(`"version" is "${version2}", no Gitea version`);
  const minor = Math.min(25, Math.max(22, Number(match[1])));
  return `gitea-1.${minor}`;
}

// lib/workflow/decode-text.ts
function decodeText(bytes) {
  const [first, second] = bytes;
  const encoding = first === 255 && second === 254 ? "utf-16le" : first === 254 && second === 255 ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: encoding === "utf-8" }).decode(bytes);
  } catch {
    return null;
  }
}

// lib/forge/contents.ts
async function fetchFileText(forge, path, ref) {
  return (await fetchFileBytes(forge, path, ref))?.toString("utf8") ?? null;
}
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
function fetchFolder(forge, path, ref) {
  return forge.api.find(contentsCall(forge, path, ref), (body) => {
    if (Array.isArray(body.raw())) return body.list().map(readEntry);
    const isOther = ["file", "symlink", "submodule"].includes(body.optional("type")?.text() ?? "");
    if (isOther && body.field("path").text() === path) return null;
    return body.list().map(readEntry);
  });
}
function readEntry(row2) {
  return {
    name: row2.field("name").text(),
    path: row2.field("path").text(),
    isFolder: row2.field("type").text() === "dir",
    target: row2.field("type").text() === "symlink" ? row2.field("target").text() : null
  };
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

// lib/forge/workflows.ts
var sideBySide2 = 6;
var deepest = 20;
var folders = {
  github: [".github/workflows"],
  gitea: [".gitea/workflows", ".github/workflows"],
  forgejo: [".forgejo/workflows", ".gitea/workflows", ".github/workflows"]
};
async function fetchWorkflow(forge, file, sha) {
  for (const folder of folders[forge.kind]) {
    const path = `${folder}/${file}`;
    const text2 = await fetchFileText(forge, path, sha);
    if (text2 !== null) return { file, path, text: text2 };
  }
  throw missingFile(forge, `${folders[forge.kind][0]}/${file}`, sha);
}
async function fetchWorkflows(forge, sha) {
  for (const folder of folders[forge.kind]) {
    const entries2 = await listFiles(forge, folder, sha, 0);
    if (entries2 === null) continue;
    return mapBounded(entries2, sideBySide2, async ({ path, target }) => {
      const file = path.slice(folder.length + 1);
      if (target !== null) return { file, path, text: target };
      const bytes = await fetchFileBytes(forge, path, sha);
      if (bytes === null) throw missingFile(forge, path, sha);
      const text2 = decodeText(bytes);
      return { file, path, text: text2 ?? bytes.toString("utf8"), isGarbled: text2 === null };
    });
  }
  return null;
}
async function listFiles(forge, folder, sha, depth) {
  const entries2 = await fetchFolder(forge, folder, sha);
  if (entries2 === null) return null;
  const files = entries2.filter((entry2) => !entry2.isFolder && /\.ya?ml$/.test(entry2.name));
  const inner = entries2.filter((entry2) => entry2.isFolder);
  if (depth >= deepest && inner.length > 0)
    throw new CouldNotTell(
      `Cannot read ${folder} of ${forge.repo} at ${sha}: its folders lie more than ${deepest} deep; move them up`
    );
  const deeper = await mapBounded(inner, sideBySide2, async (entry2) => {
    const found = await listFiles(forge, entry2.path, sha, depth + 1);
    if (found === null) throw missingFile(forge, entry2.path, sha);
    return found;
  });
  return [...files, ...deeper.flat()];
}

// lib/forge/pushes.ts
var mostPages2 = 20;
async function fetchPushes(forge, ref, enough, pages = mostPages2) {
  const reading = { purpose: purposeOf(forge, ref), ref, enough, pages };
  return forge.kind === "github" ? fetchActivity(forge, reading) : fetchFeed(forge, reading);
}
async function fetchActivity(forge, { purpose, ref, enough, pages }) {
  const pushes = [];
  let cursor = null;
  for (let page = 1; page <= pages; page++) {
    const query = { per_page: 100 };
    if (ref !== null) query["ref"] = ref;
    if (cursor !== null) query["after"] = cursor;
    const answer = await forge.api.call({ purpose, path: `${repoPath(forge.repo)}/activity`, query });
    if (answer.status !== 200) throw refuse(forge, answer, purpose, "contents: read");
    const rows = forge.api.decode(
      answer,
      purpose,
      (body) => body.list().flatMap((row2) => readActivity(row2) ?? [])
    );
    pushes.push(...rows.filter((push) => ref === null || push.ref === ref));
    if (enough(pushes)) return { pushes, complete: false };
    const next = readCursor(answer);
    if (next === null) return { pushes, complete: true };
    if (next === cursor)
      throw new CouldNotTell(`Cannot ${purpose}: its next page is the same page; run again, or give --base`);
    cursor = next;
  }
  return { pushes, complete: false };
}
function readActivity(row2) {
  const kind = row2.field("activity_type").text();
  if (kind === "branch_deletion") return null;
  const before = row2.field("before").sha();
  const actor = row2.optional("actor")?.optional("login")?.text() ?? "a deleted account";
  return {
    ref: row2.field("ref").text(),
    before: kind === "branch_creation" || /^0+$/.test(before) ? null : before,
    after: row2.field("after").sha(),
    byJobToken: actor === "github-actions[bot]",
    by: actor,
    ...readTime(row2.optional("timestamp")?.text())
  };
}
function readTime(text2) {
  const at = Date.parse(text2 ?? "");
  return Number.isNaN(at) ? {} : { at };
}
function readCursor(answer) {
  for (const part of (answer.headers.get("link") ?? "").split(",")) {
    const match = /<([^>]+)>\s*;.*\brel="?next"?/.exec(part);
    if (match) return new URL(match[1], answer.url).searchParams.get("after");
  }
  return null;
}
async function fetchFeed(forge, { purpose, ref, enough, pages }) {
  const entries2 = /* @__PURE__ */ new Map();
  for (let page = 1; page <= pages; page++) {
    const paging2 = page === 1 ? {} : { page };
    const answer = await forge.api.call({
      purpose,
      path: `${repoPath(forge.repo)}/activities/feeds`,
      query: { limit: 50, ...paging2 }
    });
    if (answer.status !== 200) throw refuse(forge, answer, purpose, "read:repository");
    const rows = forge.api.decode(
      answer,
      purpose,
      (body) => body.list().map((row2, index) => readEntry2(row2, -(page * 1e3 + index)))
    );
    for (const entry2 of rows)
      if (entry2.isPush && (ref === null || entry2.ref === ref)) entries2.set(entry2.id, entry2);
    const pushes = pushesOf([...entries2.values()]);
    const last = rows.at(-1);
    if (last === void 0) return { pushes, complete: true };
    const isCut = last.isPush && enough(pushesOf([last]));
    if (enough(pushes) && !isCut) return { pushes, complete: false };
  }
  return { pushes: pushesOf([...entries2.values()]), complete: false };
}
function readEntry2(row2, place) {
  const kind = row2.field("op_type").text();
  const isPush = kind === "commit_repo" || kind === "push_tag";
  return {
    id: row2.optional("id")?.count() ?? place,
    isPush,
    ref: isPush ? row2.field("ref_name").text() : "",
    actorId: row2.field("act_user_id").integer(),
    actor: row2.optional("act_user")?.optional("login")?.text() ?? "a deleted account",
    time: readTime(row2.optional("created")?.text()),
    range: isPush ? readRange(row2.field("content").text(), kind === "push_tag") : null
  };
}
function readRange(content, isTag) {
  if (content === "") return null;
  const push = readJson(content, '"content" of a push');
  const url = push.field("CompareURL").text();
  if (url === "" || isTag) return { before: null, after: push.field("HeadCommit").field("Sha1").sha() };
  const match = /\/compare\/(.+?)\.\.\.([0-9a-f]{40}|[0-9a-f]{64})$/.exec(url);
  if (!match) throw new ShapeError('"CompareURL" of a push is not BEFORE...AFTER');
  const before = match[1];
  return { before: isFullSha(before) ? before : null, after: match[2] };
}
function pushesOf(entries2) {
  const ordered = [...entries2].sort((a, b) => a.id - b.id);
  const made = /* @__PURE__ */ new Set();
  const pushes = [];
  for (const entry2 of ordered) {
    if (entry2.range === null) {
      made.add(entry2.ref);
      continue;
    }
    const isNew = made.delete(entry2.ref);
    pushes.push({
      ref: entry2.ref,
      before: isNew ? null : entry2.range.before,
      after: entry2.range.after,
      byJobToken: entry2.actorId === -2,
      by: entry2.actorId === -2 ? "a job's own token" : entry2.actor,
      ...entry2.time
    });
  }
  return pushes.reverse();
}
function purposeOf(forge, ref) {
  return `read the record of pushes${ref === null ? "" : ` to ${ref}`} of ${forge.repo}`;
}
function refuse(forge, answer, purpose, permission) {
  const { message } = forge.api.refuse(answer, purpose);
  return new CouldNotTell(
    `${message} (it needs the permission ${permission}), or give the range's start with --base SHA`
  );
}

// lib/gate/question.ts
function refOf({ branch, ref }) {
  return ref !== void 0 ? ref : branch === null ? null : `refs/heads/${branch}`;
}
function refsOf(question) {
  const ref = refOf(question);
  if (ref === null) return [];
  return question.mayBeTag ? [ref, ref.replace(/^refs\/heads\//, "refs/tags/")] : [ref];
}

// lib/gate/find-push.ts
var mostCommits = 500;
async function findPush(forge, question) {
  const { sha, base, eventPush } = question;
  const ref = refOf(question);
  if (base !== null) {
    const before = /^0+$/.test(base) ? null : base;
    return {
      kind: "tip",
      push: { ref: ref ?? "refs/heads/", before, after: sha, byJobToken: false, by: "unknown" }
    };
  }
  if (eventPush !== null) {
    return { kind: "tip", push: { ...eventPush, after: sha, byJobToken: false, by: "the event" } };
  }
  const endsHere = (push) => push.after === sha;
  const { pushes, complete } = await fetchPushes(forge, ref, (found) => found.some(endsHere));
  const [own, ...earlier] = pushes.filter(endsHere);
  if (own) return { kind: "tip", push: own, earlier };
  const around = await findAround(forge, pushes, sha);
  if (around !== null) return { kind: "inside", push: around };
  const where = ref === null ? "any branch" : `"${ref.replace(/^refs\/heads\//, "")}"`;
  return {
    kind: "unrecorded",
    why: complete ? `the record of pushes to ${where} has none that brought it` : `the record of pushes to ${where} is too long to read to its end`
  };
}
async function findAround(forge, pushes, sha) {
  const brought = pushes.filter((push) => !push.ref.startsWith("refs/tags/"));
  const newest = brought[0];
  if (newest === void 0) return null;
  const above = [];
  const end = await walkHistory(forge, newest.after, { most: mostCommits }, (commit) => {
    if (commit.sha === sha) return true;
    above.push(commit.sha);
    return false;
  });
  if (end === "unknown")
    throw new CouldNotTell(
      `Cannot read the history of ${shortSha(newest.after)} in ${forge.repo}: the server does not know it; give --base SHA`
    );
  if (end !== "found") return null;
  const tips = brought.filter((push) => above.includes(push.after)).sort((a, b) => above.indexOf(b.after) - above.indexOf(a.after));
  for (const push of tips.slice(0, 5)) if (await holds(forge, push, sha)) return push;
  return null;
}
async function holds(forge, push, sha) {
  const descends = async (tip) => await walkHistory(forge, tip, { most: mostCommits }, (commit) => commit.sha === sha) === "found";
  if (!await descends(push.after)) return false;
  return push.before === null || !await descends(push.before);
}

// lib/gate/inquiry.ts
function openInquiry(forge, question) {
  let profile;
  let files;
  let push;
  return {
    forge,
    question,
    profile: () => profile ??= fetchProfile(forge),
    files: () => files ??= fetchWorkflows(forge, question.sha),
    async push() {
      const found = await (push ??= findPush(forge, question));
      if (found.kind === "unrecorded") push = void 0;
      return found;
    },
    async tipAround() {
      const found = await push;
      return found?.kind === "inside" ? found.push.after : null;
    }
  };
}
function mapWanted({ question }, read3) {
  return mapBounded(question.wanted, 4, async (wanted) => {
    try {
      return await read3(wanted);
    } catch (error) {
      if (!(error instanceof CouldNotTell)) throw error;
      return { wanted, state: "unknown", why: error.message, next: error.next };
    }
  });
}

// lib/forge/relation.ts
function assertHead(body, ahead, head) {
  const only = ahead === 1 ? body.optional("commits")?.list()[0]?.optional("sha")?.sha() : void 0;
  if (only !== void 0 && only !== head) throw new ShapeError(`its head is ${only}`);
}

// lib/forge/changes.ts
var githubCut = 300;
var mostGitHubCommits = 1e3;
async function fetchChanges(forge, push) {
  if (push.before === push.after)
    return { files: [], complete: false, why: "the push is said to start at the commit where it ends" };
  if (push.before !== null) {
    return forge.kind === "github" ? compareOnGitHub(forge, push.before, push.after) : compareOnGitea(forge, push.before, push.after);
  }
  const branch = push.ref.replace(/^refs\/heads\//, "");
  const main2 = await fetchDefaultBranch(forge);
  if (branch === main2) return wholeTree(forge, push.after);
  return forge.kind === "github" ? compareOnGitHub(forge, main2, push.after) : changesOfTip(forge, push.after);
}
async function wholeTree(forge, sha) {
  return { files: [...(await fetchTree(forge, sha)).keys()], complete: true };
}
async function compareOnGitHub(forge, before, after) {
  const purpose = `read the files changed from ${before} to ${after} in ${forge.repo}`;
  const compared = await forge.api.read(
    {
      purpose,
      path: `${repoPath(forge.repo)}/compare/${encodeURIComponent(before)}...${after}`,
      query: { per_page: 1, page: 1 }
    },
    (body) => {
      const base = body.optional("base_commit")?.field("sha").sha();
      if (base !== void 0 && isFullSha(before) && base !== before)
        throw new ShapeError(`it compares with ${base}`);
      const ahead = body.optional("ahead_by")?.count() ?? null;
      assertHead(body, ahead ?? 0, after);
      return {
        ahead,
        behind: body.field("behind_by").count(),
        files: body.field("files").list().flatMap((file) => [
          file.field("filename").text(),
          ...file.optional("previous_filename") === null ? [] : [file.field("previous_filename").text()]
        ]),
        rows: body.field("files").list().length
      };
    }
  );
  if (!isFullSha(before) && compared.ahead === 0) {
    const why = `the default branch "${before}" holds ${shortSha(after)} by now, so what the new branch brought is not known`;
    return { files: [], complete: false, why };
  }
  if (isFullSha(before) && compared.behind > 0) return diffOfTrees(forge, before, after);
  if ((compared.ahead ?? 0) > mostGitHubCommits) {
    const why = `GitHub filters no push of more than ${mostGitHubCommits} commits by its paths`;
    return { files: compared.files, complete: false, why };
  }
  if (compared.rows >= githubCut) {
    return {
      files: compared.files,
      complete: false,
      why: `GitHub cuts the list of changed files at ${githubCut}`
    };
  }
  return { files: compared.files, complete: true };
}
async function diffOfTrees(forge, before, after) {
  const [old, now] = await Promise.all([fetchTree(forge, before), fetchTree(forge, after)]);
  return { files: diffTrees(old, now), complete: true };
}
async function changesOfTip(forge, sha) {
  const page = await fetchHistoryPage(forge, sha, 1, { files: true });
  const tip = page?.[0];
  if (!tip) throw unknownCommit(forge, sha);
  return { files: tip.parents.length > 1 ? [] : tip.files ?? [], complete: true };
}
async function compareOnGitea(forge, before, after) {
  const commits = await fetchHistoryPage(forge, after, 1, { files: true });
  if (commits === null) throw unknownCommit(forge, after);
  const range = commitsOfRange(new Map(commits.map((commit) => [commit.sha, commit])), before, after);
  if (range === null || !isAlongFirstParents(range, before, after)) return diffOfTrees(forge, before, after);
  return { files: [...new Set(range.flatMap((commit) => commit.files ?? []))], complete: true };
}
function isAlongFirstParents(range, before, after) {
  const known2 = new Map(range.map((commit) => [commit.sha, commit]));
  let sha = after;
  for (let steps = 0; sha !== void 0 && sha !== before && steps <= range.length; steps++)
    sha = known2.get(sha)?.parents[0];
  return sha === before;
}
function commitsOfRange(known2, before, after) {
  if (!known2.has(before)) return null;
  const excluded = reach(known2, before, () => false).found;
  const range = reach(known2, after, (sha) => excluded.has(sha));
  return range.complete ? [...range.found].map((sha) => known2.get(sha)) : null;
}
function reach(known2, start, stop2) {
  const found = /* @__PURE__ */ new Set();
  const open = [start];
  let complete = true;
  for (let sha = open.pop(); sha !== void 0; sha = open.pop()) {
    if (stop2(sha) || found.has(sha)) continue;
    const commit = known2.get(sha);
    if (!commit) {
      complete = false;
      continue;
    }
    found.add(sha);
    open.push(...commit.parents);
  }
  return { found, complete };
}
function unknownCommit(forge, sha) {
  return new CouldNotTell(
    `Cannot read the history of ${sha} in ${forge.repo}: the server does not know this commit; check the SHA, and that it is of this repository`
  );
}

// lib/workflow/pattern-match.ts
function compilePatternWith(readClass3, pattern) {
  const atoms = compileAtoms(pattern, readClass3);
  return atoms && ((path) => matchAtoms(atoms, path));
}
function matchAtoms(atoms, text2) {
  let active = /* @__PURE__ */ new Set();
  enter(atoms, 0, active);
  for (const char of text2) {
    const next = /* @__PURE__ */ new Set();
    for (const at of active) {
      const atom = atoms[at];
      if (!atom?.accepts(char)) continue;
      if (atom.repeats) enter(atoms, at, next);
      enter(atoms, at + 1, next);
    }
    active = next;
    if (active.size === 0) return false;
  }
  return active.has(atoms.length);
}
function enter(atoms, at, active) {
  for (let position = at; !active.has(position); ) {
    active.add(position);
    const skips = atoms[position]?.skips ?? 0;
    if (skips === 0) return;
    position += skips;
  }
}
var anyButSlash = (char) => char !== "/";
var anyOnLine = (char) => char !== "\n";
function compileAtoms(pattern, readClass3) {
  const chars = Array.from(pattern);
  const atoms = [];
  let repetition = "none";
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    const last = atoms.at(-1);
    if ((char === "?" || char === "+") && last) {
      if (repetition === "none") {
        if (char === "?") last.skips = 1;
        else last.repeats = true;
        repetition = "once";
      } else if (repetition === "once" && char === "?") repetition = "lazy";
      else return null;
      continue;
    }
    repetition = "none";
    if (char === "*") {
      repetition = "once";
      if (chars[at + 1] !== "*") atoms.push(starOf(anyButSlash));
      else if (chars[at + 2] === "/") {
        atoms.push({ accepts: anyOnLine, repeats: false, skips: 3 }, starOf(anyOnLine));
        atoms.push(exactly("/"));
        at += 2;
      } else {
        atoms.push(starOf(anyOnLine));
        at += 1;
      }
    } else if (char === "[") {
      const end = chars.indexOf("]", at + 1);
      const accepts = end > at + 1 ? readClass3(chars.slice(at + 1, end).join("")) : null;
      if (!accepts) return null;
      atoms.push({ accepts, repeats: false, skips: 0 });
      at = end;
    } else if (char === "\\") {
      const next = chars[++at];
      if (next === void 0) return null;
      atoms.push(exactly(next));
    } else atoms.push(exactly(char));
  }
  return atoms;
}
function starOf(accepts) {
  return { accepts, repeats: true, skips: 1 };
}
function exactly(wanted) {
  return { accepts: (char) => char === wanted, repeats: false, skips: 0 };
}

// lib/workflow/patterns-gitea.ts
function compilePattern(pattern) {
  return compilePatternWith(readClass, pattern);
}
function readClass(body) {
  const chars = Array.from(body);
  const ranges = [];
  let rangeEnd = -1;
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    if (char === "-") {
      const from = chars[at - 1];
      const to = chars[at + 1];
      if (from === void 0 || to === void 0 || to === "\\" || from > to) return null;
      const isRange = isLetterLike(from) && isLetterLike(to) || isDigit(from) && isDigit(to);
      if (!isRange) return null;
      if (rangeEnd === at - 1) ranges.push(["-", "-"], [to, to]);
      else ranges.push([from, to]);
      rangeEnd = ++at;
    } else if (isLetterLike(char) || isDigit(char)) ranges.push([char, char]);
    else return null;
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to);
}
function isLetterLike(char) {
  return char >= "A" && char <= "z";
}
function isDigit(char) {
  return char >= "0" && char <= "9";
}

// lib/workflow/patterns-github.ts
function compilePattern2(pattern) {
  return compilePatternWith(readClass2, pattern);
}
function readClass2(body) {
  const chars = Array.from(body);
  const ranges = [];
  for (let at = 0; at < chars.length; at++) {
    const from = chars[at] ?? "";
    const to = chars[at + 1] === "-" ? chars[at + 2] : void 0;
    if (to === void 0) ranges.push([from, from]);
    else if (from > to) return null;
    else {
      ranges.push([from, to]);
      at += 2;
    }
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to);
}

// lib/workflow/profile.ts
function giteaMinor(profile) {
  return profile.startsWith("gitea-1.") ? Number(profile.slice("gitea-1.".length)) : null;
}

// lib/workflow/push-filter.ts
var PUSH_FILTER_KEYS = [
  "branches",
  "branches-ignore",
  "tags",
  "tags-ignore",
  "paths",
  "paths-ignore"
];
function decidePush(ways, push, rules2) {
  const decisions = (ways.length > 0 ? ways : [null]).map(
    (filters) => decidePushFilter(filters, push, rules2)
  );
  return decisions.find(({ due }) => due === true) ?? decisions.find(({ due }) => due === "unknown") ?? decisions[0];
}
function decidePushFilter(filters, push, rules2) {
  if (!filters) return { due: false, by: "event", why: "its `on:` does not name push" };
  const profile = rules2 === "gitea" ? "gitea-1.22" : rules2;
  const unknownKey = filters.unknownKeys?.[0];
  if (unknownKey !== void 0 && profile !== "github") {
    return {
      due: false,
      by: "event",
      why: `\`${unknownKey}\` under \`push\` is no filter, so it is never met`
    };
  }
  const keys = PUSH_FILTER_KEYS.filter((key) => filters[key] !== void 0);
  const answers2 = keys.map((key) => answerFilter(key, filters[key] ?? [], push, profile));
  const hasBranches = keys.some((key) => key.startsWith("branches"));
  const hasTags = keys.some((key) => key.startsWith("tags"));
  const needed = keys.length - (hasBranches && hasTags ? 1 : 0);
  const met = answers2.filter((answer) => answer === "met").length;
  if (met === needed) return { due: true };
  const open = answers2.filter((answer) => answer === "unknown").length;
  if (met + open === needed) {
    return { due: "unknown", why: "its path filters need the list of changed files, which is not known" };
  }
  const refusals = answers2.filter((answer) => typeof answer === "object");
  const isTag = push.ref.startsWith("refs/tags/");
  const other = isTag ? "branches" : "tags";
  return refusals.find((refusal) => refusal.by !== other) ?? refusals[0] ?? { due: false, by: "paths", why: "its filters exclude this push" };
}
function answerFilter(key, patterns, push, profile) {
  const kind = key.startsWith("branches") ? "branches" : key.startsWith("tags") ? "tags" : "paths";
  const refuse2 = (why, by = kind) => ({ due: false, by, why });
  const isTag = push.ref.startsWith("refs/tags/");
  if (kind === "paths" && isTag && !filtersTagsByPath(profile)) return "met";
  if (kind === "branches" && isTag) return refuse2(`\`${key}\` leaves out tags`);
  if (kind === "tags" && !isTag) return refuse2(`\`${key}\` leaves out branches`);
  const rules2 = compileAll(patterns, profile);
  if (typeof rules2 === "string") {
    return refuse2(`pattern "${rules2}" in \`${key}\` does not compile, so it never matches`, "pattern");
  }
  if (rules2.length === 0) return "met";
  const ignores = key.endsWith("-ignore");
  const list2 = patterns.join(", ");
  if (kind === "paths") {
    const onlyNegative = !ignores && rules2.every(({ negative }) => negative);
    if (push.changed === null && !onlyNegative) return "unknown";
    const changed = push.changed ?? [];
    const due = ignores ? changed.some((path) => !isIgnored(rules2, path, profile)) : changed.some((path) => isMatch(rules2, path));
    if (due) return "met";
    return refuse2(
      ignores ? `\`${key}\` (${list2}) leaves out all that changed` : `no changed file matches \`${key}\` (${list2})`
    );
  }
  const name = push.ref.replace(/^refs\/(heads|tags)\//, "");
  if (ignores ? !isIgnored(rules2, name, profile) : isMatch(rules2, name)) return "met";
  return refuse2(`\`${key}\` (${list2}) leaves out ${name}`);
}
function filtersTagsByPath(profile) {
  return profile !== "github" && (giteaMinor(profile) ?? 22) < 24;
}
function compileAll(patterns, profile) {
  const compile = profile === "github" ? compilePattern2 : compilePattern;
  const compiled = [];
  for (const pattern of patterns) {
    const negative = pattern.startsWith("!");
    const matches2 = compile(negative ? pattern.slice(1) : pattern);
    if (!matches2) return pattern;
    compiled.push({ negative, matches: matches2 });
  }
  return compiled;
}
function isMatch(rules2, text2) {
  return [...rules2].reverse().find(({ matches: matches2 }) => matches2(text2))?.negative === false;
}
function isIgnored(rules2, text2, profile) {
  if (profile === "github") return isMatch(rules2, text2);
  return rules2.some(({ negative, matches: matches2 }) => matches2(text2) !== negative);
}

// lib/gate/absence.ts
var byHand = ["workflow_dispatch", "workflow_call", "repository_dispatch", "schedule"];
function relevantEvents(reading, events) {
  return events.includes("any") ? [...reading.events] : reading.events.filter((event) => events.includes(event));
}
function decideWithoutPush(reading, { events, profile, ref }) {
  if (reading.drop !== null) {
    const what = profile === "github" ? "GitHub runs no invalid file" : "the server drops this file without a word";
    return { state: "missing", certain: true, why: `${what}: ${reading.drop}` };
  }
  const relevant = relevantEvents(reading, events);
  if (relevant.length === 0) {
    const names = reading.events.join(", ") || "nothing";
    return { state: "filtered", why: `it runs on ${names}, not on ${events.join(", ")}` };
  }
  const automatic = relevant.filter((event) => !byHand.includes(event));
  if (automatic.length === 0) {
    return { state: "missing", why: `it is started by hand only (${relevant.join(", ")}), and nobody has` };
  }
  if (automatic.some((event) => event !== "push") || ref === null) return null;
  const decision = decidePush(reading.pushFilters, { ref, changed: null }, profile);
  return decision.due === false ? { state: "filtered", why: decision.why } : null;
}
function needsChanges(reading, ref, profile) {
  return decidePush(reading.pushFilters, { ref, changed: null }, profile).due === "unknown";
}
function decideAbsence({ reading, events, profile, sha, push, changes }) {
  const others = relevantEvents(reading, events).filter(
    (event) => event !== "push" && !byHand.includes(event)
  );
  if (push.kind === "inside") {
    const tip = push.push.after;
    return {
      state: "missing",
      certain: true,
      refused: true,
      why: `no push ended at ${shortSha(sha)}: it came inside the push that ended at ${tip}; gate that commit, or give --any-commit`
    };
  }
  if (push.kind === "unrecorded") {
    return {
      state: "unknown",
      late: true,
      why: `the push that brought ${shortSha(sha)} is not known (${push.why}); give where it started with --base SHA, or a token that may read the record (GitHub: contents: read)`
    };
  }
  const decision = decideWithChanges(reading, push.push.ref, changes, profile);
  if (decision.due === "unknown") return { state: "unknown", why: decision.why };
  if (decision.due === false && others.length === 0) return { state: "filtered", why: decision.why };
  const due = decision.due === false ? `it runs on ${others.join(", ")} too` : "its filters take this push";
  if (push.push.byJobToken) {
    return {
      state: "missing",
      certain: true,
      why: `no run although ${due}: ${push.push.by} pushed it, and a push with a job's own token starts nothing`
    };
  }
  return {
    state: "missing",
    why: `no run although ${due}: most likely it was pushed with a workflow's own token, which starts nothing, or with [skip ci]`
  };
}
function decideWithChanges(reading, ref, changes, profile) {
  if (changes === null) return decidePush(reading.pushFilters, { ref, changed: null }, profile);
  const decision = decidePush(reading.pushFilters, { ref, changed: changes.files }, profile);
  if (changes.complete || decision.due === true) return decision;
  const blind = decidePush(reading.pushFilters, { ref, changed: null }, profile);
  return blind.due === "unknown" ? { due: "unknown", why: `the list of changed files is not complete: ${changes.why ?? "it was cut"}` } : blind;
}

// lib/gate/mend.ts
function suggestStart(missing) {
  const { forge, profile, text: text2, reading } = missing;
  if (reading.drop !== null && profile === "github")
    return [`mend ${text2.path} where it is wrong, and push it`];
  if (reading.drop !== null)
    return [
      shellCommand("node", "vendor/lint-workflow-yaml.mjs", ...lintProfile(text2.path, profile), text2.path),
      `that says where ${text2.path} is wrong: mend it and push it`
    ];
  const name = missing.ref?.replace(/^refs\/(heads|tags)\//, "") ?? "";
  if (name === "")
    return [`give the branch that ${missing.sha} was pushed to by --branch: then the command stands here`];
  const again = missing.ref?.startsWith("refs/tags/") ? pushTagAgain(name) : suggestPush(missing, name);
  if (!reading.events.includes("workflow_dispatch")) return again;
  const gate = "gate with --event push --event workflow_dispatch, so that this run counts";
  const orAgain = again.map((line, index) => index === 0 ? `or ${line}` : line);
  if (forge.kind === "github") {
    return [dispatchCommand({ home: forge, file: text2.file, branch: name }), `then ${gate}`, ...orAgain];
  }
  const minor = giteaMinor(profile);
  return minor !== null && minor < 24 ? again : [`start ${text2.file} on ${name} from the Actions page, then ${gate}`, ...orAgain];
}
function lintProfile(path, profile) {
  const byFolder = { ".gitea": "gitea-1.22", ".forgejo": "forgejo" }[path.split("/")[0]];
  return profile === (byFolder ?? "github") ? [] : ["--profile", profile];
}
function pushTagAgain(tag) {
  return [pushTagCommand(tag), "push that as a person, not with a job's own token, and gate the same commit"];
}
function suggestPush({ text: text2, reading: { pushFilters }, sha }, ref) {
  const patterns = pushFilters.flatMap((filters) => [
    ...filters.paths ?? [],
    ...(filters["paths-ignore"] ?? []).map((one2) => `not ${one2}`)
  ]);
  if (patterns.length > 0) {
    return [
      `change a file that the path filter of ${text2.file} takes (${patterns.join(", ")}) in a commit on ${ref}, push it with a person's token and gate that commit: an empty commit would start nothing`
    ];
  }
  return [
    emptyPushCommand({ file: text2.file, branch: ref, sha }),
    "push that as a person, not with a job's own token, and gate the new commit"
  ];
}

// lib/yaml/resolve.ts
var TagMismatch = class extends Error {
  name = "TagMismatch";
};
var words = new Map([
  ...["true", "True", "TRUE"].map((word) => [word, true]),
  ...["false", "False", "FALSE"].map((word) => [word, false]),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null]),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN]),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity]),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity])
]);
function resolveScalar(node2) {
  const { tag, style } = node2;
  const value = textOf(node2);
  if (tag === "" ? style !== "plain" || value === "<<" : !resolvableTags.has(tag)) return value;
  const found = resolvePlain(value, tag === "" || tag === "!!timestamp");
  if (tag === "" || tag === tagOfValue(found)) return found;
  if (tag === "!!float" && typeof found === "bigint") return Number(found);
  throw new TagMismatch(`"${value}" is no ${tag.slice(2)}, although its tag says so`);
}
function textOf({ value, tag }) {
  return tag === "!!binary" ? Buffer.from(value, "base64").toString("utf8") : value;
}
var resolvableTags = /* @__PURE__ */ new Set(["!!bool", "!!int", "!!float", "!!null", "!!timestamp"]);
function lookThrough(node2) {
  return node2?.target ?? node2 ?? void 0;
}
function tagOf(node2) {
  if (node2.tag !== "") return node2.tag;
  if (node2.kind === "map") return "!!map";
  if (node2.kind === "seq") return "!!seq";
  if (node2.kind === "alias") return node2.target ? tagOf(node2.target) : "";
  if (node2.style !== "plain") return "!!str";
  return node2.value === "<<" ? "!!merge" : tagOfValue(resolvePlain(node2.value, true));
}
function isNull(node2) {
  return node2.kind === "scalar" && tagOf(node2) === "!!null";
}
function isMergeKey(node2) {
  return node2.kind === "scalar" && node2.value === "<<" && tagOf(node2) === "!!merge";
}
function tagOfValue(value) {
  if (value === null) return "!!null";
  if (typeof value === "boolean") return "!!bool";
  if (typeof value === "bigint") return "!!int";
  if (typeof value === "number") return "!!float";
  return typeof value === "string" ? "!!str" : "!!timestamp";
}
function resolvePlain(text2, mayBeTime) {
  const word = words.get(text2);
  if (word !== void 0) return word;
  const first = text2.charCodeAt(0);
  if (first === 46) return /^\.\d+([eE][-+]?\d+)?$/.test(text2) ? finiteOr(text2, text2) : text2;
  const isNumeric = first >= 48 && first <= 57 || first === 43 || first === 45;
  if (!isNumeric) return text2;
  const time = mayBeTime ? readTime2(text2) : null;
  if (time) return time;
  const plain = text2.replaceAll("_", "");
  const integer = readInteger(plain);
  if (integer !== null) return integer;
  return /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain) ? finiteOr(plain, text2) : text2;
}
function finiteOr(digits, text2) {
  const number = Number(digits);
  return Number.isFinite(number) ? number : text2;
}
function readInteger(text2) {
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(text2);
  const digits = match?.[2];
  if (digits === void 0 || digits.length > 70) return null;
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = match?.[1] === "-" ? -magnitude : magnitude;
  if (value < -(2n ** 63n)) return null;
  return value < 2n ** 63n || match?.[1] === "" && value < 2n ** 64n ? value : null;
}
var timeForm = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d{2}:\d{2})?)?$/;
function readTime2(text2) {
  const match = timeForm.exec(text2);
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

// lib/yaml/fields.ts
function findField(map, name) {
  return findEntry(map, name)?.[1];
}
function findEntry(map, name, seen = /* @__PURE__ */ new Set()) {
  const target = lookThrough(map);
  if (target?.kind !== "map" || seen.has(target)) return void 0;
  let merge;
  for (let at = 0; at < target.items.length; at += 2) {
    const key = target.items[at];
    const value = target.items[at + 1];
    if (isMergeKey(key)) merge = value;
    else if (keyText(key) === name && key.kind !== "map" && key.kind !== "seq") return [key, value];
  }
  if (!merge) return void 0;
  seen.add(target);
  for (const source of merge.kind === "seq" ? merge.items : [merge]) {
    const found = findEntry(source, name, seen);
    if (found) return found;
  }
  return void 0;
}
function toValue(node2) {
  if (node2.kind === "alias") return toValue(lookThrough(node2));
  if (node2.kind === "scalar") return resolveScalar(node2);
  if (node2.kind === "seq") return node2.items.map(toValue);
  const map = /* @__PURE__ */ new Map();
  fillMap(map, node2);
  return map;
}
function fillMap(map, node2) {
  let merge;
  for (let at = 0; at < node2.items.length; at += 2) {
    const key = node2.items[at];
    const value = node2.items[at + 1];
    if (isMergeKey(key)) merge = value;
    else if (!map.has(keyText(key))) map.set(keyText(key), toValue(value));
  }
  for (const source of merge?.kind === "seq" ? merge.items : merge ? [merge] : []) {
    const target = lookThrough(source);
    if (target?.kind === "map") fillMap(map, target);
  }
}
function entries(map) {
  if (map?.kind !== "map") return [];
  const names = map.items.filter((key, index) => index % 2 === 0 && key.kind === "scalar");
  return names.flatMap((key) => {
    const entry2 = findEntry(map, key.value);
    return entry2 && key.value !== "<<" ? [[key.value, entry2[1]]] : [];
  });
}
function keyText(key) {
  return lookThrough(key).value;
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
  constructor(text2) {
    this.text = text2;
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

// lib/yaml/node.ts
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
function makeEmpty(at) {
  return makeNode("scalar", at, at);
}

// lib/yaml/tag-handles.ts
var TagHandles = class {
  prefixes = /* @__PURE__ */ new Map([
    ["!", "!"],
    ["!!", "tag:yaml.org,2002:"]
  ]);
  declare(handle, prefix) {
    this.prefixes.set(handle, prefix);
  }
  /** The tag of a token in its short form. Throws YamlSyntaxError where its handle is not declared. */
  resolve({ value, start }) {
    if (value === "!") return "!";
    if (value.startsWith("!<")) return shorten(value.slice(2, -1));
    const handle = /^![0-9A-Za-z_-]*!/.exec(value)?.[0] ?? "!";
    const prefix = this.prefixes.get(handle);
    if (prefix === void 0) throw new YamlSyntaxError(`the tag "${value}" is not declared`, start);
    return shorten(prefix + value.slice(handle.length));
  }
};
function shorten(tag) {
  return tag.replace(/^tag:yaml\.org,2002:/, "!!");
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
function passGap(cursor, { inFlow: inFlow2, keyAllowed, comments }) {
  let mayBegin = keyAllowed;
  for (; ; ) {
    let code = cursor.code();
    while (code === 32 || code === 9 && (inFlow2 || !mayBegin)) {
      cursor.at++;
      code = cursor.code();
    }
    if (code === 35) {
      if (passComments(cursor, comments) && !inFlow2) mayBegin = true;
      code = cursor.code();
    }
    if (!isBreak(code)) return mayBegin;
    cursor.passBreak();
    if (!inFlow2) mayBegin = true;
  }
}
function passComments(cursor, comments) {
  for (let isFirst = true; ; isFirst = false) {
    const start = cursor.at;
    cursor.passToLineEnd();
    comments.push([start, cursor.at]);
    const follow2 = /[ \t\r\n]{0,511}#/y;
    follow2.lastIndex = cursor.at;
    if (!follow2.test(cursor.text)) return !isFirst;
    const target = follow2.lastIndex - 1;
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
  const isOpen = /^![0-9A-Za-z_-]*!$/.test(value);
  if (isOpen || !isBlankOrEnd(cursor.code())) throw new YamlSyntaxError("a tag is not understood", start);
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
function missingColon(text2, at) {
  const line = /[^\r\n]*/y;
  line.lastIndex = at;
  const shown = (line.exec(text2)?.[0] ?? "").slice(0, 40);
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
function assertPlainStart(cursor, { inFlow: inFlow2 }) {
  const code = cursor.code();
  if (code === 45 && !isBlank(cursor.code(1))) return;
  if ((code === 63 || code === 58) && !inFlow2) return;
  if (!isSign(code) && !isBlankOrEnd(code)) return;
  const [shown, mend] = code === 9 ? ["a tab", "indent with spaces"] : [`"${cursor.text[cursor.at]}"`, "put the text in quotes"];
  throw new YamlSyntaxError(`${shown} cannot begin a value; ${mend}`, cursor.at);
}
function isSign(code) {
  return "#&*!|>'\"%@`-?:,[]{}".includes(String.fromCharCode(code));
}
function scanPlain(cursor, { indent, inFlow: inFlow2 }) {
  const { text: text2 } = cursor;
  let value = "";
  let end = cursor.at;
  let between = "";
  let endedLine = false;
  while (!cursor.isAtDocumentMark() && cursor.code() !== 35) {
    const start = cursor.at;
    for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
      if (code === 58 && isBlankOrEnd(cursor.code(1))) break;
      if (inFlow2 && isFlowIndicator(code)) break;
      cursor.at++;
    }
    if (cursor.at > start) {
      value += between + text2.slice(start, cursor.at);
      end = cursor.at;
      between = "";
      endedLine = false;
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    const gap = passFold(cursor, { alreadyEnded: false, indent });
    between = gap.ended ? gap.breaks : gap.blanks;
    endedLine = gap.ended;
    if (!inFlow2 && cursor.column < indent) break;
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
  const quote2 = cursor.code();
  const isDouble = quote2 === 34;
  let value = "";
  cursor.at++;
  for (; ; ) {
    if (cursor.isAtDocumentMark()) {
      throw new YamlSyntaxError("a document marker stands inside a quoted text", cursor.at);
    }
    let escapedBreak = false;
    let from = cursor.at;
    for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
      if (code === quote2 && !isDouble && cursor.code(1) === quote2) {
        value += `${cursor.text.slice(from, cursor.at)}'`;
        cursor.at += 2;
        from = cursor.at;
      } else if (code === quote2) break;
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
    if (cursor.code() === quote2) break;
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
var deepest2 = 400;
var Scanner = class {
  tokens = [];
  comments = [];
  cursor;
  indent = -1;
  indents = [];
  pending;
  keyAllowed = true;
  ended = false;
  constructor(text2) {
    this.cursor = new Cursor(text2);
    this.pending = new PendingKeys(this.cursor);
    if (text2.charCodeAt(0) === 65279) this.cursor.at = this.cursor.lineStart = 1;
  }
  /** The token of a number, from 0; the last one, `streamEnd`, for any number beyond. */
  tokenAt(index) {
    while (!this.ended && (this.tokens.length < index + 3 || this.pending.mayBecomeKey(index)))
      this.scanNext();
    return this.tokens[index] ?? this.tokens.at(-1);
  }
  scanNext() {
    const { inFlow: inFlow2, keyAllowed, comments } = this;
    this.keyAllowed = passGap(this.cursor, { inFlow: inFlow2, keyAllowed, comments });
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
    this.scanPlainScalar();
  }
  /** Adds a token that ends at the cursor, unless an end is given. */
  push(type, start, content = {}) {
    const { end = this.cursor.at, value = "", style = "plain" } = content;
    this.tokens.push({ type, start, end, value, style });
  }
  pushSign(type) {
    this.push(type, this.cursor.at++);
  }
  savePending() {
    if (!this.keyAllowed) return;
    const required = !this.inFlow && this.indent === this.cursor.column;
    this.pending.save({ token: this.tokens.length, required });
  }
  /** Opens a block collection at the cursor. Throws YamlSyntaxError with these words where nothing may begin there. */
  rollHere(type, refusal) {
    if (this.inFlow) return;
    const { at, column } = this.cursor;
    if (!this.keyAllowed) throw new YamlSyntaxError(refusal, at);
    this.roll(type, { at, column, token: this.tokens.length });
  }
  /** Opens a block collection at a column, before the token of that number. */
  roll(type, { at, column, token }) {
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
    if (this.pending.depth + this.indents.length > deepest2) {
      throw new YamlSyntaxError(`it is nested more than ${deepest2} levels deep`, at);
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
    this.rollHere("seq", 'a list item ("- ") cannot begin here; put it on a line of its own');
    this.pending.drop();
    this.keyAllowed = true;
    this.pushSign("entry");
  }
  scanKeySign() {
    this.rollHere("map", 'a key ("? ") cannot begin here');
    this.pending.drop();
    this.keyAllowed = !this.inFlow;
    this.pushSign("key");
  }
  scanValueSign() {
    const key = this.pending.current;
    if (key && this.pending.isOpen(key)) {
      const { at, token } = key;
      this.tokens.splice(token, 0, { type: "key", start: at, end: at, value: "", style: "plain" });
      this.roll("map", key);
      this.pending.forget();
      this.keyAllowed = false;
    } else {
      if (key?.required) this.pending.drop();
      this.rollHere("map", '": " cannot stand here; put the text in quotes');
      this.keyAllowed = !this.inFlow;
    }
    this.pushSign("value");
  }
  scanAnchor(type) {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanAnchorName(this.cursor, type);
    this.push(type, start, { value });
  }
  scanTag() {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanTagName(this.cursor);
    this.push("tag", start, { value });
  }
  scanBlockScalar(style) {
    this.pending.drop();
    this.keyAllowed = true;
    const start = this.cursor.at;
    const { value, end } = scanBlock(this.cursor, this.indent);
    this.push("scalar", start, { value, end, style });
  }
  scanQuotedScalar(style) {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanQuoted(this.cursor);
    this.push("scalar", start, { value, style });
  }
  scanPlainScalar() {
    const { cursor, inFlow: inFlow2 } = this;
    assertPlainStart(cursor, { inFlow: inFlow2 });
    this.savePending();
    const start = cursor.at;
    const { value, end, endedLine } = scanPlain(cursor, { indent: this.indent + 1, inFlow: inFlow2 });
    this.keyAllowed = endedLine;
    this.push("scalar", start, { value, end });
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
    const value = scanDirectiveWords(this.cursor);
    this.push("directive", start, { value });
  }
  unrollAll() {
    this.unroll(-1);
    this.pending.drop();
    this.keyAllowed = false;
  }
};

// lib/yaml/token-stream.ts
var TokenStream = class {
  /** Where the token that was taken last ends. */
  lastEnd = 0;
  scanner;
  at = 0;
  constructor(text2) {
    this.scanner = new Scanner(text2);
  }
  /** The token that would be taken next. */
  peek() {
    return this.scanner.tokenAt(this.at);
  }
  /** Those of the text that was looked at so far. */
  get comments() {
    return this.scanner.comments;
  }
  is(type) {
    return this.peek().type === type;
  }
  take() {
    const next = this.peek();
    this.at++;
    this.lastEnd = next.end;
    return next;
  }
  fail(message, at = this.peek().start) {
    throw new YamlSyntaxError(message, at);
  }
};

// lib/yaml/parser.ts
function parseNodes(text2) {
  const tokens = new TokenStream(text2);
  const root = new Parser(tokens).parseDocument();
  const comments = [...tokens.comments];
  return { root, further: findFurther(tokens), comments };
}
function findFurther(tokens) {
  let start = tokens.lastEnd;
  try {
    for (; !tokens.is("streamEnd"); tokens.take()) {
      if (!tokens.is("document") && !tokens.is("documentEnd")) return start;
      start = tokens.peek().start;
    }
    return null;
  } catch (error) {
    if (error instanceof YamlSyntaxError) return start;
    throw error;
  }
}
var noContent = /* @__PURE__ */ new Set(["directive", "document", "documentEnd", "streamEnd"]);
var Parser = class {
  tokens;
  anchors = /* @__PURE__ */ new Map();
  tags = new TagHandles();
  constructor(tokens) {
    this.tokens = tokens;
  }
  parseDocument() {
    const { tokens } = this;
    if (tokens.is("streamEnd")) return null;
    const hasDirectives = tokens.is("directive");
    this.passDirectives();
    const isMarked = tokens.is("document");
    if (isMarked) tokens.take();
    else if (hasDirectives) tokens.fail('a directive needs "---" behind it');
    const isEmpty = isMarked && noContent.has(tokens.peek().type);
    const root = isEmpty ? makeEmpty(tokens.peek().start) : this.parseNode("block");
    tokens.peek();
    return root;
  }
  passDirectives() {
    const { tokens } = this;
    for (let hasVersion = false; tokens.is("directive"); tokens.take()) {
      const [name, first = "", prefix = ""] = tokens.peek().value.split(/[ \t]+/);
      if (name === "TAG") this.tags.declare(first, prefix);
      else if (hasVersion || first !== "1.1") tokens.fail("the servers read YAML 1.1 only");
      else hasVersion = true;
    }
  }
  parseNode(place) {
    const { tokens } = this;
    if (tokens.is("alias")) return this.parseAlias();
    const { start } = tokens.peek();
    let anchor = "";
    let tag = "";
    for (let more = true; more; ) {
      if (anchor === "" && tokens.is("anchor")) anchor = tokens.take().value;
      else if (tag === "" && tokens.is("tag")) tag = this.tags.resolve(tokens.take());
      else more = false;
    }
    const hasProperties = anchor !== "" || tag !== "";
    const node2 = this.startContent(place) ?? (hasProperties ? makeEmpty(tokens.lastEnd) : null);
    if (node2 === null) return tokens.fail("a value is expected here");
    if (tag !== "!") node2.tag = tag;
    if (anchor !== "") {
      node2.anchor = anchor;
      this.anchors.set(anchor, node2);
    }
    this.fillContent(node2);
    node2.start = Math.min(start, node2.start);
    return node2;
  }
  parseAlias() {
    const { value, start, end } = this.tokens.take();
    const target = this.anchors.get(value);
    if (!target) return this.tokens.fail(`the alias "*${value}" has no anchor "&${value}" before it`, start);
    return { ...makeNode("alias", start, end), value, target };
  }
  /** The node that the next token begins, without what is in it; null where it begins none. */
  startContent(place) {
    const { type, start, end, value, style } = this.tokens.peek();
    const isBlock = place !== "flow";
    if (type === "scalar") return { ...makeNode("scalar", start, end), value, style };
    if (type === "[") return { ...makeNode("seq", start, end), flow: true };
    if (type === "{") return { ...makeNode("map", start, end), flow: true };
    if (isBlock && type === "seq") return makeNode("seq", start, end);
    if (place === "block value" && type === "entry") return makeNode("seq", start, end);
    return isBlock && type === "map" ? makeNode("map", start, end) : null;
  }
  fillContent(node2) {
    const { tokens } = this;
    const { type, start } = tokens.peek();
    if (node2.kind === "scalar") {
      if (type === "scalar" && start === node2.start) tokens.take();
    } else if (node2.flow) this.fillFlow(node2, node2.kind === "seq" ? "]" : "}");
    else if (type === "entry") this.fillEntries(node2, ["entry", "key", "value", "end"]);
    else if (type === "seq") {
      tokens.take();
      this.fillEntries(node2, ["entry", "end"]);
      this.close(node2, 'a list item ("- ") is expected here; look at the indentation');
    } else {
      tokens.take();
      this.fillMap(node2);
      this.close(node2, "a key is expected here; look at the indentation");
    }
  }
  close(node2, expected) {
    if (!this.tokens.is("end")) this.tokens.fail(expected);
    this.tokens.take();
    node2.end = Math.max(node2.end, node2.items.at(-1)?.end ?? node2.end);
  }
  fillEntries(node2, afterEmpty) {
    const { tokens } = this;
    while (tokens.is("entry")) {
      const { end } = tokens.take();
      node2.items.push(afterEmpty.includes(tokens.peek().type) ? makeEmpty(end) : this.parseNode("block"));
    }
    node2.end = node2.items.at(-1)?.end ?? node2.end;
  }
  fillMap(node2) {
    while (this.tokens.is("key")) {
      node2.items.push(this.parsePart("key"));
      node2.items.push(this.parsePart("value"));
    }
  }
  /** A key or a value of a block mapping; empty where its sign or what follows it is missing. */
  parsePart(sign) {
    const { tokens } = this;
    if (!tokens.is(sign)) return makeEmpty(tokens.peek().start);
    const { end } = tokens.take();
    const { type } = tokens.peek();
    const isMissing2 = type === "key" || type === "value" || type === "end";
    return isMissing2 ? makeEmpty(end) : this.parseNode("block value");
  }
  /** What stands between the brackets; behind the last item there may be a comma. */
  fillFlow(node2, end) {
    const { tokens } = this;
    tokens.take();
    for (let first = true; !tokens.is(end); first = false) {
      if (!first) {
        if (!tokens.is(",")) tokens.fail(`"," or "${end}" is expected here`);
        tokens.take();
        if (tokens.is(end)) break;
      }
      this.fillFlowItem(node2, end);
    }
    node2.end = tokens.take().end;
  }
  /** A pair in a list is a mapping of its own; an item without a sign in a mapping is a key alone. */
  fillFlowItem(node2, end) {
    const { tokens } = this;
    if (!tokens.is("key")) {
      node2.items.push(this.parseNode("flow"));
      if (node2.kind === "map") node2.items.push(makeEmpty(tokens.peek().start));
      return;
    }
    const { start } = tokens.take();
    const isEmpty = tokens.is("value") || tokens.is(",") || tokens.is(end);
    const key = isEmpty ? makeEmpty(tokens.peek().start) : this.parseNode("flow");
    if (isEmpty && node2.kind === "seq") tokens.take();
    const value = this.parseFlowValue(end);
    if (node2.kind === "map") node2.items.push(key, value);
    else node2.items.push({ ...makeNode("map", start, value.end), flow: true, items: [key, value] });
  }
  parseFlowValue(end) {
    const { tokens } = this;
    if (!tokens.is("value")) return makeEmpty(tokens.peek().start);
    tokens.take();
    return this.parseFlowPart(end);
  }
  parseFlowPart(end) {
    const { tokens } = this;
    return tokens.is(",") || tokens.is(end) ? makeEmpty(tokens.peek().start) : this.parseNode("flow");
  }
};

// lib/yaml/read-yaml.ts
function readYaml(text2) {
  const control = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/.exec(text2);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw new YamlSyntaxError(`the control character U+${code} is not allowed; take it out`, control.index);
  }
  return { text: text2, ...parseNodes(text2) };
}
var LineTable = class {
  starts = [0];
  length;
  startsWithMark;
  constructor(text2) {
    this.length = text2.length;
    this.startsWithMark = text2.startsWith("\uFEFF");
    for (let at = text2.indexOf("\n"); at >= 0; at = text2.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }
  /** The place of a range of offsets. */
  locate(start, end = start) {
    const [line, column] = this.find(start);
    const [endLine, endColumn] = this.find(Math.max(start, end));
    return { line, column, endLine, endColumn };
  }
  /** The offset at which a line (from 1) begins. */
  startOf(line) {
    return this.starts[line - 1] ?? this.length;
  }
  find(offset) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const first = low === 0 && this.startsWithMark ? 1 : this.starts[low] ?? 0;
    return [low + 1, Math.max(0, offset - first) + 1];
  }
};

// lib/workflow/endless-needs.ts
function findEndlessNeeds(jobs) {
  const open = /* @__PURE__ */ new Map();
  const waiting = /* @__PURE__ */ new Map();
  for (let at = 0; at < jobs.items.length; at += 2) {
    const id = jobs.items[at]?.value ?? "";
    const needs = new Set(listNeeds(findField(lookThrough(jobs.items[at + 1]), "needs")));
    open.set(id, needs.size);
    for (const need of needs) {
      const others = waiting.get(need);
      if (others) others.push(id);
      else waiting.set(need, [id]);
    }
  }
  const ended = Array.from(open.keys()).filter((id) => open.get(id) === 0);
  for (let id = ended.pop(); id !== void 0; id = ended.pop()) {
    open.delete(id);
    for (const other of waiting.get(id) ?? []) {
      const left = (open.get(other) ?? 0) - 1;
      open.set(other, left);
      if (left === 0) ended.push(other);
    }
  }
  return new Set(open.keys());
}
function listNeeds(needs) {
  if (needs?.kind === "scalar") return [needs.value];
  return needs?.kind === "seq" ? needs.items.map((item) => lookThrough(item).value) : [];
}

// lib/workflow/expression.ts
function hasExpression(text2) {
  return text2.includes("${{") && text2.includes("}}");
}
function splitExpressions(text2) {
  if (!hasExpression(text2)) return [{ kind: "text", text: text2 }];
  const pieces = [];
  let at = 0;
  let start = -1;
  while (at < text2.length) {
    if (start < 0) {
      const open = text2.indexOf("${{", at);
      if (open !== at) pieces.push({ kind: "text", text: text2.slice(at, open < 0 ? text2.length : open) });
      start = open < 0 ? -1 : open + 3;
      at = open < 0 ? text2.length : start;
      continue;
    }
    const close = text2.indexOf("}}", at);
    const quote2 = text2.indexOf("'", at);
    if (close >= 0 && (quote2 < 0 || close < quote2)) {
      pieces.push({ kind: "expression", text: text2.slice(start, close).trim() });
      at = close + 2;
      start = -1;
    } else if (quote2 >= 0) {
      const end = endOfQuote(text2, quote2 + 1);
      if (end < 0) return null;
      at = end;
    } else return null;
  }
  return pieces;
}
function endOfQuote(text2, from) {
  let last = -1;
  for (let at = text2.indexOf("'", from); at >= 0; at = text2.indexOf("'", at + 2)) {
    last = at + 1;
    if (text2[at + 1] !== "'") return last;
  }
  return last;
}

// lib/workflow/describe-node.ts
function describeNode(node2) {
  if (node2.kind === "seq") return "a list";
  if (node2.kind === "map") return "a mapping";
  if (node2.kind === "alias") return `the alias *${node2.value}`;
  if (isNull(node2)) return "nothing";
  const shown = node2.value.replace(/\s+/g, " ").trim();
  return `the text "${shown.length > 40 ? `${shown.slice(0, 37)}...` : shown}"`;
}

// lib/workflow/go-scalar.ts
var Fatal = class extends Error {
  node;
  constructor(message, node2) {
    super(message);
    this.node = node2;
  }
};
function fitsScalar(node2, type) {
  const value = resolve(node2);
  if (node2.tag === "!!binary" && !/^([0-9A-Za-z+/\s]{4})*([0-9A-Za-z+/]{2,3}=*)?\s*$/.test(node2.value)) {
    throw new Fatal("a !!binary text is no base64", node2);
  }
  switch (type.is) {
    case "string":
    case "any":
      return true;
    case "bool":
      return typeof value === "boolean" || typeof value === "string" && isOldBool(value);
    case "int":
      return (typeof value === "bigint" || typeof value === "number") && value < 2n ** 63n;
    default:
      return false;
  }
}
function assertNull(node2) {
  resolve(node2);
}
function resolve(node2) {
  try {
    return resolveScalar(node2);
  } catch (error) {
    if (error instanceof TagMismatch) throw new Fatal(error.message, node2);
    throw error;
  }
}
function isOldBool(word) {
  return /^(y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(word);
}

// lib/workflow/go-decode.ts
function findMisfits(node2, type, path = []) {
  return new Decoder(path).run(node2, type);
}
var Decoder = class {
  misfits = [];
  path;
  following = /* @__PURE__ */ new Set();
  count = 0;
  aliasCount = 0;
  aliasDepth = 0;
  /** Keys that a mapping has before another is merged into it; null outside of merging. */
  merged = null;
  constructor(path) {
    this.path = [...path];
  }
  run(node2, type) {
    try {
      this.decode(node2, type);
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      const path = this.path.join("").replace(/^\./, "");
      this.misfits.push({ rule: "decodes", node: error.node, path, problem: error.message, isFatal: true });
    }
    return this.misfits;
  }
  report(node2, rule, problem) {
    this.misfits.push({ rule, node: node2, path: this.path.join("").replace(/^\./, ""), problem });
  }
  decode(node2, type) {
    this.count++;
    if (this.aliasDepth > 0) this.aliasCount++;
    if (this.aliasCount > 100 && this.count > 1e3 && this.aliasCount / this.count > allowedAliasRatio(this.count)) {
      throw new Fatal("its aliases multiply beyond what the server takes", node2);
    }
    if (type.is === "node") return true;
    if (node2.kind === "alias") return this.follow(node2, type);
    if (isNull(node2)) {
      assertNull(node2);
      return type.is === "any" || type.is === "list" || type.is === "map";
    }
    if (type.is === "struct" && type.orText && node2.kind === "scalar") return true;
    if (node2.kind === "scalar") return this.decodeScalar(node2, type);
    return node2.kind === "seq" ? this.decodeSeq(node2, type) : this.decodeMap(node2, type);
  }
  follow(node2, type) {
    if (this.following.has(node2)) throw new Fatal(`the anchor "&${node2.value}" contains itself`, node2);
    this.following.add(node2);
    this.aliasDepth++;
    const fits = this.decode(node2.target, type);
    this.aliasDepth--;
    this.following.delete(node2);
    return fits;
  }
  decodeScalar(node2, type) {
    const fits = fitsScalar(node2, type);
    if (!fits) this.reportKind(node2, type);
    return fits;
  }
  decodeSeq(node2, type) {
    if (type.is !== "list" && type.is !== "any") {
      this.reportKind(node2, type);
      return false;
    }
    const item = type.is === "list" ? type.of : type;
    node2.items.forEach((child, index) => {
      this.path.push(`[${index}]`);
      this.decode(child, item);
      this.path.pop();
    });
    return true;
  }
  decodeMap(node2, type) {
    if (this.reportDuplicates(node2)) return false;
    if (type.is !== "struct" && type.is !== "map" && type.is !== "any") {
      this.reportKind(node2, type);
      return false;
    }
    const skipped = this.merged;
    this.merged = null;
    let merge = null;
    for (let at = 0; at < node2.items.length; at += 2) {
      const key = node2.items[at];
      const value = node2.items[at + 1];
      if (isMergeKey(key)) merge = value;
      else if (this.decodeKey(key, type) && !skipped?.has(keyText(key))) {
        skipped?.add(keyText(key));
        const inner = valueType(type, keyText(key));
        if (!inner) continue;
        this.path.push(`.${keyText(key)}`);
        this.decode(value, inner);
        this.path.pop();
      }
    }
    this.merged = skipped;
    if (merge) this.decodeMerge(node2, merge, type);
    return true;
  }
  /** Keys are texts, but for a mapping of any kind, whose keys may be anything that Go can hash. */
  decodeKey(key, type) {
    if (type.is !== "any") return this.decode(key, { is: "string" });
    this.decode(key, type);
    const target = lookThrough(key);
    if (target?.kind === "map" || target?.kind === "seq")
      throw new Fatal("a list or mapping is used as a key", key);
    return true;
  }
  decodeMerge(node2, merge, type) {
    const outer = this.merged;
    this.merged ??= new Set(node2.items.filter((_, index) => index % 2 === 0).map(keyText));
    for (const source of merge.kind === "seq" ? merge.items : [merge]) {
      const target = lookThrough(source);
      if (target?.kind !== "map") throw new Fatal('"<<" merges something that is no mapping', merge);
      this.decode(source, type);
    }
    this.merged = outer;
  }
  reportDuplicates(node2) {
    const seen = /* @__PURE__ */ new Set();
    let found = false;
    for (let at = 0; at < node2.items.length; at += 2) {
      const key = node2.items[at];
      const name = `${key.kind} ${key.value}`;
      if (seen.has(name)) {
        this.report(key, "yaml-valid", `the key "${key.value}" is there twice`);
        found = true;
      }
      seen.add(name);
    }
    return found;
  }
  reportKind(node2, type) {
    this.report(
      node2,
      type.rule ?? "decodes",
      `${describeNode(node2)} stands where ${kindWords[type.is]} must`
    );
  }
};
var kindWords = {
  string: "a text",
  bool: "true or false",
  int: "a number",
  any: "anything",
  node: "anything",
  list: "a list",
  map: "a mapping",
  struct: "a mapping"
};
function valueType(type, key) {
  if (type.is === "struct") return Object.hasOwn(type.fields, key) ? type.fields[key] : void 0;
  return type.is === "map" ? type.of : type;
}
function allowedAliasRatio(count) {
  const [low, high] = [4e5, 4e6];
  return count <= low ? 0.99 : count >= high ? 0.1 : 0.99 - 0.89 * (count - low) / (high - low);
}

// lib/workflow/go-print.ts
function printValue(value) {
  if (value === null) return "<nil>";
  if (typeof value === "number") return printFloat(value);
  if (Array.isArray(value)) return `[${value.map(printValue).join(" ")}]`;
  if (value instanceof Map) {
    const entries2 = Array.from(value).sort(([a], [b]) => compareBytes(a, b));
    return `map[${entries2.map(([key, item]) => `${key}:${printValue(item)}`).join(" ")}]`;
  }
  return typeof value === "object" ? value.printed : String(value);
}
function printFloat(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  if (Object.is(value, -0)) return "-0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
  }
  return String(value);
}
function compareBytes(a, b) {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

// lib/workflow/go-types.ts
var text = { is: "string" };
var anything = { is: "any" };
var node = { is: "node" };
function listOf(of, rule) {
  return withRule({ is: "list", of }, rule);
}
function mapOf(of, rule) {
  return withRule({ is: "map", of }, rule);
}
function struct(fields, rule) {
  return withRule({ is: "struct", fields }, rule);
}
function withRule(type, rule) {
  return rule === void 0 ? type : { ...type, rule };
}

// lib/workflow/matrix-lists.ts
function readMatrixLists(matrix, where) {
  const lists = new Map(Array.from(toValue(withoutNullKeys(matrix)), toList));
  const source = { matrix, where, lists, misfits: [] };
  const added = readIncludes(source);
  const isKnown2 = (item) => Array.from(item.keys()).some((key) => lists.has(key));
  const excludes = readExcludes(source);
  const axes = new Map(lists);
  axes.delete("include");
  axes.delete("exclude");
  return {
    axes,
    includes: added.filter(isKnown2),
    extras: added.filter((item) => !isKnown2(item)),
    excludes,
    misfits: source.misfits
  };
}
function withoutNullKeys(matrix) {
  const isNamed = (index) => !isNull(lookThrough(matrix.items[index - index % 2]));
  return { ...matrix, items: matrix.items.filter((_, index) => isNamed(index)) };
}
function toList([key, value]) {
  return [key, Array.isArray(value) ? value : []];
}
function readIncludes(source) {
  return (source.lists.get("include") ?? []).flatMap((item, index) => {
    if (item === null) return [];
    const isList = Array.isArray(item);
    const fits = isList || hasTextKeys(lookThrough(itemAt(source, "include", index)));
    return (isList ? item : [item]).flatMap(
      (one2) => one2 instanceof Map && fits ? [one2] : refuseItem(source, "include", index)
    );
  });
}
function readExcludes(source) {
  const { lists, where } = source;
  return (lists.get("exclude") ?? []).flatMap((item, index) => {
    const fits = hasTextKeys(lookThrough(itemAt(source, "exclude", index)));
    if (!(item instanceof Map) || !fits) return refuseItem(source, "exclude", index);
    return Array.from(item.keys()).flatMap((key) => {
      if (key !== "include" && lists.has(key)) return [item];
      source.misfits.push({
        rule: "matrix-exclude-known",
        node: itemAt(source, "exclude", index) ?? source.matrix,
        path: `${where}.exclude[${index}]`,
        problem: `it names "${key}", which is no key of the matrix`
      });
      return [];
    });
  });
}
function refuseItem(source, key, index) {
  source.misfits.push({
    rule: "no-server-panic",
    node: itemAt(source, key, index) ?? source.matrix,
    path: `${source.where}.${key}[${index}]`,
    problem: `an item of \`${key}\` must be a mapping with texts as keys`
  });
  return [];
}
function itemAt({ matrix }, key, index) {
  return lookThrough(findField(matrix, key))?.items[index];
}
function hasTextKeys(node2) {
  return node2?.kind === "map" && node2.items.every((key, index) => index % 2 === 1 || isMergeKey(key) || tagOf(key) === "!!str");
}

// lib/workflow/matrix.ts
var mostLegs = 4096;
function expandMatrix(job, path) {
  const none = () => [/* @__PURE__ */ new Map()];
  const matrix = findField(findField(job, "strategy"), "matrix");
  if (matrix?.kind !== "map" || findMisfits(matrix, mapOf(listOf(anything))).length > 0) {
    return { legs: none(), misfits: [] };
  }
  const lists = readMatrixLists(matrix, `${path}.strategy.matrix`);
  const { misfits } = lists;
  if (misfits.length > 0) return { legs: none(), misfits };
  if (areTooMany(lists)) return { legs: null, misfits };
  const legs = makeLegs(lists);
  if (legs.length === 0) return { legs: none(), misfits };
  const names = new Map(legs.map((leg) => [leg, legName(leg)]));
  return { legs: legs.sort((a, b) => compareBytes(names.get(a) ?? "", names.get(b) ?? "")), misfits };
}
function areTooMany({ axes, excludes }) {
  const product = countProduct(axes);
  return product * (1 + excludes.length) > mostLegs * 16 || product > mostLegs;
}
function countProduct(axes) {
  return Array.from(axes.values()).reduce((total, { length }) => total * length, 1);
}
function makeLegs({ axes, includes, extras, excludes }) {
  const all = axes.size === 0 || countProduct(axes) === 0 ? [] : combine(axes);
  const legs = all.filter((leg) => !excludes.some((exclude) => agrees(leg, exclude, () => true)));
  const unmatched = [];
  for (const include of includes) {
    const matching = legs.filter((leg) => agrees(leg, include, (key) => axes.has(key)));
    for (const leg of matching) for (const [key, value] of include) leg.set(key, value);
    if (matching.length === 0) unmatched.push(include);
  }
  return [...legs, ...[...extras, ...unmatched].map((extra) => new Map(extra))];
}
function legName(leg) {
  const keys = Array.from(leg.keys()).sort(compareBytes);
  return `(${keys.map((key) => printValue(leg.get(key) ?? null)).join(", ")})`;
}
function combine(axes) {
  let legs = [/* @__PURE__ */ new Map()];
  for (const [key, values] of axes) {
    legs = legs.flatMap((leg) => values.map((value) => new Map(leg).set(key, value)));
  }
  return legs;
}
function agrees(leg, other, counts) {
  for (const [key, value] of leg) {
    const wanted = other.get(key);
    if (wanted !== void 0 && counts(key) && !isEqual(value, wanted)) return false;
  }
  return true;
}
function isEqual(a, b) {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  return a.constructor === b.constructor && printValue(a) === printValue(b);
}

// lib/workflow/on-findings.ts
var OnFindings = class {
  events = [];
  misfits = [];
  add(name, acts = /* @__PURE__ */ new Map(), isSchedule = false) {
    this.events.push({ name, acts, isSchedule });
  }
  refuse(misfit) {
    this.misfits.push(misfit);
  }
  /** Refuses what does not fit the type; answers whether all of it fits. */
  check(node2, type, path) {
    const misfits = findMisfits(node2, type, [path]);
    this.misfits.push(...misfits);
    return misfits.length === 0;
  }
  /** Refuses a filter of an event whose value is none that the server takes. */
  refuseFilter(event, { key, value, path }) {
    const rule = ruleOfFilter(event, key, value);
    this.refuse({ rule, node: value, path, problem: `its value is ${describeNode(value)}` });
  }
  /** Refuses an item of a schedule that is no mapping of texts; answers whether all of them are. */
  checkSchedule(items, path) {
    for (const [index, item] of items.entries()) {
      const value = toValue(item);
      const isTexts = value instanceof Map && [...value.values()].every((part) => typeof part === "string");
      if (isTexts && hasTextKeys2(lookThrough(item))) continue;
      const problem = `${describeNode(item)} stands where a mapping of texts must`;
      this.refuse({ rule: "decodes", node: item, path: `${path}[${index}]`, problem });
      return false;
    }
    return true;
  }
};
function ruleOfFilter(event, key, value) {
  if (event === "workflow_call" && /^(inputs|secrets|outputs)$/.test(key)) return "no-call-interface";
  if (event === "workflow_dispatch" && key === "inputs") return "no-dispatch-inputs";
  if (event === "<<") return "no-alias-in-on";
  if (value.kind !== "scalar") return "decodes";
  return isNull(value) ? "no-null-filter" : "string-filters";
}
function toText(node2) {
  const target = lookThrough(node2);
  if (target.kind !== "scalar") return null;
  const value = toValue(target);
  return typeof value === "string" ? value : null;
}
function hasTextKeys2(map) {
  return map.items.every((key, index) => index % 2 === 1 || ["!!str", "!!merge"].includes(tagOf(key)));
}

// lib/workflow/on-event-22.ts
function readEvent22(found, { value: name }, body) {
  const path = `on.${name}`;
  if (!found.check(body, anything, path)) return;
  const target = lookThrough(body);
  if (target.kind === "map") readFilters(found, name, target, path);
  else if (target.kind === "seq") readList(found, name, target, path);
  else if (isNull(target) || toText(target) !== null) found.add(name);
  else {
    const problem = `${describeNode(target)} stands where its filters must`;
    found.refuse({ rule: "decodes", node: body, path, problem });
  }
}
function readFilters(found, name, body, path) {
  if (!hasTextKeys2(body))
    return found.refuse({ rule: "decodes", node: body, path, problem: "one of its keys is no text" });
  const acts = /* @__PURE__ */ new Map();
  for (const [key, value] of mergedEntries(body)) {
    const items = value.kind === "seq" ? value.items : [value];
    const texts = items.map(toText);
    for (const [index, item] of items.entries()) {
      if (texts[index] !== null) continue;
      const inner = `${path}.${key}${value.kind === "seq" ? `[${index}]` : ""}`;
      found.refuseFilter(name, { key, value: item, path: inner });
    }
    if (!texts.includes(null)) acts.set(key, texts);
  }
  found.add(name, acts);
}
function readList(found, name, body, path) {
  if (name !== "schedule") {
    const rule = name === "<<" ? "no-alias-in-on" : "filters-not-list";
    found.refuse({ rule, node: body, path, problem: "its value is a list" });
  } else if (found.checkSchedule(body.items, path)) found.add(name, /* @__PURE__ */ new Map(), true);
}
function mergedEntries(map, seen = /* @__PURE__ */ new Map()) {
  let merge;
  for (let at = 0; at < map.items.length; at += 2) {
    const key = map.items[at];
    const value = map.items[at + 1];
    const name = lookThrough(key).value;
    if (isMergeKey(key)) merge = value;
    else if (!seen.has(name)) seen.set(name, lookThrough(value));
  }
  for (const source of merge?.kind === "seq" ? merge.items : merge ? [merge] : []) {
    const target = lookThrough(source);
    if (target?.kind === "map") mergedEntries(target, seen);
  }
  return seen;
}

// lib/workflow/server-schema.ts
function workflowType(minor) {
  const known2 = schemas.get(minor);
  if (known2) return known2;
  const made = makeWorkflowType(minor);
  schemas.set(minor, made);
  return made;
}
var schemas = /* @__PURE__ */ new Map();
function makeWorkflowType(minor) {
  return struct({
    file: text,
    name: text,
    on: node,
    env: mapOf(withRule(text, "mapping-env"), "mapping-env"),
    jobs: mapOf(jobType(minor)),
    defaults,
    ...minor >= 24 && { concurrency: concurrencyType(minor) },
    ...minor >= 25 && { "run-name": text }
  });
}
var defaults = struct({ run: struct({ shell: text, "working-directory": text }) });
function concurrencyType(minor) {
  const fields = { group: text, "cancel-in-progress": text };
  return minor === 24 ? struct(fields, "no-string-concurrency") : { is: "struct", fields, orText: true, rule: "no-string-concurrency" };
}
var stepType = struct({
  id: text,
  if: node,
  name: text,
  uses: text,
  run: text,
  "working-directory": text,
  shell: text,
  env: node,
  with: mapOf(withRule(text, "scalar-with")),
  "continue-on-error": { is: "bool", rule: "literal-continue-on-error" },
  "timeout-minutes": text
});
var serviceType = struct(
  {
    image: text,
    env: mapOf(text),
    ports: listOf(text),
    volumes: listOf(text),
    options: text,
    credentials: mapOf(text),
    cmd: listOf(text),
    entrypoint: text,
    args: text,
    name: text,
    reuse: { is: "bool" }
  },
  "mapping-services"
);
function jobType(minor) {
  return struct({
    name: text,
    needs: node,
    "runs-on": node,
    env: node,
    if: node,
    steps: listOf(stepType),
    "timeout-minutes": text,
    services: mapOf(serviceType, "mapping-services"),
    strategy: struct(
      {
        "fail-fast": text,
        "max-parallel": text,
        matrix: node,
        failfast: { is: "bool" },
        maxparallel: { is: "int" }
      },
      "mapping-strategy"
    ),
    container: node,
    defaults,
    outputs: mapOf(text),
    uses: text,
    with: mapOf(anything),
    secrets: node,
    result: text,
    ...minor >= 24 && { concurrency: concurrencyType(minor) }
  });
}
var dispatchInputType = struct({
  name: text,
  description: text,
  required: { is: "bool" },
  default: text,
  type: text,
  options: listOf(text)
});

// lib/workflow/on-event-23.ts
function readEvent23(found, key, body, { takesBareValues }) {
  const name = key.value;
  const path = `on.${name}`;
  if (body.kind === "alias") refuseAlias(found, key, body, { outer: "on", path });
  else if (body.kind === "scalar") found.add(name);
  else if (body.kind === "map") readFilters2(found, name, body, { path, takesBareValues });
  else if (found.check(body, anything, path) && (name !== "schedule" || found.checkSchedule(body.items, path)))
    found.add(name, /* @__PURE__ */ new Map(), body.items.length > 0);
}
function readFilters2(found, event, body, { path: outer, takesBareValues }) {
  const acts = /* @__PURE__ */ new Map();
  for (let at = 0; at < body.items.length; at += 2) {
    const node2 = body.items[at];
    const value = body.items[at + 1];
    const key = node2.value;
    const path = `${outer}.${key}`;
    if (node2.kind !== "scalar") refuseKey(found, node2, outer);
    else if (value.kind === "alias") refuseAlias(found, node2, value, { outer, path });
    else if (value.kind === "seq") {
      if (found.check(value, listOf(text), path)) acts.set(key, listTexts(value));
    } else if (value.kind === "map") {
      if (event === "workflow_dispatch" && key === "inputs") checkInputs(found, value, path);
      else found.refuseFilter(event, { key, value, path });
    } else if (takesBareValues) acts.set(key, [isNull(value) ? "" : textOf(value)]);
    else found.refuseFilter(event, { key, value, path });
  }
  found.add(event, acts);
}
function checkInputs(found, inputs, outer) {
  for (let at = 0; at < inputs.items.length; at += 2) {
    const input = inputs.items[at];
    const body = inputs.items[at + 1];
    const path = `${outer}.${input.value}`;
    if (input.kind !== "scalar") refuseKey(found, input, outer);
    else if (body.kind === "map") found.check(body, dispatchInputType, path);
    else if (body.kind === "alias") refuseAlias(found, null, body, { outer, path });
    else {
      const problem = `${describeNode(body)} stands where a mapping must`;
      found.refuse({ rule: "decodes", node: body, path, problem });
    }
  }
}
function refuseKey(found, key, path) {
  found.refuse({ rule: "decodes", node: key, path, problem: `${describeNode(key)} is used as a key` });
}
function refuseAlias(found, key, alias, { outer, path }) {
  const isMerge = key !== null && isMergeKey(key);
  found.refuse({
    rule: "no-alias-in-on",
    node: alias,
    path: isMerge ? outer : path,
    problem: isMerge ? 'a merge key ("<<") stands in it' : `its value is the alias *${alias.value}`
  });
}
function listTexts(list2) {
  return list2.items.map((item) => lookThrough(item)).filter((item) => !isNull(item)).map(textOf);
}

// lib/workflow/parse-on.ts
function parseOn(on, minor) {
  const found = new OnFindings();
  if (on) read2(found, on, minor);
  return { events: found.events, misfits: found.misfits };
}
function read2(found, on, minor) {
  if (on.kind === "alias")
    return found.refuse({ rule: "no-alias-in-on", node: on, path: "on", problem: "its value is an alias" });
  if (on.kind === "scalar") {
    if (found.check(on, text, "on")) found.add(on.value);
  } else if (on.kind === "seq") {
    if (found.check(on, anything, "on")) on.items.forEach((item, index) => readListed(found, item, index));
  } else {
    for (let at = 0; at < on.items.length; at += 2) {
      readEvent2(found, on.items[at], on.items[at + 1], minor);
    }
  }
}
function readListed(found, item, index) {
  const name = toText(item);
  if (name !== null) return found.add(name);
  const rule = item.kind === "map" ? "filters-not-list" : "decodes";
  const problem = `${describeNode(item)} stands where the name of an event must`;
  found.refuse({ rule, node: item, path: `on[${index}]`, problem });
}
function readEvent2(found, key, body, minor) {
  if (key.kind !== "scalar") {
    const problem = `${describeNode(key)} is used as an event`;
    found.refuse({ rule: "decodes", node: key, path: "on", problem });
  } else if (minor === 22) readEvent22(found, key, body);
  else readEvent23(found, key, body, { takesBareValues: minor > 23 });
}

// lib/workflow/re-encode.ts
function findEncodingFaults(job, path, minor) {
  const walk = new Walk();
  const raw = (owner, key, where, place) => {
    const node2 = findField(owner, key);
    if (node2) walk.node(node2, `${where}.${key}`, place);
  };
  raw(job, "needs", path, jobLevel);
  walk.anchors.clear();
  walk.times = 2;
  const decoded = (owner, keys, where, place) => {
    for (const key of keys) {
      const node2 = findField(owner, key);
      if (node2) walk.values(node2, `${where}.${key}`, place);
    }
  };
  decoded(job, ["name"], path, jobLevel);
  raw(job, "env", path, jobLevel);
  raw(job, "if", path, jobLevel);
  under(findField(job, "steps")).items.forEach((item, index) => {
    const step = lookThrough(item);
    const where = `${path}.steps[${index}]`;
    decoded(step, stepKeys, where, stepLevel);
    raw(step, "if", where, stepLevel);
    raw(step, "env", where, stepLevel);
  });
  decoded(job, ["timeout-minutes"], path, jobLevel);
  const services = under(findField(job, "services"));
  for (let at = 0; at < services.items.length; at += 2) {
    const name = `${path}.services.${services.items[at]?.value}`;
    decoded(under(services.items[at + 1]), serviceKeys, name, { column: 12, inList: false });
  }
  decoded(under(findField(job, "strategy")), ["fail-fast", "max-parallel"], `${path}.strategy`, jobLevel);
  raw(job, "container", path, jobLevel);
  decoded(job, ["outputs", "uses", "with"], path, jobLevel);
  raw(job, "secrets", path, jobLevel);
  if (minor >= 24) decoded(job, ["concurrency"], path, jobLevel);
  if (minor >= 25) raw(job, "permissions", path, jobLevel);
  return walk.misfits;
}
var jobLevel = { column: 4, inList: false };
var stepLevel = { column: 10, inList: false };
var stepKeys = ["id", "name", "uses", "run", "working-directory", "shell", "with", "timeout-minutes"];
var serviceKeys = ["image", "env", "ports", "volumes", "options", "credentials", "cmd"];
var Walk = class {
  misfits = [];
  anchors = /* @__PURE__ */ new Set();
  /** How often what follows is written. */
  times = 1;
  /** A node that is written as it stands. */
  node(node2, path, place) {
    if (node2.kind === "alias") {
      if (this.anchors.has(node2.value)) return;
      const problem = `the alias *${node2.value} stands in another job than its anchor, or is written before it`;
      this.misfits.push({ rule: "no-alias-across-jobs", node: node2, path, problem });
      return;
    }
    if (node2.anchor !== "") this.anchors.add(node2.anchor);
    if (node2.kind === "scalar") {
      const isBlock = node2.style === "literal" || node2.style === "folded";
      if (isBlock || node2.style === "plain") this.text(node2, path, place, isBlock);
      return;
    }
    const inner = node2.flow ? inFlow : enter2(place, node2.kind === "seq");
    node2.items.forEach((item, index) => this.node(item, childPath(node2, path, index), inner));
  }
  /** A node that was decoded, so that aliases and quotes are gone. */
  values(node2, path, place, depth = 0) {
    const target = lookThrough(node2);
    if (depth > 50) return;
    if (target.kind === "scalar") return this.text(target, path, place, false);
    const inner = enter2(place, target.kind === "seq");
    target.items.forEach((item, index) => {
      const isKey = target.kind === "map" && index % 2 === 0;
      if (isKey || target.kind === "map" && isMergeKey(target.items[index - 1])) return;
      this.values(item, childPath(target, path, index), inner, depth + 1);
    });
  }
  /** Without quotes, a text is written as a block if it was one, or has several lines. */
  text({ value, ...node2 }, path, { column, inList }, wasBlock) {
    if (column < 0) return;
    const shift = inList || column % 4 !== 0 ? 2 : 0;
    if (!breaksWhenWritten(value, this.times, { wasBlock, shift })) return;
    const problem = "it has several lines and begins with a blank";
    this.misfits.push({ rule: "no-leading-blank-in-block", node: { value, ...node2 }, path, problem });
  }
};
var inFlow = { column: -1, inList: false };
function enter2({ column, inList }, isList) {
  if (column < 0) return inFlow;
  return { column: inList ? column + 2 : 4 * Math.floor((column + 4) / 4), inList: isList };
}
function mayBeBlock(value) {
  if (value === "" || value.endsWith(" ") || / [\n\r\u2028\u2029]/.test(value)) return false;
  return !/[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value);
}
function breaksWhenWritten(value, times, { wasBlock, shift }) {
  if (times === 0 || !(wasBlock || value.includes("\n")) || !mayBeBlock(value)) return false;
  if (value.startsWith("	")) return true;
  if (!/^[ \n]/.test(value)) return false;
  const lines = value.replace(/^\n/, "").split("\n");
  const short = shift === 0 ? -1 : lines.findIndex((line) => line !== "" && !line.startsWith("  "));
  const rest = short < 0 ? [] : lines.slice(short);
  if (/^ ?\t/.test(rest[0] ?? "") || rest.some((line) => !/^\s*(#|$)/.test(line))) return true;
  const kept = lines.slice(0, short < 0 ? void 0 : short).map((line) => line.slice(shift));
  const next = kept.join("\n");
  const ended = short < 0 ? next : value.endsWith("\n") ? `${next}
` : next.replace(/\n+$/, "");
  return breaksWhenWritten(ended, times - 1, { wasBlock, shift });
}
function childPath(node2, path, index) {
  if (node2.kind === "seq") return `${path}[${index}]`;
  return `${path}.${node2.items[index - index % 2]?.value ?? ""}`;
}
var nothing = makeNode("scalar", 0, 0);
function under(node2) {
  return lookThrough(node2) ?? nothing;
}

// lib/workflow/server-panic.ts
function findServerPanic(text2, hasEndlessNeeds = () => false) {
  return findInPieces(text2, (name) => {
    if (name === "cancelled") return `\`${name}()\` in it has no answer before a job has run`;
    if (name !== "success" && name !== "failure" || !hasEndlessNeeds()) return null;
    return `\`${name}()\` in it follows \`needs\`, which go round in a circle or lead to no job`;
  });
}
function findInPieces(text2, judge) {
  const pieces = splitExpressions(text2);
  if (!pieces) return 'a quote or "${{" in it is not closed';
  for (const piece of pieces) {
    const problem = piece.kind === "expression" ? findBadCall(piece.text, judge) : null;
    if (problem) return problem;
  }
  return null;
}
var leastArguments = {
  contains: 2,
  startswith: 2,
  endswith: 2,
  format: 1,
  join: 1,
  tojson: 1,
  fromjson: 1
};
function findBadCall(expression, judge) {
  for (const { name, from, count } of listCalls(expression)) {
    const known2 = name.toLowerCase();
    const least = leastArguments[known2] ?? 0;
    if (count < least)
      return `\`${name}()\` in it needs ${least === 1 ? "an argument" : `${least} arguments`}`;
    const form = known2 === "format" ? readText2(expression, from) : void 0;
    if (form !== void 0 && strayBrace.test(form))
      return `a "}" in the text of \`${name}()\` in it stands alone`;
    const problem = judge(known2);
    if (problem) return problem;
  }
  return null;
}
function readText2(expression, from) {
  const text2 = /\s*'((?:[^']|'')*)'/y;
  text2.lastIndex = from;
  return text2.exec(expression)?.[1];
}
var strayBrace = /^(?:[^{}]|\{[^{}]*[{}]|\}\})*\}[^}]/;
function listCalls(expression) {
  const code = expression.replace(/'(?:[^']|'')*'/g, (text2) => `'${"_".repeat(text2.length - 2)}'`);
  const names = new Map(
    Array.from(code.matchAll(/(?<![\w.-])([a-z]+)\s*\(/gi), ({ 0: whole, 1: name, index }) => [
      index + whole.length,
      name ?? ""
    ])
  );
  const found = [];
  const open = [];
  for (const { 0: sign, index } of code.matchAll(/\S/g)) {
    const inner = open.at(-1);
    const from = index + 1;
    if (sign === (inner?.sign === "(" ? ")" : "]")) {
      open.pop();
      if (inner && names.has(inner.from)) found.push(inner);
      continue;
    }
    if (inner) inner.count = sign === "," ? inner.count + 1 : Math.max(inner.count, 1);
    if (sign === "(" || sign === "[") open.push({ name: names.get(from) ?? "", from, count: 0, sign });
  }
  return found.sort((one2, other) => one2.from - other.from);
}

// lib/workflow/dropped.ts
function findDrop(text2, profile) {
  const minor = giteaMinor(profile);
  if (minor === null) return null;
  const lines = new LineTable(text2);
  try {
    const misfit = findFaults(readYaml(text2), minor)[0];
    if (!misfit) return null;
    const { rule, path, problem, node: node2 } = misfit;
    return { rule, path, message: sayDropped(path, problem, profile), ...lines.locate(node2.start, node2.end) };
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    return {
      rule: "yaml-valid",
      path: "",
      message: sayDropped("", error.message, profile),
      ...lines.locate(error.offset, error.offset + 1)
    };
  }
}
function sayDropped(path, problem, profile) {
  const where = path === "" ? problem : `\`${path}\`: ${problem}`;
  return `${where}; ${profile} drops the whole file without a word`;
}
function findFaults(document, minor) {
  const { root } = document;
  if (!root) return [makeFault(emptyNode, "", "the file is empty")];
  const faults = findMisfits(root, workflowType(minor));
  if (faults.some(({ isFatal }) => isFatal)) return faults;
  const workflow = lookThrough(root);
  const on = findField(workflow, "on");
  const isEmpty = !on || isNull(on) || on.kind !== "scalar" && on.kind !== "alias" && on.items.length === 0;
  if (isEmpty) faults.push(makeFault(on ?? root, "on", "no event is named"));
  faults.push(...parseOn(on, minor).misfits);
  faults.push(...findJobFaults(root, findField(workflow, "jobs"), minor));
  const runName = minor >= 25 ? findField(workflow, "run-name") : void 0;
  if (runName?.kind === "scalar") faults.push(...panics(runName, { path: "run-name" }));
  return faults;
}
var emptyNode = { start: 0, end: 0 };
function makeFault(node2, path, problem, rule = "decodes") {
  return { rule, node: node2, path, problem };
}
function panics(node2, { text: text2 = node2.value, path }, hasEndlessNeeds) {
  const problem = findServerPanic(text2, hasEndlessNeeds);
  return problem === null ? [] : [makeFault(node2, path, problem, "no-server-panic")];
}
function findJobFaults(root, jobs, minor) {
  if (!jobs || isNull(jobs)) return [makeFault(jobs ?? root, "jobs", "there are none")];
  if (jobs.kind === "alias") return [makeFault(jobs, "jobs", "its value is an alias")];
  if (jobs.kind !== "map") return [];
  if (jobs.items.length === 0) return [makeFault(jobs, "jobs", "there are none")];
  const faults = [];
  let endless;
  for (let at = 0; at < jobs.items.length; at += 2) {
    const id = jobs.items[at];
    const job = jobs.items[at + 1];
    faults.push(
      ...findFaultsOfJob(id, job, {
        minor,
        hasEndlessNeeds: () => (endless ??= findEndlessNeeds(jobs)).has(id.value)
      })
    );
  }
  return faults;
}
function findFaultsOfJob(id, value, { minor, hasEndlessNeeds }) {
  const path = `jobs.${id.value}`;
  const isMerge = id.value === "<<" && id.style === "plain";
  if (id.kind !== "scalar" || isNull(id) || isMerge) {
    return [makeFault(id, path, isMerge ? 'a merge key ("<<") stands among the jobs' : "a job has no name")];
  }
  const job = lookThrough(value);
  if (isNull(job)) return [makeFault(value, path, "the job is empty", "no-server-panic")];
  if (job.kind !== "map") return [];
  const { legs, misfits } = expandMatrix(job, path);
  const faults = [...misfits];
  const runsOn = findField(job, "runs-on");
  if (minor >= 25 && runsOn?.kind === "scalar" && /\$\{\{(?![\s\S]*\}\})/.test(runsOn.value)) {
    faults.push(makeFault(runsOn, `${path}.runs-on`, 'a "${{" in it is not closed', "no-server-panic"));
  }
  for (const label of listLabels(runsOn)) {
    faults.push(...panics(label, { path: `${path}.runs-on` }, hasEndlessNeeds));
  }
  const name = findField(job, "name");
  const isEvaluated = minor >= 23 && (legs === null || legs.some((leg) => leg.size > 0));
  const nameText = lookThrough(name)?.value ?? "";
  if (name && isEvaluated && hasExpression(nameText))
    faults.push(...panics(name, { text: nameText, path: `${path}.name` }, hasEndlessNeeds));
  faults.push(...findEncodingFaults(job, path, minor));
  return faults;
}
function listLabels(runsOn) {
  if (runsOn?.kind === "map") {
    const group = findField(runsOn, "group");
    return [...listLabels(findField(runsOn, "labels")), ...group ? [group] : []];
  }
  if (runsOn?.kind === "scalar") return [runsOn];
  if (runsOn?.kind !== "seq") return [];
  return runsOn.items.map((item) => lookThrough(item));
}

// lib/workflow/invalid-github.ts
function findInvalidTrigger(workflow, isEvent2) {
  for (const [event, trigger] of workflow.on) {
    const problem = isEvent2(event) ? findProblem(event, trigger) : "GitHub has no such event";
    if (problem !== null) return { at: trigger, problem: `\`on.${event}\`: ${problem}` };
  }
  return null;
}
function findProblem(event, { filters, unknownKeys, types }) {
  const unknown = event === "push" ? [...unknownKeys, ...types === null ? [] : ["types"]] : [];
  if (unknown[0] !== void 0) return `\`${unknown[0]}\` is no filter of it`;
  for (const key of PUSH_FILTER_KEYS) {
    const patterns = filters[key];
    if (patterns === void 0) continue;
    if (!key.endsWith("-ignore") && filters[`${key}-ignore`] !== void 0)
      return `\`${key}\` and \`${key}-ignore\` may not stand side by side`;
    const bad = patterns.find((one2) => one2 === "" || compilePattern2(one2.replace(/^!/, "")) === null);
    if (bad !== void 0) return `"${bad}" in \`${key}\` is no pattern`;
  }
  return null;
}

// lib/workflow/read-events.ts
function readEvents({ on, document }, profile) {
  const minor = giteaMinor(profile);
  if (minor === null) return Array.from(on, ([name, { filters }]) => ({ name, filters }));
  return parseOn(findField(document.root, "on"), minor).events.map((event) => ({
    name: event.isSchedule ? "schedule" : event.name,
    filters: toFilters(event)
  }));
}
function toFilters({ acts }) {
  const filters = {};
  const unknownKeys = [];
  for (const [key, values] of acts) {
    const known2 = PUSH_FILTER_KEYS.find((filter) => filter === key);
    if (known2) filters[known2] = values;
    else unknownKeys.push(key);
  }
  return { ...filters, unknownKeys };
}

// lib/workflow/status-contexts.ts
var longestName = 255;
function listStatusContexts(workflow, event, profile) {
  const title = workflow.name ?? "";
  return workflow.jobs.flatMap(
    (job) => listNames(job, profile).map(
      ({ name, isWhole }) => isWhole ? { job: job.id, context: `${title} / ${cutName(name, profile)} (${event})`.trim() } : { job: job.id, prefix: `${title} / ${name}`.trimStart() }
    )
  );
}
function listNames(job, profile) {
  const { legs } = expandMatrix(job.node, `jobs.${job.id}`);
  const name = job.name?.value || job.id;
  if (!legs) return [{ name: "", isWhole: false }];
  const isEvaluated = (giteaMinor(profile) ?? 23) >= 23 && hasExpression(name);
  return legs.map((leg) => {
    if (leg.size === 0) return { name, isWhole: true };
    return isEvaluated ? fillName(name, leg) : { name: `${name} ${legName(leg)}`, isWhole: true };
  });
}
function fillName(name, leg) {
  let filled = "";
  for (const piece of splitExpressions(name) ?? []) {
    const value = piece.kind === "text" ? piece.text : evaluate(piece.text, leg);
    if (value === null) return { name: "", isWhole: false };
    filled += value;
  }
  return { name: filled, isWhole: true };
}
function evaluate(expression, leg) {
  const quoted = /^'((?:[^']|'')*)'$/.exec(expression)?.[1];
  if (quoted !== void 0) return quoted.replaceAll("''", "'");
  if (!/^matrix(\s*\.\s*[a-z_][\w-]*|\s*\[\s*'[^']*'\s*\])+$/i.test(expression)) return null;
  let value = leg;
  for (const [, dotted, bracketed] of expression.matchAll(/\.\s*([\w-]+)|\[\s*'([^']*)'\s*\]/g)) {
    if (Array.isArray(value)) return null;
    value = value instanceof Map ? findIgnoringCase(value, dotted ?? bracketed ?? "") : null;
  }
  if (value === null) return "";
  const isPlain = typeof value !== "number" || Number.isInteger(value) && Math.abs(value) < 1e15;
  return typeof value === "object" || !isPlain ? null : printValue(value);
}
function findIgnoringCase(map, name) {
  const key = Array.from(map.keys()).find((known2) => known2.toLowerCase() === name.toLowerCase());
  return map.get(name) ?? map.get(key ?? name) ?? null;
}
function cutName(name, profile) {
  if (Buffer.byteLength(name) <= longestName || profile === "github") return name;
  let kept = "";
  let bytes = 0;
  for (const char of name) {
    bytes += Buffer.byteLength(char);
    if (bytes > longestName - 3) break;
    kept += char;
  }
  return `${kept}…`;
}

// lib/workflow/job.ts
function readJobs(parts, node2) {
  const jobs = lookThrough(node2);
  const found = [];
  for (let at = 0; jobs?.kind === "map" && at < jobs.items.length; at += 2) {
    const key = jobs.items[at];
    const body = lookThrough(jobs.items[at + 1]);
    if (key.kind !== "scalar" || body?.kind !== "map") continue;
    found.push(readJob(parts, body, { id: key.value, key }));
  }
  return found;
}
function readJob(parts, node2, { id, key }) {
  const steps = lookThrough(findField(node2, "steps"))?.items ?? [];
  return {
    id,
    name: parts.text(node2, "name"),
    needs: parts.texts(findField(node2, "needs")),
    if: parts.text(node2, "if"),
    uses: parts.text(node2, "uses"),
    runsOn: readRunsOn(parts, findField(node2, "runs-on")),
    steps: steps.flatMap((item) => readStep(parts, item)),
    node: node2,
    position: parts.locate(key)
  };
}
function readRunsOn(parts, node2) {
  const target = lookThrough(node2);
  if (target?.kind !== "map") return parts.texts(node2);
  return [...parts.texts(findField(target, "labels")), ...parts.texts(findField(target, "group"))];
}
function readStep(parts, item) {
  const node2 = lookThrough(item);
  if (node2?.kind !== "map") return [];
  return [
    {
      name: parts.text(node2, "name")?.value ?? null,
      uses: parts.text(node2, "uses"),
      run: parts.text(node2, "run"),
      node: node2,
      position: parts.locate(item)
    }
  ];
}

// lib/workflow/parts.ts
var PartReader = class {
  lines;
  constructor(lines) {
    this.lines = lines;
  }
  locate(node2) {
    return this.lines.locate(node2.start, node2.end);
  }
  /** The text under a key; null where there is none. */
  text(owner, key) {
    const node2 = findField(owner, key);
    const target = lookThrough(node2);
    return node2 && target?.kind === "scalar" && !isNull(target) ? this.part(node2) : null;
  }
  /** The texts of a list, or the one that stands in its place. */
  texts(node2) {
    const target = lookThrough(node2);
    if (!node2 || !target || isNull(target)) return [];
    if (target.kind === "scalar") return [this.part(node2)];
    if (target.kind !== "seq") return [];
    return target.items.filter((item) => lookThrough(item)?.kind === "scalar").map((item) => this.part(item));
  }
  part(node2) {
    return { value: lookThrough(node2)?.value ?? "", node: node2, position: this.locate(node2) };
  }
};

// lib/workflow/trigger.ts
function readTriggers(parts, node2) {
  const on = /* @__PURE__ */ new Map();
  const target = lookThrough(node2);
  if (target?.kind === "map") {
    for (let at = 0; at < target.items.length; at += 2) {
      const key = target.items[at];
      if (key.kind !== "scalar") continue;
      on.set(key.value, readTrigger(parts, key, target.items[at + 1] ?? null));
    }
  } else for (const { value, node: key } of parts.texts(node2)) on.set(value, readTrigger(parts, key, null));
  return on;
}
function readTrigger(parts, key, node2) {
  const body = lookThrough(node2 ?? void 0);
  const filters = {};
  const unknownKeys = [];
  let types = null;
  if (body?.kind === "seq") unknownKeys.push(...parts.texts(body).map(({ value }) => value));
  for (const [name, value] of entries(body)) {
    const texts = isNull(value) ? [""] : parts.texts(value).map((text2) => text2.value);
    const known2 = PUSH_FILTER_KEYS.find((filter) => filter === name);
    if (known2) filters[known2] = texts;
    else if (name === "types") types = texts;
    if (!known2) unknownKeys.push(name);
  }
  const others = unknownKeys.filter((name) => name !== "types");
  return {
    filters: { ...filters, unknownKeys },
    unknownKeys: others,
    types,
    key,
    node: node2,
    position: parts.locate(key)
  };
}

// lib/workflow/workflow.ts
function readWorkflow(text2) {
  return toWorkflow(readYaml(text2), new LineTable(text2));
}
function toWorkflow(document, lines) {
  const { root } = document;
  const parts = new PartReader(lines);
  return {
    name: parts.text(root, "name")?.value ?? null,
    on: readTriggers(parts, findField(root, "on")),
    jobs: readJobs(parts, findField(root, "jobs")),
    document,
    lines
  };
}

// lib/gate/workflow-reading.ts
var statusEvents = {
  push: "push",
  pull_request: "pull_request",
  pull_request_target: "pull_request_target"
};
function readWorkflowText({ text: text2, path, isGarbled = false }, profile) {
  if (isGarbled && profile !== "github")
    return dropped(`${path} is not text in UTF-8: save it as UTF-8 and push it`);
  const drop = findDrop(text2, profile);
  if (drop !== null) return dropped(`${path}:${drop.line}:${drop.column}: ${drop.message}`);
  let workflow;
  try {
    workflow = readWorkflow(text2);
  } catch (error) {
    if (error instanceof YamlSyntaxError) return dropped(`${path} is not YAML: ${error.message}`);
    throw error;
  }
  const invalid = profile === "github" ? findInvalidTrigger(workflow, isEvent) : null;
  if (invalid !== null) {
    const { line, column } = invalid.at.position;
    return dropped(`${path}:${line}:${column}: ${invalid.problem}`);
  }
  if (workflow.on.size === 0) return dropped(`${path} names no event under \`on:\`, so nothing starts it`);
  const events = readEvents(workflow, profile);
  const names = [...new Set(events.map(({ name }) => name))];
  return {
    drop: null,
    events: names,
    pushFilters: events.filter(({ name }) => name === "push").map(({ filters }) => filters),
    expected: (wanted) => {
      const counted = names.filter((event) => wanted.includes("any") || wanted.includes(event));
      return listExpected(workflow, counted, profile);
    }
  };
}
function dropped(why) {
  return { drop: why, events: [], pushFilters: [], expected: () => [] };
}
function listExpected(workflow, events, profile) {
  return events.flatMap((event) => {
    const word = wordOf(event, profile);
    if (word === void 0) return [];
    return listStatusContexts(workflow, word, profile).map(
      (one2) => "context" in one2 ? { ...one2, event: word, name: jobPart(one2.context, workflow.name ?? "", word) } : { ...one2, event: word }
    );
  });
}
function jobPart(context, title, event) {
  return context.slice(`${title} / `.trimStart().length, -` (${event})`.length);
}
function wordOf(event, profile) {
  return event === "pull_request_target" && profile === "gitea-1.22" ? "pull_request" : statusEvents[event];
}
function findTwins({ reading, text: text2 }, files, { profile, events }) {
  const own = reading.expected(events);
  const seen = /* @__PURE__ */ new Map();
  for (const { context, job } of own) {
    if (context === void 0) continue;
    const other = seen.get(context);
    if (other !== void 0)
      return `its jobs "${other}" and "${job}" both write the status "${context}", so they cannot be told apart: give one another \`name:\``;
    seen.set(context, job);
  }
  for (const file of files) {
    if (file.path === text2.path) continue;
    const theirs = readWorkflowText(file, profile).expected(events);
    const clash = own.find((mine) => theirs.some((other) => mayEqual(mine, other)));
    if (clash) {
      const name = clash.context ?? `${clash.prefix}…`;
      return `${text2.file} and ${file.file} both write the status "${name}", so they cannot be told apart: give one of them another \`name:\``;
    }
  }
  return null;
}
function mayEqual(a, b) {
  if (a.event !== b.event) return false;
  if (a.context !== void 0 && b.context !== void 0) return a.context === b.context;
  const [one2, two] = [a.context ?? a.prefix ?? "", b.context ?? b.prefix ?? ""];
  return one2.startsWith(two) || two.startsWith(one2);
}

// lib/gate/read-absent.ts
async function readAbsent(inquiry, wanted) {
  const { forge, question } = inquiry;
  const [profile, text2] = await Promise.all([inquiry.profile(), findText(inquiry, wanted)]);
  const reading = readWorkflowText(text2, profile);
  const { sha } = question;
  const early = decideEarly(reading, question, profile);
  const absence = early ?? await decideByPush(inquiry, reading, profile);
  const { ref = refOf(question), ...found } = absence;
  const next = absence.state === "missing" && !absence.refused ? suggestStart({ forge, profile, text: text2, reading, ref, sha }) : [];
  return { wanted, ...found, next };
}
function decideEarly(reading, question, profile) {
  const refs = refsOf(question);
  const answers2 = (refs.length > 0 ? refs : [null]).map(
    (ref) => decideWithoutPush(reading, { events: question.events, profile, ref })
  );
  return answers2.includes(null) ? null : answers2[0];
}
async function findText({ forge, question: { sha }, files }, { file }) {
  if (forge.kind === "github") return fetchWorkflow(forge, file, sha);
  const found = (await files())?.find((one2) => one2.file === file);
  if (found === void 0) throw missingFile(forge, file, sha);
  return found;
}
async function decideByPush({ forge, question, push: readPush2 }, reading, profile) {
  const { events, sha } = question;
  const found = await readPush2();
  const namesTags = reading.pushFilters.some((filters) => filters.tags ?? filters["tags-ignore"]);
  const refs = question.base !== null && namesTags ? refsOf(question) : [];
  const pushes = found.kind === "tip" ? listTips(found, refs) : [found];
  let first = null;
  for (const push of pushes) {
    const matters = push.kind === "tip" && needsChanges(reading, push.push.ref, profile);
    const changes = matters ? await fetchChanges(forge, push.push) : null;
    const absence = decideAbsence({ reading, events, profile, sha, push, changes });
    const told = push.kind === "tip" ? { ...absence, ref: push.push.ref } : absence;
    if (told.state !== "filtered") return told;
    first ??= told;
  }
  return first;
}
function listTips(found, refs) {
  const pushes = [found.push, ...found.earlier ?? []];
  const told = refs.length > 0 ? refs.map((ref) => ({ ...found.push, ref })) : pushes;
  return told.map((push) => ({ kind: "tip", push }));
}

// lib/gate/run-state.ts
var unfinished = ["queued", "requested", "waiting", "pending", "in_progress"];
var failed = ["failure", "timed_out", "startup_failure", "action_required", "stale", "skipped"];
function chooseRuns(runs, file, filter) {
  return runs.filter((run) => run.file === file && run.sha === filter.sha).filter((run) => filter.branch === null || run.branch === filter.branch).filter((run) => filter.events.includes("any") || filter.events.includes(run.event)).sort((a, b) => b.id - a.id || b.attempt - a.attempt);
}
function findBranchless(runs, file, filter) {
  if (filter.branch === null) return null;
  return chooseRuns(runs, file, { ...filter, branch: null }).find((run) => run.branch === null) ?? null;
}
function needsJobs(run) {
  return run.status === "completed" && run.conclusion === "success";
}
function decideRunState(wanted, runs, jobs) {
  const [run] = runs;
  const answer = (state, why) => ({
    wanted,
    state,
    why: `${describeRun(run)} ${why}`,
    ...run.url ? { url: run.url } : {}
  });
  if (unfinished.includes(run.status)) {
    return answer("running", run.status === "waiting" ? "waits for an approval" : `is ${run.status}`);
  }
  if (run.status !== "completed")
    return answer("unknown", `has the status "${run.status}", which is not known`);
  if (run.conclusion === "cancelled") return decideCancelled(runs, answer);
  if (failed.includes(run.conclusion ?? "")) return answer("failure", `ended as ${run.conclusion}`);
  if (run.conclusion !== "success") {
    return answer("unknown", `has the conclusion "${run.conclusion ?? "none"}", which is not known`);
  }
  return decideSuccess(wanted, jobs, answer);
}
function decideCancelled([run, ...others], answer) {
  const replacement = others.find(
    (other) => other.attempt > 1 && unfinished.includes(other.status) && other.event === run.event && other.branch === run.branch
  );
  if (replacement)
    return answer(
      "running",
      `was cancelled, and run ${replacement.id} in its place is ${replacement.status}`
    );
  return answer("failure", "was cancelled, and no newer run takes its place");
}
function decideSuccess(wanted, jobs, answer) {
  if (jobs === null) return answer("unknown", "ended as success, but its jobs were not read");
  const strange = jobs.find((job) => !isKnown(job));
  if (strange) {
    const found = strange.status === "completed" ? `conclusion "${strange.conclusion}"` : `status "${strange.status}"`;
    return answer("unknown", `has the job "${strange.name}" with the ${found}, which is not known`);
  }
  if (wanted.job !== null) return decideJob(wanted.job, jobs, answer);
  const passed = jobs.filter((job) => job.status === "completed" && job.conclusion === "success");
  if (passed.length > 0)
    return answer(
      "success",
      `ended as success, ${passed.length} of ${countOf(jobs.length, "job")} ran and succeeded`
    );
  return answer(
    "failure",
    jobs.length === 0 ? "ended as success, but it had no job" : "ended as success, but no job ran"
  );
}
function isKnown(job) {
  if (job.status !== "completed") return unfinished.includes(job.status);
  return [...failed, "success", "cancelled", "neutral"].includes(job.conclusion ?? "");
}
function decideJob(name, jobs, answer) {
  const exact = jobs.filter((job) => job.name === name);
  const chosen = exact.length > 0 ? exact : jobs.filter((job) => job.name.startsWith(`${name} (`));
  if (chosen.length === 0) return answer("failure", `ended as success, but has no job "${name}"`);
  const bad = chosen.find((job) => job.status !== "completed" || job.conclusion !== "success");
  if (bad)
    return answer(
      "failure",
      `ended as success, but its job "${bad.name}" is ${bad.conclusion ?? bad.status}`
    );
  return answer("success", `ended as success, and its job "${name}" ran and succeeded`);
}
function describeRun(run) {
  return `run ${run.id}${run.attempt > 1 ? `, attempt ${run.attempt},` : ""}`;
}

// lib/gate/state.ts
var worstFirst = ["failure", "missing", "unknown", "running", "filtered", "success"];
function worstState(states) {
  const rank = ({ state }) => worstFirst.indexOf(state);
  return states.reduce((worst, state) => rank(state) < rank(worst) ? state : worst);
}
function evidenceOf(states) {
  return states.map(({ wanted, state, why, url }) => ({
    what: nameOf(wanted),
    value: `${state}: ${why}`,
    ...url ? { url } : {}
  }));
}
function nameOf(wanted) {
  return wanted.job === null ? wanted.file : `${wanted.file}=${wanted.job}`;
}

// lib/gate/read-runs.ts
function readByRuns(inquiry, runs) {
  return mapWanted(inquiry, (wanted) => readWorkflow2(inquiry, wanted, runs));
}
async function readWorkflow2(inquiry, wanted, runs) {
  const { forge, question } = inquiry;
  const lost = findBranchless(runs, wanted.file, question);
  if (lost !== null) {
    return {
      wanted,
      state: "unknown",
      why: `run ${lost.id} does not say which branch it is of`,
      url: lost.url
    };
  }
  const chosen = chooseRuns(runs, wanted.file, question);
  if (chosen.length === 0) return withOverlooked(await readAbsent(inquiry, wanted), runs, question);
  const events = [...new Set(chosen.map((run) => run.event))];
  const states = await mapBounded(events, 4, async (event) => {
    const [newest, ...older] = chosen.filter((run) => run.event === event);
    const carried = wanted.job !== null && newest.attempt > 1;
    const jobs = needsJobs(newest) ? await fetchJobs(forge, newest, { carried }) : null;
    return decideRunState(wanted, [newest, ...older], jobs);
  });
  return worstState(states);
}
function withOverlooked(state, runs, filter) {
  const [other] = chooseRuns(runs, state.wanted.file, { ...filter, branch: null });
  if (other === void 0 || state.state !== "filtered") return state;
  const why = `${state.why}; run ${other.id} of branch "${other.branch}" does not count (--branch)`;
  return { ...state, why };
}

// lib/gate/status-state.ts
var oldestPendingMs = 24 * 36e5;
function decideStatusState(facts) {
  const own = facts.statuses.filter((status) => status.byServer);
  const found = facts.expected.map((expected) => ({
    expected,
    statuses: own.filter((status) => matches(expected, status))
  }));
  if (found.every(({ statuses }) => statuses.length === 0)) return null;
  const events = [...new Set(facts.expected.map(({ event }) => event))];
  const present = events.map((event) => found.filter(({ expected }) => expected.event === event)).filter((rows) => rows.some(({ statuses }) => statuses.length > 0));
  const states = present.map((rows) => decideEvent(rows, facts));
  return states.find(({ state }) => state === "failure") ?? states.find(({ state }) => state === "unknown") ?? states.find(({ state }) => state === "running") ?? states[0];
}
function matches(expected, status) {
  if (expected.context !== void 0) return status.context === expected.context;
  return status.context.startsWith(expected.prefix ?? "") && status.context.endsWith(` (${expected.event})`);
}
function decideEvent(rows, facts) {
  const { wanted } = facts;
  const all = rows.flatMap(({ statuses }) => statuses);
  const failed2 = all.find((status) => ["failure", "error"].includes(status.state));
  if (failed2) return { wanted, state: "failure", why: describeFailure2(failed2, facts) };
  const pending = all.filter((status) => status.state === "pending");
  const dead = pending.map((status) => describeDead(status, facts)).find((why) => why !== null);
  if (dead) return { wanted, state: "failure", why: dead };
  const strange = all.find((status) => !["success", "skipped", "pending"].includes(status.state));
  if (strange)
    return {
      wanted,
      state: "unknown",
      why: `"${strange.context}" has the state "${strange.state}", which is not known`
    };
  if (pending[0])
    return { wanted, state: "running", why: `"${pending[0].context}" is pending: ${pending[0].description}` };
  const late = rows.find(({ statuses }) => statuses.length === 0);
  if (late) return { wanted, state: "running", why: `the job "${late.expected.job}" has no status yet` };
  const torn = all.find(isTorn);
  if (torn && facts.isOfOneBranch !== true) return { wanted, state: "unknown", why: describeTorn(torn) };
  return decideGreen(rows, facts);
}
function decideGreen(rows, { wanted }) {
  const named = wanted.job === null ? rows : rows.filter(({ expected }) => isJob(expected, wanted.job));
  if (named.length === 0) return { wanted, state: "failure", why: `the file has no job "${wanted.job}"` };
  const statuses = named.flatMap((row2) => row2.statuses);
  const ran = statuses.filter((status) => !isSkipped(status));
  const skipped = statuses.find(isSkipped);
  if (wanted.job !== null && skipped)
    return { wanted, state: "failure", why: `the job "${wanted.job}" was skipped` };
  if (ran.length === 0) return { wanted, state: "failure", why: "every job was skipped, so no job ran" };
  return {
    wanted,
    state: "success",
    why: `${ran.length} of ${countOf(statuses.length, "job")} ran and succeeded`
  };
}
function isJob({ job, name }, wanted) {
  return job === wanted || name === wanted || name?.startsWith(`${wanted} (`) === true;
}
function isSkipped(status) {
  return status.state === "skipped" || /^has been skipped$/i.test(status.description.trim());
}
function describeFailure2(status, { movedOn }) {
  if (/cancelled/i.test(status.description) && movedOn === true)
    return `"${status.context}" was cancelled by a newer push`;
  return `"${status.context}" is ${status.state}: ${status.description}`;
}
function isTorn({ state, failedRuns = [] }) {
  return state === "success" && failedRuns.length > 0;
}
function describeTorn({ context, failedRuns = [], targetUrl }) {
  const run = /\/runs\/(\d+)\//.exec(targetUrl)?.[1] ?? "";
  return `"${context}" is green in run ${run} and failed in run ${failedRuns.join(", ")} of this commit, and the server does not say which of them is of this branch; start run ${failedRuns.join(", ")} again, from its page`;
}
function describeDead(status, facts) {
  if (facts.movedOn === true && facts.newerContexts.has(status.context)) {
    return `"${status.context}" is still pending, but the branch has moved on and its newer head has the same job: this run was replaced`;
  }
  if (facts.now - status.createdAt > oldestPendingMs) {
    return `"${status.context}" has been pending for more than 24 h (${status.description}): no runner took it`;
  }
  return null;
}

// lib/gate/read-statuses.ts
async function readByStatuses(inquiry) {
  const { forge, question } = inquiry;
  const [statuses, profile, files] = await Promise.all([
    fetchStatuses(forge, question.sha),
    inquiry.profile(),
    inquiry.files()
  ]);
  return mapWanted(inquiry, async (wanted) => {
    const text2 = await findText(inquiry, wanted);
    const reading = readWorkflowText(text2, profile);
    const twin = reading.drop === null ? findTwins({ reading, text: text2 }, files ?? [], { profile, events: question.events }) : null;
    if (twin !== null) return { wanted, state: "failure", why: twin };
    const facts = {
      wanted,
      expected: reading.expected(question.events),
      statuses,
      movedOn: null,
      newerContexts: /* @__PURE__ */ new Set(),
      isOfOneBranch: null,
      now: question.now()
    };
    const first = decideStatusState(facts);
    if (first === null) return readAbsent(inquiry, wanted);
    if (first.state === "unknown" && statuses.some(isTorn))
      return decideStatusState({ ...facts, isOfOneBranch: await isOfOneBranch(inquiry) }) ?? first;
    if (first.state === "success" || first.state === "unknown") return first;
    return decideStatusState({ ...facts, ...await readBranch(inquiry) }) ?? first;
  });
}
async function isOfOneBranch({ forge, question }) {
  const { pushes, complete } = await fetchPushes(forge, null, () => false);
  const refs = new Set(pushes.filter(({ after }) => after === question.sha).map(({ ref }) => ref));
  const asked = refsOf(question);
  return complete && refs.size === 1 && (asked.length === 0 || asked.some((ref) => refs.has(ref)));
}
async function readBranch({
  forge,
  question: { branch, sha }
}) {
  if (branch === null) return { movedOn: null, newerContexts: /* @__PURE__ */ new Set() };
  const head = await fetchBranchHead(forge, branch);
  if (head === null || head === sha)
    return { movedOn: head === null ? null : false, newerContexts: /* @__PURE__ */ new Set() };
  const newer = await fetchStatuses(forge, head);
  return {
    movedOn: true,
    newerContexts: new Set(newer.filter((status) => status.byServer).map(({ context }) => context))
  };
}

// lib/gate/gate.ts
function createGate(forge, question) {
  let inquiry = openInquiry(forge, question);
  const gate = {
    async readStates() {
      const asked = inquiry.question;
      const states = await readAll(inquiry);
      const tip = asked.anyCommit ? await inquiry.tipAround() : null;
      if (tip === null) return { sha: asked.sha, states };
      inquiry = openInquiry(forge, { ...asked, sha: tip, anyCommit: false, eventPush: null, base: null });
      return gate.readStates();
    }
  };
  return gate;
}
async function readAll(inquiry) {
  const { forge, question } = inquiry;
  const runs = await fetchRuns(forge, question.sha);
  if (runs === null) return readByStatuses(inquiry);
  if (runs.length === 0 && forge.kind === "gitea" && await inquiry.profile() === "forgejo") {
    forge.can.runs = false;
    return readByStatuses(inquiry);
  }
  return readByRuns(inquiry, runs);
}

// lib/promote-branch/landing.ts
async function fetchLanding(forge, subject) {
  const { file, merge, from, to, now } = subject;
  const head = await fetchBranchHead(forge, to) ?? merge;
  const commits = [.../* @__PURE__ */ new Set([merge, head])];
  for (const sha of commits) {
    const runs = await fetchRuns(forge, sha);
    const run = runs?.filter((one2) => one2.file === file && one2.branch !== from).sort((a, b) => b.id - a.id)[0];
    if (run !== void 0)
      return { kind: "run", run: run.url || String(run.id), by: run.event === "push" ? "push" : "dispatch" };
  }
  if (forge.kind === "github") return { kind: "missing", why: `its run list for ${file} there is empty` };
  return fetchLandingByStatus(forge, { file, commits, to, now });
}
async function fetchLandingByStatus(forge, { file, commits, to, now }) {
  let answer = null;
  for (const sha of commits) {
    const state = await fetchPushState(forge, { file, sha, branch: to, now });
    if (state === void 0) continue;
    if (["success", "failure", "running"].includes(state.state))
      return { kind: "run", run: state.url ?? sha, by: "push" };
    if (answer !== null) continue;
    if (state.state === "unknown")
      throw new CouldNotTell(
        `Cannot tell whether ${file} ran at ${sha} in ${forge.repo}: ${state.why}; run again`
      );
    const neverOnPush = /^it runs on /.test(state.why);
    if (state.state === "filtered" && !neverOnPush) answer = { kind: "filtered", why: state.why };
    else answer = { kind: "missing", why: state.why };
  }
  return answer ?? { kind: "missing", why: "nothing is known of it" };
}
async function fetchPushState(forge, { file, sha, branch, now }) {
  const gate = createGate(forge, {
    sha,
    wanted: [{ file, job: null }],
    branch,
    events: ["push"],
    base: null,
    anyCommit: false,
    eventPush: null,
    now
  });
  return (await gate.readStates()).states[0];
}

// lib/promote-branch/merged-head.ts
function fetchMergedHead(forge, merge) {
  const call = {
    purpose: `read the commit ${merge} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/commits/${merge}`
  };
  return forge.api.read(call, (body) => {
    const parents = body.field("parents").list().map((parent) => parent.field("sha").sha());
    return parents[1] ?? null;
  });
}

// lib/promote-branch/newest-merge.ts
var mostPages3 = 5;
async function findNewestMerge(forge, { from, to }) {
  const isGitHub = forge.kind === "github";
  const owner = forge.repo.split("/")[0];
  const purpose = `read the merged pull requests of ${forge.repo} from ${from} to ${to}`;
  const size = isGitHub ? 100 : 50;
  const filter = isGitHub ? { head: `${owner}:${from}`, base: to, sort: "updated", direction: "desc", per_page: size } : { sort: "recentupdate", limit: size };
  const found = [];
  for (let page = 1; page <= mostPages3; page++) {
    const paging2 = page === 1 ? {} : { page };
    const rows = await forge.api.read(
      { purpose, path: `${repoPath(forge.repo)}/pulls`, query: { state: "closed", ...filter, ...paging2 } },
      (body) => body.list().map((row2) => readMerge(row2, forge.repo, { from, to }))
    );
    found.push(...rows.flatMap((row2) => row2 ?? []));
    if (found.length > 0 || rows.length < (isGitHub ? size : 1)) break;
  }
  found.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  return found[0] ?? null;
}
function readMerge(row2, repo, { from, to }) {
  const at = row2.optional("merged_at")?.text();
  if (at === void 0) return null;
  const head = row2.field("head");
  const source = head.optional("repo")?.field("full_name").text().toLowerCase();
  if (head.field("ref").text() !== from || row2.field("base").field("ref").text() !== to) return null;
  if (source !== repo.toLowerCase()) return null;
  const sha = row2.optional("merge_commit_sha")?.sha();
  const pull = row2.field("number").count();
  if (sha === void 0)
    throw new CouldNotTell(`Cannot read the merge of #${pull}: it names no merge commit; run again`);
  return { sha, at: Date.parse(at), pull };
}

// lib/promote-branch/glob.ts
var mostVariants = 64;
function matchesGlob(text2, glob) {
  return expandBraces(glob).some((variant) => matchesFlat(text2, readPieces(variant)));
}
function expandBraces(glob) {
  let done = [];
  let open = [glob];
  while (open.length > 0) {
    if (open.length + done.length > mostVariants) return [];
    const parts = open.map((one2) => ({ one: one2, braces: findBraces(one2) }));
    done = [...done, ...parts.flatMap(({ one: one2, braces }) => braces === null ? [one2] : [])];
    open = parts.flatMap(
      ({ one: one2, braces }) => braces === null ? [] : braces.items.map((item) => one2.slice(0, braces.start) + item + one2.slice(braces.end))
    );
  }
  return done;
}
function findBraces(glob) {
  let depth = 0;
  let start = -1;
  let itemStart = 0;
  const items = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at];
    if (char === "\\") at++;
    else if (char === "{" && depth++ === 0) [start, itemStart] = [at, at + 1];
    else if (char === "," && depth === 1) {
      items.push(glob.slice(itemStart, at));
      itemStart = at + 1;
    } else if (char === "}" && depth > 0 && --depth === 0)
      return { start, end: at + 1, items: [...items, glob.slice(itemStart, at)] };
  }
  return null;
}
function readPieces(glob) {
  const pieces = [];
  for (const [, escaped, star, one2, not, set, plain] of glob.matchAll(
    /\\(.)|(\*+)|(\?)|\[(!?)([^\]]+)\]|(.)/gsu
  )) {
    if (star !== void 0) pieces.push("any");
    else if (one2 !== void 0) pieces.push(() => true);
    else if (set !== void 0) {
      const isIn = readSet(set);
      pieces.push((char) => isIn(char) === (not === ""));
    } else {
      const wanted = escaped ?? plain;
      pieces.push((char) => char === wanted);
    }
  }
  return pieces;
}
function readSet(set) {
  const range = /^(.)-(.)$/su.exec(set);
  if (range === null) return (char) => set.includes(char);
  const [, from = "", to = ""] = range;
  return (char) => char >= from && char <= to;
}
function matchesFlat(text2, pieces) {
  let active = reach2(pieces, /* @__PURE__ */ new Set([0]));
  for (const char of text2) {
    const next = /* @__PURE__ */ new Set();
    for (const at of active) {
      const piece = pieces[at];
      if (piece === "any") next.add(at);
      else if (piece?.(char) === true) next.add(at + 1);
    }
    active = reach2(pieces, next);
  }
  return active.has(pieces.length);
}
function reach2(pieces, positions) {
  for (const at of positions) if (pieces[at] === "any") positions.add(at + 1);
  return positions;
}

// lib/promote-branch/required-checks.ts
function findOpenChecks(required, present, kind) {
  const missing = [];
  const failed2 = [];
  const pending = [];
  for (const demand of required) {
    const isMeant = (name) => name === demand || kind !== "github" && matchesGlob(name, demand);
    const states = [...present].flatMap(([name, state]) => isMeant(name) ? [state] : []);
    if (states.length === 0) missing.push(demand);
    else if (states.includes("failed")) failed2.push(demand);
    else if (states.includes("pending")) pending.push(demand);
  }
  return { missing, pending, failed: failed2 };
}

// lib/forge/workflow-dispatch.ts
async function hasDispatch(forge) {
  if (forge.kind === "github") return true;
  const purpose = `read the workflows of ${forge.repo}`;
  const answer = await forge.api.call({ purpose, path: `${repoPath(forge.repo)}/actions/workflows` });
  if (answer.status === 200) return true;
  if (isAbsentApi(answer)) return false;
  throw forge.api.refuse(answer, purpose);
}
async function sendWorkflowDispatch(forge, dispatch) {
  const { file, ref, inputs, token } = dispatch;
  const purpose = `dispatch ${file} on ${ref} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/actions/workflows/${encodeURIComponent(file)}/dispatches`;
  const body = { ref, ...Object.keys(inputs).length > 0 ? { inputs } : {} };
  const answer = await forge.api.call({
    purpose,
    method: "POST",
    path,
    body,
    ...token === void 0 ? {} : { token }
  });
  if (answer.status === 204) return { run: null };
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (shape) => {
    const run = shape.optional("html_url")?.text() ?? shape.optional("workflow_run_id")?.raw();
    return { run: run === void 0 ? null : String(run) };
  });
}

// lib/promote-branch/forge-ports.ts
function createForgePorts(forge, settings) {
  const { from, to, method, inputs, dispatchToken, askGate: askGate2, clock, log, redactor } = settings;
  const onOneLine = (answer) => answer.words === void 0 ? answer : { ...answer, words: joinWords(answer.words, redactor) };
  const branches = { from, to };
  const isGitHub = forge.kind === "github";
  const dialect = isGitHub ? github : gitea;
  let canDispatch;
  let mayQueue = false;
  return {
    clock,
    log,
    random: Math.random,
    askGate: askGate2,
    readHeads: () => fetchHeads(forge, from, to),
    readRange: (heads) => fetchRange(forge, heads),
    findPull: () => dialect.find(forge, branches),
    openPull: (text2) => openPull(forge, branches, text2, dialect),
    async readPull(number) {
      const pull = await fetchPull(forge, number, { ...dialect, to });
      if (!mayQueue || pull.state !== "open") return pull;
      return { ...pull, queued: (await fetchStanding(forge, number)).queued };
    },
    readMergedHead: (merge) => fetchMergedHead(forge, merge),
    closePull: (pull) => closePull(forge, pull),
    merge: async (pull, head) => onOneLine(
      isGitHub ? await mergeOnGitHub(forge, pull, { head, to, method }) : await mergeOnGitea(forge, pull, { head, method })
    ),
    canArm: isGitHub,
    async arm(pull, head, way) {
      mayQueue = true;
      return onOneLine(await armOnGitHub(forge, pull, head, way));
    },
    disarm: (pull) => isGitHub ? disarmOnGitHub(forge, pull) : disarmOnGitea(forge, pull),
    async readOpenChecks(head) {
      const [required, present] = await Promise.all([
        fetchRequiredChecks(forge, to),
        fetchCheckNames(forge, head)
      ]);
      return findOpenChecks(required, present, forge.kind);
    },
    findNewestMerge: () => findNewestMerge(forge, branches),
    readLanding: (file, merge) => fetchLanding(forge, { file, merge, from, to, now: () => clock.now() }),
    canDispatch: () => canDispatch ??= hasDispatch(forge),
    dispatch: (file) => sendWorkflowDispatch(forge, {
      file,
      ref: to,
      inputs,
      ...dispatchToken === void 0 ? {} : { token: dispatchToken }
    }),
    suggestStart(file) {
      return isGitHub ? dispatchCommand({ home: forge, file, branch: to }, inputs) : emptyPushCommand({ file, branch: to });
    }
  };
}

// lib/gate/decide.ts
var answers = {
  success: "go",
  filtered: "go",
  running: "defer",
  failure: "refuse",
  unknown: "unknown"
};
var order = ["refuse", "unknown", "defer", "go"];
function answerState(state, absent) {
  if (state.state !== "missing") return answers[state.state];
  if (state.refused === true || absent === "auto") return "refuse";
  return absent;
}
function decideGate(states, absent) {
  const answered = states.map((state) => ({ state, answer: answerState(state, absent) }));
  const decision = order.find((choice) => answered.some(({ answer }) => answer === choice));
  const deciding = answered.filter(({ answer }) => answer === decision).map(({ state }) => state);
  const worst = deciding[0];
  const late = deciding.every((state) => isLate(state, decision, absent));
  const all = decision === "go" ? states : deciding;
  const reason = all.map((state) => `${nameOf(state.wanted)}: ${state.state}: ${state.why}`).join("; ");
  return { decision, worst, late, reason };
}
function isLate(state, decision, absent) {
  if (decision === "unknown") return state.late === true;
  return decision === "refuse" && absent === "auto" && state.state === "missing" && !state.certain && !state.refused;
}

// lib/gate/ask.ts
var longestRecordDelayMs = 5e3;
async function askGate(forge, question, patience) {
  const { clock, log } = patience;
  const gate = createGate(forge, question);
  const start = clock.now();
  let waited = false;
  let toldWait = false;
  for (; ; ) {
    const { sha, states, fault } = await readOrFail(gate, question);
    const answer = fault ?? decideGate(states, patience.absent);
    for (const state of states) log.line(`${nameOf(state.wanted)}: ${state.state}: ${state.why}`);
    if (answer.decision === "go" && waited) {
      waited = false;
      log.line("green after a wait: reading once more");
      continue;
    }
    const left = patienceFor(answer, patience) - (clock.now() - start);
    if (left <= 0) return { ...answer, sha, states };
    const pause2 = Math.min(patience.pollMs, left);
    log.line(`${answer.decision}, asking again in ${formatDuration(pause2)}`);
    if (!toldWait) await patience.beforeWait?.();
    toldWait = true;
    await clock.sleep(pause2);
    waited = true;
  }
}
async function readOrFail(gate, { sha, wanted }) {
  try {
    return await gate.readStates();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    const states = wanted.map((one2) => ({
      wanted: one2,
      state: "unknown",
      why: error.message,
      next: error.next
    }));
    const worst = states[0];
    return { sha, states, fault: { decision: "unknown", worst, late: false, reason: error.message } };
  }
}
function patienceFor(answer, { waitMs, graceMs }) {
  if (answer.decision === "defer") return waitMs;
  if (!answer.late) return 0;
  return answer.decision === "unknown" ? Math.min(graceMs, longestRecordDelayMs) : graceMs;
}

// lib/promote-branch/head-gate.ts
var headGateOptions = {
  "gate-wait": {
    ...gateOptions.wait,
    help: "keep asking while the gates' answer is defer, at most so long"
  },
  "gate-poll": { ...gateOptions.poll, help: "pause between questions to the gates" },
  branch: { ...gateOptions.branch, shown: "--from" },
  event: gateOptions.event,
  absent: gateOptions.absent,
  "absent-grace": gateOptions["absent-grace"],
  base: gateOptions.base,
  "any-commit": gateOptions["any-commit"]
};
async function askHeadGate({ options: given, clock, log }, context, { repo, sha, beforeWait }) {
  const question = {
    sha,
    wanted: given.workflow,
    branch: given.branch ?? given.from,
    events: given.event.length > 0 ? given.event : ["push"],
    base: given.base,
    anyCommit: given["any-commit"],
    eventPush: context.event.push(sha),
    now: () => clock.now()
  };
  return askGate(openForge(context, repo), question, {
    absent: given.absent,
    graceMs: given["absent-grace"],
    waitMs: given["gate-wait"],
    pollMs: given["gate-poll"],
    clock,
    log,
    beforeWait
  });
}

// lib/promote-branch/disarm-ungated.ts
async function disarmUngated(ports, refused) {
  try {
    const { pull, words: words2 } = await disarmOpenPull(ports);
    if (pull === null) return refused;
    if (words2 === null) return { ...refused, pull };
    return { ...refused, reason: `${refused.reason}; ${words2}`, pull, changed: true };
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return {
      decision: refused.decision === "refuse" ? "refuse" : "unknown",
      reason: `${refused.reason}; and its pull request may be armed, so that it would be merged all the same: ${error.message}`,
      next: [...refused.next, ...error.next]
    };
  }
}
async function disarmOpenPull(ports) {
  const pull = await ports.findPull();
  if (pull === null) return { pull: null, words: null };
  const was = await ports.disarm(pull);
  const isChanged = was !== void 0 || pull.armed;
  return { pull: pull.number, words: isChanged ? describeDisarmed(pull, was ?? "armed") : null };
}
function describeDisarmed({ number }, was) {
  const what = was === "queued" ? "stood in the merge queue, and no longer does" : "was armed, and no longer is";
  return `#${number} ${what}, so that nothing is merged by itself`;
}

// lib/promote-branch/follow-up.ts
var readBacks = 8;
var largestSkewMs = 30 * 6e4;
async function followUp(ports, settings, merge) {
  return Promise.all(
    settings.dispatch.map(async (file) => {
      try {
        return await followFile(ports, settings, merge, file);
      } catch (error) {
        if (!(error instanceof CouldNotTell)) throw error;
        return { file, kind: "unknown", why: error.message };
      }
    })
  );
}
async function followFile(ports, settings, merge, file) {
  const { clock, log } = ports;
  const graces = merge.own ? 1 : 2;
  const end = startOf(merge, clock.now()) + graces * settings.graceMs;
  let landing = await lookWithin(end);
  while (landing === null || landing.kind === "missing" && clock.now() < end) {
    const pause2 = Math.min(settings.pollMs, Math.max(1, end - clock.now()));
    log.line(`${file}: no run at ${shortSha(merge.sha)} yet, looking again in ${formatDuration(pause2)}`);
    await clock.sleep(pause2);
    landing = await lookWithin(end);
  }
  if (landing.kind !== "missing") return { file, ...landing };
  const command = ports.suggestStart(file);
  if (settings.dryRun) return { file, kind: "planned", command };
  if (!await ports.canDispatch())
    return {
      file,
      kind: "failed",
      why: `no run of ${file} came at ${shortSha(merge.sha)} (${landing.why}), and this server has no dispatch`,
      command
    };
  if (!merge.own) {
    await clock.sleep(Math.floor(ports.random() * Math.max(settings.graceMs, settings.pollMs)));
    const last = await ports.readLanding(file, merge.sha);
    if (last.kind !== "missing") return { file, ...last };
  }
  return dispatchFile(ports, settings, merge, { file, command, why: landing.why });
  async function lookWithin(limit) {
    try {
      return await ports.readLanding(file, merge.sha);
    } catch (error) {
      if (!(error instanceof CouldNotTell) || clock.now() >= limit) throw error;
      return null;
    }
  }
}
function startOf({ at }, now) {
  return at !== null && now - at > largestSkewMs ? at : now;
}
async function dispatchFile(ports, settings, merge, { file, command, why }) {
  ports.log.line(`${file}: no run at ${shortSha(merge.sha)} (${why}): dispatching it on ${settings.to}`);
  let refused = "";
  let named = null;
  try {
    ({ run: named } = await ports.dispatch(file));
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    refused = error.message;
  }
  const found = await readBack(ports, settings, merge, { file, times: refused === "" ? readBacks : 2 });
  if (found?.kind === "run") return { file, ...found, ...refused === "" ? { isOurs: true } : {} };
  const lost = `the server took the dispatch of ${file}${named === null ? "" : `, which it calls ${named}`}, but no run of it has come`;
  return { file, kind: "failed", why: refused === "" ? lost : refused, command };
}
async function readBack(ports, settings, merge, { file, times }) {
  const pause2 = Math.min(settings.pollMs, Math.max(1, Math.floor(settings.graceMs / times)));
  for (let turn = 0; turn < times; turn++) {
    const landing = await ports.readLanding(file, merge.sha);
    if (landing.kind === "run") return landing;
    await ports.clock.sleep(pause2);
  }
  return null;
}

// lib/promote-branch/end.ts
async function endIdle(ports, settings, base, idle) {
  if (!settings.enabled)
    return {
      ...base,
      decision: "disabled",
      reason: `it is not enabled, so nothing was done; besides, ${idle}`
    };
  if (settings.dispatch.length === 0) return { ...base, reason: idle };
  const merge = await ports.findNewestMerge();
  if (merge === null)
    return { ...base, reason: `${idle}, and no merge of it is known whose runs could be missing` };
  const known2 = { ...base, pull: merge.pull, merge: merge.sha };
  return endMerged(ports, settings, {
    base: known2,
    merge: { ...merge, own: false },
    decision: "nothing-to-do",
    reason: idle
  });
}
async function endMerged(ports, settings, { base, merge, decision, reason }) {
  const followUps = await followUp(ports, settings, merge);
  const failed2 = followUps.filter((one2) => one2.kind === "failed");
  const unknown = followUps.filter((one2) => one2.kind === "unknown");
  const changed = base.changed || followUps.some((one2) => one2.kind === "run" && one2.isOurs);
  const known2 = { ...base, changed, followUps };
  if (failed2.length > 0)
    return {
      ...known2,
      decision: "dispatch-failed",
      reason: `${reason}; but ${failed2.map((one2) => one2.why).join("; ")}`,
      next: failed2.map((one2) => one2.command)
    };
  if (unknown.length > 0)
    return {
      ...known2,
      decision: "unknown",
      reason: `${reason}; whether its workflows run could not be told: ${unknown.map((one2) => one2.why).join("; ")}`,
      next: ["run again: it looks for the missing runs first"]
    };
  const started = followUps.filter((one2) => one2.kind === "run" && one2.isOurs).map((one2) => one2.file);
  const planned = followUps.filter((one2) => one2.kind === "planned").map((one2) => one2.file);
  if (planned.length > 0)
    return { ...known2, decision, reason: `${reason}; dry run: would dispatch ${planned.join(", ")}` };
  return {
    ...known2,
    decision,
    reason: `${reason}${started.length > 0 ? `; dispatched ${started.join(", ")}` : ""}`
  };
}

// lib/promote-branch/land-wait.ts
function startWait(ports, settings, room) {
  const start = ports.clock.now();
  return {
    ...room,
    ports,
    settings,
    start,
    gatedAt: start,
    blocker: null,
    wasQueued: false,
    hasArmed: false,
    own: false,
    hasDisarmedOther: false,
    hasDisarmedUnseen: false
  };
}
async function leave({ ports, pull }, mayBeArmed) {
  if (!mayBeArmed && !pull.armed && !pull.queued) return;
  const was = await ports.disarm(pull);
  if (was !== void 0) ports.log.line(describeDisarmed(pull, was));
}
async function leaveAlsoUnseen(wait) {
  await leave(wait, wait.hasArmed || !wait.ports.canArm);
}
async function disarmUnseen(wait) {
  if (wait.ports.canArm || wait.hasDisarmedUnseen) return;
  wait.hasDisarmedUnseen = true;
  try {
    await leaveAlsoUnseen(wait);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    wait.ports.log.line(`#${wait.pull.number} may be armed by another: ${error.message}`);
  }
}
function stop({ pull, head }, decision, why) {
  const reason = `#${pull.number} is green at ${shortSha(head)}, but not merged: ${why}`;
  return { kind: "end", decision, reason };
}

// lib/promote-branch/landed.ts
async function readOwnMerge(ports, pull, { said, head }) {
  const at = ports.clock.now();
  if (said === head) return { kind: "merged", sha: head, at, own: true, pull };
  const now = await readAfterMerge(ports, pull);
  if (now.elsewhere !== void 0) return refuseElsewhere(now, now.elsewhere);
  return { kind: "merged", sha: said ?? shaOfMerge(now), at, own: true, pull: now };
}
async function readAfterMerge(ports, { number }) {
  try {
    return await ports.readPull(number);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    throw new CouldNotTell(
      `#${number} was merged, but into which branch could not be told: ${error.message}`,
      { cause: error, next: [...error.next, "run again: it looks for the missing runs first"] }
    );
  }
}
function refuseElsewhere(pull, base) {
  return {
    kind: "end",
    decision: "refuse",
    reason: `#${pull.number} was merged into "${base}", where somebody had taken it meanwhile; run again, which opens another pull request`,
    next: [`look at ${pull.url}, and revert the merge ${shaOfMerge(pull)} on "${base}" if it is wrong`]
  };
}
async function readMerged(ports, pull, { head, own }) {
  if (pull.elsewhere !== void 0) return refuseElsewhere(pull, pull.elsewhere);
  const sha = shaOfMerge(pull);
  const brought = sha === head ? head : await ports.readMergedHead(sha);
  const said = brought === null || brought === head ? null : await ports.askGate(brought);
  if (brought === null || said !== null && said.decision !== "go") {
    const why = said === null ? "by squash or rebase, so that it does not show as the head" : said.reason;
    return {
      kind: "end",
      decision: "refuse",
      reason: `#${pull.number} was merged, but not with ${shortSha(head)}, which the gates passed: ${brought === null ? "" : `${shortSha(brought)}: `}${why}`,
      next: [`look at ${pull.url}, and revert the merge ${sha} if it is wrong`]
    };
  }
  return { kind: "merged", sha, at: pull.mergedAt ?? ports.clock.now(), own, pull };
}
function shaOfMerge(pull) {
  if (pull.mergeSha !== null) return pull.mergeSha;
  throw new CouldNotTell(
    `Cannot read the merge of #${pull.number}: the server says it is merged and names no commit; run again`
  );
}

// lib/promote-branch/land-end.ts
async function endWait(wait) {
  const { ports, head, blocker } = wait;
  wait.pull = await ports.readPull(wait.pull.number);
  const { pull } = wait;
  if (pull.state === "merged") return readMerged(ports, pull, wait);
  if (blocker === null)
    return stop(wait, "timed-out", "the server has not merged it yet; run again to resume");
  const doubt = pull.queued && pull.head === head ? "" : await leaveOrSay(wait);
  const checks = mayLift(blocker) ? await readChecks(wait, blocker) : null;
  wait.pull = await ports.readPull(pull.number);
  if (wait.pull.state === "merged") return readMerged(ports, wait.pull, wait);
  if (!mayLift(blocker)) return stop(wait, "blocked", `${blocker.kind}: ${blocker.words}${doubt}`);
  const last = decideEnd(blocker, pull, checks);
  return stop(wait, last.decision, `${last.reason}; run again to resume${doubt}`);
}
async function leaveOrSay(wait) {
  try {
    await leaveAlsoUnseen(wait);
    return "";
  } catch (error) {
    if (wait.hasArmed || !(error instanceof CouldNotTell)) throw error;
    return `; and it may be armed, so that it would be merged all the same: ${error.message}`;
  }
}
async function readChecks({ ports, head }, blocker) {
  if (blocker.kind !== "check") return null;
  try {
    return await ports.readOpenChecks(head);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    ports.log.line(error.message);
    return null;
  }
}

// lib/promote-branch/land-merge.ts
async function tryMerge(wait) {
  const { ports, pull, head } = wait;
  const answer = await ports.merge(pull, head);
  if (answer.kind === "merged") return readOwnMerge(ports, pull, { said: answer.sha, head });
  if (answer.kind === "head-moved") {
    await leaveAlsoUnseen(wait);
    return { kind: "head-moved" };
  }
  ports.log.line(`#${pull.number}: the server did not merge it: ${cutWords(answer.words)}`);
  if (answer.kind !== "refused") {
    wait.blocker = { kind: "mergeability", words: cutWords(answer.words) };
    return "look-soon";
  }
  const blocker = classifyRefusal(answer.words);
  wait.blocker = blocker;
  const mayArm = ports.canArm && wait.settings.method === "merge" && !wait.hasArmed && !pull.armed;
  return mayArm && mayLift(blocker) ? arm(wait, blocker) : "wait";
}
async function arm(wait, blocker) {
  const { ports, pull, head } = wait;
  const byQueue = blocker.kind === "queue";
  const answer = await ports.arm(pull, head, { byQueue });
  if (answer.kind === "head-moved") return { kind: "head-moved" };
  if (answer.kind === "armed") [wait.hasArmed, wait.own] = [true, answer.own];
  if (answer.kind === "refused") {
    ports.log.line(`#${pull.number}: it cannot be armed (${cutWords(answer.words)}), so it is asked again`);
  }
  if (byQueue && "words" in answer) wait.blocker = findQueueBlocker(answer.words ?? "") ?? blocker;
  return answer.kind === "clean" ? "look-soon" : "wait";
}
function findQueueBlocker(words2) {
  const why = classifyRefusal(words2.replace(/merge queue/gi, "queue"));
  return mayLift(why) ? why : null;
}

// lib/promote-branch/land.ts
var doubtMs = 15e3;
var shortPauseMs = 2e3;
var armedPauseMs = 1e4;
async function landHead(ports, settings, room) {
  const wait = startWait(ports, settings, room);
  let found = await takeTurn(wait, { isFirst: true });
  while (found === "look-again") {
    wait.pull = await ports.readPull(room.pull.number);
    found = await takeTurn(wait, { isFirst: false });
  }
  return found;
}
async function takeTurn(wait, { isFirst }) {
  const found = await endAsFound(wait) ?? await disarmOther(wait) ?? (isFirst ? null : await askGateAgain(wait)) ?? await lookAfterQueue(wait);
  if (found !== null) return found;
  const { ports, settings, pull } = wait;
  const seen = findBlocker(pull);
  if (seen !== null) wait.blocker = seen;
  const doubtIsOver = pull.mergeable === "doubt" && ports.clock.now() - wait.start >= doubtMs;
  const isDue = seen === null && (!pull.armed || wait.blocker === null);
  const tried = isDue ? await tryMerge(wait) : "wait";
  if (typeof tried === "object") return tried;
  const pauses = [
    settings.pollMs,
    ...tried === "look-soon" ? [shortPauseMs] : [],
    ...wait.hasArmed || pull.armed ? [armedPauseMs] : []
  ];
  const left = wait.end - ports.clock.now();
  const isHopeless = wait.blocker !== null && !mayLift(wait.blocker);
  if (left <= 0 || doubtIsOver || isHopeless) return endWait(wait);
  await disarmUnseen(wait);
  await pause(wait, Math.min(...pauses, left));
  return "look-again";
}
async function endAsFound(wait) {
  const { ports, settings, pull, head } = wait;
  if (pull.state === "merged") return readMerged(ports, pull, wait);
  if (pull.elsewhere !== void 0 && pull.state === "open") {
    await leaveAlsoUnseen(wait);
    return stop(wait, "blocked", describeElsewhere(pull.elsewhere, settings.to));
  }
  if (pull.head !== head) {
    await leaveAlsoUnseen(wait);
    return { kind: "head-moved" };
  }
  if (pull.state === "open") return null;
  const reason = `#${pull.number} was closed without a merge; open it again, or run again`;
  return { kind: "end", decision: "blocked", reason };
}
async function disarmOther(wait) {
  const { ports, pull } = wait;
  if (pull.armedAs === void 0) return null;
  if (wait.hasDisarmedOther)
    return stop(wait, "blocked", `it stays armed to merge by ${pull.armedAs}; disable auto-merge`);
  ports.log.line(`#${pull.number}: it is armed to merge by ${pull.armedAs}, which makes new commits`);
  await leave(wait, true);
  wait.hasDisarmedOther = true;
  return "look-again";
}
async function askGateAgain(wait) {
  const { ports } = wait;
  const { clock } = ports;
  if (clock.now() - wait.gatedAt < wait.settings.pollMs) return null;
  wait.gatedAt = clock.now();
  let hasLeft = false;
  const said = await ports.askGate(wait.head, async () => {
    await leaveAlsoUnseen(wait);
    hasLeft = true;
  });
  if (said.decision !== "go") {
    await leave(wait, wait.hasArmed);
    return { kind: "gate", said };
  }
  if (!hasLeft) return null;
  wait.gatedAt = clock.now();
  [wait.hasArmed, wait.own, wait.wasQueued] = [false, false, false];
  return "look-again";
}
async function lookAfterQueue(wait) {
  const { ports, head } = wait;
  if (wait.wasQueued && !wait.pull.queued) {
    await ports.clock.sleep(shortPauseMs);
    wait.pull = await ports.readPull(wait.pull.number);
    const { pull } = wait;
    if (pull.state === "merged") return readMerged(ports, pull, wait);
    if (pull.state === "open" && pull.head === head && !pull.queued)
      return stop(wait, "blocked", "the merge queue took it out again; see its checks there");
  }
  wait.wasQueued = wait.pull.queued;
  return null;
}
async function pause({ ports, pull, blocker }, ms) {
  const what = blocker === null ? "the server" : `${blocker.kind} (${blocker.words})`;
  ports.log.line(`#${pull.number} waits for ${what}, looking again in ${formatDuration(ms)}`);
  await ports.clock.sleep(ms);
}
function describeElsewhere(base, to) {
  return `it goes to "${base}" now, and no longer to "${to}"; change its base back, or run again, which opens another`;
}

// lib/promote-branch/land-or-disarm.ts
async function landOrDisarm(ports, settings, room) {
  let mayBeArmed = false;
  const watched = {
    ...ports,
    async arm(pull, head, way) {
      mayBeArmed = true;
      const answer = await ports.arm(pull, head, way);
      mayBeArmed = answer.kind === "armed" && answer.own;
      return answer;
    },
    async disarm(pull) {
      const was = await ports.disarm(pull);
      mayBeArmed = false;
      return was;
    }
  };
  try {
    return await landHead(watched, settings, room);
  } catch (error) {
    throw mayBeArmed && error instanceof CouldNotTell ? await takeBack2(ports, room.pull, error) : error;
  }
}
async function takeBack2(ports, pull, first) {
  try {
    await ports.disarm(pull);
    return first;
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return new CouldNotTell(
      `${first.message}; and #${pull.number} may still be armed, so that a later head would ride along: ${error.message}`,
      { cause: first, next: [`disable auto-merge of ${pull.url}, or run again, which looks after it`] }
    );
  }
}

// lib/promote-branch/pull-text.ts
var mostListed = 100;
var pullMarker = "<!-- switchyard auto-promote -->";
function writePullText({ from, to }, { ahead, commits }) {
  const pulls = [...new Set(commits.flatMap(({ subject }) => findPullNumbers(subject)))];
  const shown = commits.slice(0, mostListed).map(({ sha, subject }) => `- ${shortSha(sha)} ${escape(subject)}`);
  const rest = ahead - shown.length;
  const lines = [
    pullMarker,
    `Ships ${countOf(ahead, "commit")} of \`${from}\` to \`${to}\`, once their gates are green.`,
    "",
    ...shown,
    ...rest > 0 ? [`- and ${rest} more`] : [],
    ...pulls.length > 0 ? ["", `Pull requests: ${pulls.map((number) => `#${number}`).join(", ")}`] : []
  ];
  return { title: `Promote ${from} to ${to}`, body: lines.join("\n") };
}
function findPullNumbers(subject) {
  const merged = /^Merge pull request #(\d+)\b/.exec(subject);
  const match = merged ?? [...subject.matchAll(/\(#(\d+)\)(?=$|\s)/g)].at(-1);
  return match ? [Number(match[1])] : [];
}
function escape(subject) {
  return subject.replace(/[<>]/g, " ").replace(/@(?=\w)/g, "@​");
}

// lib/promote-branch/promote.ts
var mostRounds = 20;
var nothing2 = {
  decision: "nothing-to-do",
  reason: "",
  changed: false,
  head: null,
  pull: null,
  merge: null,
  gate: null,
  followUps: [],
  next: []
};
async function promote(ports, settings) {
  const end = ports.clock.now() + settings.waitMs;
  let last = { ...nothing2 };
  for (let round = 0; round < mostRounds; round++) {
    const heads = await ports.readHeads();
    const range = heads.from === heads.to ? sameHeads : await ports.readRange(heads);
    if (range === null) continue;
    const result = await runRound(ports, settings, { heads, range, end });
    if (result !== "again") return result;
    last = { ...nothing2, head: heads.from };
    ports.log.line(`${settings.from} has moved on from ${shortSha(heads.from)}: deciding anew`);
  }
  return {
    ...last,
    decision: "timed-out",
    reason: `${settings.from} kept moving: no head stood still long enough to be gated and merged; run again to resume`
  };
}
var sameHeads = { ahead: 0, behind: 0, sameTree: true, commits: [] };
async function runRound(ports, settings, round) {
  const { heads, range } = round;
  const base = { ...nothing2, head: heads.from };
  const idle = describeIdle(settings, heads, range);
  if (idle !== null) return endIdle(ports, settings, base, idle);
  const mayWrite = settings.enabled && !settings.dryRun;
  const disarmed = [];
  const gate = await ports.askGate(heads.from, async () => {
    const { words: words2 } = mayWrite ? await disarmOpenPull(ports) : { words: null };
    if (words2 === null) return;
    disarmed.push(words2);
    ports.log.line(words2);
  });
  const gated = { ...base, gate, changed: disarmed.length > 0 };
  const refusal = decideBeforeMerge(settings, { heads, range, gate });
  if (refusal?.decision === "unknown" && !settings.enabled) return { ...gated, ...refusal };
  if (!settings.enabled) {
    const would = refusal === null ? describePlan(settings, heads, range) : refusal.reason;
    return {
      ...gated,
      decision: "disabled",
      reason: `it is not enabled, so nothing was done; it would: ${would}`
    };
  }
  if (refusal !== null) {
    const told = { ...refusal, reason: [refusal.reason, ...disarmed].join("; ") };
    const isUngated = gate.decision !== "go" && mayWrite;
    return { ...gated, ...isUngated ? await disarmUngated(ports, told) : told };
  }
  if (settings.dryRun)
    return {
      ...gated,
      decision: "promoted",
      reason: `dry run: would ${describePlan(settings, heads, range)}`
    };
  return mergeHead(ports, settings, { ...round, gated });
}
async function mergeHead(ports, settings, { heads, range, end, gated }) {
  const pull = await bringPull(ports, settings, { heads, range });
  if (pull === null) return "again";
  const landed = await landOrDisarm(ports, settings, { pull, head: heads.from, end });
  const known2 = { ...gated, changed: true, pull: pull.number };
  if (landed.kind === "head-moved") return "again";
  if (landed.kind === "gate")
    return { ...known2, gate: landed.said, ...await disarmUngated(ports, refuseGate(landed.said)) };
  if (landed.kind === "end")
    return { ...known2, decision: landed.decision, reason: landed.reason, next: landed.next ?? [] };
  const merge = { sha: landed.sha, at: landed.at, pull: pull.number, own: landed.own };
  const shipped = `${shortSha(heads.from)} (${countOf(range.ahead, "commit")}) is on ${settings.to} as ${shortSha(landed.sha)}, by #${pull.number}`;
  const merged = { ...known2, merge: landed.sha };
  return endMerged(ports, settings, { base: merged, merge, decision: "promoted", reason: shipped });
}
async function bringPull(ports, settings, { heads, range }) {
  const isStill = async () => (await ports.readHeads()).to === heads.to;
  const found = await ports.findPull();
  if (!await isStill()) return null;
  if (found !== null) return found;
  const made = await ports.openPull(writePullText(settings, range));
  if (made === null || await isStill()) return made;
  const now = await ports.readRange(await ports.readHeads());
  if (now !== null && now.ahead === 0) await ports.closePull(made);
  return null;
}
function decideBeforeMerge(settings, { heads, range, gate }) {
  if (gate.decision !== "go") return refuseGate(gate);
  if (settings.method !== "fast-forward" || range.behind === 0) return null;
  const { from, to, reach: reach3 } = settings;
  return {
    decision: "refuse",
    reason: `Cannot fast-forward ${to} to ${shortSha(heads.from)}: ${to} has ${countOf(range.behind, "commit")} that ${from} lacks; run sync-branch first, or use --method merge`,
    next: [shellCommand("node", "vendor/sync-branch.mjs", "--from", to, "--to", from, ...reach3)]
  };
}
function refuseGate(gate) {
  const decision = gate.decision === "go" ? "refuse" : gate.decision;
  const next = [...new Set(gate.states.flatMap((state) => state.next ?? []))];
  return { decision, reason: gate.reason, next };
}
function describeIdle(settings, heads, range) {
  const { from, to } = settings;
  if (heads.from === heads.to) return `${from} and ${to} are the same commit, ${shortSha(heads.to)}`;
  if (range.ahead === 0) return `${from} has nothing that ${to} lacks`;
  if (range.sameTree) return `${from} and ${to} hold the same files`;
  return null;
}
function describePlan(settings, heads, range) {
  const { from, to, method } = settings;
  return `${method} ${shortSha(heads.from)} of ${from} into ${to} (${countOf(range.ahead, "commit")})`;
}

// lib/promote-branch/hold-back.ts
async function holdBack(ports, { enabled, dryRun }, why) {
  const held = {
    decision: "held",
    reason: `held: ${why}`,
    next: ["clear --hold (PROMOTE_HOLD) to go on"]
  };
  return { ...nothing2, ...enabled && !dryRun ? await disarmUngated(ports, held) : held };
}

// lib/promote-branch/journal.ts
function keepJournal(ports) {
  const done = [];
  let doing = null;
  let isChanged = false;
  async function write(what, work, tell) {
    doing = what;
    try {
      const answer = await work();
      const [words2, isChange] = tell(answer);
      done.push(words2);
      isChanged ||= isChange;
      return answer;
    } finally {
      doing = null;
    }
  }
  return {
    ports: {
      ...ports,
      openPull: (text2) => write(
        "opening the pull request",
        () => ports.openPull(text2),
        (pull) => pull === null ? ["there was nothing to merge", false] : [`#${pull.number} is open`, true]
      ),
      merge: (pull, head) => write(
        `merging #${pull.number}`,
        () => ports.merge(pull, head),
        ({ kind }) => [
          kind === "merged" ? `#${pull.number} is merged` : `#${pull.number} was not merged yet`,
          kind === "merged" || kind === "unsure"
        ]
      ),
      arm: (pull, head, way) => write(
        `arming #${pull.number}`,
        () => ports.arm(pull, head, way),
        (answer) => answer.kind === "armed" ? [`#${pull.number} is armed to merge ${shortSha(head)}`, answer.own] : [`#${pull.number} was not armed`, false]
      ),
      disarm: (pull) => write(
        `disarming #${pull.number}`,
        () => ports.disarm(pull),
        (was) => [
          was === "queued" ? `#${pull.number} is out of the merge queue` : `#${pull.number} is not armed`,
          was !== void 0
        ]
      ),
      closePull: (pull) => write(
        `closing #${pull.number}`,
        () => ports.closePull(pull),
        () => [`#${pull.number} is closed`, true]
      ),
      dispatch: (file) => write(
        `dispatching ${file}`,
        () => ports.dispatch(file),
        () => [`${file} is dispatched`, true]
      )
    },
    describe() {
      const now = doing === null ? [] : [`it was ${doing}, which may have been done`];
      return [...done, ...now].join("; ") || "nothing was written";
    },
    hasChanged: () => isChanged || doing !== null
  };
}

// lib/promote-branch/options.ts
function asWorkflowFile(text2, source) {
  const file = text2.replace(/^(\.\/)?\.(github|gitea|forgejo)\/workflows\//, "");
  if (!/^[^\s/=][^\r\n,=]*\.ya?ml$/i.test(file) || file.split("/").includes(".."))
    throw new UsageError(
      `Cannot use ${source}: "${text2}" is no workflow file; give the file, as publish-image.yml, not its display name`
    );
  return file;
}
function asMethod(text2, source) {
  if (text2 === "merge" || text2 === "fast-forward") return text2;
  if (text2 === "squash" || text2 === "rebase")
    throw new UsageError(
      `Cannot use ${source}: "${text2}" makes new commits, so that every later comparison says "diverged"; give merge or fast-forward`
    );
  throw new UsageError(`Cannot use ${source}: "${text2}" is not known; give merge or fast-forward`);
}
function asInput(text2, source) {
  const match = /^([A-Za-z_][\w-]*)=([\s\S]*)$/.exec(text2);
  if (!match) throw new UsageError(`Cannot use ${source}: "${text2}" is no input; give it as name=value`);
  return [match[1], match[2]];
}

// lib/promote-branch/verdict.ts
var exits = {
  promoted: 0,
  "nothing-to-do": 0,
  disabled: 0,
  held: 0,
  defer: 0,
  refuse: 1,
  blocked: 1,
  "timed-out": 1,
  "dispatch-failed": 1,
  unknown: 3
};
function verdictOfPromotion(promotion, subject) {
  const { decision, head, pull, merge, followUps, gate } = promotion;
  const dispatched = followUps.flatMap(readDispatched);
  return {
    decision,
    exit: exits[decision],
    proceed: decision === "promoted" && promotion.changed,
    deferred: decision === "defer" || decision === "held",
    reason: promotion.reason,
    changed: promotion.changed,
    subject: { ...subject, ...head === null ? {} : { sha: head } },
    evidence: [...evidenceOf(gate?.states ?? []), ...followUps.map(evidenceOfFollowUp)],
    next: promotion.next,
    outputs: {
      pr: pull === null ? "" : String(pull),
      merge_sha: merge ?? "",
      dispatched: JSON.stringify(dispatched)
    },
    details: { head, pr: pull, merge_sha: merge, dispatched }
  };
}
function readDispatched(one2) {
  return one2.kind === "run" ? [{ file: one2.file, run: one2.run, by: one2.by }] : [];
}
function evidenceOfFollowUp(one2) {
  const what = `${one2.file} after the merge`;
  if (one2.kind === "run")
    return {
      what,
      value: one2.by === "push" ? "its push run is there" : "runs by a dispatch",
      .../^https?:/.test(one2.run) ? { url: one2.run } : {}
    };
  if (one2.kind === "planned") return { what, value: "would be dispatched" };
  return { what, value: `${one2.kind}: ${one2.why}` };
}

// lib/script.ts
function defineCommand(command) {
  return command;
}

// scripts/auto-promote.ts
var options = {
  from: oneOr({
    help: "the branch that is promoted",
    value: "B",
    variables: ["PROMOTE_BRANCH_FROM"],
    fallback: "staging",
    parse: asBranch
  }),
  to: oneOr({
    help: "the branch it is promoted to",
    value: "B",
    variables: ["PROMOTE_BRANCH_TO"],
    fallback: "main",
    parse: asBranch
  }),
  workflow: gateOptions.workflow,
  enabled: flagByTrue({
    help: "act; without it everything is decided and shown, and nothing is done",
    variables: ["AUTO_PROMOTE_ENABLED"]
  }),
  force: flag({ help: "act this once, although it is not enabled" }),
  hold: one({
    help: "promote nothing for now, for this reason; where enabled, what would merge by itself is kept from it",
    value: "TEXT",
    variables: ["PROMOTE_HOLD"],
    mayBeEmpty: true,
    parse: asText
  }),
  method: oneOr({
    help: 'how it is merged; squash and rebase are refused, since later comparisons would say "diverged"',
    value: "merge|fast-forward",
    fallback: "merge",
    parse: asMethod
  }),
  dispatch: many({
    help: "a workflow FILE that must run on --to after the merge",
    value: "FILE",
    variables: ["PROMOTE_DISPATCH"],
    parse: asWorkflowFile
  }),
  "dispatch-input": many({ help: "an input of every dispatch", value: "K=V", parse: asInput }),
  wait: oneOr({ help: "how long to wait for the merge", value: "D", fallback: "30m", parse: asDuration }),
  poll: oneOr({ help: "pause between looks", value: "D", fallback: "30s", parse: asPause }),
  "push-grace": oneOr({
    help: "how long a push run may take to appear before a dispatch replaces it",
    value: "D",
    fallback: "90s",
    parse: asDuration
  }),
  "dry-run": flag({ help: "read and decide, say what would be done, write nothing" }),
  ...headGateOptions,
  ...forgeOptions
};
async function main(call) {
  const { options: given, clock } = call;
  const log = withoutRepeats(call.log);
  const { from, to } = given;
  if (from === to)
    throw new UsageError(`Cannot promote "${from}" to itself: --from and --to are one branch; give two`);
  const dispatchToken = readSecret(call, "DISPATCH_TOKEN");
  const context = readContext(call);
  const repo = requireRepo(context);
  const subject = { repo, from, to };
  const forge = openForge(context, repo);
  const ports = createForgePorts(forge, {
    from,
    to,
    method: given.method,
    inputs: Object.fromEntries(given["dispatch-input"]),
    dispatchToken,
    askGate: (sha, beforeWait) => askHeadGate({ ...call, log }, context, { repo, sha, beforeWait }),
    clock,
    log,
    redactor: call.redactor
  });
  const journal = keepJournal(ports);
  call.onStop(() => journal.describe());
  const settings = readSettings(call);
  const hold = given.hold?.trim() ?? "";
  const promotion = await (hold === "" ? promote(journal.ports, settings) : holdBack(journal.ports, settings, hold));
  for (const one2 of promotion.followUps)
    if (one2.kind === "failed")
      log.error(`Cannot see ${one2.file} run on ${to}: ${one2.why}; run: ${one2.command}`);
  return { ...verdictOfPromotion(promotion, subject), changed: journal.hasChanged() };
}
function readSettings({ options: given, environment: environment2 }) {
  return {
    from: given.from,
    to: given.to,
    method: given.method,
    dispatch: [...new Set(given.dispatch)],
    enabled: given.enabled || given.force,
    dryRun: given["dry-run"],
    waitMs: given.wait,
    pollMs: given.poll,
    graceMs: given["push-grace"],
    reach: repeatForgeOptions(given, environment2)
  };
}
var script = {
  name: "auto-promote",
  summary: "Promotes one branch to the next once its gates are green, and sees that the workflows of the merge really run.",
  commands: [defineCommand({ name: "", options, main })],
  outputs: {
    decision: "promoted, nothing-to-do, disabled, held, defer, refuse, blocked, timed-out, dispatch-failed or unknown",
    proceed: "true only for promoted",
    pr: "number of the pull request, where there is one",
    merge_sha: "the merge commit, where there is one",
    dispatched: 'JSON, [{"file","run","by":"push|dispatch"}]: the runs after the merge',
    reason: "one sentence"
  },
  exits: {
    0: "promoted, nothing-to-do, disabled; also held and defer, unless --defer-code says otherwise",
    1: "refuse, blocked, timed-out or dispatch-failed"
  }
};

// entry-auto-promote.ts
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
