import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

interface RoutedAnchorProps extends Omit<AnchorProps, 'href'> {
  ref?: Ref<HTMLAnchorElement>;
  children?: ReactNode;
}

// Mantine's own component changes its element by a prop, which the router's types cannot follow.
function RoutedAnchor(props: RoutedAnchorProps) {
  return <Anchor {...props} />;
}

/** A link to a screen of the application: typed like the router's own, looks like every other link. */
export const AnchorLink = createLink(RoutedAnchor);
