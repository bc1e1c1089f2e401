// prod-auto-deploy 1.0.0
// Built from scripts/prod-auto-deploy.ts of switchyard; do not edit: change the source and run "node build.mjs"

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

// lib/sha.ts
function isFullSha(text) {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}
function shortSha(sha) {
  return sha.slice(0, 7);
}
function sameCommit(a, b) {
  const [one2, two] = [a.toLowerCase(), b.toLowerCase()];
  if (Math.min(one2.length, two.length) < 7) return false;
  return one2.startsWith(two) || two.startsWith(one2);
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
var asDuration = (text, source) => {
  const ms = parseDuration(text);
  if (ms === null) {
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no duration; give it as 500ms, 60s, 15m, 1h or 2d`
    );
  }
  return ms;
};
var asPause = (text, source) => {
  const ms = asDuration(text, source);
  if (ms > 0) return ms;
  throw new UsageError(`Cannot use ${source}: "${text}" is no time at all; give more, as 500ms or 15s`);
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

// lib/script.ts
function defineCommand(command) {
  return command;
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
function readJson(source, place) {
  const text = typeof source === "string" ? source : decodeUtf8(source);
  if (text === null) throw new ShapeError(`${place} is not UTF-8`);
  try {
    return new Shape(JSON.parse(text), place);
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
  const commit = readCommit(call);
  return { ...commit, repo: requireRepo(commit.context) };
}
function readCommit(call) {
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
    const commits = body.list().map((row2) => readCommit2(row2, files));
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
function readCommit2(row2, files) {
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
  return new Promise((resolve, reject) => {
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
      else resolve({ code: code ?? 128, stdout: texts.stdout.text(), stderr: texts.stderr.text() });
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

// lib/deploy/superseded.ts
var commitOptions = {
  ...shaOption,
  branch: oneOr({
    help: "the branch that is deployed",
    value: "B",
    variables: ["DEPLOY_BRANCH"],
    fallback: "main",
    parse: asBranch
  }),
  "strict-ancestry": onUnless({
    help: "take any other commit at the head of the branch for newer, without proof that it descends from ours",
    variables: ["DEPLOY_STRICT_ANCESTRY"]
  }),
  ...forgeOptions
};
function decideSuperseded({ sha, branch, head, relation, strict }) {
  const ours = shortSha(sha);
  const no = (reason, sure) => ({
    superseded: false,
    head: null,
    sure,
    reason
  });
  if (!/^[0-9a-f]{7,64}$/i.test(head) || /^0+$/.test(head))
    return no(`the head of "${branch}" is no commit SHA`, false);
  if (sameCommit(head, sha)) return no(`${ours} is still the head of "${branch}"`, true);
  const yes = { superseded: true, head, sure: true };
  if (!strict) return { ...yes, reason: `"${branch}" is at ${shortSha(head)}, another commit than ${ours}` };
  if (relation === null || relation.kind === "unknown") {
    return no(
      `cannot tell how the head ${shortSha(head)} of "${branch}" lies to ${ours}: ${relation?.why ?? "it was not asked"}`,
      false
    );
  }
  if (relation.kind === "ahead")
    return { ...yes, reason: `"${branch}" is at ${shortSha(head)}, which descends from ${ours}` };
  return no(
    `the head ${shortSha(head)} of "${branch}" does not descend from ${ours} (${relation.kind})`,
    false
  );
}
async function readSuperseded(call, sha) {
  const context = readContext(call, { fresh: true });
  const repo = requireRepo(context);
  const { branch } = call.options;
  const strict = call.options["strict-ancestry"];
  try {
    const fork = describeFork(context);
    if (fork !== null) throw new CouldNotTell(fork);
    if (context.token === void 0) {
      throw new CouldNotTell(`Cannot read the head of "${branch}": no token is set; set SWITCHYARD_TOKEN`);
    }
    const forge = openForge(context, repo);
    const head = await fetchBranchHead(forge, branch);
    if (head === null)
      throw new CouldNotTell(
        `Cannot read the head of "${branch}" of ${repo}: there is no such branch; check --branch`
      );
    const ask = strict && !sameCommit(head, sha);
    const relation = ask ? await relate({ ...call, options: { via: "api" } }, forge, { current: sha, candidate: head }) : null;
    return decideSuperseded({ sha, branch, head, relation, strict });
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return { superseded: false, head: null, sure: false, reason: error.message };
  }
}

// lib/deploy/check-superseded.ts
var checkSuperseded = defineCommand({
  name: "check-superseded",
  summary: "has a newer commit reached the branch since this job's?",
  bareResult: true,
  options: commitOptions,
  async main(call) {
    let named;
    try {
      named = readSubject(call);
    } catch (error) {
      if (!(error instanceof CouldNotTell)) throw error;
      return latest(`it could not be told: ${error.message}`);
    }
    const { repo, sha } = named;
    const subject = { repo, sha };
    const { superseded, head, sure, reason } = await readSuperseded(call, sha);
    if (!superseded) return { ...latest(sure ? reason : `it could not be told: ${reason}`), subject };
    return {
      decision: "superseded",
      exit: 0,
      proceed: false,
      reason,
      announce: "notice",
      subject,
      evidence: [{ what: `head of ${call.options.branch}`, value: head ?? "" }],
      outputs: { newer: head ?? "" },
      ...head === null ? {} : { result: head }
    };
  }
});
function latest(why) {
  return {
    decision: "latest",
    exit: 10,
    proceed: true,
    reason: `counts as the latest, because ${why}`,
    announce: "warning",
    outputs: { newer: "" }
  };
}

// lib/deploy/admin-url.ts
function assertAdminUrl(text, allowPlainHttp, what) {
  const url = assertSafeUrl(text, allowPlainHttp, what);
  if (url.username === "" && url.password === "") return url;
  throw new UsageError(
    `Cannot use ${what}: it holds credentials; leave them out, and give the token in DEPLOY_ADMIN_TOKEN`
  );
}

// lib/deploy/control-plane.ts
function isEnabled({ environment: environment2 }) {
  const disabled = environment2.get("DEPLOY_DISABLED");
  return disabled === void 0 || disabled.trim().toLowerCase() === "false";
}
function listMissing({ options, environment: environment2 }) {
  return [
    options["cp-url"] === null ? "DEPLOY_CP_URL" : "",
    environment2.get("DEPLOY_ADMIN_TOKEN") === void 0 ? "DEPLOY_ADMIN_TOKEN" : ""
  ].filter(Boolean);
}
function readAdminToken(call) {
  return readSecret(call, "DEPLOY_ADMIN_TOKEN");
}
function openAdmin(call, { fresh = false } = {}) {
  const { insecure } = call.options;
  return { http: openHttp(call, insecure, { fresh }), token: readAdminToken(call), allowPlainHttp: insecure };
}
function endpointOf(base, endpoint, allowPlainHttp) {
  const root = assertAdminUrl(base, allowPlainHttp, "--cp-url (DEPLOY_CP_URL)");
  return new URL(`${root.origin}${root.pathname.replace(/\/+$/, "")}/${endpoint.replace(/^\/+/, "")}`);
}

// lib/deploy/rollout-options.ts
var rolloutOptions = {
  "cp-url": one({ help: "the control plane", value: "URL", variables: ["DEPLOY_CP_URL"], parse: asText }),
  endpoint: oneOr({
    help: "the rollout's path there",
    value: "PATH",
    variables: ["DEPLOY_ENDPOINT"],
    fallback: "/cp/admin/tenants/redeploy-fleet",
    parse: asText
  }),
  "target-tag": oneOr({
    help: "the image tag to roll out; {short} and {sha} are filled in",
    value: "TAG",
    variables: ["DEPLOY_TARGET_TAG"],
    fallback: "staging-{short}",
    parse: asText
  }),
  canary: one({
    help: "the tenant that goes first",
    value: "SLUG",
    variables: ["DEPLOY_CANARY", "DEPLOY_CANARY_SLUG"],
    parse: asText,
    mayBeEmpty: true
  }),
  soak: oneOr({
    help: "how long the canary runs before the others follow",
    value: "D",
    variables: ["DEPLOY_SOAK"],
    fallback: "60s",
    parse: asDuration
  }),
  "batch-size": oneOr({
    help: "tenants at a time",
    value: "N",
    variables: ["DEPLOY_BATCH_SIZE"],
    fallback: "3",
    parse: asInteger(1, 1e3)
  })
};
var rolloutOnlyOptions = {
  "dry-run": flag({
    help: "the control plane's dry run: one POST with dry_run true",
    variables: ["DEPLOY_DRY_RUN"]
  }),
  timeout: oneOr({
    help: "how long the one call may take",
    value: "D",
    variables: ["DEPLOY_TIMEOUT"],
    fallback: "20m",
    parse: asPause
  })
};
function fillTag(template, sha) {
  const tag = template.replaceAll("{short}", shortSha(sha)).replaceAll("{sha}", sha);
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(tag)) {
    throw new UsageError(
      `Cannot use --target-tag: "${tag}" is no image tag; give letters, digits, "_", "." and "-", 128 at most`
    );
  }
  return tag;
}

// lib/deploy/tenant-list.ts
function readTenantFile(file) {
  try {
    return readList(readText(file));
  } catch (error) {
    throw new CouldNotTell(
      `Cannot read the tenant list "${file}": ${error.message}; give a JSON array of {slug,url}`,
      { cause: error }
    );
  }
}
async function fetchTenantList(url, { http, token, allowPlainHttp }) {
  assertAdminUrl(url, allowPlainHttp, "--tenants-url (DEPLOY_TENANTS_URL)");
  const purpose = "read the tenant list";
  const headers = { accept: "application/json" };
  if (token !== void 0) headers["authorization"] = `Bearer ${token}`;
  const answer = await http.send({ purpose, url, headers });
  if (answer.status !== 200) {
    const mend = answer.status === 401 || answer.status === 403 ? "give a token that may in DEPLOY_ADMIN_TOKEN" : "check DEPLOY_TENANTS_URL";
    throw new CouldNotTell(`Cannot ${purpose}: ${http.describe(answer)}; ${mend}`);
  }
  let tenants;
  try {
    tenants = readList(answer.bytes);
  } catch (error) {
    throw new CouldNotTell(
      `Cannot ${purpose}: GET ${answer.path} answered 200, but ${error.message}; it must answer a JSON array of {slug,url}`,
      { cause: error }
    );
  }
  if (isWhole(answer, tenants.length)) return tenants;
  throw new CouldNotTell(
    `Cannot ${purpose}: GET ${answer.path} answered ${countOf(tenants.length, "tenant")} of a longer list; it must answer all of them at once: ask for a larger page in DEPLOY_TENANTS_URL`
  );
}
function isWhole(answer, shown) {
  if ((readTotalHeader(answer) ?? 0) > shown) return false;
  return !/;\s*rel="?[^",;]*\bnext\b/i.test(answer.headers.get("link") ?? "");
}
function readList(source) {
  const rows = readJson(source, "the list").list();
  return rows.map((row2) => {
    const tenant = { slug: row2.field("slug").text(), url: row2.field("url").text() };
    if (tenant.slug === "" || !isUrl(tenant.url))
      throw new ShapeError(`an item of the list is no tenant ("${tenant.slug}")`);
    return tenant;
  });
}
function isUrl(text) {
  try {
    return new URL(text).host !== "";
  } catch {
    return false;
  }
}

// lib/deploy/tenants.ts
var tenantOptions = {
  tenant: many({
    help: "a tenant and its address",
    value: "SLUG=URL",
    variables: ["DEPLOY_TENANTS"],
    rivals: ["tenants-file", "tenants-url"],
    parse: parseTenant
  }),
  "tenants-file": one({
    help: "JSON array of {slug,url}; read where no --tenant is given",
    value: "FILE",
    variables: ["DEPLOY_TENANTS_FILE"],
    rivals: ["tenant", "tenants-url"],
    parse: asText
  }),
  "tenants-url": one({
    help: "address that answers the same array, with DEPLOY_ADMIN_TOKEN; asked where neither of the above is given",
    value: "URL",
    variables: ["DEPLOY_TENANTS_URL"],
    rivals: ["tenant", "tenants-file"],
    parse: asText
  }),
  shard: oneOr({
    help: "only every N-th tenant of the list sorted by slug, from the I-th on",
    value: "I/N",
    variables: ["DEPLOY_SHARD"],
    fallback: "1/1",
    parse: asShard
  })
};
function parseTenant(text, source) {
  const at = text.indexOf("=");
  const [slug, url] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || !/^https?:\/\//i.test(url)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no tenant; give it as SLUG=https://host`);
  }
  return { slug, url };
}
function hasTenantSource(source) {
  return source.tenant.length > 0 || source["tenants-file"] !== null || source["tenants-url"] !== null;
}
function repeatTenantOptions(source, environment2) {
  const { tenant, "tenants-file": file, "tenants-url": url } = source;
  const named = splitList(environment2.get("DEPLOY_TENANTS") ?? "");
  const given = tenant.map(({ slug, url: url2 }) => `${slug}=${url2}`);
  return [
    ...given.join(" ") === named.join(" ") ? [] : given.flatMap((one2) => ["--tenant", one2]),
    ...file === null || file === environment2.get("DEPLOY_TENANTS_FILE") ? [] : ["--tenants-file", file],
    ...url === null || url === environment2.get("DEPLOY_TENANTS_URL") ? [] : ["--tenants-url", url]
  ];
}
async function readTenants(source, admin) {
  const tenants = await listTenants(source, admin);
  const isFetched = source.tenant.length === 0 && source["tenants-file"] === null;
  try {
    assertFleet(tenants, admin.allowPlainHttp);
  } catch (error) {
    if (isFetched && error instanceof UsageError) throw new CouldNotTell(error.message, { cause: error });
    throw error;
  }
  return [...tenants].sort((a, b) => a.slug < b.slug ? -1 : 1);
}
function assertFleet(tenants, allowPlainHttp) {
  const seen = /* @__PURE__ */ new Map();
  for (const { slug, url } of tenants) {
    if (seen.has(slug))
      throw new UsageError(`Cannot use the tenant list: "${slug}" stands in it twice; leave one out`);
    assertSafeUrl(url, allowPlainHttp, `the address of the tenant ${slug}`);
    seen.set(slug, url);
  }
}
async function readSlugs(source, admin) {
  if (!hasTenantSource(source)) return [];
  const tenants = await readTenants(source, admin);
  if (tenants.length > 0) return tenants.map(({ slug }) => slug);
  throw new CouldNotTell(
    "Cannot roll out: the tenant list is empty, so no answer of the control plane could be checked; check DEPLOY_TENANTS_FILE and DEPLOY_TENANTS_URL"
  );
}
async function listTenants(source, admin) {
  if (source.tenant.length > 0) return source.tenant;
  if (source["tenants-file"] !== null) return readTenantFile(source["tenants-file"]);
  if (source["tenants-url"] !== null) return fetchTenantList(source["tenants-url"], admin);
  throw new UsageError(
    "Cannot verify without tenants: no list is named; give --tenant SLUG=URL, --tenants-file or --tenants-url (DEPLOY_TENANTS, DEPLOY_TENANTS_FILE, DEPLOY_TENANTS_URL)"
  );
}
function chooseShard(items, { index, of }) {
  return items.filter((_, position) => position % of === index - 1);
}

