/** What an abbreviation can stand for. */
export interface ZoneMeaning {
  readonly zone: string;
  /** Minutes east of UTC that the letters say; absent where they say none ("ET"). */
  readonly minutes?: number;
}

/**
 * Abbreviations, the likeliest meaning first. "CET" stands for the clocks of central Europe; that somebody writes it
 * in summer, when they show CEST, is for the reader of times to ask.
 *
 * Source: IANA tz database (abbreviations in use); letters that only chat knows ("PT") after CLDR.
 */
const TABLE = `
utc UTC+0
gmt UTC+0
zulu UTC+0
wet Europe/Lisbon+0
west Europe/Lisbon+60
bst Europe/London+60
cet Europe/Berlin+60
cest Europe/Berlin+120
mez Europe/Berlin+60
mesz Europe/Berlin+120
eet Europe/Athens+120
eest Europe/Athens+180
msk Europe/Moscow+180
trt Europe/Istanbul+180
ist Asia/Kolkata+330 Europe/Dublin+60 Asia/Jerusalem+120
idt Asia/Jerusalem+180
gst Asia/Dubai+240
pkt Asia/Karachi+300
npt Asia/Kathmandu+345
ict Asia/Bangkok+420
wib Asia/Jakarta+420
sgt Asia/Singapore+480
myt Asia/Kuala_Lumpur+480
hkt Asia/Hong_Kong+480
pht Asia/Manila+480
awst Australia/Perth+480
jst Asia/Tokyo+540
kst Asia/Seoul+540
acst Australia/Adelaide+570
acdt Australia/Adelaide+630
aest Australia/Sydney+600
aedt Australia/Sydney+660
nzst Pacific/Auckland+720
nzdt Pacific/Auckland+780
brt America/Sao_Paulo-180
art America/Argentina/Buenos_Aires-180
clt America/Santiago-240
clst America/Santiago-180
cot America/Bogota-300
pet America/Lima-300
nst America/St_Johns-210
ndt America/St_Johns-150
ast America/Halifax-240 Asia/Riyadh+180
adt America/Halifax-180
est America/New_York-300
edt America/New_York-240
et America/New_York
cst America/Chicago-360 Asia/Shanghai+480
cdt America/Chicago-300
ct America/Chicago
mst America/Denver-420
mdt America/Denver-360
mt America/Denver
pst America/Los_Angeles-480
pdt America/Los_Angeles-420
pt America/Los_Angeles
akst America/Anchorage-540
akdt America/Anchorage-480
hst Pacific/Honolulu-600
sast Africa/Johannesburg+120
cat Africa/Maputo+120
eat Africa/Nairobi+180
wat Africa/Lagos+60
sst Asia/Singapore+480 Pacific/Pago_Pago-660
`;

export const MEANINGS_OF: ReadonlyMap<string, readonly ZoneMeaning[]> = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [letters = '', ...meanings] = line.split(' ');
      return [letters, meanings.map(toMeaning)] as const;
    }),
);

/** Letters that are a word as well; they count in capitals only. */
export const ALSO_WORDS: ReadonlySet<string> = new Set(
  'west wet eat art cat wat et ct mt pt pet ast sst est cot ict trt'.split(' '),
);

function toMeaning(text: string): ZoneMeaning {
  const match = /^([A-Za-z_/]+)([+-]\d+)?$/.exec(text);
  const [, zone = 'UTC', minutes] = match ?? [];
  return minutes === undefined ? { zone } : { zone, minutes: Number(minutes) };
}
