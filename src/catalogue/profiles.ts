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

export const profiles = {
  quick: {
    says: 'seven cases, 3 launches each, no verdicts',
    cases: quick,
    mechanisms,
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
    mechanisms,
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
    evidence: true,
    rest: { cases: null, mechanisms, rounds: 5 },
  },
  all: {
    says: 'the whole catalogue',
    cases: null,
    mechanisms,
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
