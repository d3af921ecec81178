/** Today in the office, `YYYY-MM-DD`. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());

/** Whether a supply still runs; `validTo` is the first day no longer supplied. */
export function isRunning({ validTo }: { validTo: string | null }): boolean {
  return validTo === null || validTo > today();
}
