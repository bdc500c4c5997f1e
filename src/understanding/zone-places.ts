/**
 * Places by time zone, over and above the cities that name IANA zones: large cities, the sites of Microsoft's support
 * and engineering, and the countries that keep one time. Folded as `fold` leaves them: lower case, no accents.
 *
 * Source: IANA tz database (zone1970.tab, backward), which zone a place keeps.
 */
const PLACES = `
Africa/Algiers: algeria
Africa/Cairo: egypt, alexandria, giza
Africa/Casablanca: morocco, rabat, marrakech
Africa/Johannesburg: south africa, cape town, pretoria, durban
Africa/Lagos: nigeria, abuja
Africa/Nairobi: kenya, mombasa
Africa/Accra: ghana
Africa/Tunis: tunisia
Africa/Addis_Ababa: ethiopia
America/Argentina/Buenos_Aires: argentina, buenos aires
America/Bogota: colombia, medellin
America/Caracas: venezuela
America/Chicago: houston, dallas, austin, san antonio, minneapolis, st louis, saint louis, kansas city, new orleans, milwaukee, nashville, memphis, texas, illinois, central time, us central, las colinas, irving, fort worth
America/Costa_Rica: san jose costa rica, heredia
America/Denver: colorado, boulder, salt lake city, utah, albuquerque, new mexico, mountain time, us mountain
America/Guatemala: guatemala city
America/Halifax: nova scotia
America/Lima: peru
America/Los_Angeles: redmond, seattle, bellevue, kirkland, bothell, issaquah, sammamish, washington state, san francisco, san jose california, mountain view, sunnyvale, palo alto, silicon valley, bay area, san diego, sacramento, oakland, las vegas, portland oregon, spokane, tacoma, california, pacific time, us pacific, west coast, us west coast
America/Mexico_City: ciudad de mexico, cdmx, guadalajara, queretaro
America/Montevideo: uruguay
America/Edmonton: calgary, alberta
America/New_York: boston, washington dc, philadelphia, atlanta, miami, orlando, tampa, charlotte, raleigh, durham, pittsburgh, baltimore, cleveland, columbus, cincinnati, reston, nyc, manhattan, new jersey, massachusetts, virginia, north carolina, south carolina, pennsylvania, ohio, eastern time, us eastern, east coast, us east coast
America/Phoenix: arizona, tucson, scottsdale
America/Puerto_Rico: san juan
America/Santiago: chile
America/Sao_Paulo: rio de janeiro, rio, brasilia, belo horizonte, curitiba, campinas, porto alegre
America/St_Johns: newfoundland, st johns
America/Toronto: ottawa, montreal, quebec, ontario, mississauga
America/Vancouver: british columbia, victoria bc, burnaby
America/Winnipeg: manitoba
America/Regina: saskatchewan, saskatoon
America/Panama: panama city
Asia/Almaty: astana, nur sultan
Asia/Amman: jordan
Asia/Bangkok: thailand
Asia/Colombo: sri lanka
Asia/Dhaka: bangladesh
Asia/Dubai: abu dhabi, uae, united arab emirates, sharjah
Asia/Ho_Chi_Minh: hanoi, vietnam, ho chi minh city, saigon
Asia/Hong_Kong: hongkong
Asia/Jakarta: bandung, surabaya
Asia/Jerusalem: israel, tel aviv, haifa, herzliya
Asia/Karachi: pakistan, lahore, islamabad
Asia/Kathmandu: nepal
Asia/Kolkata: india, bangalore, bengaluru, hyderabad, mumbai, bombay, delhi, new delhi, noida, gurgaon, gurugram, pune, chennai, madras, calcutta, ahmedabad, jaipur, kochi, trivandrum, thiruvananthapuram, coimbatore, mysore, indian time, india time
Asia/Kuala_Lumpur: malaysia, kl, penang
Asia/Kuwait: kuwait city
Asia/Manila: philippines, quezon city, makati, cebu
Asia/Qatar: doha
Asia/Riyadh: saudi arabia, jeddah, saudi
Asia/Seoul: korea, south korea, busan
Asia/Shanghai: china, beijing, peking, shenzhen, guangzhou, wuxi, suzhou, hangzhou, chengdu, wuhan, nanjing, tianjin, dalian, china time
Asia/Taipei: taiwan, hsinchu, kaohsiung
Asia/Tashkent: uzbekistan
Asia/Tbilisi: tiflis
Asia/Tokyo: japan, osaka, kyoto, yokohama, nagoya, fukuoka, sapporo
Asia/Yangon: myanmar
Asia/Yerevan: armenia
Asia/Baku: azerbaijan
Asia/Beirut: lebanon
Atlantic/Reykjavik: iceland
Australia/Brisbane: queensland, gold coast
Australia/Sydney: canberra, new south wales
Australia/Melbourne: victoria australia
Australia/Perth: western australia
Europe/Amsterdam: netherlands, holland, the hague, rotterdam, utrecht, eindhoven, schiphol
Europe/Athens: greece, thessaloniki
Europe/Belgrade: serbia, novi sad
Europe/Berlin: germany, munich, muenchen, munchen, hamburg, frankfurt, cologne, koln, koeln, stuttgart, dusseldorf, duesseldorf, leipzig, dresden, hannover, hanover, nuremberg, nurnberg, unterschleissheim, aachen, bonn, bremen
Europe/Brussels: belgium, antwerp, ghent
Europe/Bucharest: romania, cluj, cluj napoca, iasi, timisoara
Europe/Budapest: hungary
Europe/Copenhagen: denmark, aarhus, lyngby
Europe/Dublin: ireland, cork, galway, leopardstown
Europe/Helsinki: finland, espoo, tampere
Europe/Istanbul: turkey, turkiye, ankara, izmir
Europe/Kyiv: ukraine, kiev, lviv, kharkiv, odesa
Europe/Lisbon: porto
Europe/Ljubljana: slovenia
Europe/London: uk, united kingdom, england, scotland, wales, britain, great britain, manchester, edinburgh, glasgow, leeds, bristol, belfast, liverpool, cardiff
Europe/Luxembourg: luxemburg
Europe/Madrid: barcelona, valencia, seville, sevilla, malaga, bilbao
Europe/Moscow: st petersburg, saint petersburg
Europe/Oslo: norway, bergen, trondheim
Europe/Paris: france, lyon, marseille, toulouse, bordeaux, lille, nantes, issy les moulineaux
Europe/Prague: czechia, czech republic, brno
Europe/Riga: latvia
Europe/Rome: italy, milan, milano, turin, naples, florence, bologna, roma
Europe/Sofia: bulgaria, plovdiv
Europe/Stockholm: sweden, gothenburg, goteborg, malmo, uppsala
Europe/Tallinn: estonia
Europe/Vienna: austria, wien, graz, linz, salzburg, innsbruck
Europe/Vilnius: lithuania
Europe/Warsaw: poland, krakow, cracow, wroclaw, gdansk, poznan, lodz, katowice
Europe/Zagreb: croatia
Europe/Bratislava: slovakia
Europe/Zurich: switzerland, geneva, geneve, bern, berne, basel, lausanne, zuerich, wallisellen
Pacific/Auckland: wellington, christchurch, hamilton new zealand
Pacific/Honolulu: hawaii
America/Anchorage: alaska
`;

