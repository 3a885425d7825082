/** zkCli's prompt names the whole connect string; the page's narrow console shows its first host and that there are more. */
export function shortPrompt(prompt: string): string {
  return prompt.replace(/^(\[zk: [^,(]+),[^(]*\(/, '$1,…(');
}
