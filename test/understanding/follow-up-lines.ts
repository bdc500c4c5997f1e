/**
 * Own lines about follow-ups, each with the kind that answers it: `kind | line`. The first table was written before
 * anybody had seen what the reader makes of them, the second in four rounds, each before the reader had seen it.
 */
export const WRITTEN_FIRST = `
set | remind me at half past four to write to contoso
set | could you please remind me on thursday that the customer is waiting for logs?
set | pls ping me tmrw at 8
set | nxt update to cx at 11
set | told the client he'd hear from us before lunch
set | we said we would call them back in two hours
set | promissed the customer an answer by wednesday
set | need to get back to fabrikam by 6pm, don't let me forget
set | chase the DRI on 512345678 in an hour
set | follow-up 17:30
set | reminder for 4321 tomorrow 9:00
set | the customer is on leave until monday, remind me then
set | remind me to cancel the bridge at 5
set | remind me to ask Priya whether the update was sent, 3pm
set | update for SR 2411220050001234 due friday noon
set | next comms at 18:00 UTC
set | ping the channel at noon that the outage update is due
set | nudge me every 2 hours on this case
set | i owe them an answer tonight
move | pls move the follow up for 4321 to friday
move | can we make it 4 instead of 3
move | reschedule my 2pm to tomorrow morning
move | push the contoso update back by two hours
move | postpone it till monday
move | i meant 3 pm not 3 am
move | extend the deadline by an hour
move | change the reminder for 512345678 to 16:00
snooze | snooze
snooze | snooz it for 20 min
snooze | not now, later
snooze | ask me again in half an hour
snooze | give me another 15 minutes
cancel | delete the reminder on 512345678
cancel | no need to remind me about this any more
cancel | drop the follow up, case is closed
cancel | please stop reminding me about 4321
cancel | cancle my 3pm reminder
cancel | this one doesn't need a follow-up
done | just sent the mail to the cx
done | i called the customer, all good
done | done
done | customer is informed
done | update went out at 3
done | sent, next update tomorrow 10
done | already replied to them
list | what do i owe my customers today
list | shw my follow ups
list | which reminders are set
list | what's due this afternoon?
list | when do i have to write to fabrikam next
list | upcoming deadlines
list | what did I promise to contoso
overdue | am i late with any update
overdue | anyone missed an update today?
overdue | show overdue follow-ups
overdue | i forgot to call the customer
overdue | which promises were broken this week
zone | my timezone is CET
zone | i moved to Dublin
zone | which zone are these times in
zone | set tz europe/berlin
zone | i work from Hyderabad
hours | no pings after 8 pm please
hours | quiet hours from 22 to 7
hours | i don't work on weekends
hours | my working day is 9 to 5
hours | do not disturb me during the night
away | ooo thursday and friday, Maria takes my reminders
away | i will be on vacation from monday
away | please give all my follow-ups to Tom
away | who covers for me tomorrow
away | make Anna my backup
away | i'm sick today
back | i'm back
back | back from holiday, give me my reminders again
back | I have returned, Tom can stop covering
how-often | what is the right cadence for a sev B
how-often | how long can i leave a customer without an update
how-often | is one update per day enough for a C case
how-often | client wants to hear from us every 4 hours
how-often | how frequently do customers need an update in an outage
how-often | when must i contact the customer next
`;

