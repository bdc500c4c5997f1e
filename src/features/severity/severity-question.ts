export type { SeverityQuestion } from '../../playbook/severity-question.ts';
