/** SQL for one line of an address of `premises`, by the function that also fills the list's own table. */
export const ADDRESS = 'ibok.address_line(premises.street, premises.house_no, premises.flat_no, premises.city)';
