/** All families of forms. */
import { builtinFamilies } from './builtins.ts';
import { valueFamilies } from './forms.ts';

export const families = { ...valueFamilies, ...builtinFamilies };
