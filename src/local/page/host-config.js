// @ts-check

/** Close to what Teams uses. Colours of text reach a contrast of 4.5 on every background that they meet here. */

const font =
  "'Segoe UI', 'Segoe UI Web (West European)', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif";

/** @typedef {Record<'default' | 'subtle' | 'accent' | 'good' | 'warning' | 'attention', string>} Palette */

/** @type {Record<'light' | 'dark', { text: Palette, backgrounds: Record<string, string>, line: string }>} */
const themes = {
  light: {
    text: {
      default: '#242424',
      subtle: '#5c5c5c',
      accent: '#4f52b2',
      good: '#1b6b3f',
      warning: '#7a5500',
      attention: '#b5263f',
    },
    backgrounds: {
      default: '#ffffff',
      emphasis: '#f5f5f5',
      accent: '#e8ebfa',
      good: '#e7f2da',
      warning: '#fbf6d9',
      attention: '#fcf0f2',
    },
    line: '#e0e0e0',
  },
  dark: {
    text: {
      default: '#ffffff',
      subtle: '#bdbdbd',
      accent: '#a7abff',
      good: '#9bd05a',
      warning: '#f8d22a',
      attention: '#ff8b98',
    },
    backgrounds: {
      default: '#292929',
      emphasis: '#1f1f1f',
      accent: '#2f2f4a',
      good: '#1c3322',
      warning: '#3a3110',
      attention: '#3f1d24',
    },
    line: '#474747',
  },
};

/** @param {'light' | 'dark'} theme */
export function hostConfig(theme) {
  const { text, backgrounds, line } = themes[theme];
  const { subtle } = text;
  const colors = Object.fromEntries(
    ['default', 'accent', 'good', 'warning', 'attention', 'dark', 'light'].map((name) => {
      const color = text[/** @type {keyof Palette} */ (name)] ?? text.default;
      return [name, { default: color, subtle: name === 'default' ? subtle : color }];
    }),
  );
  const label = { color: 'default', size: 'default', weight: 'default', isSubtle: false };
  return {
    fontFamily: font,
    supportsInteractivity: true,
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    fontTypes: {
      default: {
        fontFamily: font,
        fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
        fontWeights: { lighter: 300, default: 400, bolder: 600 },
      },
      monospace: {
        fontFamily: "Consolas, 'Liberation Mono', Menlo, monospace",
        fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
        fontWeights: { lighter: 300, default: 400, bolder: 600 },
      },
    },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    imageSizes: { small: 32, medium: 52, large: 100 },
    imageSet: { imageSize: 'medium', maxImageHeight: 100 },
    containerStyles: Object.fromEntries(
      Object.entries(backgrounds).map(([name, backgroundColor]) => [
        name,
        { backgroundColor, foregroundColors: colors },
      ]),
    ),
    actions: {
      maxActions: 6,
      spacing: 'medium',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      preExpandSingleShowCardAction: false,
    },
    adaptiveCard: { allowCustomStyle: false },
    inputs: {
      label: {
        requiredInputs: { ...label, weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { ...label, weight: 'bolder' },
        inputSpacing: 'small',
      },
      errorMessage: { color: 'attention', size: 'small', weight: 'default', spacing: 'small' },
    },
    factSet: {
      title: { ...label, weight: 'bolder', wrap: true, maxWidth: 160 },
      value: { ...label, wrap: true },
      spacing: 16,
    },
    textBlock: { headingLevel: 3 },
    textStyles: {
      heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false },
      columnHeader: { weight: 'bolder', size: 'default', color: 'default', isSubtle: false },
    },
  };
}
