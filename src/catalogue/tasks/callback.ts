/** Family `callback`: C calling JavaScript back. */
import { signatures } from '../signatures.ts';
import { task } from '../task.ts';

const sync = task({
  id: 'callback.sync',
  isolates: 'C calling a JavaScript function n times within one call',
  params: [1, 1000].map((n) => ({ n })),
  sweep: 'n',
  needs: ['callback'],
  binds: ['callback_repeat'],
  prepare(lane, { n }) {
    const f = lane.call('callback_repeat');
    const word = signatures.callback_repeat.args[0];
    let came = 0;
    const callback = lane.callback(word, (i: number) => {
      came++;
      return i + 1;
    });
    const known = lane.callback(word, (i: number) => i * i);
    const want = ((n * (n + 1)) / 2) | 0;
    let last = 0;
    return {
      body: () => last = f(callback.ref, n),
      crossings: 1,
      check: () => [
        { what: '0 + 1 + 4 + 9', got: f(known.ref, 4), want: 14 },
        { what: 'no call', got: f(known.ref, 0), want: 0 },
      ],
      after: (calls) => [
        { what: 'the last sum', got: last, want },
        { what: 'callbacks that came', got: came, want: calls * n },
      ],
      close() {
        callback.close();
        known.close();
      },
    };
  },
});

export const callback = [sync];
