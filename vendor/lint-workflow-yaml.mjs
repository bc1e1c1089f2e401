// lint-workflow-yaml 1.0.0
// Built from scripts/lint-workflow-yaml.ts of switchyard; do not edit: change the source and run "node build.mjs"

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
  const names2 = script2.commands.map((command2) => command2.name).join(", ");
  const name = args[0];
  if (name === void 0 || name.startsWith("-")) {
    throw new UsageError(`Cannot run ${script2.name}: no subcommand is given; give one of ${names2}`);
  }
  const command = script2.commands.find((candidate) => candidate.name === name);
  if (!command) {
    throw new UsageError(`Cannot run ${script2.name}: there is no subcommand "${name}"; give one of ${names2}`);
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
    const [written2, inline] = splitOnce(argument);
    const { name, option, negative } = findOption(script2, table, written2);
    if (option.value === null) {
      if (inline !== void 0)
        throw new UsageError(
          `Cannot use ${written2}: it is a switch and takes no value; give ${written2} alone`
        );
      add(name, option, negative ? "false" : "true");
      continue;
    }
    const value = inline ?? nextValue(args, ++index);
    if (value === void 0)
      throw new UsageError(`Cannot use ${written2}: its value is missing; give ${written2} ${option.value}`);
    if (value.trim() === "" && !option.mayBeEmpty) {
      throw new UsageError(`Cannot use ${written2}: its value is empty; give ${written2} ${option.value}`);
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
function findOption(script2, table, written2) {
  const name = written2.replace(/^--/, "");
  const option = written2.startsWith("--") ? find(table, name) : void 0;
  if (option) return { name, option, negative: false };
  const positive = name.replace(/^no-/, "");
  const negated = written2.startsWith("--no-") ? find(table, positive) : void 0;
  if (negated && negated.value === null) return { name: positive, option: negated, negative: true };
  throw new UsageError(`Cannot use ${written2}: ${script2.name} has no such option; see --help`);
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
function appendWhole(file2, lines) {
  const size = sizeOf(file2);
  try {
    appendFileSync(file2, isOpenLine(file2, size) ? `
${lines}` : lines);
  } catch (error) {
    takeBack(file2, size);
    throw error;
  }
}
function sizeOf(file2) {
  return statSync(file2, { throwIfNoEntry: false })?.size ?? 0;
}
function isOpenLine(file2, size) {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  let descriptor;
  try {
    descriptor = openSync(file2, "r");
  } catch {
    return false;
  }
  try {
    return readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
  } finally {
    closeSync(descriptor);
  }
}
function takeBack(file2, size) {
  try {
    if (sizeOf(file2) > size) truncateSync(file2, size);
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
function renderOutputs(names2, verdict, delimiter) {
  const outputs = {
    ...Object.fromEntries(names2.map((name) => [name, ""])),
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
  const redact = (text2) => redactResult(text2, (words4) => outlets.redactor.redact(words4));
  const record = redact(renderRecord(script2.name, version, verdict));
  const append = (name, text2) => {
    const file3 = environment2.get(name);
    if (file3) save(name, file3, () => appendWhole(file3, outlets.redactor.redact(text2)), log);
  };
  append("GITHUB_OUTPUT", renderOutputs(Object.keys(script2.outputs), verdict, outlets.delimiter));
  append("GITHUB_STEP_SUMMARY", renderSummary(script2.name, verdict));
  const file2 = options2["record"] ?? environment2.get("SWITCHYARD_RECORD");
  if (file2) save("--record", file2, () => writeFileSync(file2, `${record}
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
function save(name, file2, work, log) {
  try {
    work();
  } catch (error) {
    log.warning(
      `Cannot write ${name} to "${file2}": ${error.message}; the decision stands, later steps will not see it`
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
      for (const form2 of formsOf(text2)) hidden.add(form2);
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
    (texts, source) => (source.startsWith("--") ? texts : texts.flatMap(split)).map((text2) => settings.parse(text2, source))
  );
}
function flag(settings) {
  return row(
    { ...settings, variables: settings.variables ?? [] },
    (texts, source) => texts[0] === void 0 ? false : readBoolean(texts[0], source)
  );
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
function listWords(words4) {
  return words4.length < 2 ? words4.join("") : `${words4.slice(0, -1).join(", ")} or ${words4.at(-1)}`;
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
    const call2 = parseCommandLine(script2, args, sharedOptions, environment);
    options2 = call2.options;
    outlet = open({ json: options2["json"] === true, bareResult: call2.command.bareResult === true });
    return call2.command.main({
      options: options2,
      positionals: call2.positionals,
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

// lib/lint/collect.ts
import { lstatSync, readdirSync, realpathSync, statSync as statSync3 } from "node:fs";
import { basename as basename2, dirname, join, relative, resolve, sep } from "node:path";

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
function readBytes(file2, most = largestFile) {
  assertEnds(file2);
  const descriptor = openSync2(file2, "r");
  try {
    if (fstatSync(descriptor).isDirectory()) throw new Error("it is a folder");
    return readUpTo(descriptor, most + 1);
  } finally {
    closeSync2(descriptor);
  }
}
function readText(file2) {
  const bytes = readBytes(file2);
  if (bytes.length > largestFile) throw new Error("it is larger than 16 MiB");
  const text2 = decodeUtf8(bytes);
  if (text2 === null) throw new Error("it is not UTF-8: save it as that");
  return text2;
}
function isNoFile(error) {
  return ["ENOENT", "ENOTDIR"].includes(error.code ?? "");
}
function assertEnds(file2) {
  const found = statSync2(file2);
  if (found.isFile() || found.isDirectory() || /^\/(dev|proc)\//.test(file2)) return;
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
  const time = mayBeTime ? readTime(text2) : null;
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
function readTime(text2) {
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
  const days2 = new Date(Date.UTC(Number(year) || 4, Number(month), 0)).getUTCDate();
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days2;
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
  const names2 = map.items.filter((key, index) => index % 2 === 0 && key.kind === "scalar");
  return names2.flatMap((key) => {
    const entry2 = findEntry(map, key.value);
    return entry2 && key.value !== "<<" ? [[key.value, entry2[1]]] : [];
  });
}
function keyText(key) {
  return lookThrough(key).value;
}

// lib/lint/uses.ts
function* listUses(workflow) {
  for (const job of workflow.jobs) {
    if (job.uses) yield { value: job.uses.value, ...span(job.uses.node), job, step: null };
    for (const [step, { uses }] of job.steps.entries()) {
      if (uses) yield { value: uses.value, ...span(uses.node), job, step };
    }
  }
}
function majorOf({ value, end }, text2) {
  const ref = value.slice(value.lastIndexOf("@") + 1);
  if (/^(main|master)$/.test(ref)) return Infinity;
  const comment = /^["']?[ \t]+#[ \t]*([^\r\n]*)/.exec(text2.slice(end, end + 200))?.[1] ?? "";
  const version2 = /^[0-9a-f]{40}$/.test(ref) ? /\bv(\d+)/.exec(comment) : /^v(\d+)/.exec(ref);
  return version2 ? Number(version2[1]) : null;
}
function span({ start, end }) {
  return { start, end };
}
function findBringer(job) {
  const first = job.steps.findIndex(({ uses, run, node: node2 }) => {
    if (run && /\bgit\s+(?:-\S+\s+(?:[^\s-]\S*\s+)?)*(clone|submodule|checkout|switch|worktree)\b/.test(run.value))
      return true;
    if (!uses) return false;
    if (/(^|\/)download-artifact@/.test(uses.value)) return true;
    if (!/(^|\/)checkout@/.test(uses.value)) return false;
    const settings = findField(node2, "with");
    return ["path", "repository", "ref", "submodules"].some((name) => findField(settings, name));
  });
  return first < 0 ? Infinity : first;
}

// lib/lint/project.ts
var workflowFolders = [".gitea/workflows", ".forgejo/workflows", ".github/workflows"];
function workflowFolderOf(path) {
  return workflowFolders.find((folder) => path.startsWith(`${folder}/`)) ?? null;
}
function listAll({ files, beside = [] }) {
  return beside.length === 0 ? files : [...files, ...beside];
}
function listSiblings(project, path) {
  const folder = workflowFolderOf(path) ?? "";
  const known = siblings.get(project);
  if (known) return known.get(folder) ?? [];
  const folders2 = /* @__PURE__ */ new Map();
  for (const file2 of listAll(project)) {
    if (file2.kind !== "workflow") continue;
    const name = workflowFolderOf(file2.path) ?? "";
    const list = folders2.get(name);
    if (list) list.push(file2);
    else folders2.set(name, [file2]);
  }
  siblings.set(project, folders2);
  return folders2.get(folder) ?? [];
}
var siblings = /* @__PURE__ */ new WeakMap();
function findByFile(project, path, name) {
  const base = name.replace(/^.*\//, "");
  return listSiblings(project, path).find((file2) => file2.path.replace(/^.*\//, "") === base);
}

// lib/lint/source.ts
import { basename } from "node:path";

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
    const isEmpty2 = isMarked && noContent.has(tokens.peek().type);
    const root = isEmpty2 ? makeEmpty(tokens.peek().start) : this.parseNode("block");
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
    const isMissing = type === "key" || type === "value" || type === "end";
    return isMissing ? makeEmpty(end) : this.parseNode("block value");
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
    const isEmpty2 = tokens.is("value") || tokens.is(",") || tokens.is(end);
    const key = isEmpty2 ? makeEmpty(tokens.peek().start) : this.parseNode("flow");
    if (isEmpty2 && node2.kind === "seq") tokens.take();
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

// lib/workflow/pattern-match.ts
function compilePatternWith(readClass3, pattern2) {
  const atoms = compileAtoms(pattern2, readClass3);
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
function compileAtoms(pattern2, readClass3) {
  const chars = Array.from(pattern2);
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
function compilePattern(pattern2) {
  return compilePatternWith(readClass, pattern2);
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
function compilePattern2(pattern2) {
  return compilePatternWith(readClass2, pattern2);
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
var PROFILES = [
  "github",
  "gitea-1.22",
  "gitea-1.23",
  "gitea-1.24",
  "gitea-1.25",
  "forgejo"
];
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
function decidePushFilter(filters, push2, rules2) {
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
  const keys2 = PUSH_FILTER_KEYS.filter((key) => filters[key] !== void 0);
  const answers = keys2.map((key) => answerFilter(key, filters[key] ?? [], push2, profile));
  const hasBranches = keys2.some((key) => key.startsWith("branches"));
  const hasTags = keys2.some((key) => key.startsWith("tags"));
  const needed = keys2.length - (hasBranches && hasTags ? 1 : 0);
  const met = answers.filter((answer) => answer === "met").length;
  if (met === needed) return { due: true };
  const open = answers.filter((answer) => answer === "unknown").length;
  if (met + open === needed) {
    return { due: "unknown", why: "its path filters need the list of changed files, which is not known" };
  }
  const refusals = answers.filter((answer) => typeof answer === "object");
  const isTag = push2.ref.startsWith("refs/tags/");
  const other = isTag ? "branches" : "tags";
  return refusals.find((refusal) => refusal.by !== other) ?? refusals[0] ?? { due: false, by: "paths", why: "its filters exclude this push" };
}
function answerFilter(key, patterns, push2, profile) {
  const kind = key.startsWith("branches") ? "branches" : key.startsWith("tags") ? "tags" : "paths";
  const refuse = (why, by = kind) => ({ due: false, by, why });
  const isTag = push2.ref.startsWith("refs/tags/");
  if (kind === "paths" && isTag && !filtersTagsByPath(profile)) return "met";
  if (kind === "branches" && isTag) return refuse(`\`${key}\` leaves out tags`);
  if (kind === "tags" && !isTag) return refuse(`\`${key}\` leaves out branches`);
  const rules2 = compileAll(patterns, profile);
  if (typeof rules2 === "string") {
    return refuse(`pattern "${rules2}" in \`${key}\` does not compile, so it never matches`, "pattern");
  }
  if (rules2.length === 0) return "met";
  const ignores = key.endsWith("-ignore");
  const list = patterns.join(", ");
  if (kind === "paths") {
    const onlyNegative = !ignores && rules2.every(({ negative }) => negative);
    if (push2.changed === null && !onlyNegative) return "unknown";
    const changed = push2.changed ?? [];
    const due = ignores ? changed.some((path) => !isIgnored(rules2, path, profile)) : changed.some((path) => isMatch(rules2, path));
    if (due) return "met";
    return refuse(
      ignores ? `\`${key}\` (${list}) leaves out all that changed` : `no changed file matches \`${key}\` (${list})`
    );
  }
  const name = push2.ref.replace(/^refs\/(heads|tags)\//, "");
  if (ignores ? !isIgnored(rules2, name, profile) : isMatch(rules2, name)) return "met";
  return refuse(`\`${key}\` (${list}) leaves out ${name}`);
}
function filtersTagsByPath(profile) {
  return profile !== "github" && (giteaMinor(profile) ?? 22) < 24;
}
function compileAll(patterns, profile) {
  const compile = profile === "github" ? compilePattern2 : compilePattern;
  const compiled = [];
  for (const pattern2 of patterns) {
    const negative = pattern2.startsWith("!");
    const matches = compile(negative ? pattern2.slice(1) : pattern2);
    if (!matches) return pattern2;
    compiled.push({ negative, matches });
  }
  return compiled;
}
function isMatch(rules2, text2) {
  return [...rules2].reverse().find(({ matches }) => matches(text2))?.negative === false;
}
function isIgnored(rules2, text2, profile) {
  if (profile === "github") return isMatch(rules2, text2);
  return rules2.some(({ negative, matches }) => matches(text2) !== negative);
}

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
    const known = PUSH_FILTER_KEYS.find((filter) => filter === name);
    if (known) filters[known] = texts;
    else if (name === "types") types = texts;
    if (!known) unknownKeys.push(name);
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
function toAction(document, lines) {
  const runs = lookThrough(findField(document.root, "runs"));
  const jobs = runs?.kind === "map" ? [readJob(new PartReader(lines), runs, { id: "runs", key: runs })] : [];
  return { name: null, on: /* @__PURE__ */ new Map(), jobs, document, lines };
}

// lib/lint/source.ts
var largestSource = 1024 * 1024;
function parseSource(path, bytes, profiles, link = null) {
  const kind = /^action\.ya?ml$/.test(basename(path)) ? "action" : "workflow";
  const text2 = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const lines = new LineTable(text2);
  const parts = { path, text: text2, kind, profiles, link, lines };
  const refuse = (offset, message) => ({
    ...parts,
    workflow: null,
    fault: { offset, message }
  });
  if (bytes.length > largestSource) return refuse(0, "the file is larger than 1 MiB; split it");
  const broken = text2.indexOf("�");
  if (broken >= 0 && decodeUtf8(bytes) === null)
    return refuse(broken, "a byte here is no UTF-8; save the file as UTF-8");
  try {
    const document = readYaml(text2);
    const workflow = kind === "action" ? toAction(document, lines) : toWorkflow(document, lines);
    return { ...parts, workflow, fault: null };
  } catch (error) {
    if (error instanceof YamlSyntaxError) return refuse(error.offset, error.message);
    throw error;
  }
}

// lib/lint/collect.ts
var folders = [".gitea/workflows", ".forgejo/workflows", ".github/workflows"];
var deepestFolder = 20;
function collectProjects(paths, profiles) {
  const unreadable = [];
  const roots = /* @__PURE__ */ new Map();
  for (const path of paths.length === 0 ? ["."] : paths) {
    for (const file2 of expandPath(path, paths.length > 0, unreadable)) {
      const root = rootOf(file2);
      const files = roots.get(root) ?? /* @__PURE__ */ new Set();
      roots.set(root, files.add(file2));
    }
  }
  const projects = Array.from(roots, ([root, files]) => {
    const project = readProject(root, Array.from(files).sort(), profiles, unreadable);
    const beside = paths.length > 0 ? readBeside(root, project) : [];
    return { root, project: { ...project, beside } };
  });
  return { projects, unreadable };
}
function expandPath(path, isGiven, unreadable) {
  let isFolder;
  try {
    isFolder = statSync3(path).isDirectory();
  } catch (error) {
    unreadable.push({ path, reason: reasonOf(error) });
    return [];
  }
  if (!isFolder) return [resolve(path)];
  const own2 = folders.map((folder) => join(path, folder)).filter(isDirectory);
  if (own2.length > 0 || !isGiven) return own2.flatMap((folder) => walk(resolve(folder), unreadable));
  return walk(resolve(path), unreadable);
}
function walk(folder, unreadable, depth = 0) {
  if (depth > deepestFolder) return [];
  const isFlat = folder.endsWith(`${sep}.github${sep}workflows`);
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry2) => {
      const path = join(folder, entry2.name);
      if (entry2.isDirectory()) {
        const isSkipped = isFlat || entry2.name === "node_modules" || entry2.name === ".git";
        return isSkipped ? [] : walk(path, unreadable, depth + 1);
      }
      if (!/\.ya?ml$/.test(entry2.name)) return [];
      return entry2.isSymbolicLink() && isDirectory(path) ? [] : [path];
    });
  } catch (error) {
    unreadable.push({ path: folder, reason: reasonOf(error) });
    return [];
  }
}
function rootOf(file2) {
  const parts = file2.split(sep);
  const at = parts.findIndex(
    (part, index) => /^\.(gitea|forgejo|github)$/.test(part) && index < parts.length - 1
  );
  return at > 0 ? parts.slice(0, at).join(sep) || sep : resolve(".");
}
function readProject(root, files, profiles, unreadable) {
  const sources = /* @__PURE__ */ new Map();
  const read2 = (path, forWhom) => {
    const name = relative(root, path).split(sep).join("/");
    if (sources.has(name)) return;
    try {
      sources.set(
        name,
        parseSource(
          name,
          readBytes(path, largestSource),
          profiles.length > 0 ? profiles : forWhom ?? profilesOf(name),
          findLink(root, name)
        )
      );
    } catch (error) {
      unreadable.push({ path, reason: reasonOf(error) });
    }
  };
  for (const file2 of files) read2(file2);
  const actions = /* @__PURE__ */ new Map();
  for (const { workflow, profiles: own2 } of sources.values()) {
    for (const { value } of workflow ? listUses(workflow) : []) {
      const action = value.startsWith("./") && !value.includes("..") ? findAction(join(root, value)) : void 0;
      if (action) actions.set(action, /* @__PURE__ */ new Set([...actions.get(action) ?? [], ...own2]));
    }
  }
  for (const [action, users] of actions) read2(action, Array.from(users));
  const kinds = /* @__PURE__ */ new Map();
  return {
    files: Array.from(sources.values()),
    kindOf(path) {
      const known = kinds.get(path);
      if (known !== void 0) return known;
      const kind = sources.has(path) ? "file" : kindOfPath(root, path);
      kinds.set(path, kind);
      return kind;
    }
  };
}
function readBeside(root, { files }) {
  const known = new Set(files.map(({ path }) => path));
  const own2 = new Set(files.map(({ path }) => workflowFolderOf(path)).filter((folder) => folder !== null));
  return Array.from(own2).flatMap(
    (folder) => walk(join(root, folder), []).flatMap((path) => {
      const name = relative(root, path).split(sep).join("/");
      if (known.has(name)) return [];
      try {
        return [parseSource(name, readBytes(path, largestSource), profilesOf(name))];
      } catch {
        return [];
      }
    })
  );
}
function findLink(root, name) {
  const folder = workflowFolderOf(name);
  if (folder === null) return null;
  const names2 = [dirname(folder), folder, name];
  return names2.find((one2) => lstatSync(join(root, one2)).isSymbolicLink()) ?? null;
}
function findAction(folder) {
  return ["action.yml", "action.yaml"].map((name) => join(folder, name)).find((path) => kindOfPath(folder, basename2(path)) === "file");
}
function profilesOf(path) {
  const folder = workflowFolderOf(path);
  if (folder === ".gitea/workflows") return ["gitea-1.22"];
  return folder === ".forgejo/workflows" ? ["forgejo"] : ["github"];
}
function kindOfPath(root, path) {
  try {
    const whole = resolve(root, path);
    const real = realpathSync(whole);
    const top = realpathSync(root);
    if (real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep)) return null;
    if (!statSync3(whole).isDirectory()) return "file";
    const inside = readdirSync(whole);
    return inside.length === 0 || real !== top && inside.includes(".git") ? null : "folder";
  } catch {
    return null;
  }
}
function isDirectory(path) {
  try {
    return lstatSync(path).isDirectory() || statSync3(path).isDirectory();
  } catch {
    return false;
  }
}
function reasonOf(error) {
  const { code, message } = error;
  if (code === "ENOENT") return "it is not there";
  if (code === "EACCES" || code === "EPERM") return "it may not be read";
  if (code === "ELOOP") return "its links lead in a circle";
  return code ?? message ?? String(error);
}

// lib/lint/explain.ts
function listRules(rules2) {
  const width2 = Math.max(...rules2.map(({ id }) => id.length));
  return rules2.map(({ id, level, demand }) => `${id.padEnd(width2)}  ${level.padEnd(7)}  ${demand}`).join("\n");
}
function explainRule(rules2, id) {
  const rule = rules2.find((known) => known.id === id);
  if (!rule) {
    throw new UsageError(`Cannot explain rule "${id}": it is not there; see --list-rules for those that are`);
  }
  const profiles = rule.profiles.length === PROFILES.length ? "all profiles" : rule.profiles.join(", ");
  return [
    `${rule.id} (${rule.level}; ${profiles})`,
    "",
    rule.demand,
    "",
    rule.why,
    "",
    `To accept it once: # lint-workflow-yaml: ignore[${rule.id}] REASON, on the line or above it.`,
    `Examples: docs/rules.md#${rule.id}`
  ].join("\n");
}

// lib/lint/fix.ts
import { join as join3 } from "node:path";

// lib/replace-file.ts
import { chmodSync, realpathSync as realpathSync2, renameSync, rmSync, statSync as statSync4, writeFileSync as writeFileSync2 } from "node:fs";
import { basename as basename3, dirname as dirname2, join as join2 } from "node:path";
function replaceFile(file2, text2) {
  const place = realpathSync2(file2);
  const beside = join2(dirname2(place), `.${basename3(place)}.switchyard-new`);
  try {
    rmSync(beside, { force: true });
    writeFileSync2(beside, text2, { flag: "wx" });
    chmodSync(beside, statSync4(place).mode);
    renameSync(beside, place);
  } catch (error) {
    if (error.code !== "EEXIST") rmSync(beside, { force: true });
    throw error;
  }
}

// lib/lint/fix.ts
function applyEdits(text2, findings) {
  const wanted = findings.filter((finding) => finding.edit !== null).sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end);
  const made = [];
  let fixed = "";
  let at = 0;
  for (const finding of wanted) {
    const { start, end, text: replacement } = finding.edit;
    if (start < at) continue;
    fixed += text2.slice(at, start) + replacement;
    at = end;
    made.push(finding);
  }
  return { text: fixed + text2.slice(at), made };
}
function writeFixed(root, path, text2) {
  try {
    replaceFile(join3(root, path), text2);
    return null;
  } catch (error) {
    const found = error.message;
    return `Cannot fix ${path}: ${found}; it is as it was: mend the disk or its rights, then run again`;
  }
}

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
    const quote = text2.indexOf("'", at);
    if (close >= 0 && (quote < 0 || close < quote)) {
      pieces.push({ kind: "expression", text: text2.slice(start, close).trim() });
      at = close + 2;
      start = -1;
    } else if (quote >= 0) {
      const end = endOfQuote(text2, quote + 1);
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
  const value = resolve2(node2);
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
  resolve2(node2);
}
function resolve2(node2) {
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
function struct(fields2, rule) {
  return withRule({ is: "struct", fields: fields2 }, rule);
}
function withRule(type, rule) {
  return rule === void 0 ? type : { ...type, rule };
}

// lib/workflow/matrix-lists.ts
function readMatrixLists(matrix, where) {
  const lists = new Map(Array.from(toValue(withoutNullKeys(matrix)), toList));
  const source = { matrix, where, lists, misfits: [] };
  const added = readIncludes(source);
  const isKnown = (item) => Array.from(item.keys()).some((key) => lists.has(key));
  const excludes = readExcludes(source);
  const axes = new Map(lists);
  axes.delete("include");
  axes.delete("exclude");
  return {
    axes,
    includes: added.filter(isKnown),
    extras: added.filter((item) => !isKnown(item)),
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
  const names2 = new Map(legs.map((leg) => [leg, legName(leg)]));
  return { legs: legs.sort((a, b) => compareBytes(names2.get(a) ?? "", names2.get(b) ?? "")), misfits };
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
  const keys2 = Array.from(leg.keys()).sort(compareBytes);
  return `(${keys2.map((key) => printValue(leg.get(key) ?? null)).join(", ")})`;
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
  const known = schemas.get(minor);
  if (known) return known;
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
  const fields2 = { group: text, "cancel-in-progress": text };
  return minor === 24 ? struct(fields2, "no-string-concurrency") : { is: "struct", fields: fields2, orText: true, rule: "no-string-concurrency" };
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
function listTexts(list) {
  return list.items.map((item) => lookThrough(item)).filter((item) => !isNull(item)).map(textOf);
}

// lib/workflow/parse-on.ts
function parseOn(on, minor) {
  const found = new OnFindings();
  if (on) read(found, on, minor);
  return { events: found.events, misfits: found.misfits };
}
function read(found, on, minor) {
  if (on.kind === "alias")
    return found.refuse({ rule: "no-alias-in-on", node: on, path: "on", problem: "its value is an alias" });
  if (on.kind === "scalar") {
    if (found.check(on, text, "on")) found.add(on.value);
  } else if (on.kind === "seq") {
    if (found.check(on, anything, "on")) on.items.forEach((item, index) => readListed(found, item, index));
  } else {
    for (let at = 0; at < on.items.length; at += 2) {
      readEvent(found, on.items[at], on.items[at + 1], minor);
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
function readEvent(found, key, body, minor) {
  if (key.kind !== "scalar") {
    const problem = `${describeNode(key)} is used as an event`;
    found.refuse({ rule: "decodes", node: key, path: "on", problem });
  } else if (minor === 22) readEvent22(found, key, body);
  else readEvent23(found, key, body, { takesBareValues: minor > 23 });
}

// lib/workflow/re-encode.ts
function findEncodingFaults(job, path, minor) {
  const walk2 = new Walk();
  const raw = (owner, key, where, place) => {
    const node2 = findField(owner, key);
    if (node2) walk2.node(node2, `${where}.${key}`, place);
  };
  raw(job, "needs", path, jobLevel);
  walk2.anchors.clear();
  walk2.times = 2;
  const decoded = (owner, keys2, where, place) => {
    for (const key of keys2) {
      const node2 = findField(owner, key);
      if (node2) walk2.values(node2, `${where}.${key}`, place);
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
  return walk2.misfits;
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
function findRunnerPanic(text2, { isExpression }) {
  const none = () => null;
  return isExpression && !text2.includes("${{") ? findBadCall(text2, none) : findInPieces(text2, none);
}
function findInPieces(text2, judge4) {
  const pieces = splitExpressions(text2);
  if (!pieces) return 'a quote or "${{" in it is not closed';
  for (const piece of pieces) {
    const problem = piece.kind === "expression" ? findBadCall(piece.text, judge4) : null;
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
function findBadCall(expression, judge4) {
  for (const { name, from, count } of listCalls(expression)) {
    const known = name.toLowerCase();
    const least = leastArguments[known] ?? 0;
    if (count < least)
      return `\`${name}()\` in it needs ${least === 1 ? "an argument" : `${least} arguments`}`;
    const form2 = known === "format" ? readText2(expression, from) : void 0;
    if (form2 !== void 0 && strayBrace.test(form2))
      return `a "}" in the text of \`${name}()\` in it stands alone`;
    const problem = judge4(known);
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
  const names2 = new Map(
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
      if (inner && names2.has(inner.from)) found.push(inner);
      continue;
    }
    if (inner) inner.count = sign === "," ? inner.count + 1 : Math.max(inner.count, 1);
    if (sign === "(" || sign === "[") open.push({ name: names2.get(from) ?? "", from, count: 0, sign });
  }
  return found.sort((one2, other) => one2.from - other.from);
}

// lib/workflow/dropped.ts
function findFaults(document, minor) {
  const { root } = document;
  if (!root) return [makeFault(emptyNode, "", "the file is empty")];
  const faults = findMisfits(root, workflowType(minor));
  if (faults.some(({ isFatal }) => isFatal)) return faults;
  const workflow = lookThrough(root);
  const on = findField(workflow, "on");
  const isEmpty2 = !on || isNull(on) || on.kind !== "scalar" && on.kind !== "alias" && on.items.length === 0;
  if (isEmpty2) faults.push(makeFault(on ?? root, "on", "no event is named"));
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

// lib/lint/collector.ts
var Collector = class {
  found = /* @__PURE__ */ new Map();
  config;
  constructor(config) {
    this.config = config;
  }
  add(rule, file2, profiles, problem) {
    const { start, end, message, edit } = problem;
    const key = `${file2.path}\0${rule.id}\0${start}\0${message}`;
    const known = this.found.get(key);
    if (known) {
      known.profiles.push(...profiles.filter((profile) => !known.profiles.includes(profile)));
      return;
    }
    this.found.set(key, {
      file: file2.path,
      ...file2.lines.locate(start, Math.min(end, endOfFirstLine(file2.text, start, end))),
      rule: rule.id,
      level: this.levelOf(rule, problem),
      profile: "",
      profiles: [...profiles],
      message,
      edit: edit ?? null
    });
  }
  addToConfig(rule, problem) {
    const { file: file2, text: text2 } = this.config;
    this.found.set(`${file2}\0${rule.id}\0${problem.start}\0${problem.message}`, {
      file: file2,
      ...new LineTable(text2).locate(problem.start, problem.end),
      rule: rule.id,
      level: this.levelOf(rule, problem),
      profile: "",
      profiles: [],
      message: problem.message,
      edit: null
    });
  }
  list() {
    return Array.from(this.found.values(), ({ profiles, ...finding }) => ({
      ...finding,
      profile: profiles.join(", ")
    }));
  }
  levelOf(rule, problem) {
    const set = this.config.rules.get(rule.id);
    return set && set !== "off" ? set : problem.level ?? rule.level;
  }
};
function endOfFirstLine(text2, start, end) {
  const lineEnd = text2.slice(start, end).search(/\r?\n/);
  return lineEnd < 0 ? end : start + Math.max(lineEnd, 1);
}

// lib/lint/ignores.ts
var form = /#[ \t]*lint-workflow-yaml:[ \t]*ignore\[([^\]\r\n]*)\][ \t]*([^\r\n]*)/g;
function findIgnores(file2) {
  if (!file2.text.includes("lint-workflow-yaml:")) return [];
  const ignores = [];
  for (const match of file2.text.matchAll(form)) {
    const start = match.index;
    const { line } = file2.lines.locate(start);
    const isAlone = file2.text.slice(file2.lines.startOf(line), start).trim() === "";
    const [whole, rules2 = "", reason = ""] = match;
    ignores.push({
      line,
      target: isAlone ? line + 1 : line,
      rules: rules2.split(",").map((rule) => rule.trim()),
      reason: reason.trim(),
      start,
      end: start + whole.length
    });
  }
  for (const [index, ignore] of Array.from(ignores.entries()).reverse()) {
    const next = ignores[index + 1];
    if (next && ignore.target === next.line && next.target === next.line + 1) ignore.target = next.target;
  }
  return ignores;
}

// lib/lint/rules/ignore-valid.ts
var ignoreValid = {
  id: "ignore-valid",
  level: "warning",
  profiles: PROFILES,
  demand: "An ignore comment has a reason, names rules that exist, and hides something.",
  why: "An ignore without a reason hides nothing. One that is left behind when its finding is gone would hide the next one."
};

// lib/lint/apply-ignores.ts
function applyIgnores(findings, files, { active, rules: rules2, config }) {
  const kept = new Set(findings);
  const added = [];
  for (const file2 of files) {
    const ignores = findIgnores(file2);
    if (ignores.length === 0) continue;
    const own2 = findings.filter((finding) => finding.file === file2.path);
    for (const ignore of ignores) {
      const hidden = own2.filter(({ line, rule }) => line === ignore.target && ignore.rules.includes(rule));
      if (ignore.reason !== "") for (const finding of hidden) kept.delete(finding);
      if (!active.includes(ignoreValid)) continue;
      const due = active.filter(({ profiles }) => profiles.some((one2) => file2.profiles.includes(one2)));
      const message = findIgnoreFault(ignore, hidden, due, rules2);
      if (message === null) continue;
      const collector = new Collector(config);
      collector.add(ignoreValid, file2, file2.profiles, { start: ignore.start, end: ignore.end, message });
      added.push(...collector.list());
    }
  }
  return [...kept, ...added];
}
function findIgnoreFault(ignore, hidden, active, rules2) {
  const unknown = ignore.rules.find((id) => !rules2.some((rule) => rule.id === id));
  if (unknown !== void 0) return `there is no rule "${unknown}", so this hides nothing; see --list-rules`;
  if (ignore.reason === "")
    return "an ignore without a reason hides nothing; write the reason behind the bracket";
  const idle = ignore.rules.find(
    (id) => active.some((rule) => rule.id === id) && !hidden.some(({ rule }) => rule === id)
  );
  if (idle === void 0) return null;
  return `"${idle}" has nothing to report on line ${ignore.target}, so this hides nothing; remove it`;
}

// lib/lint/triggers.ts
var giteaEvents = {
  push: null,
  create: null,
  delete: null,
  fork: null,
  gollum: null,
  schedule: null,
  pull_request: prTypes(),
  pull_request_target: prTypes(),
  pull_request_review: ["submitted", "edited"],
  pull_request_review_comment: ["created", "edited"],
  pull_request_comment: ["created", "edited", "deleted"],
  issue_comment: ["created", "edited", "deleted"],
  issues: words2(
    "opened edited closed reopened assigned unassigned milestoned demilestoned labeled unlabeled"
  ),
  release: ["published", "edited", "deleted"],
  registry_package: ["published"]
};
function words2(text2) {
  return text2.split(" ");
}
function prTypes() {
  return words2(
    "opened edited closed reopened assigned unassigned synchronize labeled unlabeled milestoned demilestoned review_requested review_request_removed"
  );
}
function canFire(event, profile) {
  if (Object.hasOwn(giteaEvents, event)) return true;
  const minor = giteaMinor(profile);
  if (event === "workflow_dispatch") return profile === "forgejo" || (minor ?? 0) >= 23;
  return event === "workflow_run" && (minor ?? 0) >= 25;
}
function listTypes(event) {
  return giteaEvents[event] ?? null;
}
function listFilterKeys(event) {
  if (event === "push") return words2("branches branches-ignore tags tags-ignore paths paths-ignore");
  if (/^pull_request(_target)?$/.test(event))
    return words2("types branches branches-ignore paths paths-ignore");
  if (event === "workflow_run") return words2("types workflows branches branches-ignore");
  return listTypes(event) ? ["types"] : null;
}
function placeOf({ key, node: node2 }, name, text2) {
  const filter = findField(node2, name);
  if (!filter) return node2 ?? key;
  const items = filter.kind === "seq" ? filter.items : [];
  return items.find((item) => lookThrough(item).value === text2) ?? filter;
}
function findKey(root, { id, node: node2 }) {
  const jobs = lookThrough(findField(root, "jobs"));
  return jobs?.items.find((key, index) => index % 2 === 0 && key.value === id) ?? node2;
}
function listTriggers(workflow) {
  return Array.from(workflow.on.keys()).filter((event) => event !== "workflow_call");
}
function isOnlyCalled(workflow) {
  return workflow.on.has("workflow_call") && listTriggers(workflow).length === 0;
}

// lib/lint/drop-rule.ts
var giteaProfiles = ["gitea-1.22", "gitea-1.23", "gitea-1.24", "gitea-1.25"];
var serverProfiles = [...giteaProfiles, "forgejo"];
function dropRule({ id, demand, why, mend, edit, applies, also }) {
  function* check24(input) {
    if (applies && !applies(input)) return;
    for (const fault of input.faults) {
      if (fault.rule !== id) continue;
      const { node: node2, path, problem } = fault;
      const where = path === "" ? problem : `\`${path}\`: ${problem}`;
      const effect = isOnlyCalled(input.workflow) ? "the runner cannot read the file when it is called" : "Gitea drops the whole file without a word";
      const message = `${where}; ${effect}; ${typeof mend === "string" ? mend : mend(fault)}`;
      const change = edit?.(fault, input);
      yield { start: node2.start, end: node2.end, message, ...change && { edit: change } };
    }
    if (also) yield* also(input);
  }
  return { id, level: "error", profiles: giteaProfiles, demand, why, check: check24 };
}

// lib/lint/rules/action-runtime.ts
var actionRuntime = {
  id: "action-runtime",
  level: "warning",
  profiles: giteaProfiles,
  demand: "An action runs on the Node that the runner has.",
  why: "An action that asks for node24 fails on an act_runner from before August 2025 (`runs.using` is not understood). It is the runner's version that counts, not Gitea's.",
  check
};
var node24Since = {
  checkout: 5,
  cache: 5,
  "setup-node": 5,
  "setup-python": 6,
  "setup-go": 6,
  "setup-java": 5,
  "setup-dotnet": 5,
  "github-script": 8,
  stale: 10,
  labeler: 6,
  "upload-artifact": 6,
  "download-artifact": 7
};
function* check({ workflow, file: file2 }) {
  for (const use of listUses(workflow)) {
    const { value, start, end } = use;
    const name = /^(?:https:\/\/github\.com\/)?actions\/([\w-]+)(?:\/[\w/-]+)?@/.exec(value)?.[1];
    const since = node24Since[name ?? ""];
    if (since === void 0 || (majorOf(use, file2.text) ?? 0) < since) continue;
    const message = `"${value}" asks for node24, which an act_runner from before August 2025 does not have; use v${since - 1}, or see to the runner's version`;
    yield { start, end, message };
  }
}

// lib/lint/rules/artifact-version.ts
var artifactVersion = {
  id: "artifact-version",
  level: "warning",
  profiles: giteaProfiles,
  demand: "Artifacts are moved by a version of the action that works here.",
  why: "From v4 on, actions/upload-artifact and download-artifact refuse every server that is not github.com, although Gitea has what they call (GHESNotSupportedError, Gitea 1.22 to 1.25).",
  check: check2
};
function* check2({ workflow, file: file2 }) {
  for (const use of listUses(workflow)) {
    const { value, start, end } = use;
    const match = /^(?:https:\/\/github\.com\/)?actions\/(upload|download)-artifact(?:\/merge)?@/.exec(value);
    if (!match || (majorOf(use, file2.text) ?? 0) < 4) continue;
    const message = `"${value}" refuses every server but github.com, so the step fails on Gitea; use v3, or christopherhx/gitea-${match[1]}-artifact@v4`;
    yield { start, end, message };
  }
}

// lib/lint/rules/continue-on-error-tracked.ts
var continueOnErrorTracked = {
  id: "continue-on-error-tracked",
  level: "warning",
  profiles: PROFILES,
  demand: "`continue-on-error: true` names the issue that will take it away.",
  why: "A step or job that may fail is always green, and nobody looks at it again. A reference (`tracker` in the config; `#123`, a key or a link without) in a comment beside it, or above, says when it may go.",
  check: check3
};
function* check3({ workflow, file: file2, config }) {
  for (const job of workflow.jobs) {
    for (const owner of [job.node, ...job.steps.map(({ node: node2 }) => node2)]) {
      const [key, value] = findEntry(owner, "continue-on-error") ?? [];
      if (!key || !value || !/^(?:true|\$\{\{\s*true\s*\}\})$/i.test(lookThrough(value).value)) continue;
      const { line } = file2.lines.locate(key.start);
      const around = [line - 1, line].map(
        (number) => commentOf(file2.text.slice(file2.lines.startOf(Math.max(1, number)), file2.lines.startOf(number + 1)))
      );
      if (around.some((comment) => config.tracker.test(comment))) continue;
      const message = "nothing says when this may fail no longer: what fails here is always green; name an issue in a comment beside it";
      yield { start: key.start, end: value.end, message };
    }
  }
}
function commentOf(line) {
  return /(?:^|\s)#(.*)/.exec(line)?.[0] ?? "";
}

// lib/lint/rules/cron-fires.ts
var cronFires = {
  id: "cron-fires",
  level: "error",
  profiles: PROFILES,
  demand: "A cron line is understood, and names a day that exists.",
  why: "Gitea and Forgejo pass over a cron line that they cannot read, without a word; they take five fields, or @daily and its like. So they do a schedule without `cron`. A date like 30 February never comes, on any forge. (A wrong line on GitHub is an error that it shows.)",
  check: check4
};
var months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
var days = "sun mon tue wed thu fri sat".split(" ");
var fields = [
  { name: "minute", least: 0, most: 59, words: [] },
  { name: "hour", least: 0, most: 23, words: [] },
  { name: "day", least: 1, most: 31, words: [] },
  { name: "month", least: 1, most: 12, words: months },
  { name: "weekday", least: 0, most: 6, words: days }
];
function* check4({ workflow, profile }) {
  const trigger = workflow.on.get("schedule");
  const schedule = lookThrough(trigger?.node ?? void 0);
  if (trigger && profile !== "github") yield* findUntimed(trigger.key, schedule);
  for (const item of schedule?.kind === "seq" ? schedule.items : []) {
    const cron = lookThrough(findField(item, "cron"));
    if (cron?.kind !== "scalar") continue;
    const { problem, isDate } = judgeCron(cron.value);
    if (problem === null || profile === "github" && !isDate) continue;
    const message = `the cron line "${cron.value}" never fires: ${problem}; mend it`;
    yield { start: cron.start, end: cron.end, message };
  }
}
function* findUntimed(key, schedule) {
  const isList = schedule?.kind === "seq" && schedule.items.length > 0;
  const untimed = isList ? schedule.items.filter((item) => !findField(item, "cron")) : [key];
  for (const { start, end } of untimed) {
    const message = `this schedule has no \`cron\`, so it never fires; write \`schedule: [{cron: '0 4 * * *'}]\``;
    yield { start, end, message };
  }
}
function judgeCron(line) {
  const text2 = line.trim().replace(/^(CRON_)?TZ=\S+\s+/, "");
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text2))
    return { problem: null, isDate: false };
  if (/^@every \S+$/.test(text2)) return { problem: null, isDate: false };
  const parts = text2.split(/\s+/);
  if (parts.length !== 5)
    return { problem: `it has ${parts.length} fields where five must be`, isDate: false };
  const sets = [];
  for (const [index, field] of fields.entries()) {
    const values = readField(parts[index] ?? "", field);
    if (values === "wrong") return { problem: `"${parts[index]}" is no ${field.name}`, isDate: false };
    sets.push(values);
  }
  const [, , day, month, weekday] = sets;
  const isDated = day && month && !weekday;
  const exists = !isDated || [...day].some((date) => [...month].some((one2) => date <= daysOf(one2)));
  return { problem: exists ? null : "there is no such day", isDate: true };
}
function daysOf(month) {
  return month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
function readField(text2, { least, most, words: words4 }) {
  if (text2 === "*" || text2 === "?") return null;
  const values = /* @__PURE__ */ new Set();
  const read2 = (part) => {
    const word = words4.indexOf(part.toLowerCase());
    return word >= 0 ? word + least : /^\d+$/.test(part) ? Number(part) : Number.NaN;
  };
  for (const item of text2.split(",")) {
    const match = /^(\*|\?|[A-Za-z]+|\d+)(?:-([A-Za-z]+|\d+))?(?:\/(\d+))?$/.exec(item);
    if (!match) return "wrong";
    const [, first = "", second, step] = match;
    const isAny = first === "*" || first === "?";
    const from = isAny ? least : read2(first);
    const to = isAny || second === void 0 && step !== void 0 ? most : read2(second ?? first);
    if (!(from >= least && to <= most && from <= to) || step === "0") return "wrong";
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

// lib/lint/scripts.ts
function* listScripts(workflow) {
  for (const job of workflow.jobs) {
    for (const step of job.steps) {
      if (!step.run) continue;
      const { node: node2 } = step.run;
      const target = node2.target ?? node2;
      const source = workflow.document.text.slice(target.start, target.end);
      yield { job, step, source, start: target.start };
    }
  }
}
function* searchScripts(workflow, pattern2) {
  for (const script2 of listScripts(workflow)) {
    const isComment = commentFinder(script2.source);
    for (const match of script2.source.matchAll(pattern2)) {
      if (isComment(match.index)) continue;
      const from = script2.start + match.index;
      yield { ...script2, match, from, to: from + match[0].length };
    }
  }
}
function commentFinder(source) {
  let [lineStart, lineEnd, comment] = [0, -1, Infinity];
  return (at) => {
    while (at > lineEnd && lineEnd < source.length) {
      lineStart = lineEnd + 1;
      const next = source.indexOf("\n", lineStart);
      lineEnd = next < 0 ? source.length : next;
      if (at > lineEnd) continue;
      const found = source.slice(lineStart, lineEnd).search(/(^|\s)#/);
      comment = found < 0 ? Infinity : lineStart + found;
    }
    return at > comment;
  };
}
function findSubstitutions(script2) {
  const { source } = script2;
  const found = [];
  const isComment = commentFinder(source);
  let failures = 0;
  for (let at = source.indexOf("$("); at >= 0 && failures < mostFailures; at = source.indexOf("$(", at)) {
    const end = source[at + 2] === "(" ? -1 : endOfSubstitution(source, at + 2);
    if (end < 0) {
      failures++;
      at += 2;
      continue;
    }
    if (!isComment(at)) {
      const before = source.slice(Math.max(0, at - 200), at).replace(/^[\s\S]*\n/, "");
      const after = source.slice(end, end + 200).replace(/\r?\n[\s\S]*$/, "");
      const [start, stop] = [script2.start + at, script2.start + end];
      found.push({ text: source.slice(at, end), before, after, start, end: stop });
    }
    at = end;
  }
  return found;
}
var longest = 3e3;
var mostFailures = 300;
function endOfSubstitution(source, from) {
  const open = ["("];
  for (let at = from; at < source.length && at < from + longest; at++) {
    const char = source[at];
    const isQuoted = open.at(-1) === '"';
    if (char === "\\") at++;
    else if (char === '"' && isQuoted) open.pop();
    else if (char === '"') open.push('"');
    else if (isQuoted) {
      if (char === "$" && source[at + 1] === "(") {
        open.push("(");
        at++;
      }
    } else if (char === "'") {
      const close = source.indexOf("'", at + 1);
      if (close < 0 || close > from + longest) return -1;
      at = close;
    } else if (char === "(") open.push("(");
    else if (char === ")") {
      open.pop();
      if (open.length === 0) return at + 1;
    }
  }
  return -1;
}

// lib/lint/rules/curl-status-once.ts
var curlStatusOnce = {
  id: "curl-status-once",
  level: "error",
  profiles: PROFILES,
  demand: "A status that curl prints is not printed again by a fallback.",
  why: "`$(curl -w '%{http_code}' … || echo 000)` gives `000000` when the connection fails: curl has printed `000` already. A comparison with `000` is then never true.",
  check: check5
};
function* check5({ workflow }) {
  for (const script2 of listScripts(workflow)) {
    for (const { text: text2, start, end } of findSubstitutions(script2)) {
      const isCurl = /\bcurl\b/.test(text2) && /(^|\s)(-\w*w|--write-out)/.test(text2) && /%\{(http|response)_code\}/.test(text2);
      const fallback = /\|\|\s*[({]?\s*(?:echo|printf)\s+(?:-n\s+|["']?%s(?:\\n)?["']?\s+)?["']?(\d{1,3})\b/.exec(text2)?.[1];
      if (!isCurl || fallback === void 0) continue;
      const message = `when curl cannot connect this gives "000${fallback}": it has printed 000 already, and the fallback prints once more; write \`|| true\``;
      yield { start, end, message };
    }
  }
}

// lib/lint/rules/decodes.ts
var decodes = dropRule({
  id: "decodes",
  demand: "Every value has the kind that the server's own structures want.",
  why: "Gitea decodes a workflow into Go structs and drops the file where a value does not fit: `steps` a list of mappings, `run` a text, `jobs` a mapping that is not empty, `on` there. All versions; 1.25 adds `run-name`. A file that is a symbolic link is dropped too: what git keeps of it, the name of its target, is no workflow.",
  mend: ({ problem }) => mends.get(problem) ?? "give it the kind that is named",
  also: findLinks
});
var mends = /* @__PURE__ */ new Map([
  ["the file is empty", "write a workflow, or delete the file"],
  ["no event is named", "name one"],
  ["there are none", "write one"]
]);
function* findLinks({ file: { link, path } }) {
  if (link === null) return;
  const what = `"${link}" is a symbolic link, which Gitea does not follow`;
  const message = link === path ? `${what}: it reads the name of the target, and drops the file without a word; put the file itself here` : `${what}: it finds no workflow there; put the folder itself here`;
  yield { start: 0, end: 0, message };
}

// lib/lint/rules/deploy-survives-next-push.ts
var deploySurvivesNextPush = {
  id: "deploy-survives-next-push",
  level: "warning",
  profiles: giteaProfiles,
  demand: "A job that deploys is not started by a push to a branch.",
  why: "Gitea 1.22 to 1.25 cancel the older run of the same branch and file at each push, at whatever step it is, and cannot be told not to: a deployment stops half way. A job whose `if` leaves out pushes to branches is fine. The next run of a schedule cancels one of the same file that still runs, in the same way.",
  check: check6
};
function* check6({ workflow }) {
  const push2 = workflow.on.get("push");
  if (!push2 || isOfTagsAlone(push2)) return;
  for (const job of workflow.jobs) {
    if (!isDeploy(job) || isForOthers(job)) continue;
    const { start, end } = findKey(workflow.document.root, job);
    const message = `job "${job.id}" deploys on push, and the next push to the branch cancels it half way: Gitea cannot be told not to; make each step safe to repeat and to resume, or deploy on a tag, by hand, or by a schedule whose runs end before the next begins (that one cancels them too)`;
    yield { start, end, message };
  }
}
function isOfTagsAlone({ filters }) {
  return (filters.tags ?? filters["tags-ignore"]) !== void 0 && !filters.branches && !filters["branches-ignore"];
}
function isForOthers(job) {
  const condition = job.if?.value ?? "";
  if (condition.includes("||")) return false;
  return /(?<!!\s*)\bstartsWith\(\s*(github|gitea)\.ref\s*,\s*'refs\/tags\/|\bref_type\s*==\s*'tag'|\bevent_name\s*==\s*'(?!push')/i.test(
    condition
  );
}
function isDeploy(job) {
  if (findField(job.node, "environment")) return true;
  if (/(^|[^a-z])(deploy|release|publish|promote)/i.test(`${job.id} ${job.name?.value ?? ""}`)) return true;
  return job.steps.some(
    ({ run }) => /\bpromote-image\.mjs\b|\bprod-auto-deploy\.mjs\s+rollout\b|\bkubectl\s+(\S+\s+){0,8}?apply\b|\bhelm\s+(\S+\s+){0,8}?upgrade\b/.test(
      run?.value ?? ""
    )
  );
}

// lib/lint/rules/dispatch-target-exists.ts
var dispatchTargetExists = {
  id: "dispatch-target-exists",
  level: "error",
  profiles: PROFILES,
  demand: "A workflow that is dispatched exists, has `workflow_dispatch`, and declares the inputs that it gets.",
  why: "The call fails with 404 or 422 at run time, on all forges; where the script passes over that, the other workflow never runs.",
  checkProject
};
var file = String.raw`["']?([\w.-]+(?:\/[\w.-]+)*\.ya?ml)["']?`;
var calls = [
  new RegExp(
    String.raw`\bgh\s+workflow\s+run\s+(?:(?:--ref|--repo|-R|-r)[= ](?:"[^"\n]*"|\$\{\{[^}\n]*\}\}|(?!"|\$\{\{)\S+)\s+)*${file}((?:[^\n;|&\\]|\\\r?\n|\\.)*)`,
    "g"
  ),
  new RegExp(String.raw`\/actions\/workflows\/${file}\/dispatches\b()`, "g"),
  new RegExp(String.raw`\s--dispatch[= ]${file}()`, "g")
];
function* checkProject(project) {
  for (const source of project.files) {
    for (const call2 of source.workflow ? calls : []) {
      for (const found of searchScripts(source.workflow, call2)) {
        if (asksAnotherRepository(found, source.workflow?.document.root ?? null)) continue;
        const message = judge(project, source.path, found.match[1] ?? "", found.match[2] ?? "");
        if (message) yield { file: source.path, start: found.from, end: found.to, message };
      }
    }
  }
}
var own = /^(?:"?\$\{?(?:GITHUB|GITEA)_REPOSITORY\}?"?|\$\{\{\s*(?:github|gitea)\.repository\s*\}\}|\{owner\}\/\{repo\}|:owner\/:repo)$/;
function namesAnotherInEnv(owners) {
  const [repo] = owners.map((owner) => findField(findField(owner, "env"), "GH_REPO")).filter((node2) => node2);
  return repo !== void 0 && !own.test(repo.value);
}
function asksAnotherRepository({ match, source, step, job }, root) {
  const at = match.index ?? 0;
  const start = Math.max(source.lastIndexOf("\n", at) + 1, at - 1e3);
  const command = source.slice(start, at + match[0].length);
  const rest = /^(?:[^\n\\]|\\[\s\S])*/.exec(
    source.slice(start + command.length, start + command.length + 400)
  )?.[0];
  const named = /\s(?:-R|--repo)[= ]\s*("[^"]*"|\$\{\{.*?\}\}|\S+)/.exec(`${command}${rest ?? ""}`)?.[1];
  if (named !== void 0) return !own.test(named.replace(/^(["'])(.*)\1$/, "$2"));
  if (/\bGH_REPO=/.test(source)) return true;
  if (match[0].startsWith("gh")) return namesAnotherInEnv([step.node, job.node, root]);
  if (/^\s--dispatch/.test(match[0])) return false;
  const repo = /repos\/(.+?)\/actions\/workflows/.exec(command)?.[1];
  return repo === void 0 || !own.test(repo);
}
function judge(project, path, name, rest) {
  const target = findByFile(project, path, name);
  if (!target) {
    if (listSiblings(project, path).length === 0) return null;
    return `there is no workflow file "${name}" to dispatch; the call fails and nothing runs; name one that is there`;
  }
  const dispatch = target.workflow?.on.get("workflow_dispatch");
  if (!target.workflow) return null;
  if (!dispatch)
    return `"${name}" has no \`workflow_dispatch\`, so the call fails and nothing runs; add it under its \`on:\``;
  const declared = entries(lookThrough(findField(dispatch.node, "inputs"))).map(([input]) => input);
  for (const [, input = ""] of rest.matchAll(/\s(?:-f|-F|--field|--raw-field)[= ]["']?([\w-]+)=/g)) {
    if (!declared.includes(input)) {
      return `"${name}" declares no input "${input}", so the call fails and nothing runs; declare it, or leave it out`;
    }
  }
  return null;
}

// lib/lint/rules/error-is-not-a-value.ts
var errorIsNotAValue = {
  id: "error-is-not-a-value",
  level: "warning",
  profiles: PROFILES,
  demand: "A call that failed is not taken for an answer.",
  why: 'With `2>/dev/null || echo none` or `|| true` a refused token, a server that is down and a rate limit look like "there is none", and a check that finds nothing is green.',
  check: check7
};
function* check7({ workflow }) {
  for (const script2 of listScripts(workflow)) {
    for (const { text: text2, before, after, start, end } of findSubstitutions(script2)) {
      const tool = /^\$\(\s*(?:[A-Za-z_]\w*=\S+\s+|timeout\s+\S+\s+)*(gh|curl|tea)\s+(?!--version|version\b|auth\b|config\b|extension\b)/.exec(
        text2
      )?.[1];
      const name = /(?:^|\s)(?:export |local |readonly )?([A-Za-z_]\w*)="?$/.exec(before)?.[1];
      if (tool === void 0 || name === void 0) continue;
      const hides = /2>\s*\/dev\/null|2>&-/.test(text2);
      const swallows = /\|\|\s*(true|:|(?:echo|printf)\b[^;|&\n]*)\s*\)$/.test(text2) || makesAnswer(after, name);
      if (!hides || !swallows || /http_code|\/\/(?:localhost|127\.0\.0\.1)\b/.test(text2)) continue;
      const message = `when ${tool} fails, for whatever reason, its error is thrown away and an answer made up; let it fail, or tell 404 from other errors`;
      yield { start, end, message };
    }
  }
}
function makesAnswer(after, name) {
  const [, command = ""] = /^"?\s*\|\|\s*(true\b|:|\w+=(?!\$))/.exec(after) ?? [];
  return command === "true" || command === ":" || command === `${name}=`;
}

// lib/lint/rules/event-fires.ts
var eventFires = {
  id: "event-fires",
  level: "error",
  profiles: serverProfiles,
  demand: "Each event under `on:` is one that this forge has.",
  why: "Gitea and Forgejo pass over events that they do not know. No Gitea has merge_group or repository_dispatch; workflow_dispatch comes with 1.23, workflow_run with 1.25. An error where nothing in the file ever fires, else a warning.",
  check: check8
};
function* check8({ workflow, profile }) {
  const triggers = listTriggers(workflow);
  const dead = triggers.filter((event) => !canFire(event, profile));
  if (dead.length === 0 || isOnlyCalled(workflow)) return;
  const level = dead.length === triggers.length ? "error" : "warning";
  for (const event of dead) {
    const { key } = workflow.on.get(event) ?? {};
    if (!key || event === "<<" || event === "") continue;
    const effect = level === "error" ? "nothing ever starts this file" : "it never starts this file";
    const message = `this forge has no event "${event}", so ${effect}; use one that it has, or take it out`;
    yield { start: key.start, end: key.end, message, level };
  }
}

// lib/lint/rules/filter-can-match.ts
var filterCanMatch = {
  id: "filter-can-match",
  level: "error",
  profiles: PROFILES,
  demand: "A filter can be met.",
  why: "On all forges a path with a leading `/` or `./`, a folder with a trailing `/`, a branch or tag that git would not take or that is written with `refs/heads/` or `refs/tags/`, and a list of negative patterns alone never match; nor do braces (`{a,b}`), and an empty pattern, which Gitea 1.24 and later make of a filter without a value. On Gitea a key that is no filter of its event is never met, and a negative pattern in `paths-ignore` ignores all that it does not match. Then the event never starts the file.",
  check: check9
};
function* check9(input) {
  const { workflow, profile, faults } = input;
  for (const [event, trigger] of workflow.on) {
    const { filters, types, unknownKeys, node: node2, key } = trigger;
    if (profile !== "github" && !canFire(event, profile)) continue;
    const known = listFilterKeys(event);
    if (profile !== "github" && known && lookThrough(node2)?.kind === "map") {
      const names2 = [
        ...unknownKeys,
        ...types ? ["types"] : [],
        ...PUSH_FILTER_KEYS.filter((name) => filters[name])
      ];
      for (const name of names2.filter((other) => !known.includes(other) && other !== "<<")) {
        const place = findEntry(node2, name)?.[0] ?? key;
        const message = `\`on.${event}.${name}\` is no filter of ${event}, so it is never met and ${event} never starts this file; use ${known.join(", ")}`;
        yield { start: place.start, end: place.end, message };
      }
    }
    if (event !== "push" && !event.startsWith("pull_request")) continue;
    for (const name of PUSH_FILTER_KEYS) {
      const patterns = filters[name];
      if (!patterns || patterns.length === 0) continue;
      if (faults.some(({ rule, path }) => rule === "no-null-filter" && path.startsWith(`on.${event}.${name}`)))
        continue;
      for (const { pattern: pattern2, message, level } of judge2(name, patterns, input)) {
        const place = pattern2 === void 0 ? findField(node2, name) ?? key : placeOf(trigger, name, pattern2);
        yield { start: place.start, end: place.end, message: `\`on.${event}.${name}\`: ${message}`, level };
      }
    }
  }
}
function judge2(name, patterns, { profile, project }) {
  if (name.endsWith("-ignore")) {
    const idle = patterns.filter(hasBraces).map((pattern3) => {
      const message2 = `"${pattern3}" ignores nothing: braces are no pattern; write one for each`;
      return { pattern: pattern3, message: message2, level: "warning" };
    });
    const pattern2 = patterns.find((one2) => one2.startsWith("!"));
    if (pattern2 === void 0 || profile === "github") return idle;
    const message = `"${pattern2}" ignores every path that it does not match, so hardly any push runs; use \`paths\` with "!" for what to leave out`;
    return [...idle, { pattern: pattern2, message, level: "error" }];
  }
  const positive = patterns.filter((pattern2) => !pattern2.startsWith("!"));
  if (positive.length === 0) {
    const message = 'there are negative patterns only, so nothing matches and the event never starts this file; put "**" before them';
    return [{ message, level: "error" }];
  }
  const isPath = name === "paths";
  const isFolder = (path) => project.kindOf(path) === "folder";
  const dead = positive.filter(
    (pattern2) => pattern2 === "" || hasBraces(pattern2) || (isPath ? isDeadPath(pattern2, isFolder) : isDeadName(pattern2))
  );
  const all = dead.length === positive.length;
  const effect = all ? ", so the event never starts this file" : "";
  return dead.map((pattern2) => ({
    pattern: pattern2,
    message: `"${pattern2}" matches no ${isPath ? "path" : "name"}${effect}; ${mendFor(pattern2, isPath)}`,
    level: all ? "error" : "warning"
  }));
}
function mendFor(pattern2, isPath) {
  if (pattern2 === "") return "give it a value";
  if (hasBraces(pattern2)) return "braces are no pattern: write one for each";
  if (!isPath) {
    const name = pattern2.trim().replace(/^\/*(refs\/(heads|tags)\/)?/, "").replace(/\/+$/, "");
    return name === "" || isDeadName(name) ? "write a name that git takes" : `write "${name}"`;
  }
  if (/(^|\/)\.\.?(\/|$)|\/\//.test(pattern2.replace(/^\.?\//, "")))
    return 'write it from the root, without ".", ".." and "//"';
  const path = pattern2.replace(/^\.?\//, "").replace(/\/$/, "");
  return `write "${path}${pattern2.endsWith("/") || !/[*.]/.test(path) ? "/**" : ""}"`;
}
function hasBraces(pattern2) {
  return /\{[^{},]*,[^{}]*\}/.test(pattern2);
}
function isDeadPath(pattern2, isFolder) {
  return /(^|\/)\.{0,2}(\/|$)/.test(pattern2) || !/[*?+[\\]/.test(pattern2) && isFolder(pattern2);
}
function isDeadName(pattern2) {
  return /^\/|\/\/|\/$|\.\.|@\{|[\s~^:]|^refs\/(heads|tags)\//.test(pattern2);
}

// lib/lint/rules/filter-compiles.ts
var filterCompiles = {
  id: "filter-compiles",
  level: "error",
  profiles: serverProfiles,
  demand: "Each pattern of a filter compiles.",
  why: "Where one pattern of a list does not compile, Gitea takes the whole filter for one that does not match, without a word, in all versions. A class takes letters and digits, and `_`, alone: no `!`, `.` or trailing `-`; two quantifiers cannot follow each other.",
  check: check10
};
function* check10({ workflow, profile }) {
  for (const [event, trigger] of workflow.on) {
    const { filters } = trigger;
    if (!/^(push|pull_request|pull_request_target|workflow_run)$/.test(event) || !canFire(event, profile))
      continue;
    for (const filter of PUSH_FILTER_KEYS) {
      const broken = filters[filter]?.find((pattern2) => compilePattern(pattern2.replace(/^!/, "")) === null);
      if (broken === void 0) continue;
      const place = placeOf(trigger, filter, broken);
      const message = `\`on.${event}.${filter}\`: the pattern "${broken}" does not compile; Gitea then never runs the file on ${event}; write it without the class or the quantifier`;
      yield { start: place.start, end: place.end, message };
    }
  }
}

// lib/lint/rules/filters-not-list.ts
var filtersNotList = dropRule({
  id: "filters-not-list",
  demand: "What stands under an event is a mapping of filters.",
  why: "A list under an event, or an event with filters inside a list, drops the file on Gitea 1.22; later versions take the list under an event for a schedule, and the event never fires.",
  mend: "write `on: {push: {branches: [main]}}`",
  also: findLaterLists
});
function* findLaterLists(input) {
  if ((input.minor ?? 0) < 23) return;
  for (const [event, { node: node2 }] of input.workflow.on) {
    if (node2?.kind !== "seq" || node2.items.length === 0 || event === "schedule" || event === "<<") continue;
    const message = `\`on.${event}\`: a list stands where its filters must; Gitea takes it for a schedule, so ${event} never fires; write \`on: {${event}: {branches: [main]}}\``;
    yield { start: node2.start, end: node2.end, message };
  }
}

// lib/lint/rules/forge-neutral-host.ts
var forgeNeutralHost = {
  id: "forge-neutral-host",
  level: "warning",
  profiles: serverProfiles,
  demand: "A script asks the forge that it runs on.",
  why: "`gh` and `api.github.com` ask GitHub, where the repository, the commit and the token of a Gitea job mean nothing. `$GITHUB_API_URL` is the forge of the job. A call that names a repository of GitHub is meant so.",
  check: check11
};
var pattern = /\bapi\.github\.com\b|\bgh (?:api|pr|run|workflow|release|issue|repo|secret|variable|cache)\b/g;
var commandStart = /(?:^|[\n;&|(`]|\b(?:then|do|else|if|!)|\b[A-Z_]+=\S{1,80})\s*$/;
function namesGitHub(call2, isCommand2) {
  const [line = ""] = call2.split(/(?<!\\)\r?\n/);
  if (isCommand2)
    return /\s(?:-R|--repo)[= ]+["']?(?:[\w.-]+\/){1,2}[\w.-]+/.test(line) || /\brepos\/[\w.-]+\/[\w.-]+/.test(line);
  return /^\S*?\/(?:repos\/[\w.-]+\/[\w.-]|meta\b|rate_limit\b|zen\b|users\/[\w.-]|orgs\/[\w.-])/.test(line);
}
function* check11({ workflow }) {
  for (const { match, from, to, source } of searchScripts(workflow, pattern)) {
    const before = source.slice(Math.max(0, (match.index ?? 0) - 100), match.index);
    const isCall = match[0].startsWith("gh");
    if (namesGitHub(source.slice(match.index, (match.index ?? 0) + 300), isCall)) continue;
    if (isCall && (!commandStart.test(before) || /GH_HOST|--hostname/.test(source))) continue;
    const mend = match[0].startsWith("gh") ? "call the API of $GITHUB_API_URL" : "use $GITHUB_API_URL";
    yield {
      start: from,
      end: to,
      message: `"${match[0]}" asks GitHub, not the forge that this job runs on; ${mend}`
    };
  }
}

// lib/lint/rules/honoured-keys.ts
var honouredKeys = {
  id: "honoured-keys",
  level: "warning",
  profiles: giteaProfiles,
  demand: "No key is written that this forge does not honour.",
  why: "Gitea 1.22 to 1.25 pass over `permissions` (the job's token may write all of its repository), `concurrency` (a newer push cancels the older run of its branch, and a schedule's next run the one before it, whatever is written), `environment`, a job's `timeout-minutes` and `continue-on-error`, `fail-fast` and `max-parallel`; `run-name` is honoured from 1.25 on.",
  check: check12
};
var effects = {
  permissions: "the job's token may write all of its repository",
  concurrency: "a newer push cancels the older run of the same branch and file, whatever is written here",
  environment: "nobody is asked, and no secrets of an environment are there",
  "timeout-minutes": "only the runner's own time limit (three hours) holds",
  "continue-on-error": "a failure of the job fails the run",
  "run-name": "the run is called as the commit's message",
  "fail-fast": "the other legs go on when one fails",
  "max-parallel": "the legs run as runners are free"
};
var cancelled = "a newer push cancels the older run of the same branch and file, and the next run of the schedule one of it that still runs, whatever is written here";
function* check12({ workflow, minor }) {
  const { root } = workflow.document;
  const told = workflow.on.has("schedule") ? { ...effects, concurrency: cancelled } : effects;
  const report = (owner, keys2) => tell(owner, keys2, told);
  yield* report(root, ["permissions", "concurrency", ...(minor ?? 0) < 25 ? ["run-name"] : []]);
  for (const { node: node2 } of workflow.jobs) {
    yield* report(node2, [
      "permissions",
      "concurrency",
      "environment",
      "timeout-minutes",
      "continue-on-error"
    ]);
    yield* report(findField(node2, "strategy"), ["fail-fast", "max-parallel"]);
  }
}
function* tell(owner, keys2, told) {
  for (const name of keys2) {
    const entry2 = findEntry(owner, name);
    if (!entry2) continue;
    const [key] = entry2;
    const message = `Gitea does not honour \`${name}\` here: ${told[name]}; do not rely on it`;
    yield { start: key.start, end: key.end, message };
  }
}

// lib/lint/rules/job-if-after-failure.ts
var jobIfAfterFailure = {
  id: "job-if-after-failure",
  level: "error",
  profiles: ["gitea-1.22"],
  demand: "A job that shall run after a failure has `if: always()`.",
  why: "When a needed job failed, Gitea 1.22 runs only a job whose `if` is exactly `always()`: one with `failure()`, `!cancelled()` or `always() && …` is skipped, and its status is a success. From 1.23 on the runner decides.",
  check: check13
};
function* check13({ workflow }) {
  if (isOnlyCalled(workflow)) return;
  for (const { id, needs, if: condition } of workflow.jobs) {
    if (!condition || needs.length === 0) continue;
    const text2 = condition.value.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1").trim();
    if (text2 === "always()" || !/\b(failure|cancelled|always)\s*\(\s*\)/i.test(text2)) continue;
    const message = `job "${id}" is skipped when a job that it needs failed, and its status is then a success: Gitea 1.22 knows \`if: always()\` alone; write that, and look at \`needs.*.result\` in a step`;
    yield { start: condition.node.start, end: condition.node.end, message };
  }
}

// lib/lint/rules/job-name-literal.ts
var jobNameLiteral = {
  id: "job-name-literal",
  level: "warning",
  profiles: giteaProfiles,
  demand: "A job's name has an expression only where this forge fills it in.",
  why: "Gitea 1.22 leaves an expression in a job's `name` as it stands and adds the values of the matrix behind it; from 1.23 on it is filled in, but only for the legs of a matrix. The status is called so as well.",
  check: check14
};
function* check14({ workflow, minor }) {
  if (isOnlyCalled(workflow)) return;
  for (const { id, name, node: node2 } of workflow.jobs) {
    if (!name || !hasExpression(name.value)) continue;
    const { legs } = expandMatrix(node2, id);
    const hasValues = legs === null || legs.some((leg) => leg.size > 0);
    if ((minor ?? 22) >= 23 && hasValues) continue;
    const message = `job "${id}" and its status are called "${name.value}"${hasValues ? " with the values of the matrix behind it" : ""}, expression and all; write a name without one`;
    yield { start: name.node.start, end: name.node.end, message };
  }
}

// lib/lint/rules/jq-first-or-default.ts
var jqFirstOrDefault = {
  id: "jq-first-or-default",
  level: "warning",
  profiles: PROFILES,
  demand: "The first item of a list that may be empty has a default.",
  why: 'jq gives `null` for `.[0]` of an empty list, and `.[0].x` the text "null": a run, a release or a pull request of that name is then looked for.',
  check: check15
};
var program = /(?:\bjq\s+((?:-{1,2}[\w-]+\s+)*)|(--jq|-q)[ =])(['"])((?:(?!\3)[\s\S]){0,400})\3/g;
function isFedByAnother(before) {
  const lines = before.split("\n");
  let statement = lines.pop() ?? "";
  while (/[\\|]\s*$/.test(lines.at(-1) ?? "")) statement = `${lines.pop()}${statement}`;
  return /\|\s*$/.test(statement) && !/\b(?:gh|curl|tea|echo|printf|cat|tee)\b/.test(statement);
}
function isNeverEmpty(call2) {
  const command = call2.slice(Math.max(call2.lastIndexOf("gh "), call2.lastIndexOf("curl ")));
  if (command.startsWith("curl")) return /https?:\/\/[\w./-]+\.json\b/.test(command);
  return /^gh release list\b.*\s(?:-R|--repo)[= ]["']?[\w.-]+\/[\w.-]+/.test(command);
}
function* check15({ workflow }) {
  for (const { match, from, to, source } of searchScripts(workflow, program)) {
    const before = source.slice(Math.max(0, (match.index ?? 0) - 300), (match.index ?? 0) + 12);
    if (isFedByAnother(source.slice(Math.max(0, (match.index ?? 0) - 300), match.index))) continue;
    const call2 = /\b(?:gh|curl|tea)\s(?:(?!\n\s*\n)[\s\S])*$/.exec(before)?.[0];
    if (call2 === void 0 || isNeverEmpty(call2)) continue;
    const [, flags = "", , , text2 = ""] = match;
    const isExit = /(^|\s)(-[a-zA-Z]*e[a-zA-Z]*|--exit-status)\s/.test(flags);
    if (isExit || !/(^|[|(]\s*)\.\[0\]/.test(text2) || /\/\/|\b(select|length|if|empty|values)\b/.test(text2))
      continue;
    const message = "`.[0]` of an empty list is null, which this goes on with as if it were an answer; add `// empty`, or `jq -e`";
    yield { start: from, end: to, message };
  }
}

// lib/lint/rules/literal-continue-on-error.ts
var literalContinueOnError = dropRule({
  id: "literal-continue-on-error",
  demand: "A step's `continue-on-error` is `true` or `false`.",
  why: "The field is a boolean in the server: an expression, a number and a quoted `'true'` drop the file, on Gitea 1.22 to 1.25.",
  mend: "write true or false, or decide in the step's script",
  edit: ({ node: node2 }) => /^(single|double)$/.test(node2.style) && /^(true|false)$/.test(node2.value) && node2.anchor === "" && node2.tag === "" ? { start: node2.start, end: node2.end, text: node2.value } : void 0
});

// lib/lint/recall.ts
function recall(known, key, find2) {
  if (known.has(key)) return known.get(key);
  const value = find2();
  known.set(key, value);
  return value;
}

// lib/lint/rules/local-uses-exists.ts
var localUsesExists = {
  id: "local-uses-exists",
  level: "error",
  profiles: PROFILES,
  demand: "A local action or workflow that is used is there.",
  why: "The job fails when it comes to it, on all forges. Jobs that check out another repository or path before are passed over.",
  checkProject: checkProject2
};
function* checkProject2(project) {
  for (const { path, workflow, kind, profiles } of project.files) {
    if (!workflow || kind !== "workflow") continue;
    const bringers = /* @__PURE__ */ new Map();
    const makers = /* @__PURE__ */ new Map();
    for (const { value, start, end, job, step } of listUses(workflow)) {
      const isOwn = value.startsWith("$/") && profiles.includes("github");
      if (!value.startsWith("./") && !isOwn || value.includes("${{")) continue;
      if (step !== null && !isOwn && step > recall(bringers, job, () => findBringer(job))) continue;
      const whole = value.slice(2).replace(/\/+$/, "");
      const target = project.kindOf(whole) === "folder" ? whole : whole.replace(/@[^/]*$/, "");
      const wanted = step === null ? [target] : [`${target}/action.yml`, `${target}/action.yaml`, `${target}/Dockerfile`];
      const isThere = wanted.some((file2) => project.kindOf(file2.replace(/^\//, "")) === "file");
      const maker = () => job.steps.findIndex(({ run }) => run?.value.includes(target));
      const made = recall(makers, `${job.id}\0${target}`, maker);
      const isMade = step !== null && !isOwn && target !== "" && made >= 0 && made < step;
      if (isThere || isMade) continue;
      const message = `"${value}" is not there (${wanted[0]}), so the job fails; mend the path, or commit the file`;
      yield { file: path, start, end, message };
    }
  }
}

// lib/lint/rules/mapping-env.ts
var mappingEnv = dropRule({
  id: "mapping-env",
  demand: "The top-level `env` is a mapping of texts.",
  why: "An expression or a list as `env`, or a list or mapping as one of its values, drops the file on Gitea 1.22 to 1.25.",
  mend: "write the variables out"
});

// lib/lint/rules/mapping-services.ts
var mappingServices = dropRule({
  id: "mapping-services",
  demand: "`services` and each of them are mappings.",
  why: "An expression as `services`, or a service that is given as its image alone, drops the file on Gitea 1.22 to 1.25.",
  mend: "write `NAME: {image: IMAGE}`"
});

// lib/lint/rules/mapping-strategy.ts
var mappingStrategy = dropRule({
  id: "mapping-strategy",
  demand: "`strategy` is a mapping.",
  why: "An expression as the whole `strategy` drops the file on Gitea 1.22 to 1.25.",
  mend: "write a mapping with matrix:"
});

// lib/lint/rules/matrix-exclude-known.ts
var matrixExcludeKnown = dropRule({
  id: "matrix-exclude-known",
  demand: "`exclude` names keys of the matrix.",
  why: "An `exclude` item with a key that the matrix does not have is an error in Gitea 1.22 to 1.25, and the file is dropped.",
  mend: "take the key out, or add it to the matrix"
});

// lib/lint/rules/named-workflow.ts
var namedWorkflow = {
  id: "named-workflow",
  level: "warning",
  profiles: giteaProfiles,
  demand: "A workflow has a `name:`.",
  why: "The statuses of a workflow without a name are called `/ job (push)` on Gitea 1.22 to 1.25: those of two such files cannot be told apart, nor required by name.",
  check: check16
};
var hasStatus = /^(push|pull_request|pull_request_target|release|schedule)$/;
function* check16({ workflow }) {
  if ((workflow.name ?? "").trim() !== "" || isOnlyCalled(workflow) || workflow.jobs.length === 0) return;
  const event = listTriggers(workflow).find((name) => hasStatus.test(name));
  if (event === void 0) return;
  const on = findField(workflow.document.root, "on") ?? workflow.document.root;
  const first = workflow.document.root?.items[0] ?? on;
  const message = `the workflow has no name, so its statuses are called "/ ${workflow.jobs[0]?.id} (${event === "schedule" ? "push" : event})" on Gitea; add \`name:\``;
  if (first) yield { start: first.start, end: first.end, message };
}

// lib/lint/rules/no-alias-across-jobs.ts
var noAliasAcrossJobs = dropRule({
  id: "no-alias-across-jobs",
  demand: "An alias stands in the same job as its anchor, where the server keeps the text as it is.",
  why: "Gitea writes each job out on its own: an alias in `env`, `needs`, `if`, `container` or `secrets` whose anchor is in another job is then undefined. 1.22 to 1.25. Aliases of whole steps, `services`, `outputs`, `strategy` are fine.",
  mend: "write the value out, or repeat the anchor in this job"
});

// lib/lint/rules/no-alias-in-on.ts
var noAliasInOn = dropRule({
  id: "no-alias-in-on",
  demand: "`on:` has no aliases and no merge keys.",
  why: "`on:` as an alias drops the file on all versions. From 1.23 on Gitea does not follow an alias that is an event's body or a whole filter, and reads no merge key there; a list merged into `on:` loses its events. An alias whose anchor stands outside of `on:` is lost on all versions when the server writes the run's jobs down: no runner can take them, and each that asks is refused again and again and gets no other job either. An alias as one item of a list is fine where its anchor stands in `on:`.",
  mend: "write the events out",
  also: (input) => [...findLostMerges(input), ...findStrayAliases(input)]
});
function* findLostMerges(input) {
  const on = findField(input.workflow.document.root, "on");
  for (const [index, key] of (on?.kind === "map" ? on.items : []).entries()) {
    const value = on?.items[index + 1];
    if (index % 2 === 1 || !isMergeKey(key) || input.faults.some(({ node: node2 }) => node2 === value)) continue;
    const message = 'the events that "<<" merges into `on:` are lost: Gitea takes the merge key for an event; write the events out';
    yield { start: key.start, end: key.end, message };
  }
}
function* findStrayAliases({ workflow, faults }) {
  const on = findField(workflow.document.root, "on");
  if (!on || isOnlyCalled(workflow)) return;
  for (const { value, start, end } of listStrayAliases(on)) {
    if (faults.some(({ node: node2 }) => node2.start === start)) continue;
    const message = `the anchor of *${value} stands outside of \`on:\`, where Gitea loses it when it hands a job out: no runner can take the job, and one that asks for it gets no other; write the value out`;
    yield { start, end, message };
  }
}
function listStrayAliases(node2, anchors = /* @__PURE__ */ new Set()) {
  if (node2.kind === "alias") return anchors.has(node2.value) ? [] : [node2];
  if (node2.anchor !== "") anchors.add(node2.anchor);
  return node2.items.flatMap((item) => listStrayAliases(item, anchors));
}

// lib/lint/rules/no-call-interface.ts
var noCallInterface = dropRule({
  id: "no-call-interface",
  demand: "A workflow that is called and has other triggers declares no inputs, secrets or outputs.",
  why: "Gitea 1.22 to 1.25 refuse the mappings under `workflow_call` and drop the file for its other events. A file that is only called works: the runner reads it itself.",
  mend: "move the called part into a file of its own",
  applies: ({ workflow }) => !isOnlyCalled(workflow)
});

// lib/lint/rules/no-dispatch-inputs.ts
var noDispatchInputs = dropRule({
  id: "no-dispatch-inputs",
  demand: "`workflow_dispatch` has no inputs.",
  why: "Gitea 1.22 has no dispatch and refuses a mapping under it: the file is dropped for every event. 1.23 takes inputs, but not an empty `inputs:`.",
  mend: "leave the inputs out, or put the dispatch into a file of its own"
});

// lib/lint/rules/no-leading-blank-in-block.ts
var noLeadingBlankInBlock = dropRule({
  id: "no-leading-blank-in-block",
  demand: "A text of several lines in a step does not begin with a blank.",
  why: "Gitea writes each job out again as YAML, and go-yaml v3 announces four columns of indentation where a list has two: what follows is no YAML. 1.22 to 1.25; in a step's `run`, `name`, `if` and `shell`, not in `with:`.",
  mend: "remove the blank first line, or the blanks before its first word",
  edit: ({ node: node2, path }, { file: file2 }) => {
    const source = file2.text.slice(node2.start, node2.end);
    const blank = /^([|>][+-]?[^\S\r\n]*(?:#[^\r\n]*)?\r?\n)((?:[^\S\r\n]*\r?\n)+)(?=[^\S\r\n]*\S)/.exec(
      source
    );
    if (!blank?.[1] || !/\.(run|if)$/.test(path)) return void 0;
    const start = node2.start + blank[1].length;
    return { start, end: node2.start + blank[0].length, text: "" };
  }
});

// lib/lint/rules/no-null-filter.ts
var noNullFilter = dropRule({
  id: "no-null-filter",
  demand: "A filter has a value.",
  why: "A filter without a value drops the file on Gitea 1.22 and 1.23; on 1.24 and 1.25 it never matches (see filter-can-match).",
  mend: "remove the key, or give it a list"
});

// lib/workflow/expression-fault.ts
function findExpressionFault(text2) {
  const tokens = splitTokens(text2);
  if (typeof tokens === "string") return tokens;
  return text2 === "" ? null : new Parser2(tokens).findFault();
}
var tokenForm = /[\s]*(?:('(?:''|[^'])*')|([A-Za-z_][\w-]*)|(-?(?:0x(?:0|[1-9a-fA-F][0-9a-fA-F]*)|(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]-?(?:0|[1-9]\d*))?)(?![0-9A-Za-z.]))|(==|!=|<=|>=|&&|\|\||[()[\].!<>,*]))/y;
function splitTokens(text2) {
  const tokens = [];
  const end = text2.trimEnd().length;
  for (let at = 0; at < end; ) {
    if (/^\s*\}(\}|$)/.test(text2.slice(at, at + 40))) break;
    tokenForm.lastIndex = at;
    const match = tokenForm.exec(text2);
    if (!match) return `\`${text2.slice(at).trim().slice(0, 20)}\` in it is no part of an expression`;
    tokens.push(match[1] ? "'" : match[3] ? "0" : match[2] ?? match[4] ?? "");
    at = tokenForm.lastIndex;
  }
  return tokens;
}
var functions = words3(
  "contains startswith endswith format join tojson fromjson hashfiles always success failure cancelled"
);
var names = words3(
  "github gitea env job jobs steps runner secrets vars strategy matrix needs inputs infinity nan true false null"
);
function words3(text2) {
  return new Set(text2.split(" "));
}
var Parser2 = class {
  tokens;
  at = 0;
  unknown = null;
  constructor(tokens) {
    this.tokens = tokens;
  }
  findFault() {
    if (this.parseAny(0) && this.at === this.tokens.length) return this.unknown;
    const token = this.tokens[this.at];
    return token === void 0 ? "it ends too early" : `\`${token}\` is not expected where it stands`;
  }
  take(...signs) {
    const isThere = signs.includes(this.tokens[this.at] ?? "");
    if (isThere) this.at++;
    return isThere;
  }
  /** Operands with the operators of all levels between them: which of them bind closer changes no fault. */
  parseAny(depth) {
    if (depth > 100) return false;
    do {
      while (this.take("!")) ;
      if (!this.parseOperand(depth)) return false;
    } while (this.take("||", "&&", "==", "!=", "<", "<=", ">", ">="));
    return true;
  }
  parseOperand(depth) {
    if (this.take("(")) {
      if (!this.parseAny(depth + 1) || !this.take(")")) return false;
    } else if (!this.take("'", "0") && !this.parseName(depth)) return false;
    for (; ; ) {
      if (this.take(".")) {
        if (!this.take("*") && !this.takeName()) return false;
      } else if (this.take("[")) {
        if (!this.parseAny(depth + 1) || !this.take("]")) return false;
      } else return true;
    }
  }
  takeName() {
    const token = this.tokens[this.at] ?? "";
    if (!/^[A-Za-z_]/.test(token)) return null;
    this.at++;
    return token;
  }
  /** A context, a word, or a call of a function. */
  parseName(depth) {
    const name = this.takeName();
    if (name === null) return false;
    const isCall = this.take("(");
    if (!(isCall ? functions : names).has(name.toLowerCase()))
      this.unknown ??= `there is no ${isCall ? "function" : "context"} "${name}"`;
    if (!isCall || this.take(")")) return true;
    do {
      if (!this.parseAny(depth + 1)) return false;
    } while (this.take(","));
    return this.take(")");
  }
};

// lib/lint/runner-texts.ts
function listRunnerTexts({ document: { root }, jobs }) {
  const found = [];
  const seen = /* @__PURE__ */ new Set();
  const visit = (value, path, isIf = false) => {
    const node2 = lookThrough(value);
    if (!node2 || seen.has(node2)) return;
    seen.add(node2);
    if (node2.kind === "scalar") found.push({ node: node2, path, isIf, isOfJob: /^jobs\.[^[]*$/.test(path) && isIf });
    else if (node2.kind === "seq") node2.items.forEach((item, index) => visit(item, `${path}[${index}]`));
    else
      node2.items.forEach((item, index) => {
        if (index % 2 === 1) visit(item, `${path}.${node2.items[index - 1]?.value}`);
      });
  };
  visit(findField(root, "env"), "env");
  for (const { id, node: node2, steps } of jobs) {
    for (const key of jobKeys) visit(findField(node2, key), `jobs.${id}.${key}`, key === "if");
    for (const [index, step] of steps.entries()) {
      for (const key of stepKeys2)
        visit(findField(step.node, key), `jobs.${id}.steps[${index}].${key}`, key === "if");
    }
  }
  return found;
}
var jobKeys = ["if", "env", "container", "services", "defaults", "outputs"];
var stepKeys2 = [
  "if",
  "name",
  "uses",
  "run",
  "env",
  "with",
  "shell",
  "working-directory",
  "timeout-minutes"
];

// lib/lint/rules/no-server-panic.ts
var noServerPanic = dropRule({
  id: "no-server-panic",
  demand: "Nothing in the file makes the server or a runner fall over.",
  why: "An empty job, an `include` or `exclude` item that is no mapping, an unclosed quote, `cancelled()`, a call with too few arguments, or `success()` and `failure()` with `needs` that go in a circle (then the whole process ends) or lead to no job, in an expression of `runs-on` (of a matrix job's `name` from 1.23, of `run-name` from 1.25) end in a panic of Gitea: the file does not run, and neither does what was in the queue with it. A glob in `types` that does not compile does the same for its event. An unclosed quote or `${{` in any other expression, a call with too few arguments, or a lone `}` in the text of `format()` ends the runner's process, with all the jobs that it has. So does, with a runner of 2025 or later, a job's `if` that is no expression, or names a function or context that there is not.",
  mend: "mend it",
  also: (input) => [...findOpenGlobs(input), ...findRunnerPanics(input)]
});
function* findOpenGlobs(input) {
  for (const [event, trigger] of input.workflow.on) {
    const glob = trigger.types?.find((type) => /\[[^\]]*$|\{[^}]*$|\\$/.test(type));
    if (glob === void 0) continue;
    const { start, end } = placeOf(trigger, "types", glob);
    const message = `\`on.${event}.types\`: the glob "${glob}" is not closed; Gitea falls over it at each ${event}, and what else was in its queue is lost; mend it`;
    yield { start, end, message };
  }
}
function* findRunnerPanics({ workflow, faults }) {
  for (const { node: node2, path, isIf, isOfJob } of listRunnerTexts(workflow)) {
    if (faults.some((fault2) => fault2.node === node2)) continue;
    const { start, end } = node2;
    const problem = findRunnerPanic(node2.value, { isExpression: isIf });
    const fault = problem === null && isOfJob ? findIfFault(node2.value) : null;
    if (problem !== null) {
      const message = `\`${path}\`: ${problem}; the runner's process ends when it reads it, with all the jobs that it has; mend it`;
      yield { start, end, message };
    } else if (fault !== null) {
      const message = `\`${path}\`: ${fault}; a runner of 2025 or later ends its process when it reads it, with all the jobs that it has, an older one fails the job; mend it`;
      yield { start, end, message };
    }
  }
}
function findIfFault(text2) {
  if (!hasExpression(text2)) return findExpressionFault(text2.replace(/^\$\{\{/, ""));
  for (const piece of splitExpressions(text2) ?? []) {
    const fault = piece.kind === "expression" ? findExpressionFault(piece.text) : null;
    if (fault !== null) return fault;
  }
  return null;
}

// lib/lint/rules/no-string-concurrency.ts
var noStringConcurrency = dropRule({
  id: "no-string-concurrency",
  demand: "`concurrency` is a mapping.",
  why: "Gitea 1.24 reads a mapping only and drops a file with a text; 1.22 and 1.23 do not read the key, 1.25 takes both.",
  mend: "write `concurrency: {group: …}`"
});

// lib/lint/rules/not-shadowed.ts
var notShadowed = {
  id: "not-shadowed",
  level: "error",
  profiles: serverProfiles,
  demand: "A workflow lies in the folder that this forge reads.",
  why: "Gitea reads `.gitea/workflows`, and `.github/workflows` only where that folder is not there; Forgejo looks for `.forgejo/workflows` first. One file in the first folder hides every file of the others, in all versions. It speaks where `--profile` says that a Gitea or Forgejo is to run the hidden file.",
  check: check17
};
function* check17({ file: file2, workflow, profile, project }) {
  const folder = workflowFolderOf(file2.path);
  if (folder === null) return;
  const order = [
    ...profile === "forgejo" ? [".forgejo/workflows"] : [],
    ".gitea/workflows",
    ".github/workflows"
  ];
  const first = order.find((name) => name === folder || project.kindOf(name) === "folder");
  if (first === void 0 || first === folder) return;
  const message = `this forge reads ${first} and never this file; move it there`;
  const { start, end } = workflow.document.root?.items[0] ?? { start: 0, end: 1 };
  yield { start, end, message };
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
  const key = Array.from(map.keys()).find((known) => known.toLowerCase() === name.toLowerCase());
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

// lib/lint/required-checks.ts
function listRequiredChecks(project, config) {
  const workflows = listAll(project).filter(({ kind, workflow }) => kind === "workflow" && workflow);
  const checks = [];
  for (const [branch, names2] of config.requiredChecks) {
    for (const name of names2) {
      const quoted = JSON.stringify(name);
      const start = Math.max(0, config.text.indexOf(quoted, config.text.indexOf(JSON.stringify(branch))));
      const reportedBy = workflows.filter((file2) => reports(file2, name));
      checks.push({ branch, name, start, end: start + quoted.length, reportedBy });
    }
  }
  return checks;
}
function reports({ workflow, profiles }, name) {
  if (!workflow || isOnlyCalled(workflow)) return false;
  return profiles.some((profile) => {
    if (profile === "github") return workflow.jobs.some((job) => showsOnGitHub(job, name, workflow.name));
    const event = /\((\w+)\)$/.exec(name)?.[1] ?? "push";
    return listStatusContexts(workflow, event, profile).some(
      (expected) => "context" in expected ? expected.context === name : name.startsWith(expected.prefix)
    );
  });
}
function showsOnGitHub(job, shown, title) {
  const name = job.name?.value || job.id;
  const short = title !== null && shown.startsWith(`${title} / `) ? shown.slice(title.length + 3) : shown;
  if (hasExpression(name)) {
    const [before = ""] = name.split("${{");
    return shown.startsWith(before) || short.startsWith(before);
  }
  if (job.uses) return shown.startsWith(`${name} / `);
  const { legs } = expandMatrix(job.node, job.id);
  if (legs === null) return shown.startsWith(name);
  const names2 = legs.flatMap(
    (leg) => leg.size === 0 ? [name] : [`${name} ${legName(leg)}`, `${name} (${Array.from(leg.values(), printValue).join(", ")})`]
  );
  const isOpen = legs.length === 1 && legs[0]?.size === 0 && job.node.items.some((key) => key.value === "strategy");
  return names2.includes(shown) || names2.includes(short) || isOpen && shown.startsWith(name);
}

// lib/lint/rules/required-check-always-runs.ts
var requiredCheckAlwaysRuns = {
  id: "required-check-always-runs",
  level: "error",
  profiles: PROFILES,
  demand: "A workflow with a required check has no path filter.",
  why: "Where the paths keep it from running, its check is never reported and the pull request waits for ever, on all forges. Two files of one check whose filters complete each other are fine.",
  checkProject: checkProject3
};
function* checkProject3(project, config) {
  const seen = /* @__PURE__ */ new Set();
  for (const { branch, name, reportedBy } of listRequiredChecks(project, config)) {
    const triggers = reportedBy.flatMap(
      (file2) => eventsOf(file2, name).flatMap((event) => {
        const trigger = file2.workflow?.on.get(event);
        return trigger ? [{ path: file2.path, event, trigger }] : [];
      })
    );
    for (const { path, event, trigger } of triggers) {
      const filter = filterOf(trigger);
      const key = filter === null ? void 0 : findEntry(trigger.node, filter)?.[0];
      const twins = triggers.filter((other) => other.path !== path && other.event === event);
      if (!key || seen.has(`${path}${key.start}`)) continue;
      if (twins.some((twin) => completes(twin.trigger, trigger))) continue;
      seen.add(`${path}${key.start}`);
      const message = `branch "${branch}" requires "${name}", which \`${filter}\` keeps from being reported where no path matches: the pull request then waits for ever; filter in a step instead`;
      yield { file: path, start: key.start, end: key.end, message };
    }
  }
}
function eventsOf({ workflow, profiles }, name) {
  const event = profiles.includes("github") ? void 0 : /\((\w+)\)$/.exec(name)?.[1];
  if (event !== void 0) return [event];
  const pulls = ["pull_request", "pull_request_target"].filter((pull) => workflow?.on.has(pull));
  return pulls.length > 0 ? pulls : ["push"];
}
function filterOf({ filters }) {
  return filters.paths ? "paths" : filters["paths-ignore"] ? "paths-ignore" : null;
}
function completes({ filters: a }, { filters: b }) {
  const isSame = (one2, other) => one2 !== void 0 && one2.join("\n") === other?.join("\n");
  if (!a.paths && !a["paths-ignore"]) return true;
  return isSame(a.paths, b["paths-ignore"]) || isSame(a["paths-ignore"], b.paths);
}

// lib/lint/rules/required-check-exists.ts
var requiredCheckExists = {
  id: "required-check-exists",
  level: "error",
  profiles: PROFILES,
  demand: "Some job reports each required check.",
  why: "A required check that no job reports is awaited for ever, on all forges: nothing can be merged. The names are those of `required_checks` in the config.",
  checkProject: checkProject4
};
function* checkProject4(project, config) {
  if (project.files.length === 0) return;
  for (const { branch, name, start, end, reportedBy } of listRequiredChecks(project, config)) {
    if (reportedBy.length > 0) continue;
    const message = `no job reports the check "${name}" that branch "${branch}" requires, so nothing can be merged into it; name a job as the forge shows it`;
    yield { file: config.file, start, end, message };
  }
}

// lib/lint/rules/required-check-in-merge-queue.ts
var requiredCheckInMergeQueue = {
  id: "required-check-in-merge-queue",
  level: "error",
  profiles: ["github"],
  demand: "A workflow with a required check of a branch with a merge queue runs on `merge_group`.",
  why: "GitHub's queue waits for the required checks of the commit that it makes; without `merge_group` nothing runs there, and the queue gives up after its time. The branches are those of `merge_queue` in the config.",
  checkProject: checkProject5
};
function* checkProject5(project, config) {
  const seen = /* @__PURE__ */ new Set();
  for (const { branch, name, reportedBy } of listRequiredChecks(project, config)) {
    if (!config.mergeQueue.includes(branch)) continue;
    if (reportedBy.some(({ workflow }) => workflow?.on.has("merge_group"))) continue;
    for (const { path, workflow, profiles } of reportedBy) {
      if (!workflow || !profiles.includes("github") || seen.has(path)) continue;
      seen.add(path);
      const [key] = findEntry(workflow.document.root, "on") ?? [];
      if (!key) continue;
      const message = `the merge queue of "${branch}" waits for "${name}", and this file does not run on \`merge_group\`, so nothing leaves the queue; add \`merge_group:\``;
      yield { file: path, start: key.start, end: key.end, message };
    }
  }
}

// lib/lint/rules/resolvable-uses.ts
var resolvableUses = {
  id: "resolvable-uses",
  level: "error",
  profiles: serverProfiles,
  demand: "A `uses:` says where the action is, and at which version.",
  why: "The runner of Gitea and Forgejo fails on an action without `@ref`, and takes a relative path without `./` for a repository. (On GitHub such a file is invalid, which it shows.)",
  check: check18
};
function* check18({ workflow }) {
  for (const { value, start, end } of listUses(workflow)) {
    if (value === "" || value.includes("${{") || /^(\.\/|docker:\/\/)/.test(value)) continue;
    if (value.startsWith("$/")) {
      const message = `"${value}" is a form that GitHub alone knows, and the step fails; write ".${value.slice(1)}"`;
      yield { start, end, message };
    } else if (/^\.[\w-]*\/|^\w[\w.-]*$/.test(value) || /^\.\.\//.test(value)) {
      const message = `"${value}" is a path without "./", which the runner takes for a repository; write "./${value}"`;
      yield { start, end, message };
    } else if (!/@./.test(value)) {
      const message = `"${value}" names no version, and the step fails; write "${value.replace(/@$/, "")}@v1", or a commit`;
      yield { start, end, message };
    }
  }
}

// lib/lint/rules/runner-label-exists.ts
var runnerLabelExists = {
  id: "runner-label-exists",
  level: "error",
  profiles: PROFILES,
  demand: "Some runner has each label.",
  why: "A job whose label no runner has waits until it is cancelled after a day, on all forges, and its status stays pending. The labels are given by `--runner-label` or `runner_labels` in the config; without any, nothing is said.",
  checkProject: checkProject6
};
function* checkProject6(project, config) {
  if (config.runnerLabels.length === 0) return;
  const known = new Set(config.runnerLabels.map((label) => label.toLowerCase()));
  const exact = new Set(config.runnerLabels);
  for (const { path, workflow, profiles } of project.files) {
    const isGitHub = profiles.includes("github");
    for (const job of workflow?.jobs ?? []) {
      for (const { value, node: node2 } of listLabels2(job, isGitHub)) {
        if (value.includes("${{") || (isGitHub ? known.has(value.toLowerCase()) : exact.has(value))) continue;
        const message = `no runner has the label "${value}", so job "${job.id}" waits for ever; use ${config.runnerLabels.slice(0, 5).join(", ")}`;
        yield { file: path, start: node2.start, end: node2.end, message };
      }
    }
  }
}
function* listLabels2({ node: node2, runsOn }, isGitHub) {
  const group = findField(findField(node2, "runs-on"), "group");
  for (const { value, node: label } of runsOn) {
    if (isGitHub && label === group) continue;
    const key = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(value)?.[1];
    if (key === void 0) yield { value, node: label };
    else yield* listMatrixTexts(node2, key);
  }
}
function* listMatrixTexts(job, key) {
  const matrix = findField(findField(job, "strategy"), "matrix");
  const items = lookThrough(findField(matrix, key))?.items ?? [];
  const included = lookThrough(findField(matrix, "include"))?.items ?? [];
  for (const item of [...items, ...included.map((leg) => findField(leg, key))]) {
    const target = lookThrough(item);
    const texts = target?.kind === "seq" ? target.items : item ? [item] : [];
    for (const node2 of texts) {
      const text2 = lookThrough(node2);
      if (text2.kind === "scalar" && text2.value !== "") yield { value: text2.value, node: node2 };
    }
  }
}

// lib/lint/rules/scalar-with.ts
var scalarWith = dropRule({
  id: "scalar-with",
  demand: "A step's `with` has texts as values.",
  why: "A list or mapping under `with` drops the file on Gitea 1.22 to 1.25.",
  mend: "write it as a block text (|)"
});

// lib/lint/rules/static-matrix.ts
var staticMatrix = {
  id: "static-matrix",
  level: "error",
  profiles: giteaProfiles,
  demand: "A matrix is written out.",
  why: "Gitea 1.22 to 1.25 make the jobs of a matrix before anything has run: where the matrix, one of its keys or `include` is an expression or anything else but a list, or the matrix is an alias, they leave the whole matrix out and run one job with empty values. (In a file that is only called the runner fills it in.)",
  check: check19
};
function* check19({ workflow }) {
  if (isOnlyCalled(workflow)) return;
  for (const job of workflow.jobs) {
    const matrix = findField(findField(job.node, "strategy"), "matrix");
    const target = lookThrough(matrix);
    if (!matrix || !target || isNull(target)) continue;
    const wrong = matrix.kind === "map" ? findNoList(matrix) : matrix;
    if (!wrong) continue;
    const shown = hasExpression(lookThrough(wrong).value) ? "an expression" : describeNode(wrong);
    const message = `the matrix of job "${job.id}" holds ${shown} instead of values; Gitea then runs one job without any of its values; write them out`;
    yield { start: wrong.start, end: wrong.end, message };
  }
}
function findNoList(matrix) {
  const found = entries(matrix).find(([, value]) => {
    const target = lookThrough(value);
    return target.kind !== "seq" && !isNull(target);
  });
  return found?.[1];
}

// lib/lint/list-label.ts
var longest2 = 5e3;
function mayGiveList(expression) {
  const code = expression.replace(/'(?:[^']|'')*'/g, (text2) => `'${"_".repeat(text2.length - 2)}'`);
  for (const { 0: call2, index } of code.matchAll(/(?<![\w.-])fromJSON\s*\(/gi)) {
    if (expression.length > longest2) return true;
    if (/(?<![\w.-])(contains|join)\s*\(\s*$/i.test(code.slice(0, index))) continue;
    const from = index + call2.length;
    const end = findClosing(code, from);
    const isLookedUp = /^\s*[.[]/.test(code.slice(end + 1));
    const literal = /^\s*'((?:[^']|'')*)'\s*$/.exec(expression.slice(from, end))?.[1];
    if (literal === void 0 ? !isLookedUp : isListed(literal.replaceAll("''", "'"), isLookedUp))
      return true;
  }
  return false;
}
function findClosing(code, from) {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    if (code[at] === "(") depth++;
    else if (code[at] === ")" && depth-- === 0) return at;
  }
  return code.length;
}
function isListed(json, isLookedUp) {
  try {
    const value = JSON.parse(json);
    if (!isLookedUp || !isCollection(value)) return isCollection(value);
    return Object.values(value).some(isCollection);
  } catch {
    return true;
  }
}
function isCollection(value) {
  return typeof value === "object" && value !== null;
}

// lib/lint/rules/static-runs-on.ts
var staticRunsOn = {
  id: "static-runs-on",
  level: "error",
  profiles: giteaProfiles,
  demand: "`runs-on` is known before anything has run.",
  why: 'Gitea fills `runs-on` in when the run is made. A list, of `fromJSON` or in the matrix, becomes the label "Array", `needs` is empty, and both wait until they are cancelled after a day. Other contexts than `matrix` and `vars` are empty up to 1.24, `github` and `inputs` are there from 1.25. An alias, or no `runs-on`, is a job that any runner may take; `group` is one more label that the runner must have. (In a file that is only called the runner fills it in.)',
  check: check20
};
function* check20({ workflow, minor }) {
  if (isOnlyCalled(workflow)) return;
  for (const job of workflow.jobs) {
    const [key, node2] = findEntry(job.node, "runs-on") ?? [];
    if (!key || !node2 || node2.kind !== "alias" && isEmpty(node2)) {
      if (!job.uses) yield reportNone(job, key ?? findKey(workflow.document.root, job));
      continue;
    }
    if (node2.kind === "alias") {
      const message = `\`runs-on\` of job "${job.id}" is an alias, which Gitea reads as no label: any runner may take the job; write the label out`;
      yield { start: node2.start, end: node2.end, message };
    }
    const group = node2.kind === "map" ? findField(node2, "group") : void 0;
    if (group) {
      const message = `Gitea takes the group "${lookThrough(group).value}" for one more label: the job waits for a runner that has it; use labels alone`;
      yield { start: group.start, end: group.end, message, level: "warning" };
    }
    for (const { value, node: label } of job.runsOn) {
      const isOpen = value.includes("${{") && !hasExpression(value);
      const problem = isOpen ? unclosed : hasExpression(value) ? judge3(value, minor ?? 22) : null;
      if (!problem && !isListValue(value, job.node)) continue;
      const [effect, level] = problem ?? ['becomes the label "Array" where the value is a list', "error"];
      const message = `\`runs-on: ${value}\` ${effect}, so job "${job.id}" ${tellEnd(value, level)}; write the labels out`;
      yield { start: label.start, end: label.end, message, level };
    }
  }
}
function tellEnd(value, level) {
  if (level === "error") return "waits for a runner that nobody has";
  const fallback = /\|\|\s*'([^']+)'\s*\}\}$/.exec(value)?.[1];
  return fallback === void 0 ? "may wait for ever" : `may always get "${fallback}"`;
}
function isEmpty(node2) {
  return isNull(node2) || node2.kind === "seq" && node2.items.length === 0;
}
function reportNone({ id }, { start, end }) {
  const message = `job "${id}" names no label in \`runs-on\`, so any runner may take it; name one`;
  return { start, end, message };
}
var unclosed = [
  "is not closed and becomes a label as it stands",
  "error"
];
function judge3(value, minor) {
  const expressions = (splitExpressions(value) ?? []).filter(({ kind }) => kind === "expression");
  const code = expressions.map(({ text: text2 }) => text2.replace(/'(?:[^']|'')*'/g, "''")).join(" ");
  const contexts = Array.from(
    code.matchAll(/(?<![\w.-])([a-z]+)\s*[.[]/gi),
    ([, name2 = ""]) => name2.toLowerCase()
  );
  if (contexts.includes("needs")) return ["needs what has not run yet and is empty", "error"];
  if (expressions.some(({ text: text2 }) => mayGiveList(text2)))
    return ['becomes the label "Array" or "Object" where it gives a list', "error"];
  const known = minor >= 25 ? ["matrix", "vars", "github", "gitea", "inputs"] : ["matrix", "vars"];
  const name = contexts.find((one2) => contextNames.includes(one2) && !known.includes(one2));
  return name === void 0 ? null : [`uses \`${name}\`, which is empty when Gitea fills it in`, "warning"];
}
var contextNames = ["github", "gitea", "inputs", "secrets", "env", "steps", "runner"];
function isListValue(value, job) {
  const key = /^\$\{\{\s*matrix(?:\.([\w-]+)|\[\s*'([^']+)'\s*\])\s*\}\}$/.exec(value);
  const name = key?.[1] ?? key?.[2];
  if (name === void 0) return false;
  const { legs } = expandMatrix(job, "");
  return legs?.some((leg) => typeof leg.get(name) === "object" && leg.get(name) !== null) ?? false;
}

// lib/lint/rules/string-filters.ts
var stringFilters = dropRule({
  id: "string-filters",
  demand: "Filters are lists of texts.",
  why: "Gitea 1.22 refuses numbers and booleans among the patterns, and a filter that is one of them; 1.23 refuses every filter that is no list.",
  mend: "write a list of quoted texts",
  edit: ({ node: node2, path }, { file: file2 }) => {
    const source = file2.text.slice(node2.start, node2.end);
    if (node2.kind !== "scalar" || node2.anchor !== "" || node2.tag !== "" || /[\r\n]/.test(source))
      return void 0;
    const text2 = node2.style === "plain" ? `'${source.replaceAll("'", "''")}'` : source;
    return { start: node2.start, end: node2.end, text: path.endsWith("]") ? text2 : `[${text2}]` };
  }
});

// lib/lint/rules/summary-is-seen.ts
var summaryIsSeen = {
  id: "summary-is-seen",
  level: "warning",
  profiles: giteaProfiles,
  demand: "What a person shall read goes to the log.",
  why: "Gitea 1.22 to 1.25 have a file behind `$GITHUB_STEP_SUMMARY`, and throw it away: nobody ever sees it, unless the script prints it too.",
  check: check21
};
var written = />>?\s*["']?\$\{?(?:env:)?(?:GITHUB|GITEA)_STEP_SUMMARY\b/g;
function* check21({ workflow }) {
  for (const { from, to, source } of searchScripts(workflow, written)) {
    if (/\bcat\s+"?\$\{?(?:GITHUB|GITEA)_STEP_SUMMARY\b/.test(source)) continue;
    const message = 'Gitea throws the step summary away; print it to the log as well (`| tee -a "$GITHUB_STEP_SUMMARY"`)';
    yield { start: from, end: to, message };
  }
}

// lib/lint/rules/token-push-starts-nothing.ts
var tokenPushStartsNothing = {
  id: "token-push-starts-nothing",
  level: "warning",
  profiles: PROFILES,
  demand: "What other workflows wait for is not pushed with the job's own token.",
  why: "GitHub, Gitea and Forgejo start nothing for a push or a merge by the job's own token: the workflows of that branch do not run, and nothing says so. A job that writes `[skip ci]` means it so.",
  checkProject: checkProject7
};
var push = /\bgit\s+(?:-[cC]\s+\S+\s+)*push\s+(?:-{1,2}[\w-]+(?:=\S+)?\s+)*(?:origin|"?https:\/\/(?:\$\{\{[^}\n]*\}\}|(?!\$\{\{)\S)+)\s+(?:[\w./${}"@-]*:)?(?:refs\/heads\/)?["']?([\w./-]+)["']?(?=\s|$|;|&)/gm;
function* checkProject7(project) {
  for (const { path, workflow, profiles } of project.files) {
    if (!workflow) continue;
    const marked = /* @__PURE__ */ new Map();
    const settings = /* @__PURE__ */ new Map();
    const owned = /* @__PURE__ */ new Map();
    for (const { job, step, match, from, to } of searchScripts(workflow, push)) {
      const branch = match[1] ?? "";
      if (/^(HEAD|-.*)$/.test(branch) || takesAway(match[0])) continue;
      const owners = [step.node, job.node, workflow.document.root];
      if (recall(marked, job, () => job.steps.some(({ run }) => marks.test(run?.value ?? "")))) continue;
      const lines = recall(settings, job, () => listSettings(job));
      if (!recall(owned, step, () => usesOwnToken(job, lines, owners))) continue;
      const waiting = listSiblings(project, path).find(({ path: otherPath, workflow: other }) => {
        if (otherPath === path) return false;
        const trigger = other?.on.get("push");
        const names2 = trigger?.filters.branches;
        if (!trigger || !names2 || names2.some((name) => /^\*+$/.test(name))) return false;
        const { branches, "branches-ignore": ignored } = trigger.filters;
        const filters = { ...branches && { branches }, ...ignored && { "branches-ignore": ignored } };
        return decidePushFilter(filters, { ref: `refs/heads/${branch}`, changed: null }, profiles[0] ?? "github").due === true;
      });
      if (!waiting) continue;
      const message = `this pushes to "${branch}" with the job's own token, which starts nothing: ${waiting.path} waits for pushes to it; check out with another token (\`with: {token: …}\`), or dispatch it`;
      yield { file: path, start: from, end: to, message };
    }
  }
}
var marks = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks: *true/m;
function takesAway(command) {
  return /\s(?:-d|--delete)\s|\s["']?:\S+$/.test(command);
}
function listSettings({ steps }) {
  const setting = /remote set-url|x-access-token|insteadOf|extraheader|https:\/\/[^\s/]*@/i;
  return steps.flatMap(({ run }) => (run?.value ?? "").split("\n")).filter((line) => setting.test(line.replace(/\$\{\{.*?\}\}/g, "x"))).slice(0, 100);
}
var ownToken = /^\$\{\{\s*(?:secrets\.(?:GITHUB|GITEA)_TOKEN|(?:github|gitea)\.token)\s*\}\}$/;
function usesOwnToken(job, lines, owners) {
  if (lines.length > 0) {
    const tokens = lines.flatMap((line) => Array.from(line.matchAll(/\$\{\{.*?\}\}|\$\{?(\w+)\}?/g)));
    const values = tokens.map(([whole, name]) => name === void 0 ? whole : findVariable(name, owners));
    const secrets = values.filter((value) => /secrets\.|\.token\b/.test(value));
    return secrets.length > 0 && secrets.every((value) => ownToken.test(value));
  }
  const checkout = job.steps.find(({ uses }) => /(^|\/)actions\/checkout@/.test(uses?.value ?? ""));
  const settings = findField(checkout?.node, "with");
  const isLeft = !findField(settings, "ssh-key") && findField(settings, "persist-credentials")?.value !== "false";
  const token = findField(settings, "token")?.value;
  return checkout !== void 0 && isLeft && (token === void 0 || ownToken.test(token));
}
function findVariable(name, owners) {
  const [found] = owners.map((owner) => findField(findField(owner, "env"), name)).filter((node2) => node2);
  return lookThrough(found)?.value ?? "";
}

// lib/lint/rules/types-fire.ts
var typesFire = {
  id: "types-fire",
  level: "error",
  profiles: serverProfiles,
  demand: "Each activity type is one that this forge has.",
  why: "Gitea and Forgejo never send some of the activity types of GitHub (ready_for_review, locked, a release that is created, and so on) and match the others as globs. An error where none of the types of an event is ever sent, else a warning.",
  check: check22
};
function* check22({ workflow }) {
  for (const [event, trigger] of workflow.on) {
    const { types } = trigger;
    const known = listTypes(event);
    if (!types || !known) continue;
    const dead = types.filter((type) => !/[*?[{]/.test(type) && !known.includes(type));
    const level = dead.length === types.length ? "error" : "warning";
    for (const type of dead) {
      const place = placeOf(trigger, "types", type);
      const message = `this forge never sends ${event} with the type "${type}"${level === "error" ? ", so the event never fires" : ""}; use ${known.slice(0, 4).join(", ")}…`;
      yield { start: place.start, end: place.end, message, level };
    }
  }
}

// lib/lint/rules/unique-workflow-name.ts
var uniqueWorkflowName = {
  id: "unique-workflow-name",
  level: "warning",
  profiles: PROFILES,
  demand: "No two workflows of a folder have one name.",
  why: "A `workflow_run` that names it is started by both; their statuses and required checks cannot be told apart, on all forges. A file that is only called shows its name nowhere.",
  checkProject: checkProject8
};
function* checkProject8(project) {
  const named = /* @__PURE__ */ new Map();
  for (const file2 of listAll(project)) {
    const folder = workflowFolderOf(file2.path);
    const name = file2.workflow?.name;
    if (!file2.workflow || isOnlyCalled(file2.workflow)) continue;
    if (!name || folder === null || file2.kind !== "workflow") continue;
    const key = `${folder} ${name}`;
    const same = named.get(key);
    if (same) same.push(file2);
    else named.set(key, [file2]);
  }
  for (const files of named.values()) {
    for (const { path, workflow } of files.length > 1 ? files : []) {
      const twin = files.find((file2) => file2.path !== path);
      const node2 = findField(workflow?.document.root, "name");
      if (!twin || !node2) continue;
      const message = `${twin.path} is called "${workflow?.name}" as well, so the two cannot be told apart; give each its own name`;
      yield { file: path, start: node2.start, end: node2.end, message };
    }
  }
}

// lib/lint/rules/vendored-script-exists.ts
var vendoredScriptExists = {
  id: "vendored-script-exists",
  level: "error",
  profiles: PROFILES,
  demand: "A vendored script that is called is there.",
  why: 'The step fails with "Cannot find module", on all forges; where it may fail, the gate that it was is gone. Jobs that check out another repository or path are passed over.',
  checkProject: checkProject9
};
var call = /\bnode\s+(?:--?[\w-]+(?:=\S+)?\s+)*["']?(?:\.\/|(\$\{?GITHUB_WORKSPACE\}?\/|\$\{\{\s*github\.workspace\s*\}\}\/))?((?:[\w.-]+\/)*vendor\/[\w.-]+\.[cm]?js)\b/g;
var makesVendor = /\b(?:composer|bundle|bower|go mod|cargo)\s[^\n]{0,200}?\b(?:install|update|vendor)\b|\b(?:cp|mv|ln|tar|unzip|curl|wget|rsync|mkdir)\s[^\n]{0,200}?\bvendor\b/;
var movesAway = /(?:^|[\n;&|({]\s*|\b(?:then|do)\s+)(?:cd|pushd)\s/;
function endOfFirst(text2, pattern2) {
  const match = pattern2.exec(text2);
  return match ? match.index + match[0].length : Infinity;
}
function findMaker(job) {
  const first = job.steps.findIndex(({ run }) => run && makesVendor.test(run.value));
  return first < 0 ? Infinity : first;
}
function workingFolder(step, owners) {
  const settings = [step, ...owners.map((owner) => findField(findField(owner, "defaults"), "run"))];
  const found = settings.map((owner) => findField(owner, "working-directory")).find((node2) => node2);
  return lookThrough(found)?.value ?? "";
}
function* checkProject9(project) {
  for (const { path, workflow, kind } of project.files) {
    if (!workflow || kind !== "workflow") continue;
    const [bringers, makers] = [/* @__PURE__ */ new Map(), /* @__PURE__ */ new Map()];
    const [moves, makes] = [/* @__PURE__ */ new Map(), /* @__PURE__ */ new Map()];
    for (const { job, step, match, from, to, source } of searchScripts(workflow, call)) {
      const { index = 0 } = match;
      const at = job.steps.indexOf(step);
      if (at > recall(bringers, job, () => findBringer(job))) continue;
      if (index >= recall(moves, source, () => endOfFirst(source, movesAway))) continue;
      const folder = match[1] ? "" : workingFolder(step.node, [job.node, workflow.document.root]);
      if (/[$~]|^\/|\.\./.test(folder)) continue;
      if (at > recall(makers, job, () => findMaker(job))) continue;
      if (index >= recall(makes, source, () => endOfFirst(source, makesVendor))) continue;
      const file2 = [folder.replace(/^\.\/|^\.$|\/$/g, ""), match[2]].filter(Boolean).join("/");
      if (project.kindOf(file2) === "file") continue;
      const message = `${file2} is not there, so the step fails; commit it, or mend the path`;
      yield { file: path, start: from, end: to, message };
    }
  }
}

// lib/lint/rules/workflow-run-exists.ts
var workflowRunExists = {
  id: "workflow-run-exists",
  level: "error",
  profiles: PROFILES,
  demand: "A `workflow_run` names workflows that exist.",
  why: "It waits for a workflow by its `name:` (by its path where it has none). No forge says so when there is none of that name: the file is never started. Those that GitHub runs by itself, as `pages-build-deployment`, are there. GitHub, Gitea from 1.25 on.",
  checkProject: checkProject10
};
var madeByGitHub = [
  "pages-build-deployment",
  "CodeQL",
  "Dependabot Updates",
  "Automatic Dependency Submission",
  "Copilot",
  "Copilot code review"
];
function* checkProject10(project) {
  for (const { path, workflow, profiles } of project.files) {
    const trigger = workflow?.on.get("workflow_run");
    const names2 = lookThrough(findField(trigger?.node, "workflows"));
    if (!names2) continue;
    const siblings2 = listSiblings(project, path);
    if (siblings2.some(({ workflow: other }) => other === null)) continue;
    const known = siblings2.map((file2) => file2.workflow?.name ?? file2.path);
    const items = names2.kind === "seq" ? names2.items : [names2];
    const isThere = (name) => {
      const matches = /[*?+[!\\]/.test(name) ? compilePattern(name.replace(/^!/, "")) : null;
      const isOurs = profiles.includes("github") && madeByGitHub.includes(name);
      return isOurs || known.some((other) => other === name || matches?.(other));
    };
    const hasOther = items.some((item) => isThere(lookThrough(item).value));
    for (const node2 of items) {
      const { value } = lookThrough(node2);
      if (value === "" || value.includes("${{") || isThere(value)) continue;
      const near = known.find((name) => name.toLowerCase() === value.toLowerCase()) ?? null;
      const mend = near ? `it is called "${near}"` : `there are ${known.filter(Boolean).slice(0, 5).join(", ") || "none"}`;
      const effect = hasOther ? "so that name starts nothing" : "so this file is never started";
      const message = `no workflow in this folder is called "${value}", ${effect}; ${mend}`;
      yield { file: path, start: node2.start, end: node2.end, message, level: hasOther ? "warning" : "error" };
    }
  }
}

// lib/lint/endless-aliases.ts
var mostNodes = 1e6;
function* findEndlessAliases(root) {
  const sizes = /* @__PURE__ */ new Map();
  const found = [];
  let isLarge = false;
  const measure = (node2) => {
    if (node2.kind !== "alias") {
      const known = sizes.get(node2);
      if (known !== void 0) return known;
      sizes.set(node2, 0);
      let size2 = 1;
      for (const item of node2.items) size2 += measure(item);
      sizes.set(node2, size2);
      return size2;
    }
    const size = node2.target === null ? 1 : measure(node2.target);
    if (size === 0)
      found.push({ node: node2, problem: `the alias "*${node2.value}" stands inside of what it names` });
    if (size > mostNodes && !isLarge) {
      isLarge = true;
      found.push({ node: node2, problem: `"*${node2.value}" stands for more than ${mostNodes} values` });
    }
    return size;
  };
  measure(root);
  yield* found;
}

// lib/lint/rules/yaml-valid.ts
var yamlValid = {
  id: "yaml-valid",
  level: "error",
  profiles: PROFILES,
  demand: "A file is YAML as the servers read it, and has no key twice.",
  why: "Gitea drops a file that it cannot read without a word, in all versions; GitHub and Forgejo make a failed run of it. The reading is that of go-yaml v3: YAML 1.1, spaces to indent, the first document only.",
  check: check23
};
function* check23({ workflow, file: file2, faults, minor }) {
  const seen = /* @__PURE__ */ new Set();
  const { root, further } = workflow.document;
  if (further !== null) {
    const message = "a second document begins here: Gitea and Forgejo never read it, and GitHub takes no file of two; make it a file of its own";
    yield { start: further, end: further + 3, message };
  }
  for (const fault of faults) {
    if (fault.rule !== "yaml-valid") continue;
    seen.add(fault.node);
    yield {
      start: fault.node.start,
      end: fault.node.end,
      message: `${fault.problem}; Gitea drops the whole file without a word`
    };
  }
  for (const { node: node2, problem } of root && (minor === null || file2.kind === "action") ? findEndlessAliases(root) : []) {
    yield {
      start: node2.start,
      end: node2.end,
      message: `${problem}, so the file cannot be read; write it out`
    };
  }
  for (const key of root ? findDoubles(root) : []) {
    if (seen.has(key)) continue;
    const message = `the key "${key.value}" is there twice; which of the two counts differs from forge to forge, so remove one`;
    yield { start: key.start, end: key.end, message };
  }
}
function* findDoubles(node2) {
  const names2 = /* @__PURE__ */ new Set();
  for (const [index, item] of node2.items.entries()) {
    if (node2.kind === "map" && index % 2 === 0 && item.kind === "scalar") {
      if (names2.has(item.value)) yield item;
      names2.add(item.value);
    }
    if (item.items.length > 0) yield* findDoubles(item);
  }
}

// lib/lint/rules.ts
var rules = [
  yamlValid,
  ignoreValid,
  decodes,
  noDispatchInputs,
  noCallInterface,
  noNullFilter,
  stringFilters,
  noAliasInOn,
  literalContinueOnError,
  noLeadingBlankInBlock,
  noAliasAcrossJobs,
  mappingEnv,
  mappingStrategy,
  mappingServices,
  scalarWith,
  matrixExcludeKnown,
  noStringConcurrency,
  filtersNotList,
  noServerPanic,
  eventFires,
  typesFire,
  filterCompiles,
  filterCanMatch,
  notShadowed,
  cronFires,
  staticMatrix,
  staticRunsOn,
  jobIfAfterFailure,
  honouredKeys,
  deploySurvivesNextPush,
  artifactVersion,
  actionRuntime,
  resolvableUses,
  namedWorkflow,
  jobNameLiteral,
  forgeNeutralHost,
  summaryIsSeen,
  workflowRunExists,
  dispatchTargetExists,
  uniqueWorkflowName,
  requiredCheckExists,
  requiredCheckAlwaysRuns,
  requiredCheckInMergeQueue,
  tokenPushStartsNothing,
  localUsesExists,
  runnerLabelExists,
  vendoredScriptExists,
  curlStatusOnce,
  errorIsNotAValue,
  jqFirstOrDefault,
  continueOnErrorTracked
];

// lib/lint/lint.ts
function selectFiles(project, config) {
  const skipped = config.ignore.map((pattern2) => compilePattern2(pattern2));
  return project.files.filter(({ path }) => !skipped.some((matches) => matches?.(path)));
}
function lintProject(project, config, rules2 = rules) {
  const { files } = project;
  const active = rules2.filter(({ id }) => config.rules.get(id) !== "off");
  const collector = new Collector(config);
  for (const file2 of files) {
    if (file2.fault) {
      const { offset, message } = file2.fault;
      if (active.includes(yamlValid)) {
        collector.add(yamlValid, file2, file2.profiles, { start: offset, end: offset + 1, message });
      }
    } else {
      const due = file2.kind === "workflow" ? active : active.filter(({ id }) => ofSteps.includes(id));
      for (const profile of file2.profiles)
        checkFile(file2, { profile, project, config, rules: due, collector });
    }
  }
  const byPath = new Map(files.map((file2) => [file2.path, file2]));
  const beside = new Set(project.beside?.map(({ path }) => path));
  for (const rule of active) {
    for (const problem of rule.checkProject?.(project, config) ?? []) {
      const file2 = byPath.get(problem.file);
      if (file2) collector.add(rule, file2, file2.profiles, problem);
      else if (!beside.has(problem.file)) collector.addToConfig(rule, problem);
    }
  }
  const findings = applyIgnores(collector.list(), files, { active, rules: rules2, config });
  return findings.sort(compareFindings);
}
var ofSteps = [
  "yaml-valid",
  "artifact-version",
  "action-runtime",
  "continue-on-error-tracked",
  "curl-status-once",
  "error-is-not-a-value",
  "forge-neutral-host",
  "jq-first-or-default",
  "resolvable-uses",
  "summary-is-seen"
];
var readByRunner = [
  "yaml-valid",
  "decodes",
  "mapping-env",
  "mapping-services",
  "mapping-strategy",
  "matrix-exclude-known",
  "scalar-with"
];
function checkFile(file2, {
  profile,
  project,
  config,
  rules: rules2,
  collector
}) {
  const { workflow } = file2;
  if (!workflow) return;
  const minor = giteaMinor(profile);
  const all = minor === null || file2.kind === "action" ? [] : findFaults(workflow.document, minor);
  const faults = isOnlyCalled(workflow) ? all.filter(({ rule }) => readByRunner.includes(rule)) : all;
  const input = { file: file2, workflow, profile, minor, faults, project, config };
  for (const rule of rules2) {
    if (!rule.check || !rule.profiles.includes(profile)) continue;
    for (const problem of rule.check(input)) collector.add(rule, file2, [profile], problem);
  }
}
function compareFindings(a, b) {
  const text2 = (one2, other) => one2 < other ? -1 : one2 > other ? 1 : 0;
  return text2(a.file, b.file) || a.line - b.line || a.column - b.column || text2(a.rule, b.rule) || text2(a.message, b.message);
}

// lib/lint/lint-all.ts
function lintAll({ projects }, config) {
  return projects.map(({ root, project }) => {
    const files = selectFiles(project, config);
    const chosen = new Set(files);
    const beside = [...project.beside ?? [], ...project.files.filter((file2) => !chosen.has(file2))];
    return {
      root,
      files: files.length,
      texts: new Map(files.map(({ path, text: text2 }) => [path, text2])),
      findings: lintProject({ ...project, files, beside }, config)
    };
  });
}
function fixAll(results) {
  const all = { made: [], failures: [] };
  for (const { root, texts, findings } of results) {
    for (const [path, text2] of texts) {
      const { text: fixed, made } = applyEdits(
        text2,
        findings.filter(({ file: file2 }) => file2 === path)
      );
      if (made.length === 0) continue;
      const failure = writeFixed(root, path, fixed);
      if (failure === null) all.made.push(...made);
      else all.failures.push(failure);
    }
  }
  return all;
}
function createLineReader(results) {
  const cache = /* @__PURE__ */ new Map();
  return ({ file: file2, line }) => {
    const text2 = results.find(({ texts }) => texts.has(file2))?.texts.get(file2) ?? "";
    const lines = cache.get(file2) ?? text2.replace(/^\ufeff/, "").split("\n");
    cache.set(file2, lines);
    return (lines[line - 1] ?? "").replace(/\r$/, "");
  };
}

// lib/lint/read-config.ts
import { existsSync } from "node:fs";

// lib/lint/config.ts
var anyTracker = /#\d+|\b[A-Z][A-Z0-9]+-\d+\b|https?:\/\/\S+/;
var emptyConfig = {
  file: "",
  text: "",
  rules: /* @__PURE__ */ new Map(),
  runnerLabels: [],
  requiredChecks: /* @__PURE__ */ new Map(),
  mergeQueue: [],
  ignore: [],
  tracker: anyTracker
};
var keys = ["rules", "runner_labels", "required_checks", "merge_queue", "ignore", "tracker"];
function parseConfig(file2, text2, ruleIds) {
  const fail = (found, mend) => {
    throw new UsageError(`Cannot use config ${file2}: ${found}; ${mend}`);
  };
  const json = readObject(text2, fail);
  const wrong = Object.keys(json).find((key) => !keys.includes(key));
  if (wrong !== void 0) fail(`there is no key "${wrong}"`, `use ${keys.join(", ")}`);
  const rules2 = /* @__PURE__ */ new Map();
  for (const [name, level] of readEntries(json, "rules", fail)) {
    if (!ruleIds.has(name)) fail(`there is no rule "${name}"`, "see --list-rules");
    rules2.set(name, readLevel(name, level, fail));
  }
  const requiredChecks = /* @__PURE__ */ new Map();
  for (const [branch, checks] of readEntries(json, "required_checks", fail)) {
    requiredChecks.set(branch, readTexts(checks, `required_checks.${branch}`, fail));
  }
  const tracker = readTracker(json["tracker"], fail);
  const list = (key) => readTexts(json[key] ?? [], key, fail);
  return {
    file: file2,
    text: text2,
    rules: rules2,
    runnerLabels: list("runner_labels"),
    requiredChecks,
    mergeQueue: list("merge_queue"),
    ignore: list("ignore"),
    tracker
  };
}
function readObject(text2, fail) {
  let json;
  try {
    json = JSON.parse(text2);
  } catch (error) {
    return fail(`it is no JSON (${error.message})`, "mend it");
  }
  return isObject(json) ? json : fail("it is no JSON object", 'write {"rules": {…}}');
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function readEntries(json, key, fail) {
  const value = json[key] ?? {};
  return isObject(value) ? Object.entries(value) : fail(`"${key}" is no object`, `write {"${key}": {…}}`);
}
function readLevel(rule, value, fail) {
  if (value === "off" || value === "warning" || value === "error") return value;
  return fail(`rule "${rule}" is set to ${JSON.stringify(value)}`, 'use "off", "warning" or "error"');
}
function readTexts(value, key, fail) {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  return fail(`"${key}" is no list of texts`, `write {"${key}": ["…"]}`);
}
function readTracker(value, fail) {
  if (value === void 0) return anyTracker;
  try {
    if (typeof value === "string") return new RegExp(value);
  } catch {
  }
  return fail('"tracker" is no regular expression', "mend it");
}

// lib/lint/read-config.ts
function readConfig(given) {
  const name = given.config ?? "lint-workflow-yaml.json";
  if (given.config === null && !existsSync(name))
    return { ...emptyConfig, runnerLabels: given["runner-label"] };
  let text2;
  try {
    text2 = readText(name);
  } catch (error) {
    throw new UsageError(
      `Cannot read config ${name}: ${isNoFile(error) ? "it is not there" : error.message}; mend --config`
    );
  }
  const config = parseConfig(name, text2, new Set(rules.map(({ id }) => id)));
  return { ...config, runnerLabels: [...config.runnerLabels, ...given["runner-label"]] };
}

// lib/lint/render-sarif.ts
function renderSarif(findings, rules2, version2) {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "lint-workflow-yaml",
            version: version2,
            rules: rules2.map(({ id, demand, why, level }) => ({
              id,
              shortDescription: { text: demand },
              fullDescription: { text: why },
              defaultConfiguration: { level }
            }))
          }
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => renderResult(finding, rules2))
      }
    ]
  };
  return JSON.stringify(log, null, 2);
}
function renderResult({ file: file2, line, column, endLine, endColumn, rule, level, message, profile }, rules2) {
  return {
    ruleId: rule,
    ruleIndex: rules2.findIndex(({ id }) => id === rule),
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file2.split("/").map(encodeURIComponent).join("/") },
          region: { startLine: line, startColumn: column, endLine, endColumn }
        }
      }
    ],
    properties: { profile }
  };
}

// lib/lint/render-text.ts
function renderText(findings, readLine, areSeveral) {
  return findings.flatMap((finding) => [
    renderLine(finding, areSeveral),
    ...renderMark(finding, readLine(finding))
  ]);
}
function renderGitHub(findings, areSeveral) {
  const annotations = createAnnotations({ inRunner: true });
  const commands = findings.map(
    (finding) => annotations.render(finding.level, describe(finding, areSeveral), {
      file: finding.file,
      line: finding.line,
      column: finding.column
    })
  );
  return [
    ...findings.map((finding) => renderLine(finding, areSeveral)),
    ...commands.filter((line) => line.startsWith("::")),
    ...annotations.overflow()
  ];
}
function renderLine(finding, areSeveral) {
  const { file: file2, line, column, level } = finding;
  const text2 = `${file2}:${line}:${column}: ${level}: ${describe(finding, areSeveral)}`;
  return disarmLine(text2.replace(/[\r\n]+/g, " "));
}
function describe({ message, rule, profile }, areSeveral) {
  return `${message}${areSeveral && profile !== "" ? ` (${profile})` : ""} [${rule}]`;
}
function renderMark({ column, endColumn, line, endLine }, source) {
  if (source.trim() === "") return [];
  const shown = disarmLine(source.slice(0, 160));
  const before = shown.slice(0, column - 1).replace(/[^\t]/g, " ");
  const length = endLine === line ? Math.max(1, endColumn - column) : 1;
  return [
    disarmLine(`  ${shown}`),
    `  ${before}${"^".repeat(Math.min(length, Math.max(1, shown.length - before.length)))}`
  ];
}

// lib/script.ts
function defineCommand(command) {
  return command;
}

// scripts/lint-workflow-yaml.ts
var options = {
  profile: many({
    help: "the forge and version that will run the files; by default by folder: .gitea gitea-1.22, .forgejo forgejo, others github",
    value: "P",
    parse: asChoice(...PROFILES)
  }),
  format: one({
    help: "text, github (annotations), json (the decision record) or sarif (2.1.0)",
    value: "FORMAT",
    shown: "github in a runner, else text",
    parse: asChoice("text", "github", "json", "sarif")
  }),
  config: one({
    help: "settings: rules, runner_labels, required_checks, merge_queue, ignore, tracker",
    value: "FILE",
    shown: "lint-workflow-yaml.json if it is there",
    parse: asText
  }),
  "runner-label": many({
    help: "a label that a runner has; without any, labels are not looked at",
    value: "L",
    parse: asText
  }),
  fix: flag({ help: "make the edits that cannot change what a file means, and say which" }),
  "list-rules": flag({ help: "print every rule" }),
  explain: one({ help: "print what a rule demands, and why", value: "ID", parse: asText }),
  strict: flag({ help: "warnings fail too" }),
  "max-warnings": one({ help: "more warnings than N fail", value: "N", parse: asInteger(0, 999999) })
};
async function main({
  options: given,
  positionals,
  environment: environment2,
  log,
  agent
}) {
  if (given["list-rules"]) return tell2(listRules(rules));
  if (given.explain !== null) return tell2(explainRule(rules, given.explain));
  const config = readConfig(given);
  const collected = collectProjects(positionals, given.profile);
  const first = lintAll(collected, config);
  const { made, failures } = given.fix ? fixAll(first) : { made: [], failures: [] };
  const results = given.fix ? lintAll(collectProjects(positionals, given.profile), config) : first;
  const findings = results.flatMap((result) => result.findings);
  const count = results.reduce((sum, { files }) => sum + files, 0);
  for (const { path, reason } of collected.unreadable) {
    log.error(`Cannot read ${path}: ${reason}; give a file or folder that can be read`);
  }
  for (const failure of failures.slice(1)) log.error(failure);
  const counts = countLevels(findings);
  const summary = `${count} files, ${counts.error} errors, ${counts.warning} warnings`;
  const format = given.format ?? (environment2.get("GITHUB_ACTIONS") === "true" ? "github" : "text");
  const [name = "", version2 = ""] = agent.split("/");
  const exit = failures.length > 0 ? 3 : decideExit(counts, count, collected.unreadable, given);
  const details = {
    files: count,
    errors: counts.error,
    warnings: counts.warning,
    findings: findings.map(toDetail)
  };
  const verdict = {
    decision: exit === 0 ? "clean" : exit === 1 ? "findings" : "unknown",
    exit,
    proceed: exit === 0,
    reason: exit === 3 ? explainNothing(summary, count, collected.unreadable, failures) : summary,
    changed: made.length > 0,
    details: { ...details, fixed: made.map(toDetail) },
    outputs: { errors: String(counts.error), warnings: String(counts.warning) },
    result: format === "sarif" ? renderSarif(findings, rules, version2) : renderLines(results, { format, made, areSeveral: given.profile.length > 1, summary }),
    announce: exit === 3 ? "error" : "nothing"
  };
  return format === "json" ? { ...verdict, result: renderRecord(name, version2, verdict) } : verdict;
}
function renderLines(results, shown) {
  const findings = results.flatMap((result) => result.findings);
  const lines = shown.format === "github" ? renderGitHub(findings, shown.areSeveral) : renderText(findings, createLineReader(results), shown.areSeveral);
  const edits = shown.made.map(({ file: file2, line, rule }) => `fixed ${file2}:${line} [${rule}]`);
  return [...edits, ...lines, shown.summary].join("\n");
}
function decideExit(counts, files, unreadable, given) {
  if (files === 0 || unreadable.length > 0) return 3;
  if (counts.error > 0 || given.strict && counts.warning > 0) return 1;
  return counts.warning > (given["max-warnings"] ?? Infinity) ? 1 : 0;
}
function tell2(text2) {
  return {
    decision: "told",
    exit: 0,
    proceed: true,
    reason: "this was asked for",
    result: text2,
    announce: "nothing"
  };
}
function countLevels(findings) {
  const error = findings.filter(({ level }) => level === "error").length;
  return { error, warning: findings.length - error };
}
function toDetail({ edit, ...finding }) {
  return { ...finding, fixable: edit !== null };
}
function explainNothing(summary, files, unreadable, [failure]) {
  const first = unreadable[0];
  if (failure !== void 0) return `${failure} (left: ${summary})`;
  if (first) return `Cannot lint ${first.path}: ${first.reason}; the rest: ${summary}`;
  return `Cannot lint: ${files === 0 ? "no workflow file was found" : summary}; run it in the repository's root, or give files`;
}
var script = {
  name: "lint-workflow-yaml",
  summary: "Tells what the forge will really do with workflow files, and whether they hang together.",
  commands: [defineCommand({ name: "", options, positionals: "[PATH …]", bareResult: true, main })],
  outputs: {
    decision: "clean, findings or unknown",
    proceed: "true only for clean",
    errors: "how many errors",
    warnings: "how many warnings",
    reason: "one sentence"
  },
  exits: {
    1: "errors; with --strict or --max-warnings also warnings",
    2: "the call or the config is wrong",
    3: "no file was found, or one could not be read"
  }
};

// entry-lint-workflow-yaml.ts
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
