import {
  ActionIcon,
  Alert,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  rem,
  Skeleton,
  Tooltip,
} from '@mantine/core';

/** The accent: deep teal. Shade 8 carries white text at 7:1. */
const ibok: MantineColorsTuple = [
  '#e9f6f7',
  '#d2ebed',
  '#a5d6da',
  '#73bfc5',
  '#48a8b0',
  '#2a929b',
  '#167f88',
  '#0d6d76',
  '#075a63',
  '#044049',
];

/** Greys with a breath of the accent, so that they belong together. */
const gray: MantineColorsTuple = [
  '#f7f9f9',
  '#eff2f3',
  '#e4e9ea',
  '#d5dcde',
  '#bcc6c9',
  '#93a0a4',
  '#6f7d82',
  '#536166',
  '#374347',
  '#1d2629',
];

const dark: MantineColorsTuple = [
  '#d6dcde',
  '#b6bfc2',
  '#97a2a6',
  '#6d797d',
  '#465156',
  '#384246',
  '#2a3236',
  '#1c2326',
  '#151b1d',
  '#0e1214',
];

/** Mantine heads a dialog with `<header>`, which would be a second banner of the page. */
const noBanner = { attributes: { header: { role: 'presentation' } } };

/** Nothing moves longer than a blink. */
const quick = { transitionProps: { duration: 120 } };

export const theme = createTheme({
  colors: { ibok, gray, dark },
  primaryColor: 'ibok',
  primaryShade: { light: 8, dark: 7 },
  fontFamily: "'Inter Variable', sans-serif",
  // One bundled family for all: what must line up uses tabular figures.
  fontFamilyMonospace: "'Inter Variable', sans-serif",
  // Body is 14 px: a clerk's screen is dense, and the browser's own text size still scales all of it.
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(14), lg: rem(16), xl: rem(18) },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.5' },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  defaultRadius: 'md',
  radius: { xs: rem(2), sm: rem(4), md: rem(6), lg: rem(10), xl: rem(16) },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: rem(24), lineHeight: '1.3' },
      h2: { fontSize: rem(20), lineHeight: '1.3' },
      h3: { fontSize: rem(17), lineHeight: '1.35' },
      h4: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    // Coloured titles miss AA on their tinted ground; the icon carries the colour.
    Alert: Alert.extend({
      defaultProps: { variant: 'light' },
      styles: { title: { color: 'var(--mantine-color-text)' } },
    }),
    Drawer: Drawer.extend({
      defaultProps: { ...quick, ...noBanner, overlayProps: { backgroundOpacity: 0.25 } },
    }),
    // The placeholder that would take the first focus is no item of a menu to a screen reader.
    Menu: Menu.extend({ defaultProps: { ...quick, shadow: 'md', withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      styles: { title: { fontSize: 'var(--mantine-h4-font-size)', fontWeight: 650 } },
      defaultProps: { ...quick, ...noBanner, centered: true, overlayProps: { backgroundOpacity: 0.35 } },
    }),
    Popover: Popover.extend({ defaultProps: { ...quick, shadow: 'md' } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { ...quick, openDelay: 300, withArrow: true } }),
  },
});

/** Mantine's own dimmed grey and red miss AA on its own backgrounds; these hold it on every surface used here. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': gray[9],
    '--mantine-color-dimmed': gray[7],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': ibok[8],
    '--ibok-focus': ibok[7],
    '--ibok-mark': ibok[8],
    '--mantine-color-default-border': gray[3],
    '--ibok-canvas': gray[1],
    '--ibok-surface': '#ffffff',
    '--ibok-surface-head': gray[0],
    '--ibok-line': gray[2],
    '--ibok-hover': gray[0],
    '--ibok-chart-1': ibok[7],
    '--ibok-chart-2': ibok[3],
    '--ibok-chart-3': '#5f7d95',
    '--ibok-chart-4': '#d39a35',
  },
  dark: {
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': '#ff9b8f',
    '--mantine-color-anchor': ibok[3],
    '--mantine-color-ibok-light': '#14393e',
    '--mantine-color-ibok-light-hover': '#19444a',
    '--mantine-color-ibok-light-color': ibok[2],
    '--ibok-focus': ibok[4],
    '--ibok-mark': ibok[5],
    '--mantine-color-default-border': dark[5],
    '--ibok-canvas': dark[8],
    '--ibok-surface': dark[7],
    '--ibok-surface-head': '#20282b',
    '--ibok-line': dark[6],
    '--ibok-hover': '#222a2d',
    '--ibok-chart-1': ibok[5],
    '--ibok-chart-2': ibok[2],
    '--ibok-chart-3': '#8aa3b8',
    '--ibok-chart-4': '#e3b45f',
  },
});
