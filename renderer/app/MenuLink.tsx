import { Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

interface RoutedMenuItemProps extends MenuItemProps {
  ref?: Ref<HTMLAnchorElement>;
  href?: string;
  children?: ReactNode;
}

// Mantine's own component changes its element by a prop, which the router's types cannot follow.
function RoutedMenuItem(props: RoutedMenuItemProps) {
  return <Menu.Item component="a" {...props} />;
}

/** An entry of a menu that opens a screen. */
export const MenuLink = createLink(RoutedMenuItem);
