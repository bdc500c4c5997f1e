import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createPrometheus } from '../../src/operation/prometheus.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
const { groups } = parse(read('deploy/alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('deploy/grafana-dashboard.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
const runBook = read('docs/operations.md');

/** A fresh process that nothing happened to. */
const scrape = await createPrometheus({
  readings: () =>
    Promise.resolve({
      rows: { waiting: 0, due: 0, late: 0, parked: 0, unconfirmed: 0 },
      oldestDueSeconds: 0,
      parkedChannels: 0,
      escalationsOpen: 0,
    }),
}).scrape();
const names = new Set([...scrape.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] as string));

const metricsIn = (expr: string) =>
  [...expr.matchAll(/\b(?:icm_bot|nodejs|process)_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));

test.each([
  ...rules.map(({ alert, expr }) => [`alert ${alert}`, expr]),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [`panel ${title}`, expr])),
])('%s reads figures that there are', (_title, expr) => {
  for (const name of metricsIn(expr)) expect([...names]).toContain(name);
});

test.each(
  rules.flatMap(({ alert, expr }) => [...expr.matchAll(/icm_bot_\w+_total\{\w+="[^"]+"\}/g)].map(([s]) => [alert, s])),
)('alert %s sees the first time too: %s begins at 0', (_alert, series) => {
  expect(scrape).toContain(`${series} 0\n`);
});

test.each(rules)('alert $alert has its entry in the run book, says what is wrong and how urgent it is', (rule) => {
  expect(rule.annotations.runbook).toBe(`docs/operations.md#${rule.alert.toLowerCase()}`);
  expect(runBook).toContain(`\n### ${rule.alert}\n`);
  expect(['page', 'ticket']).toContain(rule.labels.severity);
  expect(rule.annotations.summary).not.toBe('');
});

test('the run book has no entry for an alert that there is not', () => {
  const part = runBook.split('\n## Alerts\n')[1]?.split('\n## ')[0] ?? '';
  const entries = [...part.matchAll(/^### (.+)$/gm)].map((match) => match[1]);
  expect(entries.sort()).toEqual(rules.map(({ alert }) => alert).sort());
});
