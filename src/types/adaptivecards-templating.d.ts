// The package's own types lead into the TypeScript sources of `adaptivecards`, which do not compile under our settings.
export class Template {
  constructor(payload: unknown);
  expand(context: { readonly $root: object }): unknown;
}
