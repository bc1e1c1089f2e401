// GitHub's own description of its API, as a judge of single answers.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = { [key: string]: any };

const ERRORS_WITHOUT_SCHEMA = { $ref: '#/components/schemas/basic-error' };

export class OpenApi {
  private document: Json;
  private ajv = new Ajv({ strict: false, logger: false, allErrors: true });
  private compiled = new Map<string, ValidateFunction>();
  /** Path templates by their form without names: `/repos/{}/{}`. */
  private templates = new Map<string, string>();

  constructor() {
    const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
    this.document = JSON.parse(readFileSync(file, 'utf8'));
    (addFormats as unknown as (ajv: Ajv) => void)(this.ajv);
    for (const path of Object.keys(this.document['paths'])) this.templates.set(withoutNames(path), path);
  }

  hasRoute(method: string, pattern: string): boolean {
    return this.operation(method, pattern) !== undefined;
  }

  /**
   * What is wrong with an answer, in words; nothing when it fits. A status that GitHub does not describe for a route
   * (most leave out 401 and rate limits) has to be its general error.
   */
  findFaults(method: string, pattern: string, answer: { status: number; body: unknown }): string[] {
    const operation = this.operation(method, pattern);
    if (!operation) return [`${method} ${pattern} is no route of GitHub's`];
    const response = this.follow(operation['responses'][String(answer.status)]);
    if (!response && answer.status < 400) return [`${method} ${pattern} never answers ${answer.status}`];
    const schema =
      response?.['content']?.['application/json']?.['schema'] ??
      (answer.status >= 400 ? ERRORS_WITHOUT_SCHEMA : null);
    if (schema === null) return answer.body === undefined ? [] : ['an answer without a body has one'];
    const validate = this.compile(`${method} ${withoutNames(pattern)} ${answer.status}`, schema);
    if (validate(answer.body)) return [];
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`,
    );
  }

  private operation(method: string, pattern: string): Json | undefined {
    const template = this.templates.get(withoutNames(pattern));
    return template === undefined ? undefined : this.document['paths'][template][method.toLowerCase()];
  }

  private follow(value: Json | undefined): Json | undefined {
    const ref = value?.['$ref'];
    if (typeof ref !== 'string') return value;
    return ref
      .slice(2)
      .split('/')
      .reduce((inner, key) => inner[key], this.document);
  }

  private compile(key: string, schema: Json): ValidateFunction {
    const known = this.compiled.get(key);
    if (known) return known;
    const definitions: Json = {};
    const root = this.convert(schema, definitions) as Json;
    const validate = this.ajv.compile({ ...root, definitions });
    this.compiled.set(key, validate);
    return validate;
  }

  /**
   * OpenAPI 3.0's schemas are almost JSON Schema: `nullable` and where references point to are what differ. And its
   * `oneOf` is taken as `anyOf`, because GitHub lists alternatives that fit each other's answers.
   */
  private convert(value: unknown, definitions: Json): unknown {
    if (Array.isArray(value)) return value.map((each) => this.convert(each, definitions));
    if (typeof value !== 'object' || value === null) return value;
    const { nullable, discriminator: _, example: __, examples: ___, ...rest } = value as Json;
    const ref = rest['$ref'];
    if (typeof ref === 'string') {
      const name = ref.slice(ref.lastIndexOf('/') + 1);
      if (!(name in definitions)) {
        definitions[name] = true;
        definitions[name] = this.convert(this.follow(rest), definitions);
      }
      return { $ref: `#/definitions/${name}` };
    }
    const plain = Object.fromEntries(
      Object.entries(rest).map(([key, inner]) => [
        key === 'oneOf' ? 'anyOf' : key,
        this.convert(inner, definitions),
      ]),
    );
    return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
  }
}

function withoutNames(pattern: string): string {
  return pattern.replace(/\{[^}]*\}/g, '{}');
}
