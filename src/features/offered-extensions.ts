import type { Extension, Feature, Search } from './feature.ts';

/** As the manifest calls them: `action` opens a dialog, `query` is a search with one field to type into. */
export type OfferedExtension =
  | ({ readonly type: 'action' } & Pick<Extension, 'id' | 'title' | 'description' | 'contexts'>)
  | ({
      readonly type: 'query';
      /** It is asked once before anything is typed. */
      readonly initialRun: true;
      readonly parameters: readonly [Search['parameter']];
    } & Pick<Search, 'id' | 'title' | 'description' | 'contexts'>);

/** What the menus of Teams offer; the manifest and the local Teams list them. */
export function offeredExtensions(features: readonly Feature[]): readonly OfferedExtension[] {
  return [
    ...features
      .flatMap((feature) => feature.extensions ?? [])
      .map(({ id, title, description, contexts }) => ({ type: 'action' as const, id, title, description, contexts })),
    ...features
      .flatMap((feature) => feature.searches ?? [])
      .map(({ id, title, description, contexts, parameter }) => ({
        ...{ type: 'query' as const, id, title, description, contexts, initialRun: true as const },
        parameters: [parameter] as const,
      })),
  ];
}
