/** What somebody says about the product group in communications with a customer (F37-F40). */
export interface PgAnswers {
  readonly ground: 'pg-asked' | 'exhausted' | 'sev-1' | 'none' | '';
  /** Who has exhausted all options (F39: all three). */
  readonly engineer: boolean;
  readonly sme: boolean;
  readonly customer: boolean;
  /** The PG was asked, and consents (F39). */
  readonly consent: boolean;
}

export interface PgVerdict {
  readonly allowed: boolean | undefined;
  readonly answer: string;
  readonly lines: readonly string[];
}

/** Whether the product group may be included, and which of the three conditions holds. */
export function pgVerdict(answers: PgAnswers): PgVerdict {
  switch (answers.ground) {
    case 'pg-asked':
      return { allowed: true, answer: 'Yes. The PG has requested direct involvement (F38).', lines: [] };
    case 'sev-1':
      return {
        allowed: true,
        answer: 'Yes, if it is a Sev 1 (F40).',
        lines: [
          'The documents do not say whether that means the support request or the ICM (T1). A Sev A case is not a Sev 1; in doubt ask an SME.',
        ],
      };
    case 'exhausted':
      return exhausted(answers);
    case 'none':
      return {
        allowed: false,
        answer: 'No. Without one of the three, the PG stays out of customer communications (F37).',
        lines: [
          'A CSAT case that is exceptionally bad is another matter: there the engineer may loop in the EM and PM (F46). The documents do not say which of the two rules comes first (T6); write down who judged.',
        ],
      };
    case '':
      return { allowed: undefined, answer: 'Pick which one holds first.', lines: [] };
  }
}

function exhausted({ engineer, sme, customer, consent }: PgAnswers): PgVerdict {
  const open = [
    ...(engineer ? [] : ['support engineers']),
    ...(sme ? [] : ['SMEs']),
    ...(customer ? [] : ['the customer']),
  ];
  if (open.length > 0)
    return {
      allowed: false,
      answer: `Not yet. “Exhausted” means support engineers, SMEs and the customer together (F39).`,
      lines: [`Not said to be at the end of their options: ${open.join(', ')}.`],
    };
  if (!consent)
    return {
      allowed: false,
      answer: 'Not yet. Ask the PG whether they are willing (F39).',
      lines: ['Only when the PG consents are they looped in.'],
    };
  return { allowed: true, answer: 'Yes. All options are exhausted, and the PG consents (F39).', lines: [] };
}
