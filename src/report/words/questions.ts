/**
 * The questions of the suite, with what the analysis that they come from found for compiled
 * extensions of Python: "The hidden performance overhead of Python C extensions" (CPython, one
 * machine, 2021). Its figures stand beside ours, in ns.
 */
import type { Answer } from '../../results/schema_conclusions.ts';

/** A question, and what was found there. */
export interface Question {
  readonly asks: string;
  readonly found: string;
  readonly figures: Answer['figures'];
}

export const questions: Readonly<Record<Answer['question'], Question>> = {
  Q1: {
    asks: 'What does one crossing cost?',
    found: '30 ns compiled, 62.5 ns interpreted, about 3 ns from C to C',
    figures: { python_compiled_ns: 30, python_interpreted_ns: 62.5, python_c_to_c_ns: 3 },
  },
  Q2: {
    asks: 'Does conversion cost more than the work?',
    found: 'a list of 1,000,000 numbers takes 7.64 ms built in and 6.99 ms compiled',
    figures: { python_builtin_ns: 7.64e6, python_compiled_ns: 6.99e6 },
  },
  Q3: {
    asks: 'How much does keeping the data native, or sharing it, save?',
    found: 'the same list, kept native, takes 620 µs, a twelfth',
    figures: { python_kept_native_ns: 620e3 },
  },
  Q4: {
    asks: 'How much does batching save?',
    found: 'a range of 1,000,000 summed in one call takes 306 µs',
    figures: { python_one_call_ns: 306e3 },
  },
  Q5: {
    asks: 'Does the native compiler remove work?',
    found: 'a compiler that folds the loop takes 165 ns, 1,800 times less',
    figures: { python_folded_ns: 165 },
  },
  Q6: {
    asks: 'Is there a form whose cost does not depend on N?',
    found: '188 ns for 100 numbers, 189 ns for 100,000,000',
    figures: { python_of_100_ns: 188, python_of_100000000_ns: 189 },
  },
  Q7: {
    asks: 'Does doing less work beat going native?',
    found: 'the formula in Python takes 252 ns',
    figures: { python_formula_ns: 252 },
  },
};
