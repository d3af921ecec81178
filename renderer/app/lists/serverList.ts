import { keepPreviousData, type QueryKey } from '@tanstack/react-query';
import type { ListCount, ListName, ListQuestion } from '../../../shared/contract/lists';
import { PAGE_ROWS, type Page, type PageReader } from '../../ui/list/pages';

interface PageInput {
  question: ListQuestion;
  cursor: string | null;
  limit: number;
}

interface CountInput {
  question: Omit<ListQuestion, 'sort'>;
}

/** How the cache names the answers of a list's two procedures: `trpc.<module>`. */
interface ListKeys {
  list: { queryKey: (input: PageInput) => QueryKey };
  count: { queryKey: (input: CountInput) => QueryKey };
}

/** A list's two procedures: `client.<module>`. */
interface ListProcedures<Row> {
  list: { query: (input: PageInput, options: { signal: AbortSignal }) => Promise<Page<Row>> };
  count: { query: (input: CountInput) => Promise<ListCount> };
}

/** A list that the server answers: its pages, shared by the list and the records opened from it, and its count. */
export interface ServerList<Row> {
  name: ListName;
  readerOf: (question: ListQuestion) => PageReader<Row>;
  /** Options of the query that counts what matches. */
  countOf: (question: ListQuestion) => {
    queryKey: QueryKey;
    queryFn: () => Promise<ListCount>;
    placeholderData: typeof keepPreviousData;
  };
}

/** Two lists may be asked the same: what the window keeps of one is named by the list as well as by the question. */
export function serverList<Row>(name: ListName, keys: ListKeys, procedures: ListProcedures<Row>): ServerList<Row> {
  return {
    name,
    readerOf: (question) => {
      const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
      return {
        identity: `${name} ${JSON.stringify(question)}`,
        key: (cursor) => keys.list.queryKey(input(cursor)),
        read: (cursor, signal) => procedures.list.query(input(cursor), { signal }),
      };
    },
    countOf: ({ sort: _, ...question }) => ({
      queryKey: keys.count.queryKey({ question }),
      queryFn: () => procedures.count.query({ question }),
      placeholderData: keepPreviousData,
    }),
  };
}
