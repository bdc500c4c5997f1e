import { wordSet } from '../../understanding/token-pattern.ts';

/** Whom a sentence can blame without a name. "We" and "I" speak of themselves, and a customer is no colleague. */
export const PERSON_WORDS = wordSet(`
  you he she someone somebody whoever anyone
`);
/** These stand for things as often as for people, so only what people alone do counts after them. */
export const LOOSE_PERSON_WORDS = wordSet('they who');
/** People by what they do; "the networking team" and "team Networking" end or begin with one. */
export const ROLE_WORDS = wordSet(`
  team teams engineer engineers developer developers dev devs operator operators admin admins administrator support
  css pg group ops oncall on-call manager managers management lead leads commander officer scribe colleague colleagues
  owner guy guys person folks vendor contractor intern department sre sres tester testers qa
`);

/** What may stand between the subject and its verb: helpers, and adverbs, which end in "-ly" besides these. */
export const BETWEEN = wordSet(`
  has have had then also again just even still once always already , really both all yesterday today is are was were
  been being who
`);

/** Nobody but people does these. */
export const MIND_FAULTS = wordSet(`
  forgot forget forgets forgotten forgetting neglected neglects neglecting neglect panicked botched botches blundered
  screwed overslept slacked bungled fumbled misremembered misspelled
`);
/** At fault when a person or a team is the subject; a job may do the same and be described. */
export const FAULTS = wordSet(`
  broke breaks breaking broken caused causes causing ignored ignores ignoring missed misses missing messed overlooked
  overlooks misread misunderstood misjudged misconfigured mistyped mishandled mismanaged skipped skips delayed slept
  crashed failed fails failing wrecked ruined destroyed killed dropped refused refuses lied hid corrupted spoiled
  wasted sabotaged disregarded omitted dismissed
`);
/** After these a verb is no fault: "failed over", "broke it into steps". */
export const NO_FAULT_AFTER = wordSet('over back into');

/** What was somebody's to do: "did not check". */
export const DUTIES = wordSet(`
  check checked test tested verify verified read follow followed tell told inform informed ask asked respond responded
  answer answered bother bothered care cared react reacted escalate escalated document documented review reviewed think
  thought look looked listen listened pay paid communicate communicated warn warned watch watched monitor monitored
  validate validated double act acted help helped cooperate understand understood notice noticed realize realise do
  restart restarted update updated remember remembered report reported reply replied replying paying listening looking
  checking testing answering responding
`);
/** What one does with "the wrong ...": a fault. Who finds or corrects it has done well. */
export const HANDLED = wordSet(`
  deleted pushed entered pressed restarted ran picked chose set used typed clicked sent deployed configured opened closed
  gave took told stopped called selected assigned wrote changed copied pasted merged released
`);
/** "ran it without testing" */
export const OMITTED = wordSet(`
  testing checking asking telling reading looking thinking verifying reviewing approval permission informing warning
`);

/** "Ben's mistake", "a mistake of the networking team", "his fault" */
export const FAULT_NOUNS = wordSet(`
  mistake mistakes error errors fault failure failures oversight negligence carelessness blunder incompetence ignorance
  laziness slip neglect sloppiness misconfiguration
`);
export const OWN_WORDS = wordSet('your his her their');

/** Words that judge people, whatever they stand beside. */
export const JUDGING = wordSet(`
  careless carelessly carelessness sloppy sloppily sloppiness lazy lazily laziness stupid stupidly stupidity incompetent
  incompetently incompetence negligent negligently negligence reckless recklessly irresponsible irresponsibly
  unprofessional unprofessionally dumb idiot idiots idiotic clueless inexcusable amateurish amateur foolish foolishly
  pathetic disgraceful shameful inept thoughtless thoughtlessly brainless embarrassing embarrassingly unforgivable
  unacceptable blameworthy culprit culprits guilty
`);

/** States that put the fault on a person: "Ben was late", "the team is to blame". */
export const FAULT_STATES = wordSet(
  'late slow wrong responsible asleep unprepared inattentive unresponsive absent distracted',
);

/** They begin a sentence with a capital and name nobody. */
export const NO_PERSONS = wordSet(`
  we i nobody everybody everyone no none nothing it this that these those there the a an
`);
export const NEGATIONS = wordSet('not never no nobody none without hardly');
/** Said of a case that may come, not of what was. */
export const CONDITIONS = wordSet('if when whenever unless should would so');