/** Places that keep more than one time, or names that several places bear: asked back. The likeliest stands first. */
const SEVERAL = `
us, usa, united states, america, the states: America/New_York, America/Chicago, America/Denver, America/Los_Angeles
canada: America/Toronto, America/Vancouver, America/Edmonton, America/Halifax
australia: Australia/Sydney, Australia/Brisbane, Australia/Adelaide, Australia/Perth
brazil, brasil: America/Sao_Paulo, America/Manaus, America/Fortaleza, America/Noronha
mexico: America/Mexico_City, America/Cancun, America/Tijuana, America/Hermosillo
russia: Europe/Moscow, Europe/Samara, Asia/Yekaterinburg, Asia/Vladivostok
indonesia: Asia/Jakarta, Asia/Makassar, Asia/Jayapura
kazakhstan: Asia/Almaty, Asia/Aqtau
spain: Europe/Madrid, Atlantic/Canary
portugal: Europe/Lisbon, Atlantic/Azores
new zealand, nz: Pacific/Auckland, Pacific/Chatham
europe: Europe/London, Europe/Berlin, Europe/Athens
florida: America/New_York, America/Chicago
georgia: America/New_York, Asia/Tbilisi
portland: America/Los_Angeles, America/New_York
san jose: America/Los_Angeles, America/Costa_Rica
birmingham: Europe/London, America/Chicago
cambridge: Europe/London, America/New_York
washington: America/New_York, America/Los_Angeles
victoria: Australia/Melbourne, America/Vancouver
hamilton: America/Toronto, Pacific/Auckland
`;

