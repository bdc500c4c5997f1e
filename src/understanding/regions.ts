/** A region of Azure and how people write it. */
export interface Region {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** The regions that come up most; a longer list can be given to `readFacts`. */
export const DEFAULT_REGIONS: readonly Region[] = `
East US: eastus
East US 2: eastus2, eus2
Central US: centralus
North Central US: northcentralus, ncus
South Central US: southcentralus, scus
West Central US: westcentralus, wcus
West US: westus
West US 2: westus2, wus2
West US 3: westus3, wus3
Canada Central: canadacentral
Canada East: canadaeast
Brazil South: brazilsouth
North Europe: northeurope, neu
West Europe: westeurope, weu
UK South: uksouth
UK West: ukwest
France Central: francecentral
Germany West Central: germanywestcentral
Switzerland North: switzerlandnorth
Norway East: norwayeast
Sweden Central: swedencentral
Poland Central: polandcentral
Italy North: italynorth
Spain Central: spaincentral
Central India: centralindia, india central
South India: southindia, india south
West India: westindia, india west
Southeast Asia: southeastasia, south east asia
East Asia: eastasia
Japan East: japaneast
Japan West: japanwest
Korea Central: koreacentral
Australia East: australiaeast
Australia Southeast: australiasoutheast, australia south east
South Africa North: southafricanorth
UAE North: uaenorth
Israel Central: israelcentral
Qatar Central: qatarcentral
China East: chinaeast
China North: chinanorth
`
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', aliases = ''] = line.split(': ');
    return { name, aliases: aliases.split(', ') };
  });
