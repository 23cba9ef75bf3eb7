// What the Node-API lanes say that they cannot do, tried through them.
import { noErrno, type Refusals } from './refusals.ts';

export const refusals: Refusals = { errno: noErrno({}) };
