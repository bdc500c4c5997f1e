import { orderRules } from './rule-order.ts';
import type { Condition, DecisionRule, FactName, Playbook, Question, Term } from './schema.ts';

/** Something in the playbook that fits its place but not the rest of the file. */
export interface ReferenceFault {
  readonly path: readonly (string | number)[];
  readonly expected: string;
  /** What is there instead; without it the value at `path` is shown. */
  readonly got?: string;
}

type Path = readonly (string | number)[];

const TEMPLATE_WORDS = ['need', 'icmSeverity', 'case', 'steps'];
const ANSWER_WORDS = ['case', 'before', 'icm', 'was', 'given', 'row', 'raise', 'lower', 'one'];
/** Facts that stand behind a term of a rule. */
export const FACTS_OF_TERM: Partial<Record<Term, readonly FactName[]>> = {
  investigation: ['asc', 'tsgs', 'existingIcms', 'outageCheck'],
};
export const factsOf = (term: Term): readonly FactName[] => FACTS_OF_TERM[term] ?? [term as FactName];

/** The first question that settles a term, whatever is answered. */
export function questionFor(term: Term, playbook: Playbook): string | undefined {
  return Object.entries(playbook.questions).find(([, question]) =>
    factsOf(term).every((fact) => settles(question, fact)),
  )?.[0];
}

function settles(question: Question, fact: FactName): boolean {
  const options = Object.values(question.options);
  return question.kind === 'choice'
    ? options.every((option) => option.set?.[fact] !== undefined)
    : options.some((option) => option.set?.[fact] !== undefined && option.otherwise?.[fact] !== undefined);
}