// lib/deploy/plan.ts
var planTable = { ...rolloutOptions, ...tenantOptions, ...commitOptions };
var plan = defineCommand({
  name: "plan",
  summary: "what rollout and verify would do from this environment; sends nothing but reads",
  options: planTable,
  main: runPlan
});
async function runPlan(call) {
  const { options, environment: environment2 } = call;
  const context = readContext(call);
  const sha = findSha(call.options.sha, context, environment2);
  const subject = {
    ...context.repo === void 0 ? {} : { repo: context.repo },
    ...sha === null ? {} : { sha }
  };
  const enabled = isEnabled(call);
  const missing = [
    ...context.repo === void 0 ? ["GITHUB_REPOSITORY (--repo)"] : [],
    ...sha === null ? ["GITHUB_SHA (--sha)"] : [],
    ...listMissing(call)
  ];
  if (!hasTenantSource(options)) missing.push("DEPLOY_TENANTS, DEPLOY_TENANTS_FILE or DEPLOY_TENANTS_URL");
  const tag = sha === null ? "" : fillTag(options["target-tag"], sha);
  if (options["cp-url"] !== null) endpointOf(options["cp-url"], options.endpoint, options.insecure);
  const isComplete = missing.length === 0;
  const tenants = isComplete ? (await readSlugs(options, openAdmin(call))).length : 0;
  const state = isComplete && sha !== null ? await readSuperseded(call, sha) : null;
  const superseded = state === null || !state.sure ? "unknown" : String(state.superseded);
  const outputs = {
    enabled: String(enabled),
    target_tag: tag,
    canary: options.canary ?? "",
    batch_size: String(options["batch-size"]),
    tenants: String(tenants),
    superseded
  };
  const rows = Object.entries(outputs).map(([name, value]) => [name, value]);
  for (const [name, value] of rows) call.log.line(`${name.padEnd(12)} ${value}`);
  const shared = {
    subject,
    outputs,
    summary: renderTable(["Setting", "Value"], rows),
    details: { ...outputs, tenants, enabled, missing }
  };
  const refusal = decideRefusal(call, { missing, context });
  if (refusal !== null) return { ...shared, ...refusal, proceed: false };
  return {
    ...shared,
    decision: "ready",
    exit: 0,
    proceed: true,
    reason: `would roll ${countOf(tenants, "tenant")} to ${tag}, ${options["batch-size"]} at a time`
  };
}
function decideRefusal(call, { missing, context }) {
  if (missing.length > 0) {
    const reason2 = `Cannot roll out: not set: ${missing.join("; ")}; set all of these`;
    return { decision: "incomplete", exit: 2, reason: reason2 };
  }
  const fork = describeFork(context);
  if (fork !== null) return { decision: "disabled", exit: 1, reason: fork };
  if (isEnabled(call)) return null;
  const disabled = call.environment.get("DEPLOY_DISABLED");
  const reason = `Cannot roll out: DEPLOY_DISABLED is "${disabled}"; empty it, or set it to false`;
  return { decision: "disabled", exit: 1, reason };
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

// lib/deploy/rollout-answer.ts
function decideRollout(answer, { dryRun, listed, words }) {
  const bare = { results: [] };
  if (answer.status >= 500)
    return { ...bare, decision: "unknown", reason: `${words}: whether it acted is not known` };
  if (answer.status >= 300 && answer.status < 400) {
    return {
      ...bare,
      decision: "failed",
      reason: `the control plane points elsewhere: ${words}; give the final URL`
    };
  }
  let read2;
  try {
    read2 = readAnswer(answer.bytes);
  } catch (error) {
    if (answer.status >= 400)
      return { ...bare, decision: "failed", reason: `the control plane refused: ${words}` };
    return {
      ...bare,
      decision: "unknown",
      reason: `${words}: ${error.message}, so whether it acted is not known`
    };
  }
  const { ok, results } = read2;
  const failed = (reason) => ({ results, decision: "failed", reason });
  const sick = results.find((result) => !result.healthy);
  const stop = sick ? describeStop(sick) : "";
  const sides = results.length > 0 ? describeSides(results, listed) : "";
  if (answer.status !== 200)
    return failed([`the control plane refused: ${words}`, stop, sides].filter(Boolean).join("; "));
  if (sick) return failed(`${stop}; ${sides}`);
  if (!ok) {
    const found = "the control plane says that the rollout is not ok, but names no tenant that stopped it";
    return failed([found, sides].filter(Boolean).join("; "));
  }
  if (results.length === 0 && listed.length > 0) {
    const count = countOf(listed.length, "listed tenant");
    return failed(`the control plane says ok, but names none of the ${count}`);
  }
  if (!read2.isListed && !dryRun) {
    return {
      results,
      decision: "unknown",
      reason: `${words}: the answer has no "results", so whether it acted is not known`
    };
  }
  const tenants = countOf(results.length, "tenant");
  if (dryRun) return { results, decision: "dry-run", reason: `the control plane would roll ${tenants}` };
  const end = verbOf(results.length, "was rolled and is healthy", "were rolled and are healthy");
  const missed = findMissed(results, listed);
  const rest = missed.length > 0 ? `; listed, but not named: ${missed.join(", ")}` : "";
  return { results, decision: "rolled", reason: `${tenants} ${end}${rest}` };
}
function describeStop(sick) {
  const cause = [sick.phase && `phase ${sick.phase}`, sick.error, sick.status && `status ${sick.status}`].filter(Boolean).join(", ");
  return `${sick.slug} stopped the rollout${cause ? ` (${cause})` : ""}`;
}
function describeSides(results, listed) {
  const healthy = results.filter((result) => result.healthy).map(({ slug }) => slug);
  const rest = results.filter((result) => !result.healthy).map(({ slug }) => slug);
  const missed = findMissed(results, listed);
  const last = listed.length === 0 ? "tenants not named were not reached" : `not reached: ${missed.join(", ") || "none"}`;
  return `rolled and healthy: ${healthy.join(", ") || "none"}; not: ${rest.join(", ") || "none"}; ${last}`;
}
function findMissed(results, listed) {
  return listed.filter((slug) => !results.some((result) => result.slug === slug));
}
function readAnswer(bytes) {
  const body = readJson(bytes, "the answer");
  const list2 = body.optional("results");
  return {
    ok: body.optional("ok")?.raw() === true,
    results: (list2?.list() ?? []).map(readResult),
    isListed: list2 !== null
  };
}
function readResult(row2) {
  const text = (name) => {
    const value = row2.optional(name)?.raw();
    return value === void 0 ? "" : typeof value === "string" ? value : JSON.stringify(value);
  };
  return {
    slug: row2.field("slug").text(),
    phase: text("phase"),
    status: text("ssm_status"),
    exitCode: text("ssm_exit_code"),
    healthy: row2.optional("healthz_ok")?.raw() === true,
    error: text("error")
  };
}

// lib/deploy/post-rollout.ts
async function postRollout(admin, order) {
  const { url, tag, listed, options } = order;
  const dryRun = options["dry-run"];
  const body = {
    target_tag: tag,
    canary_slug: options.canary,
    soak_seconds: Math.ceil(options.soak / 1e3),
    batch_size: options["batch-size"],
    dry_run: dryRun
  };
  try {
    const sent = await admin.http.send({
      purpose: `roll the fleet to ${tag}`,
      method: "POST",
      url: url.href,
      headers: {
        authorization: `Bearer ${admin.token}`,
        "content-type": "application/json",
        accept: "application/json"
      },
      body: JSON.stringify(body),
      attempts: 1,
      timeoutMs: options.timeout,
      deadlineMs: options.timeout,
      keepRedirect: true
    });
    return decideRollout(sent, { dryRun, listed, words: admin.http.describe(sent) });
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return decideUnanswered(error);
  }
}
function decideUnanswered({ kind, maybeSent, message }) {
  if (kind === "rate-limited") return { decision: "failed", reason: message, results: [] };
  if (!maybeSent) {
    return { decision: "unknown", isSent: false, reason: `${message} (nothing was sent)`, results: [] };
  }
  const found = message.replace(/;[^;]*$/, "");
  return { decision: "unknown", reason: `${found}: whether it acted is not known`, results: [] };
}

// lib/deploy/rollout.ts
var rolloutTable = { ...rolloutOptions, ...rolloutOnlyOptions, ...tenantOptions, ...commitOptions };
var rollout = defineCommand({
  name: "rollout",
  summary: "tell the control plane, once, to roll the fleet to this commit",
  options: rolloutTable,
  main: runRollout
});
async function runRollout(call) {
  const { options, log } = call;
  const { context, repo, sha } = readSubject(call);
  const subject = { repo, sha };
  const fork = describeFork(context);
  if (fork !== null) return { decision: "failed", exit: 1, proceed: false, reason: fork, subject };
  if (!isEnabled(call)) {
    const reason = "Cannot roll out: DEPLOY_DISABLED is set, nothing was sent; empty it, or set it to false";
    return { decision: "failed", exit: 1, proceed: false, reason, subject };
  }
  const missing = listMissing(call);
  if (missing.length > 0)
    throw new UsageError(
      `Cannot roll out: ${missing.join(" and ")} not set; set what is missing ("plan" shows all of it)`
    );
  const url = endpointOf(options["cp-url"], options.endpoint, options.insecure);
  const tag = fillTag(options["target-tag"], sha);
  const admin = openAdmin(call);
  call.onStop(() => "nothing was sent");
  const listed = await readSlugs(options, admin);
  const state = await readSuperseded(call, sha);
  if (!state.sure) log.warning(`counts as the latest, because it could not be told: ${state.reason}`);
  if (state.superseded) {
    return {
      decision: "superseded",
      exit: 0,
      proceed: false,
      reason: `superseded, nothing was sent: ${state.reason}`,
      subject
    };
  }
  const next = howToLook(call, sha);
  call.onStop(() => ({ ...stoppedAfterSending, next, subject }));
  const answer = await postRollout(admin, { url, tag, listed, options });
  for (const one2 of answer.results)
    log.line(
      `${one2.slug}: ${[one2.healthy ? "healthy" : "not healthy", one2.phase, one2.error].filter(Boolean).join(": ")}`
    );
  for (const one2 of answer.results.filter(isOdd)) log.warning(describeOdd(one2));
  return {
    ...verdictOfRollout(answer, url, { dryRun: options["dry-run"], next }),
    subject
  };
}
var stoppedAfterSending = {
  decision: "unknown",
  exit: 3,
  proceed: false,
  reason: "the rollout was sent, or on its way, and whether it acted is not known",
  mend: "look at the control plane, or run verify: another rollout is a second one"
};
function isOdd({ healthy, error, exitCode }) {
  return healthy && (error !== "" || !["", "0"].includes(exitCode));
}
function describeOdd({ slug, error, exitCode }) {
  const found = [error && `"${error}"`, exitCode && `exit code ${exitCode}`].filter(Boolean).join(", ");
  return `${slug} is healthy, but its rollout reports ${found}; run verify: it may be the build before that answers`;
}
function howToLook({ options, environment: environment2 }, sha) {
  if (!hasTenantSource(options))
    return ["look at the control plane: which tag does each tenant run? (verify asks those of --tenant)"];
  const words = repeatTenantOptions(options, environment2);
  const branch = options.branch === (environment2.get("DEPLOY_BRANCH") ?? "main") ? [] : ["--branch", options.branch];
  const given = [...words, ...branch, ...repeatForgeOptions(options, environment2)];
  return [
    shellCommand("node", "vendor/prod-auto-deploy.mjs", "verify", "--wait", "0s", "--sha", sha, ...given)
  ];
}
function verdictOfRollout(answer, url, { dryRun, next }) {
  const { decision, reason, results, isSent = true } = answer;
  const rows = results.map((one2) => [
    one2.slug,
    one2.phase,
    one2.status,
    one2.exitCode,
    one2.healthy ? "yes" : "no",
    one2.error
  ]);
  const plain = reason.replace(/^Cannot [^:]*: /, "");
  const exits = { rolled: 0, "dry-run": 0, failed: 1, unknown: 3 };
  const texts = {
    rolled: reason,
    "dry-run": reason,
    failed: `Cannot roll the fleet: ${plain}; mend that, then run rollout again`,
    unknown: !isSent ? `Cannot roll the fleet: ${plain}` : `Cannot tell whether the fleet was rolled: ${plain}; it was sent once and is not sent again: look at the control plane, or run verify`
  };
  return {
    decision,
    exit: exits[decision],
    proceed: decision === "rolled" || decision === "dry-run",
    changed: !dryRun && results.some((one2) => one2.healthy),
    reason: texts[decision],
    evidence: results.map((one2) => ({ what: one2.slug, value: one2.healthy ? "healthy" : "not healthy" })),
    summary: renderTable(["Tenant", "Phase", "Status", "Exit code", "Healthy", "Error"], rows),
    details: { endpoint: url.pathname, results },
    next: decision === "unknown" && isSent ? next : []
  };
}

// lib/deploy/resolve-commit.ts
async function resolveCommit(forge, short) {
  if (isFullSha(short)) return short;
  const path = forge.kind === "github" ? "commits" : "git/commits";
  return forge.api.read(
    {
      purpose: `read the commit ${short} of ${forge.repo}`,
      path: `${repoPath(forge.repo)}/${path}/${short}`
    },
    (body) => {
      const sha = body.field("sha").sha();
      if (!sha.startsWith(short)) throw new ShapeError(`it is the commit ${sha}`);
      return sha;
    }
  );
}
function createTenantRelation(call, expected) {
  return async (sha) => {
    try {
      const context = readContext(call, { fresh: true });
      const forge = openForge(context, requireRepo(context));
      return await relate({ ...call, options: { via: "api" } }, forge, {
        current: expected,
        candidate: await resolveCommit(forge, sha)
      });
    } catch (error) {
      if (!(error instanceof CouldNotTell) && !(error instanceof UsageError)) throw error;
      call.log.warning(error.message);
      return null;
    }
  };
}

// lib/deploy/tenant-state.ts
var longestShown = 60;
function readBuildInfo(text, field) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return {
      kind: "unparseable",
      why: /^\s*</.test(text) ? "it answers HTML" : "it answers what is not JSON"
    };
  }
  if (body === null || typeof body !== "object" || Array.isArray(body))
    return { kind: "unparseable", why: "its JSON is no object" };
  const value = Object.hasOwn(body, field) ? body[field] : void 0;
  if (value === void 0) return { kind: "unparseable", why: `its JSON has no "${field}"` };
  if (typeof value !== "string" || !/^([0-9a-f]{7,40}|[0-9a-f]{64})$/i.test(value)) {
    return {
      kind: "unparseable",
      why: `"${field}" is ${describeValue(value)}, no commit SHA`
    };
  }
  return { kind: "sha", sha: value.toLowerCase() };
}
function describeValue(value) {
  const text = JSON.stringify(value);
  if (text.length <= longestShown) return text;
  return typeof value === "string" ? `a text of ${countOf(value.length, "character")}` : "a long value";
}
function decideTenant(slug, expected, probes, relation) {
  const last = probes.at(-1);
  if (last === void 0) return { slug, state: "unreachable", actual: null, why: "it was not asked" };
  if (last.kind !== "sha") return { slug, state: last.kind, actual: null, why: last.why };
  if (sameCommit(last.sha, expected))
    return { slug, state: "current", actual: last.sha, why: `runs ${shortSha(last.sha)}` };
  const found = relation(last.sha);
  if (found?.kind === "ahead") {
    return {
      slug,
      state: "ahead",
      actual: last.sha,
      why: `runs ${shortSha(last.sha)}, which descends from ${shortSha(expected)}`
    };
  }
  const why = found === null ? "how it lies to ours could not be told" : found.kind === "unknown" ? found.why : `it is ${found.kind}`;
  return { slug, state: "stale", actual: last.sha, why };
}
function decideFleet(answers, settings) {
  const { listed, expectCount, maxUnreachable } = settings;
  const refuse = (reason) => ({ decision: "refuse", reason });
  if (listed === 0) return refuse("the tenant list is empty, so nothing is proved");
  if (expectCount !== null && listed < expectCount)
    return refuse(
      `${countOf(listed, "tenant")} ${verbOf(listed, "is", "are")} listed where ${expectCount} are expected`
    );
  if (answers.length === 0)
    return refuse(`no tenant falls in this shard of ${listed}, so nothing is proved: use fewer shards`);
  const asked = countOf(answers.length, "tenant");
  const of = (state) => answers.filter((answer) => answer.state === state).map(({ slug }) => slug);
  const [stale, unparseable, unreachable] = [of("stale"), of("unparseable"), of("unreachable")];
  if (stale.length > 0)
    return {
      decision: "stale",
      reason: `${stale.length} of ${asked} ${verbOf(stale.length, "is", "are")} stale: ${list(stale)}`
    };
  if (unparseable.length > 0)
    return refuse(
      `${unparseable.length} of ${asked} ${verbOf(unparseable.length, "does not say what it runs", "do not say what they run")}: ${list(unparseable)}`
    );
  if (unreachable.length === answers.length) return refuse(`none of ${asked} could be reached`);
  const allowed = "count" in maxUnreachable ? maxUnreachable.count : Math.floor(maxUnreachable.share * answers.length);
  if (unreachable.length > allowed) {
    return refuse(
      `${unreachable.length} of ${asked} could not be reached, ${allowed} ${verbOf(allowed, "is", "are")} allowed: ${list(unreachable)}`
    );
  }
  const ahead = of("ahead").length;
  const parts = [
    `${of("current").length} current`,
    ahead > 0 ? `${ahead} ahead` : "",
    unreachable.length > 0 ? `${unreachable.length} unreachable (allowed)` : ""
  ];
  return { decision: "go", reason: `${asked} asked: ${parts.filter(Boolean).join(", ")}` };
}
function list(slugs) {
  return slugs.length > 10 ? `${slugs.slice(0, 10).join(", ")} and ${slugs.length - 10} more` : slugs.join(", ");
}