export const WRITTEN_AFTERWARDS = `
set | rmind me in 90 mins
set | can u set a reminder 4 tomorrow 10am
set | Please make a note that I have to call Adventure Works on Tuesday at 11.
set | contoso expects our answer by cob
set | heads up me at noon about 512345678
set | follow up w/ pg next week
set | i said i will mail them before 6
set | tmrw 07:45
set | reminder sr 2411220050001234 2h
set | wake me up for the 5 am call
set | next customer update thursday 9:30 CET
set | committed to rca by friday, remind the team
set | check with the dri again tomorrow
set | we agreed on an update at 20:00 with the customer
set | update cust at 4
move | move 4321 to tmrw
move | shift my followup on the fabrikam case to next monday
move | change it to 5 pm
move | shd have been 10 am not 10 pm
move | bring the follow-up forward to 2
move | could you reschedule the 5pm reminder?
move | resched... reschedule to tomorrow
move | customer asked to postpone our call until wednesday
snooze | snooze for an hour
snooze | later pls
snooze | snoze 4321 15 min
snooze | remind me again after the standup
snooze | 5 more minutes
cancel | remove all my reminders
cancel | customer closed the case, no further updates needed
cancel | forget about the follow up for 4321
cancel | kill the reminder
cancel | we don't need the 5pm reminder any longer
cancel | canel follow up
cancel | get rid of it, drop the reminder
done | update has been sent
done | i just got off the phone, called the client and informed them
done | replied to contoso, they are fine
done | sent the 3 o'clock update already
done | cust updated
done | ok sent
done | updatd the customer
list | any reminders for today?
list | when am i supposed to call contoso, when is my next callback
list | my followups pls
list | show everything that's due this week
list | waht are my deadlines
list | which customers are waiting for an update from me
list | follow ups for tomorrow?
overdue | what's late
overdue | whose updates are overdue
overdue | did anybody miss a follow-up last night
overdue | i think i missed my 10 am update
overdue | any overdue ones in the team
zone | can you switch me to pacific time, my time zone changed
zone | timezone = Asia/Kolkata
zone | I'm based in Warsaw
zone | is 14:30 my local time?
zone | wrong timezone!
hours | please don't send me reminders on weekends
hours | mute me overnight
hours | I only work mornings, working hours 8-12
hours | never ping me before 8
hours | no notifications on sundays
away | I'll be out of office from 24 Dec to 2 Jan
away | could Sven cover my reminders while i'm away?
away | pto next week, delegate to @Lena
away | assign my follow-ups to Omar please
away | reassign everything to my backup, i'm sick
back | im back again
back | i am back from leave, take my follow-ups off Priya
back | back in the office
how-often | how offen do we need to write to a sev a customer
how-often | what's the recommended update interval during an outage
how-often | client demands hourly updates
how-often | is it enough to update B customers once a day
how-often | when should we send the next communication to the customer
undo | sorry, i hit done by mistake
undo | undo
about | why didn't you remind me yesterday
about | how long before the deadline do you remind me
about | i got no reminder for 4321, why
set | reminder @ 6pm
set | remind me b4 EOD tomorrow
set | will update cust tomorrow morning
set | got to call contoso at 11, remind
set | create follow up for SR 2411220050001234, 2 hours
set | promised cx a call in 30
set | follow up on 512345678 this evening
set | nxt update @ 15:00
set | put a reminder for monday morning
set | next update in a fortnight
set | make it a habit to remind me daily at 9
set | customer needs to hear from me by noon
set | schedule next update in 45m
set | ping PG again at 4 about the fix
set | plz dont let me forget fabrikam at 5
move | can you push that to friday
move | 3pm wont work, make it 4
move | change followup of 4321 to monday 10:00
move | delay next update by 1 day
move | new time for the contoso follow up: 17:00
move | sorry i meant tomorrow not today
snooze | snooze until 15:30
snooze | can u snooze that one
snooze | remind me in a bit again
snooze | busy now, come back in 20 min
cancel | stop the reminders for 512345678
cancel | remove follow up 4321
cancel | issue solved, no more updates necessary
cancel | nvm the reminder
cancel | dont need this reminder
done | update posted
done | customer got the update
done | all sent
done | mailed cx 5 min ago
done | I have already informed the client about the status
done | just had the call with contoso
list | what reminders are active
list | upcoming follow ups
list | do i have anything due before lunch
list | show deadlines for this week
list | next due?
list | whats on my plate today
list | when did i promise contoso an answer
overdue | which follow ups did the team miss
overdue | whos late
overdue | show me missed updates
overdue | did i forget anyone
zone | my tz is wrong
zone | i am in London now
zone | please use IST
zone | moved to Seattle last week
hours | my shift is 6 to 14
hours | no reminders between 22:00 and 07:00
hours | weekends are off for me
hours | not after 19:00 please
away | on vacation tomorrow, Raj covers
away | taking PTO friday
away | can someone else get my reminders next week
away | give follow-ups to @Sven while im out
back | i'm back at work
how-often | sev b update frequency?
how-often | how regularly shall we inform the cx
how-often | what's the max time between two updates for sev A
how-often | do i need to update sev c customers every day
set | set up a reminder for 3
set | remind me on monday to check 512345678
set | follow-up in 2 days for SR 2411220050001234
set | i told contoso we'd have something by tonight
set | next upd to customer 10am tmrw
set | can you nudge me at quarter to five
set | reminder half 4
set | update customer in 3 hrs
set | call cx back at 2
set | promised to send logs analysis by thursday
set | I have to update Woodgrove Bank before 17:30 today
set | in 1h
set | remind the team in the channel tomorrow 9
move | reschedule my 11:00 follow up to 13:00
move | push my next update 30 min
move | move the reminder on 512345678 to thursday
move | can i postpone the follow-up
move | actually make that 6pm
snooze | snooze reminder 10 minutes
snooze | remind me again in 2 hours
snooze | give me half an hour more
cancel | delete follow up for SR 2411220050001234
cancel | cancel all my followups
cancel | please remove the 4pm reminder
cancel | no more follow ups for 4321
cancel | turn off the reminder
done | done
done | update has gone out
done | I updated the cx
done | yes, sent the update
done | customer notified
list | show reminders
list | what follow ups do i have tomorrow
list | whens the next deadline
list | which updates are due today
list | my open follow-ups
list | any pending reminders
overdue | overdue follow ups in my team
overdue | did someone miss their update
overdue | which of my updates are overdue
overdue | missed followups this week
zone | change time zone to UTC+2
zone | i'm in Kuala Lumpur, what time do you use
zone | set timezone Europe/Paris
hours | set my working hours 9-17
hours | mute notifications during the night
hours | dont bother me on the weekend
away | i'm out tomorrow, give my reminders to Alex
away | reassign my follow-ups to Kim while on vacation
away | who gets my reminders when i'm sick
back | i'm back from leave
how-often | how often to update sev A customer
how-often | how many times a day should we contact a sev B customer
how-often | is there a rule when to send the next update
how-often | what's the update cadence for outages
how-often | when is the next communication supposed to go to the customer
set | remind in 2 hours
set | reminder fri 2pm
set | follow up w cust tmrw 11
set | told cx update by 6pm
set | promised status by cob today
set | update due 17:00 for 512345678
set | ping dri in 2h
set | chase the product team on wed
move | move reminder to 4pm
move | shift tomorrow's follow-up by 1h
snooze | snooze til 5
snooze | remind later
cancel | delete my 4pm
cancel | cancel followup
cancel | stop reminders for this case
done | sent the update to customer
done | finished
done | talked to the customer
list | pending follow ups
list | what's due tomorrow
list | reminders for today
overdue | late follow ups
overdue | missed any?
zone | timezone pls
zone | i am in Chennai
hours | no pings on friday evening
hours | set my quiet hours
away | vacation next week, transfer to Raj
away | cover my follow-ups please @Tom
back | back now
how-often | update frequency
how-often | how soon should i update the customer again
`;
