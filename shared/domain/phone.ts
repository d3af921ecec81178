/** The form of a phone number, as the domain `ibok.phone` demands it: 7 to 15 digits with the usual signs. */
export const PHONE_FORM = /^(?=(?:[^0-9]*[0-9]){7,15}[^0-9]*$)\+?\(?[0-9][0-9 ()/-]{5,23}$/;
