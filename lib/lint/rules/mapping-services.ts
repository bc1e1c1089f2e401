import { dropRule } from '../drop-rule.ts';

export const mappingServices = dropRule({
  id: 'mapping-services',
  demand: '`services` and each of them are mappings.',
  why: 'An expression as `services`, or a service that is given as its image alone, drops the file on Gitea 1.22 to 1.25.',
  mend: 'write `NAME: {image: IMAGE}`',
});
