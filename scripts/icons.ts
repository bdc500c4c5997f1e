import { writeFileSync } from 'node:fs';
import { drawIcons } from './teams-app/draw-icons.ts';

/** `npm run icons`: draws the icons of the Teams app anew. A test says when they are not the ones in `manifest/`. */
for (const [name, bytes] of Object.entries(drawIcons())) writeFileSync(`manifest/${name}`, bytes);
