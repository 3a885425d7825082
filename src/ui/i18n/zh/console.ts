/** Console, in Chinese. What zkCli prints is ZooKeeper's own and stays. */
import type { CONSOLE as ENGLISH } from '../en/console';
import type { Translated } from '../translated';

export const CONSOLE: Translated<typeof ENGLISH> = {
  'console.name': '控制台',
  'console.clients': '客户端',
  'console.tab': '客户端 {{letter}}',
  'console.zkCli': 'zkCli',
  'console.add': '增加一个客户端',
  'console.output': 'zkCli 的输出',
  'console.command': 'zkCli 的命令',
  'console.several':
    '一行里的多条命令用 ; 隔开；zkCli 本身会把整行当作一条命令。与 zkCli 一样，!! 和 ^旧^新 会重复之前的命令。',
  'console.placeholder': 'ls /, create /b hi, crash 3',
  'console.opening': '选出领导者之后，客户端才会连上。',
  'console.empty': '这里还没有输入过命令。',
  'console.dropped_other': '更早的 {{count}} 行不再保留',
  'console.waiting': '… 等待应答',
  'console.done': '完成',
};
