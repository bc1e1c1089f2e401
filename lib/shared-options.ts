import { asInteger, asText, flag, one, oneOr, type OptionTable } from './options.ts';

/** The options that every command has. */
export function sharedOptions(): OptionTable {
  return {
    json: flag({ help: 'print the decision record as the only line on stdout' }),
    record: one({
      help: 'also write the decision record to FILE',
      value: 'FILE',
      variables: ['SWITCHYARD_RECORD'],
      parse: asText,
    }),
    'defer-code': oneOr({
      help: 'exit code of deferred and held',
      value: 'N',
      variables: ['SWITCHYARD_DEFER_CODE'],
      fallback: '0',
      parse: asInteger(0, 255),
    }),
  };
}
