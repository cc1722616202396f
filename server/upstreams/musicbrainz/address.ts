/** Where an artist's page stands: answers of the API do not say it. */
export function artistUrl(mbid: string): string {
  return `https://musicbrainz.org/artist/${mbid}`;
}
