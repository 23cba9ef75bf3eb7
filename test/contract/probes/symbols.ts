// Every function of the signature table, asked at the edges of its types.
import type {
  BindingRequest,
  Capabilities,
  Capability,
  OpenLane,
} from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Check } from '../../../src/catalogue/task.ts';
import type { Probe } from './run.ts';
import { callAnswers } from './symbols_call.ts';
import { dataAnswers } from './symbols_data.ts';
import { recordAnswers } from './symbols_records.ts';
import { workAnswers } from './symbols_work.ts';

/** How a function is asked: the lane is opened with it and with what `also` names. */
export interface Asked {
  readonly needs?: Capability;
  readonly also?: readonly SymbolName[];
  ask(lane: OpenLane): Check[] | Promise<Check[]>;
}

export const answers: Readonly<Record<SymbolName, Asked>> = {
  ...callAnswers,
  ...dataAnswers,
  ...recordAnswers,
  ...workAnswers,
};

/** Whether a lane has a function, all that is asked with it, and what asking needs. */
export function isAsked(name: SymbolName, can: Capabilities): boolean {
  const { needs, also = [] } = answers[name];
  const lacks = can.limits?.lacks ?? {};
  return (needs === undefined || can[needs] === true) &&
    ![name, ...also].some((symbol) => symbol in lacks);
}

/** A probe per function; one that the lane does not have asks nothing. */
export const symbolProbes: Readonly<Record<string, Probe>> = Object.fromEntries(
  (Object.entries(answers) as [SymbolName, Asked][]).map(([name, asked]) => [
    name,
    async (lane, library) => {
      if (!isAsked(name, lane.capabilities)) return [];
      const requests = [name, ...asked.also ?? []].map((symbol): BindingRequest => ({
        symbol,
        form: 'plain',
      }));
      const open = lane.open(library, requests);
      const checks = await asked.ask(open);
      open.close();
      return checks;
    },
  ]),
);