// lib/deploy/verify-fleet.ts
async function verifyFleet(question, ports) {
  const { clock } = ports;
  const end = clock.now() + question.waitMs;
  const answers = /* @__PURE__ */ new Map();
  const relations = /* @__PURE__ */ new Map();
  const askRelation = (sha) => {
    const known = relations.get(sha) ?? ports.relate(sha);
    relations.set(sha, known);
    return known;
  };
  const silent = /* @__PURE__ */ new Map();
  const settledIn = /* @__PURE__ */ new Map();
  const listAll = () => question.tenants.map(({ slug }) => answers.get(slug));
  const isDone = () => {
    const isSure = [...silent.values()].every((rounds) => rounds === 0 || rounds >= question.hits);
    return listAll().every(isSettled) || isSure && ports.isEnough(listAll());
  };
  const askAll = (tenants, round) => mapBounded(tenants, question.concurrency, async (tenant) => {
    const { slug } = tenant;
    const wasSettled = isSettled(answers.get(slug));
    const answer = await askTenant(tenant, question, ports.http, askRelation);
    answers.set(slug, answer);
    silent.set(slug, answer.state === "unreachable" ? (silent.get(slug) ?? 0) + 1 : 0);
    if (!isSettled(answer)) return;
    settledIn.set(slug, round);
    if (!wasSettled) ports.onSettled(answer, [...answers.values()].filter(isSettled).length);
  });
  for (let round = 1; ; round++) {
    const isOpen = ({ slug }) => !isSettled(answers.get(slug));
    await askAll(question.tenants.filter(isOpen), round);
    if (isDone()) {
      const early = question.tenants.filter((one2) => !isOpen(one2) && settledIn.get(one2.slug) !== round);
      await askAll(early, round);
      if (isDone()) return listAll();
    }
    for (const [sha, relation] of relations) if (!isTold(await relation)) relations.delete(sha);
    const left = end - clock.now();
    if (left <= 0) return listAll();
    await clock.sleep(Math.min(question.pollMs, left));
  }
}
function isTold(relation) {
  return relation !== null && relation.kind !== "unknown";
}
function isSettled(answer) {
  return answer?.state === "current" || answer?.state === "ahead";
}
async function askTenant(tenant, question, http, relate2) {
  const probes = [];
  const known = /* @__PURE__ */ new Map();
  let answer;
  do {
    const probe = await probeTenant(tenant, question, http);
    probes.push(probe);
    if (probe.kind === "sha" && !sameCommit(probe.sha, question.expected))
      known.set(probe.sha, await relate2(probe.sha));
    answer = decideTenant(tenant.slug, question.expected, probes, (sha) => known.get(sha) ?? null);
  } while (isSettled(answer) && probes.length < question.hits);
  return answer;
}
async function probeTenant(tenant, { path, field, waitMs }, http) {
  const root = new URL(tenant.url);
  const url = `${root.origin}${root.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  try {
    const answer = await http.send({
      purpose: `read the build info of ${tenant.slug}`,
      url,
      headers: { accept: "application/json", "cache-control": "no-store" },
      // Another connection every time: behind a balancer one connection shows one machine.
      fresh: true,
      // Who asks again later need not insist now.
      ...waitMs > 0 ? { attempts: 1 } : {},
      // A login page behind a redirect is no answer of the tenant.
      keepRedirect: true
    });
    if (answer.status !== 200) return { kind: "unreachable", why: `it answers ${answer.status}` };
    const text = decodeUtf8(answer.bytes);
    if (text === null) return { kind: "unparseable", why: "it answers text that is not UTF-8" };
    return readBuildInfo(text, field);
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return { kind: "unreachable", why: error.message.replace(/^Cannot [^:]*: /, "").replace(/;[^;]*$/, "") };
  }
}

// lib/deploy/verify.ts
var verifyOptions = {
  ...tenantOptions,
  path: oneOr({
    help: "the build info's path, behind the tenant's address",
    value: "P",
    variables: ["DEPLOY_BUILDINFO_PATH"],
    fallback: "/buildinfo",
    parse: asText
  }),
  field: oneOr({ help: "its field that holds the commit", value: "F", fallback: "git_sha", parse: asText }),
  "expect-count": one({ help: "fewer tenants listed: refuse", value: "N", parse: asInteger(0, 1e6) }),
  wait: oneOr({ help: "how long until all agree", value: "D", fallback: "10m", parse: asDuration }),
  poll: oneOr({ help: "pause between rounds", value: "D", fallback: "10s", parse: asPause }),
  hits: oneOr({
    help: "answers in a row, each on a new connection, before a tenant counts",
    value: "N",
    fallback: "2",
    parse: asInteger(1, 100)
  }),
  "max-unreachable": oneOr({
    help: "how many may be out of reach",
    value: "N|N%",
    fallback: "0",
    parse: parseLimit
  }),
  concurrency: oneOr({
    help: "tenants asked at a time",
    value: "N",
    fallback: "16",
    parse: asInteger(1, 256)
  }),
  "superseded-ok": onUnless({ help: "do not ask check-superseded first, and again before failing" }),
  ...commitOptions
};
function parseLimit(text, source) {
  const match = /^(\d{1,6})(%?)$/.exec(text);
  const value = Number(match?.[1]);
  if (!match || match[2] === "%" && value > 100) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no limit; give a number, or a share as 10%`);
  }
  return match[2] === "%" ? { share: value / 100 } : { count: value };
}
var verify = defineCommand({
  name: "verify",
  summary: "does every reachable tenant run this commit?",
  options: verifyOptions,
  main: runVerify
});
async function runVerify(call) {
  const { options, log, environment: environment2 } = call;
  const { context, repo, sha } = readSubject(call);
  const subject = { repo, sha };
  const fork = describeFork(context);
  if (fork !== null) return { decision: "refuse", exit: 1, proceed: false, reason: fork, subject };
  const admin = openAdmin(call, { fresh: true });
  const list2 = await readTenants(options, admin);
  const early = await findSuperseded(call, sha);
  if (early !== null) return { ...early, subject };
  const tenants = chooseShard(list2, options.shard);
  const settings = {
    listed: list2.length,
    expectCount: options["expect-count"],
    maxUnreachable: options["max-unreachable"]
  };
  const enoughListed = list2.length > 0 && (settings.expectCount === null || list2.length >= settings.expectCount);
  const answers = await verifyFleet(
    {
      tenants: enoughListed ? tenants : [],
      expected: sha,
      path: options.path,
      field: options.field,
      hits: options.hits,
      concurrency: options.concurrency,
      waitMs: options.wait,
      pollMs: options.poll
    },
    {
      http: admin.http,
      clock: call.clock,
      relate: createTenantRelation(call, sha),
      onSettled: (answer, settled) => {
        log.progress(`${settled} of ${countOf(tenants.length, "tenant")} at ${shortSha(sha)}`);
        if (environment2.get("GITHUB_ACTIONS") === "true")
          log.line(`${answer.slug}: ${answer.state}: ${answer.why}`);
      },
      isEnough: (all) => decideFleet(all, settings).decision === "go"
    }
  );
  for (const { slug, state, why } of answers) log.line(`${slug}: ${state}: ${why}`);
  const fleet = decideFleet(answers, settings);
  const late = fleet.decision === "go" ? null : await findSuperseded(call, sha);
  if (late !== null) return { ...late, subject, ...describeFleet(answers, sha) };
  if (fleet.decision !== "go") announceTenants(call, answers, sha);
  return {
    ...verdictOfFleet(fleet, answers, { sha, waitMs: options.wait }),
    subject,
    ...describeFleet(answers, sha)
  };
}
async function findSuperseded(call, sha) {
  if (!call.options["superseded-ok"]) return null;
  const { superseded, head, sure, reason } = await readSuperseded(call, sha);
  if (!sure) call.log.warning(`counts as the latest, because it could not be told: ${reason}`);
  if (!superseded) return null;
  return {
    decision: "superseded",
    exit: 0,
    proceed: false,
    reason: `superseded: ${reason}; the verify of the newer commit is the one that counts`,
    evidence: [{ what: `head of ${call.options.branch}`, value: head ?? "" }]
  };
}
function announceTenants({ log }, answers, sha) {
  for (const { slug, state, actual, why } of answers) {
    if (state === "stale") log.error(`${slug} is stale: actual=${actual ?? ""}, expected=${sha}`);
    if (state === "unreachable" || state === "unparseable") log.error(`${slug} is ${state}: ${why}`);
  }
}
function verdictOfFleet({ decision, reason }, answers, { sha, waitMs }) {
  const isWhole2 = answers.every(({ state }) => state !== "unreachable");
  const isGo = decision === "go";
  const waited = answers.length === 0 ? "" : ` after ${formatDuration(waitMs)}`;
  return {
    decision,
    exit: isGo ? 0 : 1,
    proceed: isGo,
    reason: isGo ? `${reason}; ${isWhole2 ? "all run" : "all that answered run"} ${shortSha(sha)} or newer` : `Cannot confirm ${shortSha(sha)}${waited}: ${reason}; look at the tenants named, then run verify again`
  };
}
function describeFleet(answers, expected) {
  const rows = answers.map(({ slug, state, actual, why }) => [slug, state, actual ?? "", why]);
  return {
    summary: renderTable(["Tenant", "State", "Runs", "Why"], rows),
    evidence: answers.map(({ slug, state, why }) => ({ what: slug, value: `${state}: ${why}` })),
    details: { expected, tenants: answers.map(({ slug, state, actual }) => ({ slug, state, actual })) }
  };
}

// scripts/prod-auto-deploy.ts
var script = {
  name: "prod-auto-deploy",
  summary: "Rolls the fleet forward to a commit, and knows that it rolled.",
  commands: [plan, rollout, verify, checkSuperseded],
  outputs: {
    decision: "plan: ready, disabled, incomplete; rollout: rolled, dry-run, superseded, failed, unknown; verify: go, stale, superseded, refuse, unknown; check-superseded: superseded, latest",
    proceed: "true where the next step may go on",
    newer: "check-superseded: the newer commit",
    enabled: "plan: true or false",
    target_tag: "plan: the image tag",
    canary: "plan: the tenant that goes first",
    batch_size: "plan: tenants at a time",
    tenants: "plan: how many are listed",
    superseded: "plan: true, false or unknown",
    reason: "one sentence"
  },
  exits: {
    0: "ready; rolled; every tenant current or ahead; superseded",
    1: "disabled; failed; a tenant is stale, unreachable or unparseable",
    10: "check-superseded: still the latest, or it could not be told: run the strict verify"
  }
};

// entry-prod-auto-deploy.ts
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
