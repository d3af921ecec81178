import { Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useFormat } from '../../ui/format';
import classes from './Figure.module.css';

interface FigureProps {
  label: string;
  /** `undefined` while loading. */
  value: number | undefined;
  /** The list behind the number. */
  link?: LinkProps | undefined;
  /** Draws attention when the number is above zero. */
  warn?: boolean;
}

/** One number of the Pulpit; a link where the list behind it exists. */
export function Figure({ label, value, link, warn = false }: FigureProps) {
  const format = useFormat();
  const body = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value} data-warn={(warn && Boolean(value)) || undefined}>
        {value === undefined ? <Skeleton h="1.75rem" w="5rem" /> : format.count(value)}
      </span>
    </>
  );
  if (!link) return <li className={classes.figure}>{body}</li>;
  return (
    <li className={classes.figure} data-link>
      {body}
      <Link
        {...link}
        className={classes.link}
        aria-label={value === undefined ? label : `${label}: ${format.count(value)}`}
      >
        <IconChevronRight size={16} aria-hidden />
      </Link>
    </li>
  );
}
