/** Stories: the picker and the column beside the stage. */
export const STORY = {
  'story.column': 'Story',
  'story.soFar': 'Story so far',

  'story.picker.title': 'Stories',
  'story.picker.close': 'Close the list of stories',
  'story.picker.search': 'Search stories',
  'story.picker.hint': 'Title or question',
  'story.picker.none': 'No story speaks of “{{text}}”.',
  'story.picker.empty': 'There are no stories yet.',
  'story.picker.finished': 'finished',
  'story.picker.current': 'open now',
  'story.picker.count': '{{done}} of {{count}} finished',

  'story.chapter.servers': 'Servers',
  'story.chapter.flows': 'Reads and writes',
  'story.chapter.sessions': 'Sessions',
  'story.chapter.faults': 'Faults',
  'story.chapter.elections': 'Elections',
  'story.chapter.application': 'Master and workers',

  'story.progressName': 'Progress of the story',
  'story.progress': 'step {{step}} of {{count}}',
  'story.ended': 'the end',
  'story.next': 'Next',
  'story.nextTitle': 'On with the story',
  'story.more': 'More stories',
  'story.back': 'Back',
  'story.backTitle': 'Look back to the step before',
  'story.restart': 'Restart story',
  'story.leave': 'Leave story',
  'story.leaveTitle': 'The run stays as it is, and is yours',

  'story.ordered': 'Ordered',
  'story.running': 'The run goes on to the next paragraph.',
  'story.runningTitle': 'Space pauses it; you may step through it yourself.',
  'story.paused': 'Paused on the way to the next paragraph.',
  'story.long': 'This is a long way. Something that was done may stand in it; the story waits for:',

  'story.predict': 'What do you think?',
  'story.answer': 'Answer',
  'story.right': 'Right.',
  'story.wrong': 'Not so.',
  'story.again': 'Choose again, or go on and watch what happens.',

  'story.goal': 'Your turn',
  'story.goalDone': 'Done.',
  'story.goalShown': 'Shown to you.',
  'story.hint': 'Hint',
  'story.hideHint': 'Hide the hint',
  'story.showMe': 'Show me',
  'story.showMeTitle': 'Orders what reaches the goal',

  'story.outcome': 'What came out',
  'story.outcomeMissed':
    'What is not ticked does not hold in your run: you went a way of your own.',
  'story.checksBroke': 'Broken on the way: {{names}}',
  'story.sandbox': 'Now it is yours',

  'story.broken.title': 'The story cannot go on from here.',
  'story.broken.waited':
    'It waited {{seconds}} s for something that has not come. What was done meanwhile may stand in its way. It waited for:',
  'story.broken.over': 'Nothing is left to happen, and this has not come:',
  'story.broken.do': 'Start it anew, or leave it and go on with this run.',
  'story.broken.refused': 'The order “{{command}}” was refused: {{message}}',
} as const;