/** IANA renamed these; the tables of Node still give the old name first. People know the new one. */
const NEW_NAMES = `
Asia/Calcutta Asia/Kolkata
Asia/Katmandu Asia/Kathmandu
Asia/Saigon Asia/Ho_Chi_Minh
Asia/Rangoon Asia/Yangon
Europe/Kiev Europe/Kyiv
Africa/Asmera Africa/Asmara
Atlantic/Faeroe Atlantic/Faroe
America/Godthab America/Nuuk
America/Buenos_Aires America/Argentina/Buenos_Aires
America/Catamarca America/Argentina/Catamarca
America/Cordoba America/Argentina/Cordoba
America/Jujuy America/Argentina/Jujuy
America/Mendoza America/Argentina/Mendoza
America/Indianapolis America/Indiana/Indianapolis
America/Louisville America/Kentucky/Louisville
America/Coral_Harbour America/Atikokan
Pacific/Truk Pacific/Chuuk
Pacific/Ponape Pacific/Pohnpei
Pacific/Enderbury Pacific/Kanton
`;

const lines = (text: string): string[] => text.trim().split('\n');

export const NEW_NAME_OF: ReadonlyMap<string, string> = new Map(
  lines(NEW_NAMES).map((line) => line.split(' ') as [string, string]),
);

/** "Center" and "Easter" are words of every day. */
const UNLIKELY = new Set(['America/North_Dakota/Center', 'Pacific/Easter', 'Pacific/Wake', 'America/Nome']);

/** Every place, lower case, with its zones; more than one means that it has to be asked. */
export const ZONES_OF_PLACE: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...Intl.supportedValuesOf('timeZone').flatMap(citiesOf),
  ...lines(PLACES).flatMap((line) => {
    const [zone = '', places = ''] = line.split(': ');
    return places.split(', ').map((place): [string, readonly string[]] => [place, [zone]]);
  }),
  ...lines(SEVERAL).flatMap((line) => {
    const [places = '', zones = ''] = line.split(': ');
    return places.split(', ').map((place): [string, readonly string[]] => [place, zones.split(', ')]);
  }),
]);

/** The city in a zone's own name, old and new: "Asia/Calcutta" gives calcutta and kolkata. */
function citiesOf(zone: string): [string, readonly string[]][] {
  const name = NEW_NAME_OF.get(zone) ?? zone;
  // The South Pole has no support engineers.
  if (zone.startsWith('Antarctica/') || UNLIKELY.has(zone)) return [];
  return [...new Set([zone, name])].map((one) => [cityOf(one), [name]]);
}

function cityOf(zone: string): string {
  return zone
    .slice(zone.lastIndexOf('/') + 1)
    .replace(/[_-]/g, ' ')
    .toLowerCase();
}
