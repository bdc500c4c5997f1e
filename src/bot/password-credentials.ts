import { PasswordServiceClientCredentialFactory } from 'botframework-connector/lib/auth/passwordServiceClientCredentialFactory.js';

/** The SDK's credentials of a bot with a client secret. A file of its own, since it brings a sign-in library. */
export const passwordCredentials = (appId: string, password: string, tenantId: string) =>
  new PasswordServiceClientCredentialFactory(appId, password, tenantId);