/** What is wrong between the parts of a playbook: names that lead nowhere, questions that are missing. */
export function checkReferences(playbook: Playbook): ReferenceFault[] {
  const faults: ReferenceFault[] = [];
  const fault = (path: Path, expected: string, got?: string) =>
    faults.push({ path, expected, ...(got === undefined ? {} : { got }) });

  const known = (kind: string, map: Readonly<Record<string, unknown>>) => (id: string | undefined, path: Path) => {
    if (id !== undefined && !Object.hasOwn(map, id)) fault(path, `the name of one of the ${kind}`);
  };
  const rule = known('rules', playbook.rules);
  const rules = (ids: readonly string[], path: Path) => ids.forEach((id, index) => rule(id, [...path, index]));
  const tension = known('tensions', playbook.tensions);
  const link = known('links', playbook.links);
  const owner = known('owners', playbook.owners);
  const rung = known('entries of ladder', playbook.ladder);
  const words = (text: string, allowed: readonly string[], path: Path) => {
    for (const [, word] of text.matchAll(/\{(\w+)\}/g))
      if (!allowed.includes(word ?? ''))
        fault(
          path,
          allowed.length
            ? `only these words in braces: ${allowed.map((name) => `{${name}}`).join(' ')}`
            : 'no words in braces',
          `{${word}}`,
        );
  };

  for (const [name, entry] of Object.entries(playbook.tensions)) rules(entry.cites, ['tensions', name, 'cites']);

  checkTopics(playbook, { rules, tension, link, fault });

  for (const [row, entry] of Object.entries(playbook.severity.table)) {
    rule(entry.rule, ['severity', 'table', row, 'rule']);
    rules(entry.also, ['severity', 'table', row, 'also']);
  }
  for (const [name, text] of Object.entries(playbook.severity.why))
    words(text, ['case', 'icm'], ['severity', 'why', name]);
  for (const [name, entry] of Object.entries(playbook.severity.remarks)) {
    words(entry.text, [], ['severity', 'remarks', name, 'text']);
    rules(entry.cites, ['severity', 'remarks', name, 'cites']);
  }
  for (const [name, entry] of Object.entries(playbook.severity.answers)) {
    const path = ['severity', 'answers', name];
    rules(entry.cites, [...path, 'cites']);
    tension(entry.tension, [...path, 'tension']);
    words(entry.headline, ANSWER_WORDS, [...path, 'headline']);
    entry.lines.forEach((text, index) => words(text, ANSWER_WORDS, [...path, 'lines', index]));
    entry.suggestions.forEach((item, index) => words(item.text, ANSWER_WORDS, [...path, 'suggestions', index, 'text']));
  }

  for (const part of ['opening', 'notAppropriate'] as const)
    for (const [name, entry] of Object.entries(playbook[part])) rule(entry.rule, [part, name, 'rule']);
  rule(playbook.investigation.rule, ['investigation', 'rule']);
  for (const [name, step] of Object.entries(playbook.investigation.steps))
    link(step.link, ['investigation', 'steps', name, 'link']);
  for (const [name, entry] of Object.entries(playbook.ladder)) {
    rule(entry.rule, ['ladder', name, 'rule']);
    link(entry.link, ['ladder', name, 'link']);
  }
  const template = (entry: { title: string; details: string }, path: Path) => {
    words(entry.title, TEMPLATE_WORDS, [...path, 'title']);
    words(entry.details, TEMPLATE_WORDS, [...path, 'details']);
  };
  for (const [name, entry] of Object.entries(playbook.owners)) {
    if (name === 'none') fault(['owners', name], 'another name; "none" stands for no owner', '"none"');
    rule(entry.rule, ['owners', name, 'rule']);
    tension(entry.tension, ['owners', name, 'tension']);
    template(entry.template, ['owners', name, 'template']);
  }
  template(playbook.noOwner.template, ['noOwner', 'template']);
  rule(playbook.entryPoints.rule, ['entryPoints', 'rule']);
  for (const [name, place] of Object.entries(playbook.entryPoints.places))
    link(place.link, ['entryPoints', 'places', name, 'link']);
  for (const [name, entry] of Object.entries(playbook.tracking)) rule(entry.rule, ['tracking', name, 'rule']);
  const { when, resolved, difference } = playbook.trackingHelp;
  rule(when, ['trackingHelp', 'when']);
  rule(resolved.rule, ['trackingHelp', 'resolved', 'rule']);
  rules(difference.cites, ['trackingHelp', 'difference', 'cites']);
  for (const [name, entry] of Object.entries(playbook.messageCheck.rules)) {
    rules(entry.cites, ['messageCheck', 'rules', name, 'cites']);
    tension(entry.tension, ['messageCheck', 'rules', name, 'tension']);
  }
  for (const [name, entry] of Object.entries(playbook.messageCheck.internal))
    rules(entry.cites, ['messageCheck', 'internal', name, 'cites']);
  checkPackage(playbook, { rules, tension, words });
  for (const [name, entry] of Object.entries(playbook.incidentRoles.roles))
    rule(entry.rule, ['incidentRoles', 'roles', name, 'rule']);
  for (const [name, entry] of Object.entries(playbook.incidentRoles.separate))
    rules(entry.cites, ['incidentRoles', 'separate', name, 'cites']);
  rules(playbook.incidentRoles.beforehand.cites, ['incidentRoles', 'beforehand', 'cites']);
  rules(playbook.keyFields.cites, ['keyFields', 'cites']);
  playbook.escalation.steps.forEach((step, at) => rules([step.rule], ['escalation', 'steps', at]));
  for (const [name, entry] of Object.entries(playbook.sharing)) {
    rules(entry.cites, ['sharing', name, 'cites']);
    tension(entry.tension, ['sharing', name, 'tension']);
  }
  const { messageDrafts } = playbook;
  rules(messageDrafts.cites, ['messageDrafts', 'cites']);
  words(messageDrafts.greeting, ['customer'], ['messageDrafts', 'greeting']);
  words(messageDrafts.signature, ['engineer'], ['messageDrafts', 'signature']);
  for (const [part, entry] of Object.entries(messageDrafts.parts))
    words(entry, part === 'last' ? [] : [part === 'interval' ? 'next' : part], ['messageDrafts', 'parts', part]);
  rules(playbook.readiness.cites, ['readiness', 'cites']);
  rules(playbook.readiness.standards.cites, ['readiness', 'standards', 'cites']);
  checkDrills(playbook, { rules, fault });
  const { statusUpdates } = playbook;
  for (const [name, entry] of Object.entries(statusUpdates.audiences))
    rules(entry.cites, ['statusUpdates', 'audiences', name, 'cites']);
  rules(statusUpdates.closing.cites, ['statusUpdates', 'closing', 'cites']);
  words(statusUpdates.texts.interval, ['span'], ['statusUpdates', 'texts', 'interval']);
  words(statusUpdates.texts.next, ['next'], ['statusUpdates', 'texts', 'next']);
  for (const [name, entry] of Object.entries(playbook.verdicts))
    entry.help.forEach((id, index) => rung(id, ['verdicts', name, 'help', index]));

  for (const [name, question] of Object.entries(playbook.questions))
    checkQuestion(question, ['questions', name], fault);

  checkRules(playbook, fault);

  const ids = (condition: Condition | undefined, map: Readonly<Record<string, unknown>>, kind: string, path: Path) => {
    for (const value of condition?.values ?? [])
      if (!Object.hasOwn(map, String(value))) fault(path, `the name of one of the ${kind}`, `"${String(value)}"`);
  };
  const afterwards = (when: { rule?: Condition; owner?: Condition } | undefined, path: Path) => {
    ids(when?.rule, playbook.advice.rules, 'rules of advice', [...path, 'rule']);
    ids(when?.owner, { ...playbook.owners, none: true }, 'owners, or none', [...path, 'owner']);
  };
  for (const [name, entry] of Object.entries(playbook.advice.disagreements)) {
    const path = ['advice', 'disagreements', name];
    tension(entry.tension, [...path, 'tension']);
    owner(entry.alternative?.owner, [...path, 'alternative', 'owner']);
    afterwards(entry.when, [...path, 'when']);
  }
  for (const [name, entry] of Object.entries(playbook.advice.changes))
    afterwards(entry.when, ['advice', 'changes', name, 'when']);
  const texts: Record<string, readonly string[]> = { severity: ['icm'], owner: ['owner'], change: ['if', 'outcome'] };
  for (const [name, text] of Object.entries(playbook.advice.texts))
    words(text, texts[name] ?? [], ['advice', 'texts', name]);
  return faults;
}

