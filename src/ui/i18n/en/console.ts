/** Console. */
export const CONSOLE = {
  'console.name': 'Consoles',
  'console.clients': 'Clients',
  'console.tab': 'Client {{letter}}',
  'console.zkCli': 'zkCli',
  'console.add': 'Add a client',
  'console.output': 'zkCli output',
  'console.command': 'zkCli command',
  'console.several':
    'Several commands in one line are parted by ;. zkCli itself would take the line as one command. As in zkCli, !! and ^old^new repeat earlier lines.',
  'console.placeholder': 'ls /, create /b hi, crash 3',
  'console.opening': 'Clients connect once a leader stands.',
  'console.empty': 'Nothing was typed here yet.',
  'console.dropped_one': '{{count}} older line is no longer kept',
  'console.dropped_other': '{{count}} older lines are no longer kept',
  'console.waiting': '… waiting for the reply',
  'console.done': 'done',
} as const;
