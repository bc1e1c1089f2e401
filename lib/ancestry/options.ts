import { asChoice, asText, oneOr, onUnless } from '../options.ts';
import { viaOption } from './relate.ts';

/** How what is served now is read and compared: the same for every script that asks for ancestry. */
export const ancestryOptions = {
  label: oneOr({
    help: "the image's label that holds its commit",
    value: 'KEY',
    variables: ['ANCESTRY_LABEL'],
    fallback: 'org.opencontainers.image.revision',
    parse: asText,
  }),
  'on-unlabelled': oneOr({
    help: 'the tag exists, but its image has no such label',
    value: 'allow|refuse',
    variables: ['ANCESTRY_ON_UNLABELLED'],
    fallback: 'allow',
    parse: asChoice('allow', 'refuse'),
  }),
  ...viaOption,
  override: onUnless({
    help: 'check on a workflow_dispatch event too, where the operator has decided',
    variables: ['ANCESTRY_OVERRIDE'],
  }),
};
