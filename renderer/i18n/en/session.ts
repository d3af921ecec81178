import type { session as pl } from '../pl/session';
import type { Translated } from '../shape';

export const session: Translated<typeof pl> = {
  signIn: {
    title: 'Sign in',
    intro: 'Customer office',
    ended: 'The session has ended. Sign in again.',
    server: 'Server',
    login: 'Login',
    password: 'Password',
    showPassword: 'Show or hide the password',
    submit: 'Sign in',
    capsLock: 'Caps Lock is on.',
    loginForm: 'A login starts with s_ and has small letters, digits and underscores.',
    passwordMissing: 'Enter the password.',
    demo: 'Demonstration server: the data is fictitious; the version of the server is not checked.',
    language: 'Language',
    theme: 'Appearance: light or dark',
  },
  newPassword: {
    title: 'Set your own password',
    intro: '{{name}}, the temporary password is for the first sign-in only.',
    current: 'Temporary password',
    next: 'New password',
    nextHint: 'At least {{min}} characters. A few unrelated words make a good password; spaces are allowed.',
    repeat: 'Repeat the new password',
    different: 'The passwords are not the same.',
    submit: 'Change password',
  },
  lock: {
    title: 'Workstation locked',
    intro: 'After unlocking you return to the same place. Drafts are kept.',
    submit: 'Unlock',
    other: 'Sign in as somebody else',
  },
};
