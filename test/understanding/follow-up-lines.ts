/**
 * Own lines about follow-ups, each with the kind that answers it: `kind | line`. The first half was written before
 * anybody had seen what the reader makes of them, the second half afterwards.
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
`;
