/** The application's mark: a drop with a reading in it. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 2.5c4.7 5.6 9.5 11 9.5 16.9a9.5 9.5 0 0 1-19 0C6.5 13.5 11.3 8.1 16 2.5z" fill="var(--ibok-mark)" />
      <path d="M10.5 19.5a5.5 5.5 0 0 1 11 0" fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M16 19.5l2.6-3.2" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
