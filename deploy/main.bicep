// The bot in Azure: two or more replicas in Container Apps, PostgreSQL in a private network, one managed identity for
// the bot, its secrets and its registry, a Key Vault, Log Analytics, and the Azure Bot with its Teams channel.
// How to use it, step by step: docs/deploy.md. It was written without an Azure at hand; the page says what that means.

@description('Short name that the others are made of: 3 to 12 small letters and digits, a letter first.')
@minLength(3)
@maxLength(12)
param name string

param location string = resourceGroup().location

@description('Name of the container registry that holds the image, in the same resource group.')
param registryName string

@description('The image in it, like icm-guide:0.1.0')
param image string

@description('Name of the bot in Azure.')
param displayName string = 'ICM Guide'

@secure()
@minLength(16)
@description('Password of the database administrator.')
param databasePassword string

@description('Text of your playbook, at most 25 KB; empty: the one that comes with the bot.')
@secure()
param playbook string = ''

@secure()
@description('Mail server of the CSAT email, like smtps://user:password@host:465; empty: none.')
param smtpUrl string = ''

@description('Address that the email comes from.')
param smtpFrom string = ''

@secure()
@description('Address of a monitor outside that gets a GET each minute while all is well (https); empty: none.')
param heartbeatUrl string = ''

@allowed(['debug', 'info', 'warn', 'error'])
param logLevel string = 'info'

@minValue(2)
param minReplicas int = 2

@minValue(2)
param maxReplicas int = 4

@description('The database server: its size and tier. Burstable is enough for a team.')
param databaseSku object = { name: 'Standard_B1ms', tier: 'Burstable' }

var unique = uniqueString(resourceGroup().id, name)
var port = 3978
// Roles that Azure has built in.
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    workspaceCapping: { dailyQuotaGb: 1 }
  }
}

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.2.0/28'
          delegations: [{ name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
    ]
  }

  resource appsSubnet 'subnets' existing = {
    name: 'apps'
  }

  resource databaseSubnet 'subnets' existing = {
    name: 'database'
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}${unique}.private.postgres.database.azure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: '${name}-link'
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${unique}'
  location: location
  sku: databaseSku
  properties: {
    version: '16'
    administratorLogin: 'icmadmin'
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
    network: {
      delegatedSubnetResourceId: network::databaseSubnet.id
      privateDnsZoneArmResourceId: zone.id
    }
  }
  dependsOn: [zone::link]

  resource database 'databases' = {
    name: 'icm'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}${unique}', 24)
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
  }

  resource databaseUrl 'secrets' = {
    name: 'database-url'
    properties: {
      value: 'postgres://icmadmin:${uriComponent(databasePassword)}@${server.properties.fullyQualifiedDomainName}:5432/icm?sslmode=verify-full'
    }
  }

  resource smtp 'secrets' = if (!empty(smtpUrl)) {
    name: 'smtp-url'
    properties: { value: smtpUrl }
  }

  resource heartbeat 'secrets' = if (!empty(heartbeatUrl)) {
    name: 'heartbeat-url'
    properties: { value: heartbeatUrl }
  }

  resource rules 'secrets' = if (!empty(playbook)) {
    name: 'playbook'
    properties: { value: playbook }
  }
}

resource read 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource apps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-apps'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    vnetConfiguration: { infrastructureSubnetId: network::appsSubnet.id }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${name}-bot'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: concat(
        [{ name: 'database-url', keyVaultUrl: vault::databaseUrl.properties.secretUri, identity: identity.id }],
        empty(smtpUrl)
          ? []
          : [{ name: 'smtp-url', keyVaultUrl: '${vault.properties.vaultUri}secrets/smtp-url', identity: identity.id }],
        empty(heartbeatUrl)
          ? []
          : [{ name: 'heartbeat-url', keyVaultUrl: '${vault.properties.vaultUri}secrets/heartbeat-url', identity: identity.id }],
        empty(playbook)
          ? []
          : [{ name: 'playbook', keyVaultUrl: '${vault.properties.vaultUri}secrets/playbook', identity: identity.id }]
      )
    }
    template: {
      // It goes on for SHUTDOWN_DELAY, then finishes what is under way within 20 seconds.
      terminationGracePeriodSeconds: 40
      containers: [
        {
          name: 'bot'
          image: '${registry.properties.loginServer}/${image}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            [
              { name: 'PORT', value: string(port) }
              { name: 'HOST', value: '0.0.0.0' }
              { name: 'LOG_LEVEL', value: logLevel }
              { name: 'SHUTDOWN_DELAY', value: '8' }
              { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
              { name: 'MicrosoftAppId', value: identity.properties.clientId }
              { name: 'MicrosoftAppTenantId', value: subscription().tenantId }
              { name: 'DATABASE_URL', secretRef: 'database-url' }
            ],
            empty(smtpUrl) ? [] : [{ name: 'SMTP_URL', secretRef: 'smtp-url' }],
            empty(smtpFrom) ? [] : [{ name: 'SMTP_FROM', value: smtpFrom }],
            empty(heartbeatUrl) ? [] : [{ name: 'HEARTBEAT_URL', secretRef: 'heartbeat-url' }],
            empty(playbook) ? [] : [{ name: 'PLAYBOOK_FILE', value: '/playbook/playbook' }]
          )
          volumeMounts: empty(playbook) ? [] : [{ volumeName: 'playbook', mountPath: '/playbook' }]
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: port }, periodSeconds: 2, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: port }, periodSeconds: 15, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: port }, periodSeconds: 5, failureThreshold: 3 }
          ]
        }
      ]
      volumes: empty(playbook)
        ? []
        : [{ name: 'playbook', storageType: 'Secret', secrets: [{ secretRef: 'playbook', path: 'playbook' }] }]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '50' } } }]
      }
    }
  }
  dependsOn: [pull, read, vault::smtp, vault::rules, server::database]
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: displayName
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: subscription().tenantId
    msaAppMSIResourceId: identity.id
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: {
      channelName: 'MsTeamsChannel'
      properties: { isEnabled: true }
    }
  }
}

output MicrosoftAppId string = identity.properties.clientId
output BOT_DOMAIN string = app.properties.configuration.ingress.fqdn
output KEY_VAULT string = vault.name
