import { hide } from './draft-text.ts';
import type { Playbook } from '../../playbook/schema.ts';
import type { Draft, Found } from './found.ts';
import { plainLetters } from './look-alikes.ts';

/** "[CSAT Impacting]" in any dress; signs may stand between the letters. */
const TAG =
  /[[({<*_"]{0,3}(?<![\p{L}\p{N}])c[.\-_ ·]?s[.\-_ ·]?a[.\-_ ·]?t[^\p{L}\p{N}\n]{0,3}(?:is |at |as |score |potentially |potential |possible |highly |low |negative |negatively )?[^\p{L}\p{N}\n]{0,2}(?:impact(?:ing|ed|s|ful)?|affect(?:ing|ed)?|i[ .\-_]m[ .\-_]p[ .\-_]a[ .\-_]c[ .\-_]t(?:[ .\-_]i[ .\-_]n[ .\-_]g)?)(?!\p{L}|[-_]\p{L})[\])}>*_"]{0,3}/gu;
/** The tag's first half where it is used as one. */
const HALF =
  /(?:[[({]\s?csat\s?[\])}]|(?<![\p{L}\p{N}])csat[- ](?:tag|tagged|flag|flagged|flags?|escalation|escalated|alert|risk|case|watch ?list|mark(?:ed|er)?|label)(?![\p{L}])|(?:flagged|tagged|marked|labelled|labeled|escalated|classified)(?: (?:it|this|your case|the case|your ticket))? (?:as|with|for|under)(?: (?:a|the))? csat(?![\p{L}]))(?! (?:survey|questionnaire))/gu;

/** The tag for cases that lead to a low score (F43); it must not reach the customer (T9). A survey's name is fine. */
export function findCsatTags(draft: Draft, wordings: Playbook['messageCheck']['wordings']): Found[] {
  const text = hide(plainLetters(draft.text), draft.links);
  const tags = [...text.matchAll(TAG)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const halves = [...text.matchAll(HALF)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter((half) => !tags.some((tag) => half.start < tag.end && tag.start < half.end));
  return [...tags, ...halves].map(({ start, end }): Found => {
    const isTag =
      /^[[({<*_"]/.test(text.slice(start, end)) ||
      /(?:^|\n)(?:subject: ?)?$/.test(text.slice(Math.max(0, start - 12), start));
    const space = /^ /.test(text.slice(end, end + 1)) ? 1 : 0;
    const edit = isTag ? { start, end: end + space, text: '' } : { start, end, text: wordings.csat };
    return { rule: 'csat-tag', start, end, edit };
  });
}
