/** The profiles: which cases a run takes by default, and how often. */

/** Cases with the lanes that they are given. */
export interface ProfilePart {
  /** Names of task × params; null for the whole catalogue. */
  readonly cases: readonly string[] | null;
  /** Mechanisms that they are measured in; null for all. */
  readonly mechanisms: readonly string[] | null;
  /** Launches of every case, where they are other than the profile's. */
  readonly rounds?: number;
}

/** A profile. */
export interface Profile {
  /** One line for the help text. */
  readonly says: string;
  /** Launches of every case. Fewer than six give no verdict. */
  readonly rounds: number;
  /** Whether the launches are enough for a verdict. */
  readonly verdicts: boolean;
  /** What is measured; of a case and a mechanism that are in two parts, the first one counts. */
  readonly parts: readonly ProfilePart[];
  /** Mechanisms that a task is measured in which a command line names; null for all. */
  readonly named: readonly string[] | null;
  /** Passes over the suite, so that no case depends on one hour. */
  readonly passes: number;
  /** Whether the ffi lanes get a second label in the first part: an A/A control for each case. */
  readonly twins: boolean;
  /**
   * Launches that count the instructions of each case: engines do not make the same code in every
   * process, so that a count is exact where several agree.
   */
  readonly steppings: number;
  /** Whether the lanes of CPython belong to it; they are built when they are first asked for. */
  readonly withPython?: boolean;
}

/** The ways that most questions compare, with the floor. */
const few = ['ffi', 'plain', 'call'];

const quick: readonly ProfilePart[] = [
  {
    cases: ['call.noop', 'string_out.c_string[36]'],
    mechanisms: ['ffi', 'napi', 'wasm', 'call'],
  },
  {
    cases: ['string_in.encode_into[36]'],
    mechanisms: ['ffi', 'napi', 'wasm', 'plain', 'call'],
  },
  { cases: ['call.i32_args[2]', 'buffer.touch[64]'], mechanisms: ['ffi', 'call'] },
  { cases: ['list_sum.refill[1000]'], mechanisms: few },
];

/** A twin that an engine folds, and a floor at a second size, answer no question: they are left. */
const standard: readonly ProfilePart[] = [
  // What does one crossing cost, and what does text cost on top, by which mechanism?
  { cases: ['call.noop'], mechanisms: ['ffi', 'napi', 'koffi', 'wasm', 'call'] },
  {
    cases: ['string_in.encode_into[36]'],
    mechanisms: ['ffi', 'napi', 'koffi', 'wasm', 'plain', 'call'],
  },
  {
    cases: ['string_in.direct[36]', 'string_out.c_string[36]', 'buffer.touch[64]'],
    mechanisms: ['ffi', 'napi', 'wasm', 'call'],
  },
  // Does converting the data cost more than the work, and what does sharing it save?
  {
    cases: ['buffer.sum[4096]', 'list_sum.refill[1000]'],
    mechanisms: ['ffi', 'napi', 'wasm', 'plain', 'call'],
  },
  // From what size on does native pay?
  {
    cases: ['buffer.sum[16]', 'buffer.sum[256]', 'list_sum.refill[100]'],
    mechanisms: ['ffi', 'plain'],
  },
  {
    cases: ['list_sum.refill[100000]', 'handle.sum[100000]', 'range.loop[1000]'],
    mechanisms: few,
  },
  { cases: ['range.fold[1000000]', 'callback.sync[1000]'], mechanisms: few },
  { cases: ['range.formula[1000000]'], mechanisms: ['plain'] },
  // What does a value cost on its way?
  { cases: ['call.i32_args[2]', 'call.u64_bigint[consumed]'], mechanisms: ['ffi', 'call'] },
];

/** The article's ways across, beside those of the runtimes. */
const articleWays = [...few, 'ctypes', 'cffi_abi', 'cffi_api', 'cython', 'pyo3', 'numpy'];

const articleSizes = [100, 1_000_000, 100_000_000];

/** The article's experiments, one after the other, each in the ways that its question is about. */
const article: readonly ProfilePart[] = [
  // What does an empty call cost, and one for which a list is converted?
  { cases: ['call.noop', 'list_sum.from[1000000]'], mechanisms: articleWays },
  { cases: ['article.nothing'], mechanisms: ['plain', 'cython', 'pyo3'] },
  { cases: ['article.sum_list[1000000]'], mechanisms: [...few, 'cython', 'pyo3'] },
  // Of work that takes so long, the way to it is no part that could be seen: one way is enough.
  {
    cases: ['buffer.sum[1048576]', 'handle.sum[1000000]', 'range.loop[1000000]'],
    mechanisms: [...few, 'cython', 'numpy'],
  },
  {
    cases: ['gcc', 'clang', 'rustc'].flatMap((compiler) =>
      articleSizes.map((n) => `article.sum_range[${compiler},${n}]`)
    ),
    mechanisms: ['cython', 'pyo3'],
  },
  { cases: ['range.fold[1000000]'], mechanisms: articleWays },
  { cases: ['range.fold[100]', 'range.fold[100000000]'], mechanisms: ['ffi', 'call', 'pyo3'] },
  { cases: ['range.formula[1000000]'], mechanisms: ['plain'] },
];

/** The cases of some parts, each once. */
function casesIn(parts: readonly ProfilePart[]): readonly string[] {
  return [...new Set(parts.flatMap(({ cases }) => cases ?? []))];
}

const whole: ProfilePart = { cases: null, mechanisms: few };
const once = { passes: 1, twins: false, steppings: 2 } as const;

export const profiles = {
  quick: {
    says: 'six cases, 3 launches each, no verdicts',
    rounds: 3,
    verdicts: false,
    parts: quick,
    named: few,
    ...once,
    steppings: 1,
  },
  default: {
    says: 'seventeen cases, 8 launches each (3 of what an engine folds)',
    rounds: 8,
    verdicts: true,
    parts: standard,
    named: few,
    ...once,
  },
  publish: {
    says: 'the default cases in every lane with controls, 20 launches each, and the whole ' +
      'catalogue in the ffi and plain lanes, 6 launches each (about three hours); the lanes of ' +
      'CPython are among them, and built first where they are not there yet',
    rounds: 20,
    verdicts: true,
    parts: [{ cases: casesIn(standard), mechanisms: null }, { ...whole, rounds: 6 }],
    named: null,
    passes: 2,
    twins: true,
    steppings: 3,
    withPython: true,
  },
  article: {
    says: "the article's experiments, in CPython's ways across and in every runtime, 8 launches " +
      'each',
    rounds: 8,
    verdicts: true,
    parts: article,
    named: articleWays,
    withPython: true,
    ...once,
  },
  all: {
    says: 'the whole catalogue',
    rounds: 8,
    verdicts: true,
    parts: [whole],
    named: few,
    ...once,
  },
  call: {
    says: 'functions of any shared library, 6 launches each',
    rounds: 6,
    verdicts: true,
    // What is called stands on the command line, not in the catalogue.
    parts: [{ cases: null, mechanisms: ['ffi', 'koffi', 'plain'] }],
    named: ['ffi', 'koffi', 'plain'],
    ...once,
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;

/** The cases that a profile names, in the order of its parts. */
export function casesOf(name: ProfileName): readonly string[] {
  return casesIn(profiles[name].parts);
}
