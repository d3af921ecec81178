import { NavLink, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { Ref } from 'react';

interface RoutedNavLinkProps extends Omit<NavLinkProps, 'href'> {
  ref?: Ref<HTMLAnchorElement>;
  'aria-current'?: 'page' | undefined;
}

// Mantine's own component changes its element by a prop, which the router's types cannot follow.
function RoutedNavLink(props: RoutedNavLinkProps) {
  return <NavLink {...props} />;
}

/** An entry of the navigation. */
export const PlaceLink = createLink(RoutedNavLink);
