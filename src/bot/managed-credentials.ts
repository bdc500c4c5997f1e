import { JwtTokenProviderFactory } from 'botframework-connector/lib/auth/jwtTokenProviderFactory.js';
import { ManagedIdentityServiceClientCredentialsFactory } from 'botframework-connector/lib/auth/managedIdentityServiceClientCredentialsFactory.js';

/** The SDK's credentials of a bot with a managed identity. A file of its own, since it brings a sign-in library. */
export const managedCredentials = (appId: string) =>
  new ManagedIdentityServiceClientCredentialsFactory(appId, new JwtTokenProviderFactory());
