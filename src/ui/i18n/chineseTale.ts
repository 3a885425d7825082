/** The tale in Chinese, for whoever wishes to be told it. */
export async function chineseTale(): Promise<Readonly<Record<string, string>>> {
  return (await import('./zh/tale')).TALE;
}
