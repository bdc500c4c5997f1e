import { z } from 'zod';
import { cardReply } from '../card.ts';
import { action, say, type Feature, type Outcome, type Reply, type Services } from '../feature.ts';
import { asksForQuotaForm, quotaValues } from './quota-line.ts';
import { sheetCard } from './sheet-cards.ts';
import { problemsOf, sheetsOf, valueOf, type Sheet, type Values } from './sheets.ts';

const none = say('That form is not there any more. Write “topics” to see what is.');

/** The form with what was typed so far, and, once it was asked for, the text. */
function sheetReply(sheet: Sheet, values: Values, made: boolean, services: Services): Reply {
  const { playbook } = services;
  const kind = sheet.id.split(' ', 1)[0];
  const rule = playbook.rules[sheet.cites[0] ?? ''];
  const problems = made ? problemsOf(sheet, values) : [];
  return cardReply(sheetCard, {
    sheet: sheet.id,
    title: sheet.title,
    lines: sheet.lines.map((text) => ({ text })),
    problems: problems.map((text) => ({ text })),
    results: made ? [{ text: sheet.toText(values) }] : [],
    fields: sheet.fields.map(({ name, label, hint, long, optional }) => ({
      name,
      label: sheet.isComplete && optional ? `${label} (if known)` : label,
      hint,
      long,
      value: valueOf(values, name),
    })),
    source: rule ? `${rule.source} (${sheet.cites.join(', ')})` : '',
    others: [...sheetsOf(playbook).values()]
      .filter((other) => other.id !== sheet.id && other.id.startsWith(`${kind} `))
      .map(({ id, title }) => ({ title: title.slice(0, 60), sheet: id })),
  });
}

const first = (prefix: string, services: Services, values: Values = {}): Outcome => {
  const sheet = [...sheetsOf(services.playbook).values()].find(({ id }) => id.startsWith(prefix));
  return sheet ? { reply: sheetReply(sheet, values, false, services) } : none;
};

export const sheetsFeature: Feature = {
  name: 'sheets',
  commands: [
    {
      name: 'prepare',
      title: 'Prepare an ICM request',
      summary: 'A form with what the owner needs. It says what is missing, and gives the text to paste.',
      examples: ['prepare an ICM', 'prepare the request', 'fill in the form for an ICM'],
      run: (_turn, services) => first('owner ', services),
    },
    {
      name: 'prepare-quota',
      title: 'Prepare a quota request',
      summary: 'The form for a quota increase.',
      hidden: true,
      examples: ['prepare a quota request', 'prepare a quota increase', 'quota form'],
      run: ({ text }, services) => first('owner livesite-dri', services, quotaValues(text, services.playbook)),
    },
    {
      name: 'prepare-css',
      title: 'Prepare the request',
      summary: 'The form for bugs, feature requests and RCAs.',
      hidden: true,
      examples: ['prepare a bug ICM', 'prepare a feature request', 'prepare an RCA request'],
      run: (_turn, services) => first('owner css-escalation', services),
    },
    {
      name: 'worksheets',
      title: 'Fill in a worksheet',
      summary: 'The blank sheets of the guide: terms, SLA table, communication.',
      hidden: true,
      examples: ['worksheets', 'blank worksheets', 'fill in a worksheet'],
      run: (_turn, services) => first('worksheet ', services),
    },
  ],
  claims: (text) => (asksForQuotaForm(text) ? 'prepare-quota' : undefined),
  actions: [
    action({
      verb: 'sheet/open',
      readOnly: true,
      data: z.object({ sheet: z.string().max(100) }),
      run(turn, services): Outcome {
        const sheet = sheetsOf(services.playbook).get(turn.data.sheet);
        return sheet ? { reply: sheetReply(sheet, {}, false, services) } : none;
      },
    }),
    action({
      verb: 'sheet/make',
      readOnly: true,
      data: z.object({ sheet: z.string().max(100) }).catchall(z.unknown()),
      run(turn, services): Outcome {
        const { sheet: id, ...typed } = turn.data;
        const sheet = sheetsOf(services.playbook).get(id);
        const values = Object.fromEntries(
          Object.entries(typed).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value.slice(0, 1_500)]] : [],
          ),
        );
        return sheet ? { reply: sheetReply(sheet, values, true, services) } : none;
      },
    }),
  ],
};
