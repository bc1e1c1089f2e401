import fc from 'fast-check';
import recorded from '../testdata/workflow-shapes.json' with { type: 'json' };

/** What a mutation puts in: the signs of YAML, of expressions and of the linter's own comments. */
const bits = [
  '\n',
  '\n  ',
  '  ',
  '\t',
  '- ',
  ': ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '&a ',
  '*a',
  '<<: *a',
  '!!int ',
  '!x ',
  '|',
  '>',
  '|2\n\n',
  '"',
  "'",
  ' # c',
  '---\n',
  '...\n',
  '\r\n',
  '~',
  '1.0',
  'on',
  'yes',
  '${{ ',
  '}}',
  "${{ 'a",
  '\u2028',
  '🚀',
  '\ufeff',
  '\0',
  'on: push\n',
  'jobs: ',
  'run: |\n\n',
  'uses: ./x',
  'matrix: ',
  'include: ',
  '# lint-workflow-yaml: ignore[decodes] x\n',
  '$(curl -w %{http_code} || echo 000)',
  'gh workflow run x.yml',
  'git push origin main',
  'node vendor/x.mjs',
];

const texts = recorded.shapes.map(({ text }) => text);

/** Real workflow files with a few places cut, doubled or put in: some still are YAML, most are not. */
export const mutatedWorkflow: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.nat(400), fc.nat(20), fc.constantFrom(...bits, '')), { maxLength: 5 }),
  )
  .map(([text, edits]) =>
    edits.reduce((whole, [at, cut, bit]) => {
      const place = at % (whole.length + 1);
      return whole.slice(0, place) + bit + whole.slice(place + (bit === '' || cut > 14 ? cut : 0));
    }, text),
  );
