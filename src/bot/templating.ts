import * as engine from 'adaptivecards-templating';

type Engine = Pick<typeof engine, 'Template'>;

// In the bundle a CommonJS package has only its default export.
const { Template } = 'Template' in engine ? engine : (engine as { readonly default: Engine }).default;

/** The templating engine: a module of its own, so that it can be loaded late. */
export { Template };
