/**
 * What the run concludes, in words: the answers to the questions of the suite and what to do.
 */
import type { Document } from '../../results/schema.ts';
import { questions } from '../words/questions.ts';
import type { Answer, Recommendation } from '../../results/schema_conclusions.ts';
import { emptyTexts, unansweredText } from '../words/page.ts';
import { answerSentence } from '../words/answers.ts';
import { jobText, recommendationSentence } from '../words/recommendations.ts';
import { Markup, markup } from './markup.ts';

/** Recommendations of one job that stand open; the others can be opened. */
const openSentences = 4;

/** All answers, by question; questions that the run cannot answer are named. */
export function answersSection({ arms, derived: { answers } }: Document): Markup {
  const byQuestion = Map.groupBy(answers, ({ question }) => question);
  const names = Object.keys(questions) as Answer['question'][];
  const open = names.filter((name) => !byQuestion.has(name));
  return markup`<dl class="answers">${
    names.filter((name) => byQuestion.has(name)).map((name) =>
      markup`<div><dt><span class="dim">${name}</span> ${questions[name].asks}</dt>${
        byQuestion.get(name)!.map((answer) => markup`<dd>${answerSentence(answer, arms)}</dd>`)
      }<dd class="dim">Python's extensions, 2021: ${questions[name].found}.</dd></div>`
    )
  }</dl>${open.length === 0 ? '' : markup`<p class="dim">${unansweredText(open)}</p>`}`;
}

/** What to do, by job. */
export function recommendationsSection({ derived: { recommendations } }: Document): Markup {
  if (recommendations.length === 0) {
    return markup`<p class="dim">${emptyTexts.recommendations}</p>`;
  }
  const byJob = Map.groupBy(recommendations, jobText);
  return markup`<div class="jobs">${
    [...byJob].map(([job, own]) =>
      markup`<article><h3>${capital(job)}</h3>${sentences(own)}</article>`
    )
  }</div>`;
}

/** One sentence per runtime stands open, of the first size that all were asked; the rest opens. */
function sentences(own: readonly Recommendation[]): Markup {
  const variants = Map.groupBy(own, ({ variant }) => variant);
  const middle = [...variants.values()].toSorted((a, b) => b.length - a.length)[0]!;
  const shown = (own.length <= openSentences ? own : middle).slice(0, openSentences);
  const rest = own.filter((item) => !shown.includes(item));
  const list = (items: readonly Recommendation[]) =>
    markup`<ul>${items.map((item) => markup`<li>${recommendationSentence(item)}</li>`)}</ul>`;
  return markup`${list(shown)}${
    rest.length === 0
      ? ''
      : markup`<details><summary>${rest.length} more, at other sizes or runtimes</summary>${
        list(rest)
      }</details>`
  }`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
