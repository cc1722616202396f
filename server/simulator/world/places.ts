/** Real towns, invented halls. */
import type { Region, Venue } from "./types.ts";

// region | town | state | its code | country | zone | latitude | longitude | club | hall | arena
const table = `
uk|Bristol|England|ENG|GB|Europe/London|51.4545|-2.5879|The Brinehouse|Cask Lane Hall|
uk|Leeds|England|ENG|GB|Europe/London|53.8008|-1.5491|The Spindle|Halvorsen Hall|
uk|Manchester|England|ENG|GB|Europe/London|53.4808|-2.2426|The Loom Cellar|Corn Ladder Hall|Ship Canal Arena
uk|London|England|ENG|GB|Europe/London|51.5072|-0.1276|The Night Ferry|Tallow Street Empire|Lea Basin Arena
uk|Glasgow|Scotland|SCT|GB|Europe/London|55.8642|-4.2518|The Plover|Kelvin Assembly|Broomie Dock Arena
uk|Cardiff|Wales|WLS|GB|Europe/London|51.4816|-3.1791|Cwrt Bach|The Coal Exchange Rooms|
uk|Belfast|Northern Ireland|NIR|GB|Europe/London|54.5973|-5.9301|The Rope Walk|Linen Quarter Hall|
uk|Birmingham|England|ENG|GB|Europe/London|52.4862|-1.8904|The Anvil Room|Gas Basin Hall|Five Ways Arena
uk|Whitstable|England|ENG|GB|Europe/London|51.3607|1.0253|The Oyster Shed|Tankerton Pavilion|
uk|Dublin|Leinster|L|IE|Europe/Dublin|53.3498|-6.2603|The Snug Upstairs|Liberty Meadow Hall|Ringsend Arena
eu|Ghent|East Flanders|VOV|BE|Europe/Brussels|51.0543|3.7174|Het Zoutmagazijn|Zaal Korenlei|
eu|Antwerp|Antwerp|VAN|BE|Europe/Brussels|51.2194|4.4025|De Kraanvogel|Zaal Eilandje|Scheldezicht Arena
eu|Amsterdam|North Holland|07|NL|Europe/Amsterdam|52.3676|4.9041|Het Pakhuisje|De Tolhuiszaal|IJhaven Arena
eu|Berlin|Berlin|16|DE|Europe/Berlin|52.52|13.405|Nachtbus|Kesselhaus Nord|Spreebogen Arena
eu|Leipzig|Saxony|13|DE|Europe/Berlin|51.3397|12.3731|Halle 9|Großer Saal Plagwitz|
eu|Hamburg|Hamburg|04|DE|Europe/Berlin|53.5511|9.9937|Schuppen 31|Elbsaal|Hafenrand Arena
eu|Vienna|Vienna|09|AT|Europe/Vienna|48.2082|16.3738|Das Souterrain|Gürtelhalle|
eu|Prague||52|CZ|Europe/Prague|50.0755|14.4378|Sklep Pod Mostem|Sál Na Nábřeží|
eu|Warsaw|Mazowieckie||PL|Europe/Warsaw|52.2297|21.0122|Klub Parowóz|Hala Wiślana|
eu|Copenhagen|Capital Region|17|DK|Europe/Copenhagen|55.6761|12.5683|Kælder 12|Toldboden Sal|Refshale Arena
eu|Malmö|Skåne|27|SE|Europe/Stockholm|55.605|13.0038|Kvarnen Verkstad|Varvshallen|
eu|Oslo|Oslo|12|NO|Europe/Oslo|59.9139|10.7522|Loftet på Grünerløkka|Bjørvika Sal|
eu|Reykjavík|Capital Region|39|IS|Atlantic/Reykjavik|64.1466|-21.9426|Ísbúðin|Hafnarsalur|
eu|Paris|Île-de-France|11|FR|Europe/Paris|48.8566|2.3522|La Petite Écluse|Salle du Quai Gris|Bercy-Est Arena
eu|Lisbon|Lisbon|14|PT|Europe/Lisbon|38.7223|-9.1393|Cave do Cais|Teatro Salina|
eu|Porto|Porto|17|PT|Europe/Lisbon|41.1579|-8.6291|Armazém Azul|Teatro da Ribeira Velha|
eu|Barcelona|Catalonia|56|ES|Europe/Madrid|41.3874|2.1686|Sala Tramuntana|Teatre del Port Vell|Montgat Arena
eu|Milan|Lombardy|09|IT|Europe/Rome|45.4642|9.19|Officina Naviglio|Teatro della Darsena|
us|New York|New York|NY|US|America/New_York|40.7128|-74.006|The Tin Ceiling|Gansevoort Ballroom|East Slip Arena
us|Boston|Massachusetts|MA|US|America/New_York|42.3601|-71.0589|The Chandlery|Fort Point Music Hall|
us|Philadelphia|Pennsylvania|PA|US|America/New_York|39.9526|-75.1652|Kite & Key|Fishtown Assembly Rooms|Schuylkill Bank Center
us|Washington|District of Columbia|DC|US|America/New_York|38.9072|-77.0369|Canal Basement|Shaw Ballroom|
us|Atlanta|Georgia|GA|US|America/New_York|33.749|-84.388|The Pecan|Old Foundry Auditorium|Peachtree Fields Center
us|Nashville|Tennessee|TN|US|America/Chicago|36.1627|-86.7816|The Biscuit Tin|Shelby Street Hall|
us|Chicago|Illinois|IL|US|America/Chicago|41.8781|-87.6298|The Foundry Room|Pullman Lamp Theatre|Halsted Yards Arena
us|Minneapolis|Minnesota|MN|US|America/Chicago|44.9778|-93.265|North Loop Cellar|Millrace Ballroom|
us|Austin|Texas|TX|US|America/Chicago|30.2672|-97.7431|The Heron|Mueller Hangar Six|Pedernales Center
us|Denver|Colorado|CO|US|America/Denver|39.7392|-104.9903|The Switchyard|Larimer Opera Hall|Front Range Center
us|Phoenix|Arizona|AZ|US|America/Phoenix|33.4484|-112.074|The Dry Dock|Roosevelt Hall|
us|Los Angeles|California|CA|US|America/Los_Angeles|34.0522|-118.2437|The Echo Tank|Poppy Hill Theatre|Vernon Fields Arena
us|San Francisco|California|CA|US|America/Los_Angeles|37.7749|-122.4194|Fog Signal|Dogpatch Assembly|
us|Portland|Oregon|OR|US|America/Los_Angeles|45.5152|-122.6784|The Wet Boot|Albina Hall|
us|Seattle|Washington|WA|US|America/Los_Angeles|47.6062|-122.3321|The Tide Clock|Neptune Yard|Duwamish Arena
us|Toronto|Ontario|ON|CA|America/Toronto|43.6532|-79.3832|The Streetcar Shed|Cherry Beach Music Hall|Port Lands Arena
us|Montreal|Quebec|QC|CA|America/Toronto|45.5019|-73.5674|Le Petit Dépanneur|Théâtre Griffintown|
us|Mexico City|Ciudad de México|09|MX|America/Mexico_City|19.4326|-99.1332|El Zaguán|Teatro Azotea|Foro Texcoco
jp|Tokyo|Tokyo|13|JP|Asia/Tokyo|35.6762|139.6503|Shimokita Lantern|Kiba Harbour Hall|Toyosu Bay Arena
jp|Osaka|Osaka|27|JP|Asia/Tokyo|34.6937|135.5023|Umeda Stairwell|Nakanoshima Hall|
jp|Nagoya|Aichi|23|JP|Asia/Tokyo|35.1815|136.9066|Imaike Cellar|Atsuta Hall|
jp|Sapporo|Hokkaido|01|JP|Asia/Tokyo|43.0618|141.3545|Susukino Lamp|Moiwa Hall|
jp|Fukuoka|Fukuoka|40|JP|Asia/Tokyo|33.5902|130.4017|Yatai Upstairs|Hakata Pier Hall|
jp|Seoul|Seoul|11|KR|Asia/Seoul|37.5665|126.978|Hongdae Rooftop|Mapo River Hall|
oz|Sydney|New South Wales|NSW|AU|Australia/Sydney|-33.8688|151.2093|The Bottlebrush|Rozelle Works|Cockle Bay Arena
oz|Melbourne|Victoria|VIC|AU|Australia/Melbourne|-37.8136|144.9631|Tram Depot 7|Abbotsford Hall|Maribyrnong Arena
oz|Adelaide|South Australia|SA|AU|Australia/Adelaide|-34.9285|138.6007|The Jetty Bar|Torrens Hall|
oz|Auckland|Auckland|AUK|NZ|Pacific/Auckland|-36.8509|174.7645|The Ferry Steps|Karangahape Hall|
me|Beirut|Beirut|BA|LB|Asia/Beirut|33.8938|35.5018|Sath el Mina|Masrah al Bahr|
me|Cairo|Cairo|C|EG|Africa/Cairo|30.0444|31.2357|Roof 11|Masrah al Nil|
me|Dubai|Dubai|DU|AE|Asia/Dubai|25.2048|55.2708|Creekside Yard|Al Mina Hall|Jaddaf Arena
`;

