// The name of the program, and of the page.
export function Brand({ part }: { readonly part: string }) {
  return (
    <h1>
      <svg class="logo" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path
          d="M1 12h5l2-7 4 14 3-10 2 3h6"
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linejoin="round"
          stroke-linecap="round"
        />
      </svg>
      ssescope <span class="soft">{part}</span>
    </h1>
  );
}
