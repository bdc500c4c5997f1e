/** What the Teams app package is filled with; all from the environment, for example from a .env file. */
export const packageSettings = [
  {
    name: 'MicrosoftAppId',
    meaning: "the bot's app id, a GUID",
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  },
  {
    name: 'BOT_DOMAIN',
    meaning: 'the host name of the bot, like bot.contoso.com',
    pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
  },
  { name: 'DEVELOPER_NAME', meaning: 'the name of your team or company, at most 32 characters', pattern: /^.{1,32}$/ },
  { name: 'WEBSITE_URL', meaning: 'an https page about the bot', pattern: /^https:\/\/[^\s]+$/ },
  { name: 'PRIVACY_URL', meaning: 'an https page with your privacy statement', pattern: /^https:\/\/[^\s]+$/ },
  { name: 'TERMS_URL', meaning: 'an https page with your terms of use', pattern: /^https:\/\/[^\s]+$/ },
  {
    name: 'TEAMS_APP_ID',
    meaning: 'a GUID of the Teams app (default: MicrosoftAppId)',
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    otherwise: 'MicrosoftAppId',
  },
  {
    name: 'TEAMS_APP_NAME',
    meaning: 'the name in Teams, at most 30 characters (default: ICM Guide)',
    pattern: /^.{1,30}$/,
  },
] as const;

export type PackageSettings = Readonly<Record<(typeof packageSettings)[number]['name'], string>>;

/** The settings, or one line for each fault. A value is never repeated: it may be a secret in the wrong line. */
export function readPackageSettings(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly settings: PackageSettings } | { readonly faults: readonly string[] } {
  const given = (name: string) => environment[name]?.trim() || undefined;
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const setting of packageSettings) {
    const value =
      given(setting.name) ??
      (setting.name === 'TEAMS_APP_NAME' ? 'ICM Guide' : 'otherwise' in setting ? given(setting.otherwise) : undefined);
    if (value === undefined) {
      if (!('otherwise' in setting)) faults.push(`${setting.name}: expected ${setting.meaning}, but it is missing`);
    } else if (setting.pattern.test(value)) values[setting.name] = value;
    else if (given(setting.name) !== undefined)
      faults.push(`${setting.name}: expected ${setting.meaning}, but the value given is not that`);
  }
  return faults.length > 0 ? { faults } : { settings: values as unknown as PackageSettings };
}