const sizes = ["club", "hall", "arena"] as const;

export const venues: Venue[] = table
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [
      region,
      city = "",
      state = "",
      stateCode = "",
      country = "",
      zone = "UTC",
      lat = "",
      lng = "",
      ...halls
    ] = line.split("|");
    return sizes.flatMap((size, i) => {
      const name = halls[i];
      if (!name) return [];
      const place = { region: region as Region, city, state, stateCode, country, zone };
      // Halls of one town stand some hundred metres apart.
      const latitude = Number(lat) + (i - 1) * 0.006;
      const longitude = Number(lng) + (1 - i) * 0.008;
      return [{ key: `${city}/${name}`, name, size, ...place, latitude, longitude }];
    });
  });

/** Halls of this size in the region; a town without an arena is left out, one without a club has none. */
export function venuesIn(region: Region, size: Venue["size"]): Venue[] {
  return venues.filter((venue) => venue.region === region && venue.size === size);
}

/** The two services do not call every country the same. */
export const countries: Record<string, { ticketmaster: string; setlistfm: string; domain: string }> = {
  GB: { ticketmaster: "Great Britain", setlistfm: "United Kingdom", domain: "co.uk" },
  IE: { ticketmaster: "Ireland", setlistfm: "Ireland", domain: "ie" },
  BE: { ticketmaster: "Belgium", setlistfm: "Belgium", domain: "be" },
  NL: { ticketmaster: "Netherlands", setlistfm: "Netherlands", domain: "nl" },
  DE: { ticketmaster: "Germany", setlistfm: "Germany", domain: "de" },
  AT: { ticketmaster: "Austria", setlistfm: "Austria", domain: "at" },
  CZ: { ticketmaster: "Czech Republic", setlistfm: "Czechia", domain: "cz" },
  PL: { ticketmaster: "Poland", setlistfm: "Poland", domain: "pl" },
  DK: { ticketmaster: "Denmark", setlistfm: "Denmark", domain: "dk" },
  SE: { ticketmaster: "Sweden", setlistfm: "Sweden", domain: "se" },
  NO: { ticketmaster: "Norway", setlistfm: "Norway", domain: "no" },
  IS: { ticketmaster: "Iceland", setlistfm: "Iceland", domain: "com" },
  FR: { ticketmaster: "France", setlistfm: "France", domain: "fr" },
  PT: { ticketmaster: "Portugal", setlistfm: "Portugal", domain: "com" },
  ES: { ticketmaster: "Spain", setlistfm: "Spain", domain: "es" },
  IT: { ticketmaster: "Italy", setlistfm: "Italy", domain: "it" },
  US: { ticketmaster: "United States Of America", setlistfm: "United States", domain: "com" },
  CA: { ticketmaster: "Canada", setlistfm: "Canada", domain: "ca" },
  MX: { ticketmaster: "Mexico", setlistfm: "Mexico", domain: "com.mx" },
  JP: { ticketmaster: "Japan", setlistfm: "Japan", domain: "com" },
  KR: { ticketmaster: "South Korea", setlistfm: "South Korea", domain: "com" },
  AU: { ticketmaster: "Australia", setlistfm: "Australia", domain: "com.au" },
  NZ: { ticketmaster: "New Zealand", setlistfm: "New Zealand", domain: "co.nz" },
  LB: { ticketmaster: "Lebanon", setlistfm: "Lebanon", domain: "com" },
  EG: { ticketmaster: "Egypt", setlistfm: "Egypt", domain: "com" },
  AE: { ticketmaster: "United Arab Emirates", setlistfm: "United Arab Emirates", domain: "ae" },
};
