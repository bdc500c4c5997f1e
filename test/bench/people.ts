import { createWorld, type Person, type World } from '../../src/local/world.ts';

export const teamsServiceUrl = 'https://smba.trafficmanager.net/teams/';

const small = createWorld();
export const tenantId = small.tenantId;

/** The team of the local Teams with 50 people in it. */
export const world: World = { ...small, people: Array.from({ length: 50 }, (_, at) => engineer(at)) };

function engineer(at: number): Person {
  const number = String(at).padStart(4, '0');
  const like = small.people[at % small.people.length] as Person;
  return {
    ...like,
    key: `engineer-${number}`,
    name: `Engineer ${number}`,
    aadObjectId: `00000000-0000-4000-8000-00000000${number}`,
    id: `29:1bench-person-of-about-the-usual-length-${number}`,
    chatId: `a:1bench-chat-of-about-the-usual-length-${number}`,
  };
}