interface Checks {
  readonly rules: (ids: readonly string[], path: Path) => void;
  readonly tension: (id: string, path: Path) => void;
  readonly words: (text: string, allowed: readonly string[], path: Path) => void;
}

function checkPackage({ csatPackage }: Playbook, { rules, tension, words }: Checks): void {
  const { email, note, shiproom } = csatPackage;
  const path = ['csatPackage'];
  rules(email.cites, [...path, 'email', 'cites']);
  rules(shiproom.cites, [...path, 'shiproom', 'cites']);
  tension(csatPackage.tagWarning, [...path, 'tagWarning']);
  tension(csatPackage.loopIn, [...path, 'loopIn']);
  words(email.subject, ['icm'], [...path, 'email', 'subject']);
  words(email.salutation, ['managers'], [...path, 'email', 'salutation']);
  const allowed = { icmTitle: 'icmTitle', icm: 'icmLink', sr: 'srLink', contacts: 'contacts' } as const;
  for (const [name, word] of Object.entries(allowed))
    words(email.fields[name as keyof typeof allowed], [word], [...path, 'email', 'fields', name]);
  words(note.approved, ['sme', 'at'], [...path, 'note', 'approved']);
  words(note.smeAdds, ['sme'], [...path, 'note', 'smeAdds']);
  for (const name of ['sentiment', 'why', 'improvement'] as const) words(note[name], [], [...path, 'note', name]);
}

type Report = (path: Path, expected: string, got?: string) => void;

interface TopicChecks {
  readonly rules: (ids: readonly string[], path: Path) => void;
  readonly tension: (id: string | undefined, path: Path) => void;
  readonly link: (id: string | undefined, path: Path) => void;
  readonly fault: Report;
}

function checkTopics(playbook: Playbook, { rules, tension, link, fault }: TopicChecks): void {
  for (const [name, topic] of Object.entries(playbook.topics)) {
    const path = ['topics', name];
    rules(topic.cites, [...path, 'cites']);
    tension(topic.tension, [...path, 'tension']);
    topic.links.forEach((id, index) => link(id, [...path, 'links', index]));
    if (!Object.hasOwn(playbook.topicGroups, topic.about)) fault([...path, 'about'], 'the name of one of topicGroups');
    topic.related.forEach((id, index) => {
      if (!Object.hasOwn(playbook.topics, id) || id === name)
        fault([...path, 'related', index], 'the name of another topic');
    });
    if (Object.hasOwn(playbook.tensions, name)) fault(path, 'a name that no tension has');
  }
  playbook.mostAsked.forEach((id, index) => {
    if (!Object.hasOwn(playbook.topics, id)) fault(['mostAsked', index], 'the name of one of the topics');
  });
  for (const [name, sheet] of Object.entries(playbook.worksheets)) rules(sheet.cites, ['worksheets', name, 'cites']);
}

