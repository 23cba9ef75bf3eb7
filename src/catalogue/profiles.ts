/** The profiles: which cases a run takes when nobody says otherwise, and how often. */

/** Cases with the lanes and the rounds that they are given. */
export interface ProfilePart {
  /** Names of task × params, in order; null for the whole catalogue. */
  readonly cases: readonly string[] | null;
  /** Mechanisms that are measured; null for all. */
  readonly mechanisms: readonly string[] | null;
  /** Launches of every case. */
  readonly rounds: number;
}

/** A profile. */
export interface Profile extends ProfilePart {
  /** One line for the help text. */
  readonly says: string;
  /** Whether the launches are enough for a verdict. */
  readonly verdicts: boolean;
  /** Passes over the suite, so that no case depends on one hour. */
  readonly passes: number;
  /** Whether the ffi lanes get a second label: an A/A control for every case of theirs. */
  readonly twins: boolean;
  /** Whether launches of their own show which path a call took. */
  readonly evidence: boolean;
  /** Whether the lanes of CPython belong to it; they are built when they are first asked for. */
  readonly withPython?: boolean;
  /** What is measured besides, where the profile has a second part. */
  readonly rest: ProfilePart | null;
}

const quick = [
  'call.noop',
  'call.i32_args[2]',
  'call.u64_bigint[consumed]',
  'buffer.touch[64]',
  'string_in.encode_into[36]',
  'string_out.c_string[36]',
  'list_sum.refill[1000]',
];

const standard = [
  'call.noop',
  'call.i32_args[2]',
  'call.i32_args[8]',
  'call.f64_args[2]',
  'call.u64_bigint[consumed]',
  'call.pointer_id',
  'call.polymorphic[2]',
  'buffer.touch[64]',
  'buffer.sum[4096]',
  'string_in.encode_into[36]',
  'string_in.direct[36]',
  'string_out.c_string[36]',
  'struct.by_pointer[16]',
  'list_sum.refill[1000]',
  'list_sum.refill[100000]',
  'handle.sum[100000]',
  'range.loop[1000]',
  'range.fold[1000000]',
  'range.formula[1000000]',
  'callback.sync[1000]',
];

/** What is measured unless a run asks for every mechanism: what calls are held against, too. */
const mechanisms = ['ffi', 'plain', 'call'];

/** The ways of CPython, which only a run has that names one of them or asks for the article. */
const pythonWays = ['ctypes', 'cffi_abi', 'cffi_api', 'cython', 'pyo3', 'numpy'];

/** The article's experiments, and what they are held against. */
const article = [
  'call.empty',
  'call.noop',
  'article.nothing',
  'article.sum_list[1000000]',
  'list_sum.from[1000000]',
  'list_sum.refill[1000000]',
  'buffer.sum[1048576]',
  'handle.sum[1000000]',
  'range.loop[1000000]',
  ...['gcc', 'clang', 'rustc'].flatMap((compiler) =>
    [100, 1000000, 100000000].map((n) => `article.sum_range[${compiler},${n}]`)
  ),
  ...[100, 1000000, 100000000].map((n) => `range.fold[${n}]`),
  ...[100, 1000000, 100000000].map((n) => `range.formula[${n}]`),
];

export const profiles = {
  quick: {
    says: 'seven cases, 3 launches each, no verdicts',
    cases: quick,
    mechanisms: [...mechanisms, ...pythonWays],
    rounds: 3,
    verdicts: false,
    passes: 1,
    twins: false,
    evidence: false,
    rest: null,
  },
  default: {
    says: 'twenty cases, 8 launches each (3 of what an engine folds)',
    cases: standard,
    mechanisms: [...mechanisms, ...pythonWays],
    rounds: 8,
    verdicts: true,
    passes: 1,
    twins: false,
    evidence: false,
    rest: null,
  },
  publish: {
    says:
      'the twenty cases in every lane with controls, 20 launches each, and the whole catalogue ' +
      'in the ffi and plain lanes, 5 launches each (about 100 minutes)',
    cases: standard,
    mechanisms: null,
    rounds: 20,
    verdicts: true,
    passes: 2,
    twins: true,
    withPython: true,
    evidence: true,
    rest: { cases: null, mechanisms, rounds: 5 },
  },
  article: {
    says: "the article's experiments in CPython's ways across and in every runtime, 8 launches each",
    cases: article,
    mechanisms: [...mechanisms, ...pythonWays],
    rounds: 8,
    verdicts: true,
    passes: 1,
    twins: false,
    evidence: false,
    withPython: true,
    rest: null,
  },
  all: {
    says: 'the whole catalogue',
    cases: null,
    mechanisms: [...mechanisms, ...pythonWays],
    rounds: 8,
    verdicts: true,
    passes: 1,
    twins: false,
    evidence: true,
    rest: null,
  },
  call: {
    says: 'functions of any shared library, 6 launches each',
    // What is called stands on the command line, not in the catalogue.
    cases: null,
    mechanisms: ['ffi', 'koffi', 'plain'],
    rounds: 6,
    verdicts: true,
    passes: 1,
    twins: false,
    evidence: false,
    rest: null,
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;
