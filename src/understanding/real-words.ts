/**
 * English words that look like a mistyped word of the team's vocabulary and are none: "find" is no "kind", "west" no
 * "best". They are the words within typing distance of ours, chosen from SCOWL (Debian's wamerican-small):
 * "Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
 * associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
 * without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
 * this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
 * suitability of this array for any purpose. It is provided "as is" without express or implied warranty."
 */
export const REAL_WORDS: ReadonlySet<string> = new Set(
  `
aback abetting able abnormal abode abort abound aboves abridge abridged abridges absolved absolving acceding accent
accepted accepts accessed accesses accesss accident accidental accidentals accidents accompany accorded accordingly
accordion accordions accosting accounted accruing acquired acquires actions activate actively actives actuality
addressed addressee addresses addresss adjoined adjoining adoption adoptions adorning advanced advances advices
advise affect affixing afflicted afflicts affording afield aggression aging agrees aground ahead aide aided aiding
ailed ailing ails alarming alas alignment allays allocate allocation allotted allowing alloyed alls alter alto
altogether amassing amenable amending amounted amounts analysiss analysts analytic analytical analyzed analyzer
analyzes ancients annually antibody ants anybodys anyones anythings apiece aping appended appending appointments
appropriated appropriately appropriates apter arcs arise arising aromatic arousing ascending ascribe ascribed
ascribes ashed ashing ashs askew asks assignments assigns assisted asss attack attacked attacker attacking attained
attaining attended attends attesting attracted auction auctions autocratic automate automated automates automatics
automating automation avenging aversion aversions avert averts avid avoidable avoids await awaiting awake award
awarding awhile axiomatic azures backed backhand backlogs backs bade bagged bagging bail bails bait baiting bake
bakes baking balk balking ball balled balling balloted balls bandying banished bank baring bark barked base bases
basics basil basin basis bask basked basking batch batching bath batter baying bays beach beached bead beading beads
beady beam beaming beams bean beaning beans bearding beast beat beater became becomes beef beer beers bees beet
beetling beheading beholding beings belated bell bellowed bellowing belt bend bending bent bequest bequests beset
besetting besting bestowed bests bets betted bettered betters betting bettor biassing bide bile bill billed billowed
billowing bind binding bindings bins bitching bitter blabbing black blackened blackens blacking blade blamed blamer
blames blanking blare blaring blast blasting blaze blazing bleach bleached bleaches bleating blending bless blest
blinding blink blinks blogs blooding blooming blousing boarding bode bodys bogs bold bone bonfires bony bookmarked
bookmarks boon boot booth border boring botch botching bother bothers bounced bounces bound bout bragging braiding
brain braining braise braised braising brake branched breaches breachs bread breading breaking breasted breasting
breath breathed breather breathes breathing bricking bride bridged bridges bridle bright brine bringing brings brink
briny broach broached broaches broker broth brothers bruising brunched buck buggiest bully bummed bumper bundling
buoy burned burped bury bush bushy businesses businesss busing buss bust busts butter buttocks buttoned buys
bypassed bypasses bypasss bypast cable cabled cabling cackling cactuses caddying cage cages caging cajoling cake
cakes caking calendared calendars calf calfs calk calked calking calkings calks caller callings callus callused
calluses callusing calm calmed calming calms came campuses canceled cancels cancer candle candled candling candying
cane canes canopied cant canter cantered cape capes capsuled captions captures care cares carnation caroling
carolled carolling caroused carouses cased cash cashes cashs cask casks cast caste castes castling casts casually
catcalled catch catching catchings cater cats caucused caucuses caulking cave caves cease ceases cell cello cells
cent centered centers certified chafe chaffing chaining chairing chalking champing chance chanced chances chancing
channeled channelled channels chanted chanting chaplain chapping charge charged charges charging charming charring
charting chased chases chasm chaste chat chats chatting cheated cheating checker checkers checks cheek cheeked
cheeking cheeping cheering cheesing chick chide chile chilling chink chinking chinning choosing chose chow chowing
chuck chucked chucking chuckled chuckling chugging citation clacked clacking claiming clamming clamping clan clanged
clanging clanking clashing clasping classing clause clauses clean cleaning clearing clears cleat cleave cleaving
cleft clerking clicking clinched clinging clinical clink clinked clinks cloaking clocked clocking clogging clogs
clone closer closes closet closeted closeting clothing clotting clouding clouting clove clowning clucked clucking
coalition coalitions coat coats cock coexisting coffer cogs coherence coin coined coining colander cold collages
collected collection collective collector collects colleges coloring coma comas comb combatted combs come comes
comma commanded commandeer commandeers commanders commando commandoes commandos commas commence commences commend
commended commends commented commits committee committees commoner commonest communed communes communicable
communicated communicates communicative communicator commuted compacted compacting compacts companys compelled
compete competed competent competes compiled complacent complained complains complaints completely completer
completes completest complexes complexs compliant complied complying components composted computed concealed
conceded conceited conceived conception concerns concerted conciser conclude concluded concluding concoction
concocts concreted concurred condemned condensation condensations condensed condiment conditional conditionals
conditioned conducts cone confection confections conferences conferred confidant confidants confided confidence
confidently confides confiding confined confines conform conformed conforms congested congestion connected
connecting connections connective connector connects consents conservation conservations conserved considered
considers consisted consorted constant constants constrain constructions consulted consumer contacted contagion
contained container contains contempt contend contended contends contented contention contents contest contested
contests context contexts continent contorts contract contracts contrast contrasts convection convections convened
convent convention convents converged convergence conversational conversed conversion conversions converted
conviction convictions convicts coop cooped cooperations cooping cope coped copier copies copped cops copys cording
cords core cork corked corking corks corning corrected correcter correcting correction correctly corrector corrects
corseted cost costs cosy cottages counters countess counties counting countrys county countys courages court
courting courts cove covering cower cowered cowering cozy crack cracked cracking crackled crackling cradling craft
crafting cranking crate crated crating crawling creaked creaking creamed creaming crease creased creasing creates
creations creative creature creatures credited crediting creeping cremate cremated cremates cremating cremation
cremations crescent crest crested cresting crevices crib cribs crickets cries criminal cringing crisp criterion
critically croaking cropped crossing cruising crust crusting crusts crys cubs cues cull culled culling culls cult
cults cultured cunning cunnings cups curing currant currants currency currents curst curt customary cuts cuttings
cyst cysts dabs dads daft dais dallying dame dames dampened dams dangling daring dark dashboards date dating
dawdling dawn dead deader deadlier deadliest deads dealings dean deans dearly debriefed debriefs decade decades
decay deceive deceived deceives decent deception decibels decidedly decisions decisive deck declared declines decode
decoded decodes decoding decrease decreased decreases deduce deduced deducted deeded deeds deep deepened deer deers
defaulted defaults defected defended defensed deference deferences defiance defied defile defiled defiling defines
definite definitions definitive deflated deformed defrauded deft degenerate degrade degrades degrading deign deject
dejected dejection dejections delays delegate deleted deletes deleting delicate delimited delimits delusion
demanding demeaning demoting dens dense dent departed departing depending deplete depleted depletes deport deported
deporting depraved depression derail derails deride derided derides derision derisions described describes
descriptions descriptive descriptor designed designer designs desisting desks desolation destined destructions
detached detailed detain detained detains detected detection determined determines determinism deterring detesting
developed develops devolution devolved devolving dews dialogs dialogue dies differed differently differing
digression dill dills dilution dime dimes dine dins directed directer director directory directs direst disappoint
disappoints discus discuses discussed discusses disgusts disk dismissal dismissed dismisses dispatch disprove
disputed disputes disrepute distaste distastes disusing ditching dive diversion division dock docks documents doer
doers dogs dole doles doling dome domes doming dominion donation dons donut dope dopes doping dopy dose doses dosing
dote dotes doting dots doubting dour dove doves downgrades downs downy doze dozes dozing drafting drafts drafty
dragging drain draining dread dreading dreaming drenched dries drift drifting drily drip dripped drips droll drone
drooped drooping drown drys dubs duding dues duff dully dumber dumped dune duping duplicated duplicates duplicity
dusk dust dusts dwell dyes dying earl earliest earls earn earned earthier earthlier ease eases east eater eating
eave edit effected effects eight eject ejected ejection ejections election elicited else embarked ember embers
eminence emission emit emitting employe employed employees employer employers employes employment emulated emulates
emulation enabled enables enact enclosed enclosing encouraged encourages encumber encumbers ending enduring enforced
engaged engages engender engendering engenders engineered engineerings enlisting enoughs enquired enquires enrage
enter entrys enviable environmental environments equality erecting erection escalator escalators escapade escapades
essaying estate estimates etchings eternal ether ethers evenings ever evicting evidenced evidences evolution
evolving exacting exacts exalt exalting examines exampled excavate excavated excavates excavating excavation
excavations excepted excepting exceptional exceptions excerpts exchange exchanged exchanges exchanging excising
exciting excluded excluding excommunicate excommunicating excommunication excommunications executed execution
exemption exercised exercises exert exerting exertion exerts exhausts exhort exist existent exiting exits expedited
expelled expend expended expending expertise expertly explained explains exported exporter exporting exports
extended extends extent externally externals extort extras exulting fable face faction factions factual factually
fade fail failed failing failings fails fainting faked fakes faking fall falling falls fame fames fare fast fate
fating fattened fatter faze feasting feathers featured feedbacks feeds feelings feinting fell felled fellow fencings
fend fended fending festered fetching fetter fever fiddling fielding fiend fiendish fiends fight filching files
filet fill filler fillet filleted filling filly film filmed filming finale finalist finality finalized finalizes
finals find fine fined finessed fining finishes finishs fins fire fired firing firs firsts fissures fist fists
fittings five fixes fixtures fizzling flagging flailing flake flame flaming flamingo flanking fleas flecking fled
fleeting flicked flied fling flinging flink flogs flooding flooring flopping flossing flouting flower flowered
flowering foes fogs foiled foiling foisting fold folding follower followers followings follows folly fond fondling
font food foot fording fords forearmed forewarn forewarned foreword forget forgo fork forked forking forks formal
formation formats fortification fortifications fortified forwarder forwardest forwards founding founds fount
fountain founts four fours foxed foxing fraction fracture fractures franking freaking frequencys frequent frequented
frequenter frequenting frequents fretting friction friending fright frill frills fringing fronting frosting fruiting
frustrate frustrates full fulled fulls functional functionally functioned functions fund funding funs furnished furs
fusing fuss gable gage gagged gagging gaging gain gait gale gall galled galling galloped galls gamed gamer games
gangling gape gases gate gateways gating gave gays gaze gazetting gees genera generally generals generated generates
generator gent gentling gentry germs gestured gestures gibe gill gins gist gists givens gives glancing gleaming
gleaning glide glides glossing glower glowered glowering glutting gluttons goad gobs gods gold gone gong goods goody
goof goon goos gores goring gown graft grafting grain granting grassing grating gratings grayed greasing great greed
greediness greeting greetings greyer grill grills grinding grinning gritting ground groupers grouping grousing
grunting guesting guided guile guiles guise guises gully gunning gust gusts gutting gyrating hack haggling hail
hails hall halls hallways halo hampered handed handing handler handlers handles handsomer hanged hanging hangings
hangover hangovers happen hardened hardline hare hared haring hark harked hassling hastened hatch hatching hate
hating haying hays header headings headline headlined headlines headlong heads heady heal healing heap heaping hear
heard hearing hearings heartier heat heating heave heaviness heaving heckling heed heeded heeding heeds heir held
hell hellos hells helm helps hemp heralding herd herding here hero hick hided hides highs hike hill hind hinged
hinging hippy hire hissed hissing historic historys hitching hive hoarding hock hoes hogs hoisting hold hole holes
holing hollow hollowed hollower hollowing holy hone hood hooding hoop hooped hooping hoot hope hording horse hose
host hostages hound hounding hove hovering hubs huddling hues humped hurdling huskiness hyphened ices identity
identitys igniting immediate impacts impaired impairing impaling impart imparted imparting impeached impeaching
impending impinged impinging implanted implanting implicate importance importantly imported importing impossible
impotent improbably improper improved improvements improves improving improvise inaction inactive inappropriate
incensed incenses inception incidence incidences incidental incidentally incidentals incision incite inciting
inclined inclining inclosed incloses inclosing includes incomplete incorrectly incurred indecision indicting
indifference indifferences indifferent indirect indirectly indorsed ineligible inertial infected inference
inferences inferred infields infirm inflamed informal informational informations informative informer informers
infrequently initialed initially initials initiate injected injection inks inquests inquired inquires inscribe
inscribes inscription insecurity insider insiders insides insisting instal installed installs instals instigate
instigated instigating instigation instigations instill instills instructing instruction instructors intakes
integral internally internals interned internes internet interval intervals intimate intimated into introspective
intruded intruding invading invalidate invalidated inventing inverses inversion inverting investigates investigator
investigators investing invited invites invoiced invoicing invoking involvements involves iris irresponsibility
irresponsible isolation issued item iterations jack jade jagged jail jails jangling jays jeans jeer jeers jell jest
jesting jetting jingle jingling jogs john joins joint jointed jointing jumped junction junctions just justifications
justifies keel keen keepings keeps kelp kick kicked kill killed kinda kindling kindlings kinds king kink kinks kins
kissed kissing kneading knew knit knits knob knocker knockers knot knows knuckled labels lace lack lade lads lager
lagged lagging lags laid lain lake lakes lame lamer lames laming landings lane languages lapel lark larked laser
lash lass lasts latch latching latex lath lathe lather latter laxer layer layering laying lays lead leaded leaden
leaders leaderships leading leafs leaks lean leaned leaner leaning leans leaps learning learns learnt lease least
leaved leaves lectures leek leeks leer leers lefts legion legions legs lend lending lends lens lenss lent lept
lesions lessens lesson lesss lest lets letter letting levee levees leveling lever levering levers lewder libel lick
licked licks lifeline lifelines lift lifts light lilt lilts lime limes line lines linger lint lints lisp lisps liter
litigation litigations live lively liven livening loader loads lobs locale located locates locating locations lock
lodger loft logger logo loin loitered loitering lone longed longs look looked looking loom loomed looming loon loops
loosed loosing loot looted looting lope loped loping lopped lopping lops lording lords lose loser losing loss lost
loth lots love loved lover loving lowed lowers lowliest lows lugs lumber lumbers lumped luring lust lusts lute mace
macing mads maid maids maim maims mains majors make makes male mall malls managed manages mane mange manger mangers
mangling manor mans mantling manually manuals marching mare markedly marker market marketed marking markings marks
marred mars mart mask masked masking massage massaged massages massed massing mast master match matching mate
maternal mating mats matte matted mattered matters mattes mattings maul mauls maximums maybes mayor mays maze meal
meals meanings meant measlier measures meat meats mechanical mediums meek meekly mellowed mellowing melting menacing
mend mended mending mens mentions mentored menus mere meriting mesdames mesh mess messed messing metering meting
metro metros miens might miking mile militate militated militating mill milled mime mimes mince mind minding minds
mine mines mingle mingling mink minks mint mints minuet minuets minus minuses minuted minuter minutest miseries
misled mismatched mismatches miss misses missions mist mistaken mistakes misted misting mists misused misusing
mitigates mixed mixing mixs moan moaning moans mocks mode moderated moderately moderates moderations moderator
modification modifications modified modulate mold molding moldings mole moles monitored monitors monk months
monument mood mooed mooing moon mooning moot mope moped moping more mornings mortal mortification mortifications
mortified most moth mother mothers motif motifs motioned motivate motivated motivating motivation mound mounding
mount mountain mounting mounts mourning mournings moussing mouth mouthing mover moves movie mowed mower mowing mown
muchs muck muggiest mugs mulch mules multiples multiplied multiplies multiply munch mush musing mussed mussing must
musts mutilate mutilated mutilating mutilation mutter mutton muttons mutually mystified nagged nagging nail nails
named nameless nape napes nappy nays nearly neat neckline need needled needy negligible nest nesting nestling
netting nettings nettling newer newt nexts nick nicked niece nigh night nite nites nits nobodys node nodes noes none
noon noons noose normally normals nose noses notation notching noted nothings noticed notices notifies novice
nuclear nuder nullifies numbed numbered numbness oases obey objected objection obsession obstructions occupied odder
odes offed offers officer officers offices officially officials officiate oiled oiling oily okays older omen onces
opener openings opens operating operation operational operatives operators opinions opponent optional optioned
orations orbiting ordaining orders otter otters ouch ounce ours oust ousts outdated outed outing outrage outraged
outrages outshine outsider outsiders outsides ovations oven overdoes overdone overdose overdrew overrule overture
owned ownerships oxen ozone pace pacing pack packed padded padding paddings paddling paged pager pages paid pail
pails pain paint painting palace pale paling pall palled palling palls pancreases pane paneling panelled pang
panicked panning pant panted pants parading paralyses paralysis paralytics parcelled parching pare parentage paring
park parked parse parsed parson participant participate participates pass passable passages passed past pastured
patch patching pate paternal patter pauses pave paving pawing paying pays peace peak pear pears peas pease peck
pecked peddling peek peeks peel peels peep peeps penalize pend pended penetrate penning pensioned peopled peoples
perceive perceived percentages perception percussion performances permissions permissive peroxide peroxided persona
personal persons pest pestered peter peters petrified petting phase phoned phones phoney phony phrased phrases
pickaxed picket picketed pickets pickled picks picky pieced pieces pier pierce piers pigged pigging piked pile piled
piling pill pilled pillowed pillowing pinching pine pined pining pinion pink pinked pinking pinks pinned pinning
pins pint pipeline pipelines pirating pitching placed places plaguing plaice plain plane planing plank planking
plans plant planting plate platformed platforms play plea plead pleading pleads pleased pleases pleasure pleat
pleating pleats plod plopping plumbers plunging plus pluss plys pockmark poet pointing points pokey pole poles
police policys polished pollution poop pooped pooping pope pork porks porpoise porpoised port portable portals
portions pose possibles possibly postages postal postcode postponed postpones posts posy potion potions pots pounce
pound pounding pour pours pout pouted pouting powdered powdering power powered powering practical practiced
practices practise practised practises praise praised praising prancing prawning preach preached preacher preaches
precedences precious precision prediction preference premise premised premises premising prepared prepares prescribe
prescription present presents presided prevalent prevented preventible preventing prevention preventives prevents
preview previewed previewer previewers previewing previews previously preyed prick pricked pricking prickled pries
prim primate primates princess print printing prioritys priors privately privater privates privatest privatize
probable probables probe probes procedural procedures proceeds proceedss processed processes processor processs
prods produce produced producer produces productions productive products profess profiled profiling profited
profiting programed programer programme programs progressed progresses progression progresss projected projection
prom promises promoted promoting prompted prompter prompting proms prone prong prop propel properer properly propers
property proposal propose proposes proposing propped props pros prosper prospers prostrated protection protests
proud provable provably provider provides providing province provoked prow prowess prowesss prowlers prows publisher
publishers publishes puck pulse pumped punished punning pups purified purported purposed purposes puss quack
quacking qualified qualifier qualifiers qualities quality qualitys quantify quest questing questioned queued queues
quicks quiets quilt quirk quit quite quote quotes racing rack racked racking radiance radioing raft rafter rafting
rage ragged ragging raging raid raided raiding rail railed railing railings rails railways rain rained raining
raises raisin raisins rake rakes raking rally rallying ranching rankling rant ranted ranting rants raping rapture
raptures raring rate ratification ratifications ratified ratings rational ratting rattling ravening raving ravished
ravishing rays razing reach reached reacting reaction reactive reader readership readiest readinesss reading
readings reads readying real realty ream reams reap rear reasoned rebated rebating rebind rebinding recalled
recalling recant recanted recapture recaptured receding receipted receiver receivers receives recenter recently
reception receptive recessed recession reckoning recline reclined reclines recoiled recoiling recollect recommend
recommends recompensed recondition reconditions reconsider recorder recorders recordings recounts recouped recouping
recovered recovers recovery recoverys recreate recreated recreating recreation recurred recurrent recurring reddened
redefine redefined redefinition redesign redirect reds reduces reduction reed reeds reek reeks reelected reference
referenced references refilled refine refined refining reflected reflection reformat reformation reformed reforming
refueled refuge refunded refunding refuses refute refuted refuting regarded regarding regenerate regent regimens
regressing regressions regulated rehearse reindeer reindeers reis rejecting rejections rejects rejoinder rejoinders
rejoined rejoining relapsed relate relates relating relation relaxed relay relayed released releases relegate
relegated relent relented relieved relieving religion religions reliving reloaded reloading relocate relocated
relocation rely remainder remainders remained remaining remaking remarked remember remembers reminded reminds
remission remitting remote removes rend rending rendition renditions renewing rent reopening reopens repaired repay
repeal repeated repeating repeats repent repented repenting repercussions rephrase replaced replay repleted
repleting replicate replys reportedly reporter reporters reports reposing repression repressions reproduces
reproduction reprogram reproved reproves reproving repulsed reputing require rerouted rerouting rescheduled
reschedules rescinding research resent resented reserved reserving reset resetting residence residing resign
resigned resisting resolute resolutions resolver resolves resort resorted resorting resource respected respects
responded responds responses responsibilitys responsibly responsive restarted restarting restarts resting restores
rests resubmit resulted resulting retail retails retarded retarding retching retention reticent retirement
retirements retort retorted retorting retrospecting retrospectively retry returned returns reunions reuse reused
revel reveling revels revenging revere reverences revering reversion reverted reverting reviewers reviling revising
revision reviving revoking revolted revolting revolution revolutions revolve revolved revolver revolves revolving
revs rewarded rewarding rewind rewriting rewritten ride ridge rights rile riled riles riling rind ring ringed
ringing rink rinks riot ripening rise rising rite road roasting robe robes robot robs rock rode roes roll rolls roof
rook room roost roosting rooted rooting roots rope ropes rose roses rotating rotation rote rotes rotted rotting
rouge rouged roughing rouging round rounding rouse roused rousing rout routeing router routes routine routines routs
rowdiness rubbished rubs rues ruining rule ruled ruler rulers rumoring runes runnings ruptured ruses rust rusts sack
sacs sadden saddling safer safes sage sagged sagging sags sail sails sake sakes sale salients salivate salivated
sallower salved sames sanction sand sanding sane saps satisfactions saturation save saving savvying sawing saws
sayings scalding scalping scanning scanting scare scared scarfing scaring scarring scenarios scent scenting
scheduler schedules scolding scooping scoped scopes scored scorer scores scorn scorning scouting scowling scream
screamed screaming screams scribble scribbles scything seam seams sear searched searches searchs seared searing seas
season seasoning seasonings seasons seat seating seceding secession secluded secluding seconded seconding secondly
seconds secretion sect sectioned sections securely securing securities securitys sedating sediment seduce seduced
seduction seed seeded seeding seedling seeds seek seeks seen seep seeps seer sees seething selected selection sell
sends seniors sensed senses sensing sensor sentient sentimental sentiments sentries sentry separated separately
separates separator serenity seriess serve serves serviced servile sessions sets setter settling seven seventies
sever severed severely severer severest severing severitys severs sews sexs shack shade shaded shading shadowing
shaft shafting shake shaking shame shamed shameless shaming shamming shape shaped shaping shareholder shareholders
shares shark sharked sharking sharp sharped sharpened sharpens sharping shave shaved shaving sheared shearing shed
shedding sheering sherries shes shifts shifty shingle shingled shingles shire shirking shirt shirting shoaling
shocking shod shoe shoed shoeing shone shoo shooing shoon shoot shooting shop shopped shopping shore shored shoring
shorn shorting shot shoulder shouldnt shout shouting shoving showered showering showings shows showy shred shroud
shuck shucking shun shunning shut shutting shying shys sick sicked side sideline sidelines sieve sift sigh sight
sill similarly simulates simulating simulations simulator sine sing singe singed singeing singing singled singles
singless singling singly sink sinks sins sitting situated situating situations skate skid skill skirting skying skys
slab slabs slack slacking slag slam slamming slams slanting slap slaps slash slat slate slats slay slaying slays
sledding sleeting slicked slid slinging slink slinks slitting slogs slop slope slopped slopping sloshing slotting
slow slower slowest slowing slumbers smack smacking smart smarted smarting smearing smelting smock smoke smoothing
smote smothers smuggest snack snacking snagging snare snared snaring snarling snatching sneak snitch snooped
snooping snoozes snore snorting snow snowing snubs snuck snuggest soared soaring sobering sobs sock sodden soften
soggiest sold sole soled soles soloed solutions solve solves some someones somethings soot soothing sopped sore soul
souls sounding sounds sour sourced sources sours sowing sown spanning spare spared sparing sparking sparring spas
spate spatting spaying spays speaks spear spearing specifics specified specifier specifies speck specking speeding
spend spending spent spill spinning spitting sponging spoon spore sporting spotting spouting spraining spraying
spreading springing sprouted sprouting spud spurting spying spys squaring stabbing stable stabling stacking stacks
staffing stage staid staining stake stakes staking stale stalk stalking stall stalling stamping standing stank
stapling star starch starched starching stare stared staring stark starred starring stars starter starters startled
startles startling starts starved starving stated statements stater states statesmen stating statue statues statures
statuses statuss statutes stave staying stays steak stealing steam steaming steams steep steeps stem stemming stems
stepped sterling stew stews stick stickers stills stimulate stimulated stimulates stimulation stimulations stinging
stinting stipulate stipulated stipulation stirring stitch stock stomp stomped stone stony stoop stooped stooping
stopper stoppered stoppers stops store storey stork storm storming stormy storys stow stowing strain straining
strapped stratums strawing straying streak streaking streaks streamed streamer streamers streamline stressing
strewing stripped struck strumming stubs stud stunk stunning stunting subjected subjects submits subscriber
subscribers subscribes subscript such suck suction suctions suddenly suds sues sugaring suggested suggester suggests
suing summarily summarys summit sums sunning suns supplied supporter supporters supports suppose supposedly supposes
surveyed surveyor surveys survives swallowed swarming swathing swatting swaying sways swearing sweating swell swift
swill swinging switched switcher switches switching switchs swoon swooping swords swore symptom systems tabled
tables tablet tack tacked tacking tackling tags tail tails tainting taker takers talc tale tales talks tall tallying
tame tames taming tangents tangling tangoing tank tankards tanking tanks tape tapes taping targeted tart tasked
tasking tasks tasting taxes taxing teaching teak teaks tear tears teas teat teats technically technician tedium teem
teems teen teething tell temperate tempting tenable tend tended tending tense tent tenting term terrified testified
tests text textures thanking thatching thats thaw thee theirs theme thens theres theses theyre thick thickens
thickest thicket thickets thigh thin thinks thins thong thongs thorough though threaded threading threads threat
three threshed thresholds throwing thud thus tick ticked ticketed tide tides ties tiff tight tile tiled tiles tiling
till tilled timed timelier timeliest timer timers ting tinged tingeing tinging tingle tingling tings tins tire tires
tissue tissues titled titles toad toasting todays toed toes token tolerate toll tomb tome tomes tomorrows tonal tone
tonights toot topped torments tost totals tote totes tour tours touted touting toweling tower towered towering town
trace traced tracing tracks tract traction tradition traffics trail trailing trainings trains trait tramping
tramples transaction transfers transform transformed transiting transitional transitioned transitions transitive
translation trapping trashing trawling tread treading treason treasons treated treating treats treaty trekking
trenched trending trialing triangle trick tricked tricking trickled trickling triggers trill trills trinkets trio
trios trite trod trolly trooping trotting trough trouping truck trucked trucking trunking trusting tubs tuck tugged
tugging tugs tumblers tuned turfed turner tusk twanging tweaking tweeting twigging twine twinging twisting twitch
twitching tying typed types udder ultimate unaffected unanswered unassigned unattached unavailable unbroken
unchanged unclean uncleaner unconcerned unconfirmed undecided undefined understands understate understated
understood undocumented unexpected unfilled unfinished unfit unfits unhappily uniformed uniforms unimportant
uninformed unite unites unity unitys unjustified unlikely unlimited unlocked unmarked unofficial unpublished
unrelated unsaying unscheduled unset unsigned unsolved unstable unsupported untie unusable unusually unwanted
unwritten upending upgrades upholding upsets upsetting upstarted upstarting upstream upturned urgencys urgently
usable ushering usuals vacation vain validates validity vanished vase vases vast veer veers vend vended vending
venerate venerated venerates vent ventures verdicts verifies versions vertices vest vesting vetting vied vies views
vile vilified visually vocation vocations void volition voltages vote votes wadded wadding waddling wade waft wafted
wafting wafts wage wagged wagging waging waif wail wailing wails waist waited waits waiving wake waken wakes waking
walk walking wall walled walling walloped wallowed wallowing walls waltzing wand wands wane waned wanes wanting
wantoned warding wards wart warts wasnt wasted wasting watchdog watchs water watering watt watts ways weak weakened
weakly wean weaning weans weariness weave weed weeded weeds weekended weekends weeklys weep weeps weer wees weld
wells welt wept west wetter wetting weve whacking whale whats wheat whens wheres whet whetting whew whiled whiles
whim whine white whoa whole whooping whore whos wick wicked wicket wickets wide widow width wield wields wild willed
wills wilt wily wince winching wind winding windows wing winged winging wink winks winnings wins wire wish wist
witch witching withdrawal withdrawing withdraws withdrew wits wive woes woks wont wonts wood wooding woods word
worded wordings wordy wore worker workings world worlds worm wormed worming worms worn worrying worsen worses worst
worsting woulds wound wounding wove wreaking wreathed wreathing wrecking wren wrenched wrest wresting wretched
wright wring wringing writ writer writes writhe writhing writings writs wrongs wrote wrung yack year yearlies yearly
yearn yearned yearning yell yellowed yellowing yelp yess yesterdays yield yields yock youre yous zest zoned zones
`
    .trim()
    .split(/\s+/),
);