function checkQuestion(question: Question, path: Path, fault: Report): void {
  const options = Object.entries(question.options);
  if (options.length < 2) fault([...path, 'options'], 'at least 2 options', `${options.length}`);
  for (const [name, option] of options) {
    const at = [...path, 'options', name];
    if (question.kind === 'choice') {
      if (!option.set) fault([...at, 'set'], 'the facts that this option sets');
      for (const key of ['otherwise', 'ticked', 'none'] as const)
        if (option[key] !== undefined)
          fault([...at, key], 'nothing here: it is only for questions of the kind several', `"${key}"`);
    } else if (option.none) {
      if (option.set ?? option.otherwise) fault(at, 'an option with `none: true` to set no facts', 'one that does');
    } else {
      if (!option.set) fault([...at, 'set'], 'the facts that this option sets, or none: true');
      if (!option.otherwise) fault([...at, 'otherwise'], 'the facts that are set when the option is left unticked');
    }
  }
}

function checkRules(playbook: Playbook, fault: Report): void {
  const written = playbook.advice.rules;
  const ordered = orderRules(written);
  const placed = new Set(ordered.map(([id]) => id));
  for (const id of Object.keys(written))
    if (!placed.has(id)) fault(['advice', 'rules', id, 'before'], 'the name of another rule of advice, and no circle');

  const always = (rule: DecisionRule) => Object.keys(rule.when).length === 0 && rule.ifKnown === undefined;
  const last = ordered.at(-1);
  if (!last) fault(['advice', 'rules'], 'at least one rule', 'none');
  else if (!always(last[1]))
    fault(
      ['advice', 'rules', last[0], 'when'],
      'an empty `when: {}` in the last rule, so that there is always an answer',
      'conditions',
    );
  ordered.slice(0, -1).forEach(([id, rule], index) => {
    if (always(rule))
      fault(
        ['advice', 'rules', id, 'when'],
        `conditions: this rule always holds, so "${ordered[index + 1]?.[0]}" after it is never reached`,
        'none',
      );
  });

  const needed = new Map<Term, Path>();
  playbook.advice.first.forEach((term, index) => needed.set(term, ['advice', 'first', index]));
  for (const [id, rule] of ordered) {
    const path = ['advice', 'rules', id];
    rule.cites.forEach((cited, index) => {
      if (!Object.hasOwn(playbook.rules, cited)) fault([...path, 'cites', index], 'the name of one of the rules');
    });
    if (rule.verdict === 'open' && !rule.severity)
      fault([...path, 'severity'], 'case, outage or undecided, as the verdict is open');
    if (rule.verdict !== 'open' && rule.severity)
      fault([...path, 'severity'], 'nothing here, as the verdict is not open');
    for (const term of Object.keys(rule.when) as Term[])
      if (!needed.has(term)) needed.set(term, [...path, 'when', term]);
    if (rule.severity === 'case' && !needed.has('caseSeverity')) needed.set('caseSeverity', [...path, 'severity']);
  }
  for (const [term, path] of needed)
    // Without such a question the dialog would go in circles.
    if (questionFor(term, playbook) === undefined)
      fault(
        path,
        `a question that sets ${factsOf(term).join(', ')} with every answer (kind choice: in each option; kind several: with set and otherwise)`,
        'none',
      );
}

/** The topics that are shared first are there, and every inject is spoken by one of the parts. */
function checkDrills(
  { drills, topics }: Playbook,
  {
    rules,
    fault,
  }: {
    rules: (ids: readonly string[], path: Path) => void;
    fault: (path: Path, expected: string, got?: string) => void;
  },
): void {
  rules(drills.cites, ['drills', 'cites']);
  drills.process.forEach((topic, at) => {
    if (!Object.hasOwn(topics, topic)) fault(['drills', 'process', at], 'the name of one of the topics');
  });
  for (const [name, { injects, parts }] of Object.entries(drills.scenarios))
    injects.forEach(({ who }, at) => {
      if (!Object.hasOwn(parts, who))
        fault(
          ['drills', 'scenarios', name, 'injects', at, 'who'],
          `one of the parts of the scenario: ${Object.keys(parts).join(', ')}`,
        );
    });
}
