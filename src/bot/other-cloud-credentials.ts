import { ConfidentialClientApplication } from '@azure/msal-node';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector/lib/auth/msalServiceClientCredentialsFactory.js';

/**
 * Credentials of a bot with a client secret whose sign-in is not at login.microsoftonline.com. The SDK's own ones ask
 * that host whether it knows the other one, whatever they were told, and give up.
 */
export function otherCloudCredentials(appId: string, password: string, login: string) {
  const auth = { clientId: appId, clientSecret: password, authority: login, knownAuthorities: [new URL(login).host] };
  // The SDK means the same class, out of the CommonJS half of that package.
  const application = new ConfidentialClientApplication({ auth }) as unknown as SdkApplication;
  return new MsalServiceClientCredentialsFactory(appId, application);
}

type SdkApplication = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1];
