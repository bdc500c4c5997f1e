/**
 * Own lines about tracked ICMs, each with the kind that answers it: `kind | line`. The first table was written before
 * anybody had seen what the reader makes of them, the second in four rounds, each before the reader had seen it.
 */
export const WRITTEN_FIRST = `
track | track 598112340
track | pls track icm 598112340 for case 2411220050001234
track | I just opened ICM 598112340 for SR 2411220050001234, sev A
track | opened an icm for the contoso outage: 598112340, sev 1
track | add 598112340 to my list please
track | can you keep an eye on 598112340 for me
track | follow icm 598112340
track | trak 598112340 sev b "Job stuck in Starting"
track | new ICM 598112340, case is sev C
track | bookmark 598112340
track | track 2411220050001234
received | i got a case from Tom that already has an icm
received | took over a sr with an icm, what should i do
received | inherited case 2411220050001234 with icm 598112340
received | a colleague handed me his case, it has an ICM open
received | just received a case w/ an icm attached
list | my icms
list | list all my icms
list | show me the icms i have open
list | my tracked icms pls
list | which icms am i on
list | icms mine incl. resolved
list | my open incidents?
list | show 598112340
resolve | resolve 598112340
resolve | icm 598112340 is resolved now
resolve | 598112340 got fixed and closed
resolve | mark 598112340 as resolved
resolve | pls close 598112340
reopen | reopen 598112340
reopen | icm 598112340 was reopened by PG
reopen | 598112340 is open again
hand-over | hand over 598112340 to @Priya
hand-over | give 598112340 to tom
hand-over | 598112340 goes to Anna Schmidt now
hand-over | pls transfer icm 598112340 to Raj
hand-over | Priya takes over 598112340
severity | 598112340 is sev A now
severity | case of 598112340 went from B to A
severity | icm 598112340 was raised to sev 2
severity | 598112340 b->a
severity | customer lowered the case on 598112340 to sev c
form | track an icm for me
form | i want to track a new icm
form | track
how-track | how can i track an incident
how-track | where is the track option in the portal
how-track | steps to put an icm on the tracked list
how-track | tracking doc?
how-track | what do i click to follow an ICM
how-track | how do u watch an incident
how-watch-or-subscribe | is watching the same as subscribing
how-watch-or-subscribe | what does watch do
how-watch-or-subscribe | should i subscribe or just watch
how-watch-or-subscribe | diff between watch & subscribe pls
how-watch-or-subscribe | does watch send me mails too?
how-email | how do i get a mail when PG writes something
how-email | notify me of changes in the icm by email
how-email | i don't want to miss the PG's answers in my icm
how-email | subscribe to 598112340
how-email | wanna know as soon as the incident is updated
how-stop-email | too many mails from an icm, how to switch off
how-stop-email | unsubscribe me from icm 598112340
how-stop-email | how do I turn the icm notifications off
how-resolved | where did my resolved icms go
how-resolved | how can I see closed incidents in my tracked list
how-resolved | view all tracked icms, also resolved
how-find | where is my tracked list
how-find | i lost the icm i had open in october
how-find | can't find the dashboard with my incidents
how-find | how to find an old icm again
not-documented | track is greyed out for me
not-documented | can i export the list to excel
not-documented | there is no Watch button
not-documented | can my lead see what i'm tracking
not-documented | is there a mobile app for icm
not-documented | how do I remove an icm from the tracked list
`;

