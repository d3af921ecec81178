/** SQL for one line of an address of `premises`: `Street 4/7, City`, or `City 4` where there are no streets. */
export const ADDRESS = `concat(coalesce(premises.street, premises.city), ' ', premises.house_no, '/' || premises.flat_no,
  case when premises.street is not null then ', ' || premises.city end)`;
