import { app } from 'electron';
import { placeOfLink } from '../../../shared/domain/places';

const SCHEME = 'ibok';

/**
 * Makes `ibok://customers/12` lead to this program, and tells `onPlace` what it is asked for while it runs. A link only
 * opens a screen: whoever follows it still has to be signed in, and sees what their role sees.
 */
export function followLinks(onPlace: (place: string | null) => void): void {
  // A clone would register the bare Electron binary.
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME);
  app.on('second-instance', (_event, argv) => onPlace(placeInArguments(argv)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    onPlace(placeOfLink(link));
  });
}

/** The place named by the first link among a program's arguments; null when there is none, or none of ours. */
export function placeInArguments(argv: readonly string[]): string | null {
  const link = argv.find((argument) => argument.startsWith(`${SCHEME}:`));
  return link === undefined ? null : placeOfLink(link);
}
