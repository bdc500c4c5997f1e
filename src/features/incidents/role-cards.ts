import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));
const sampleId = '7d1c1c1e-0000-4000-8000-000000000001';

/** Who has which role in an ICM, with a button for each that nobody has. */
export const rolesCard = defineCard({
  name: 'incident-roles',
  view: z.strictObject({
    icm: opaque(),
    heading: text(230),
    notice: text(600).optional(),
    /** People whom it is new to: mentioned. */
    told: z.array(z.strictObject({ name: name(), teamsId: opaque(), line: text(200) })),
    roles: z.array(
      z.strictObject({
        role: opaque(),
        revision: opaque(),
        title: plain(40),
        does: text(200),
        holder: text(160),
        canTake: z.boolean(),
        canEnd: z.boolean(),
      }),
    ),
    /** One person has two roles that should be apart. */
    doubled: lines(500),
    /** Who would get which role by default; empty: nobody. */
    defaults: text(400).optional(),
    canPick: z.boolean(),
    how: text(400),
    source: text(200),
  }),
  samples: [
    {
      icm: sampleId,
      heading: 'Roles · ICM 512345678 · Job stuck in Starting',
      notice: 'It is an outage. Agree on who does what.',
      told: [
        { name: 'Amara Nowak', teamsId: '29:amara', line: 'you are the incident commander of ICM 512345678 now.' },
      ],
      roles: [
        {
          role: 'commander',
          revision: '1',
          title: 'Incident commander',
          does: 'Manages the response process.',
          holder: 'Amara Nowak',
          canTake: false,
          canEnd: true,
        },
        {
          role: 'communications',
          revision: '0',
          title: 'Communications officer',
          does: 'Handles communications.',
          holder: 'nobody yet',
          canTake: true,
          canEnd: false,
        },
      ],
      doubled: [{ text: 'Priya Sharma works on the fix and is the scribe as well.' }],
      defaults: 'Scribe: Lukas Weber',
      canPick: true,
      how: 'For somebody else write “commander of 512345678 is @name”.',
      source: 'Incident management guide (F66, F67)',
    },
    {
      icm: sampleId,
      heading: 'Roles · ICM 512345678',
      told: [],
      roles: [],
      doubled: [],
      canPick: false,
      how: 'It is resolved.',
      source: 'Incident management guide (F66)',
    },
  ],
});

/** A list of people for each role. */
export const roleFormCard = defineCard({
  name: 'incident-role-form',
  view: z.strictObject({
    icm: opaque(),
    /** Of the four roles, joined by hyphens. */
    revision: opaque(),
    heading: text(230),
    problems: lines(400),
    commander: opaque(),
    communications: opaque(),
    scribe: opaque(),
    sme: opaque(),
    people: z.array(z.strictObject({ id: opaque(), label: plain(100) })),
    how: text(400),
  }),
  samples: [
    {
      icm: sampleId,
      revision: '1-0-0-0',
      heading: 'Roles · ICM 512345678',
      problems: [{ text: 'Lukas Weber is not a member here.' }],
      commander: '4f3cbd85-6ea0-414c-99f7-b0518cae2344',
      communications: 'nobody',
      scribe: 'nobody',
      sme: 'nobody',
      people: [{ id: '4f3cbd85-6ea0-414c-99f7-b0518cae2344', label: 'Amara Nowak' }],
      how: 'Somebody is missing? Write “scribe of 512345678 is @name”.',
    },
  ],
});

/** Who has which role by default in a channel or chat. */
export const defaultRolesCard = defineCard({
  name: 'default-roles',
  view: z.strictObject({
    heading: text(120),
    notice: text(400).optional(),
    told: z.array(z.strictObject({ name: name(), teamsId: opaque(), line: text(200) })),
    roles: z.array(
      z.strictObject({ role: opaque(), title: plain(40), holder: text(160), person: opaque(), canRemove: z.boolean() }),
    ),
    how: text(400),
    source: text(300),
  }),
  samples: [
    {
      heading: 'Default roles of this channel',
      notice: 'Kept.',
      told: [
        {
          name: 'Amara Nowak',
          teamsId: '29:amara',
          line: 'you are the incident commander by default here from now on.',
        },
      ],
      roles: [
        {
          role: 'commander',
          title: 'Incident commander',
          holder: 'Amara Nowak',
          person: '4f3cbd85-6ea0-414c-99f7-b0518cae2344',
          canRemove: true,
        },
        { role: 'scribe', title: 'Scribe', holder: 'nobody', person: '', canRemove: false },
      ],
      how: 'Write “default commander is @name”.',
      source: '“Agree on roles.” (F70)',
    },
  ],
});

export const roleCards = [rolesCard, roleFormCard, defaultRolesCard];
