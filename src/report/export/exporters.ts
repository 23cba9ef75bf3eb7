/**
 * The formats that a document can be exported to, by the name that people give.
 */
import type { Document } from '../../results/schema.ts';
import { renderMarkdown } from '../markdown.ts';
import { toBenchstat } from './benchstat.ts';
import { toBmf } from './bmf.ts';
import { toCsv } from './csv.ts';
import { toGithubActionBenchmark } from './github_action_benchmark.ts';
import { toPyperf } from './pyperf.ts';

/** A format: who reads it, and the text of a document in it. */
export interface Exporter {
  readonly says: string;
  readonly extension: string;
  render(document: Document): string;
}

/** All formats. */
export const exporters = {
  'markdown': {
    says: 'a GitHub table',
    extension: 'md',
    render: (document) => renderMarkdown(document),
  },
  'csv': { says: 'spreadsheets and data frames', extension: 'csv', render: toCsv },
  'github-action-benchmark': {
    says: 'github-action-benchmark, tool customSmallerIsBetter',
    extension: 'json',
    render: toGithubActionBenchmark,
  },
  'bmf': { says: 'Bencher Metric Format', extension: 'json', render: toBmf },
  'pyperf': { says: 'pyperf, one run per launch', extension: 'json', render: toPyperf },
  'benchstat': { says: 'benchstat, one line per launch', extension: 'txt', render: toBenchstat },
} as const satisfies Record<string, Exporter>;

/** Name of a format. */
export type ExportFormat = keyof typeof exporters;