export const WRITTEN_AFTERWARDS = `
track | pls add icm 601234567 to tracked
track | opned ICM 601234567, SR 2411220050001234
track | start tracking 601234567
track | Could you track incident 601234567 (case 2411220050001234, severity B)?
track | i have raised icm 601234567 for the contoso case
track | track #601234567 "Output to Cosmos DB stalls, sev A feel"
track | put 601234567 on my tracked list
track | icm 601234567 created for sr 2411220050001234
track | monitor 601234567 for me
track | track icm 2411220050001234
track | outage icm 601234567 opened, sev 1
received | Raj transferred his case to me and it has an ICM
received | got assigned a sev B with an icm 601234567
received | my new case comes with an icm, i inherited it from APAC
received | picked up a case that already had an icm, now?
received | case was handed over to me incl. icm
received | i've been given a case with an incident
list | my open ICMs
list | what icms do i have
list | show all my tracked icms incl closed
list | list mine
list | which incidents am i tracking right now?
list | give me my icm list
list | my resolved icms
list | status of 601234567
list | what am i tracking
resolve | PG resolved 601234567
resolve | 601234567 done, please close it in my list
resolve | icm 601234567 has been resolved
resolve | set 601234567 to resolved
resolve | reslove 601234567
reopen | pls reopen icm 601234567
reopen | 601234567 is not fixed after all
reopen | put 601234567 back to active
hand-over | 601234567 please reassign to Lena
hand-over | handing 601234567 over to Omar Haddad
hand-over | hand 601234567 to @Sven
hand-over | assign icm 601234567 to Priya from monday
hand-over | i'm off, give 601234567 to Kim
severity | 601234567 is now a sev 2
severity | sev of the case for 601234567 changed to B
severity | 601234567: customer raised it from C to A
severity | bump 601234567 to sev 2
severity | case 601234567 is only sev C now
form | track a new incident pls
form | i'd like you to track my icm
form | i just opened an icm
how-track | how to put an incident on my tracked list
how-track | which button adds an ICM to my list
how-track | is there a wiki on tracking
how-track | where do I click to follow an incident
how-track | i created an icm, how can i keep an eye on it
how-track | how does one track in the icm site
how-track | three dots, then what?
how-watch-or-subscribe | watch or subscribe?
how-watch-or-subscribe | will i get emails if i only watch
how-watch-or-subscribe | wats the diff of subscribe & watch
how-watch-or-subscribe | subscribe = mail, watch = list, right?
how-watch-or-subscribe | does subscribing also add it to my tracked
how-email | can the portal mail me when an icm gets a comment
how-email | get notifed about changes to my incident
how-email | how to subscrib to an incident
how-email | i never see the answers of the PG in time, how do i get them by mail
how-email | email alerts for 601234567 pls
how-stop-email | how do i get rid of these icm notifications
how-stop-email | unsubscribe
how-stop-email | stop sending me mails about 601234567
how-stop-email | i no longer want mails for this icm
how-resolved | my list only shows active icms, where are the resolved ones
how-resolved | how to include closed icms in the query
how-resolved | full list of tracked incidents, open and resolved, where
how-find | where can i find my tracked icms in the portal
how-find | cannot find my list of icms
how-find | which page shows the incidents i follow
how-find | how do i get to an icm from september
not-documented | why can't I click Track
not-documented | is it possible to sort the tracked list
not-documented | our manager wants to see all our tracked icms, how
not-documented | does the owner see that i watch it
not-documented | download tracked incidents as csv
not-documented | untrack an incident how
untrack | untrack 601234567
untrack | take 601234567 off my list
escalate | escalate 601234567
track | track 401234567 pls, sev A
track | i've opened 401234567
track | watch 401234567 for me
track | new icm: 401234567 for case 2411220050001234
track | i filed incident 401234567 yesterday, sev 3
received | case with icm landed on my desk, what now
received | I took a case over from Anna, it has an ICM
received | customer case transferred to me already has icm
list | list my tracked icms
list | icms i opened
list | what incidents do i have
list | show me mine
list | icm list for me
resolve | 401234567 is closed
resolve | can you mark 401234567 resolved
resolve | icm 401234567 fixed by PG, resolve it
hand-over | 401234567 to @Tom please, hand over
hand-over | pass 401234567 on to Lena
severity | 401234567 moved from C to B
severity | customer raised severity of 401234567 to A
form | track something
how-track | tracked list how do i add
how-track | howto track incidents
how-track | need steps for watching an ICM
how-track | where do I find Track in the icm
how-track | how can i pin an icm
how-track | what is the procedure for tracking an ICM i created
how-track | how do i keep track of an icm
how-track | wat is "add tracking"
how-watch-or-subscribe | which one, watch or subscribe
how-watch-or-subscribe | is subscribe enough or also watch
how-watch-or-subscribe | does watch notify me
how-watch-or-subscribe | what happens when i click subscribe
how-email | I want a mail on every update of my icm
how-email | how to subscribe to icm
how-email | get alerted when PG responds
how-email | icm update emails how
how-email | how do i know when the dev answered in the icm
how-stop-email | mute icm mails
how-stop-email | how can i unsubscribe
how-stop-email | icm spam in my inbox, make it stop
how-resolved | can i see resolved ones too
how-resolved | closed icms are gone from my tracked, where
how-resolved | where's the full list incl. resolved
how-resolved | show both open and resolved tracked icms in dashboard
how-find | which menu is my tracked under
how-find | where are the icms I'm following
how-find | find my incident from last week
how-find | how do i open my tracked list
how-find | dont know where my icm is
not-documented | track option missing in the menu
not-documented | '...More' does not open
not-documented | tracked list to excel?
not-documented | can i set up tracking for the whole team
not-documented | how does my lead get a view of our icms
not-documented | can two people track the same icm
not-documented | sort my tracked by date
not-documented | icm app for phone
track | track ICM 587123456
track | add 587123456 to tracked icms
track | i created icm 587123456 for SR 2411220050001234 sev C
received | I got a new case which already has an ICM, how to track
received | case with icm was reassigned to me
list | show my tracked icms
list | list of my open icms
list | my icm's
resolve | icm 587123456 resolved
resolve | close 587123456 on my list, it's resolved
hand-over | hand over 587123456 to Priya
severity | 587123456 is now sev A
form | track my icm
how-track | how do I put an ICM in tracked
how-track | how to use the track option
how-track | tracking an incident steps
how-track | where is "Track" in icm
how-track | tracked incidents how to add
how-track | is there documentation on icm tracking
how-track | how do i save an icm to find it later
how-watch-or-subscribe | subscribe or watch, what should i use
how-watch-or-subscribe | do I need to subscribe if I already watch
how-watch-or-subscribe | what is the point of watch
how-watch-or-subscribe | explain watch and subscribe
how-email | how to get email updates for my ICM
how-email | notify me when the icm changes
how-email | can i get an email if PG answers
how-email | how do i subscribe to an icm
how-email | turn on icm email notifications
how-stop-email | how to unsubscribe from an icm
how-stop-email | too many notifications from tracked icms
how-stop-email | turn off icm emails
how-resolved | see resolved icms
how-resolved | where is view all in my tracked
how-resolved | where can i find closed icms that i tracked
how-resolved | my tracked list shows only open icms
how-find | where is My Tracked in the dashboard
how-find | how to open the dashboard in icm
how-find | how do i find my tracked icms
how-find | where did my tracked icms go
how-find | i can't see my tracked incidents anymore
not-documented | watch button not visible
not-documented | add tracking is greyed out
not-documented | can my manager see my tracked list
not-documented | how to download my tracked list
not-documented | how do I untrack an icm
not-documented | is there a teams notification for icm updates
track | track 612345678 for me
track | opened icm 612345678
received | got a case that has an icm, how to follow
list | list icms
list | show tracked icms
resolve | resolved 612345678
hand-over | hand 612345678 to Priya
severity | 612345678 now sev a
how-track | how to follow icm
how-track | track icm steps
how-track | where's the track option
how-track | add icm to dashboard
how-watch-or-subscribe | what is subscribe for
how-watch-or-subscribe | watch and subscribe difference
how-email | icm mail alerts
how-email | subscribe icm emails
how-email | know when pg updates icm
how-stop-email | stop icm mails
how-stop-email | unsubscribe from icm updates
how-resolved | how to see closed icms i tracked
how-resolved | find resolved icms
how-resolved | my tracked view all
how-find | where is my tracked incidents list
how-find | find the icm from my old case
how-find | go to my tracked
not-documented | track button disabled
not-documented | team lead view of tracked icms
not-documented | export icm list csv
not-documented | no more menu on my icm
`;
