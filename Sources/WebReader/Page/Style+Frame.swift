extension Style {
  /// The top of a page, its columns and its foot.
  static let frame = """
    .top, .page, footer { max-width: 72rem; margin-inline: auto; padding-inline: 1.25rem; }
    .top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem;
      padding-block: .6rem; border-bottom: 1px solid var(--line); }
    .top .home { min-width: 1.5rem; max-width: 12rem; overflow: hidden; text-overflow: ellipsis;
      padding-block: .3rem; white-space: nowrap; color: var(--ink); font-weight: 650;
      text-decoration: none; }
    .top nav { display: flex; align-items: center; margin-inline-end: auto; }
    .top nav ul { display: flex; margin: 0; padding: 0; list-style: none; }
    .top nav a, .top summary { display: block; padding: .3rem .6rem; border-radius: .4rem;
      color: var(--soft); text-decoration: none; white-space: nowrap; cursor: pointer; }
    .top nav a:hover, .top summary:hover { background: var(--line); color: var(--ink); }
    .top nav a[aria-current], .top .here > summary { color: var(--ink); font-weight: 600; }
    .top details { position: relative; }
    .top details ul { position: absolute; z-index: 2; inset-inline-end: 0; min-width: 10rem;
      flex-direction: column; padding: .35rem; background: var(--raised);
      border: 1px solid var(--line); border-radius: .6rem;
      box-shadow: 0 .3rem 1.2rem #0003; }
    .top form { flex: 0 1 20rem; display: flex; gap: .4rem; margin: 0; }
    .top input { flex: 1; min-width: 0; }
    .top .alarm { display: inline-block; min-width: 1.4em; padding-inline: .35em;
      border-radius: 1em; background: var(--alarm); color: var(--paper); font-size: .8em;
      font-weight: 600; text-align: center; }
    .page { display: grid; grid-template-columns: minmax(0, 1fr); padding-block: 1.5rem 3rem; }
    aside { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line);
      font-size: .9375rem; }
    aside h2 { margin: 1.4rem 0 .3rem; font-size: .8125rem; letter-spacing: .02em;
      color: var(--soft); }
    aside nav ul { margin: 0; padding: 0; list-style: none; }
    aside nav li { display: flex; align-items: baseline; justify-content: space-between; gap: .5rem; }
    .count { color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
    aside nav a { flex: 1; padding-block: .2rem; color: var(--ink); text-decoration: none;
      overflow-wrap: anywhere; }
    aside nav a:hover { text-decoration: underline; }
    aside nav a[aria-current] { font-weight: 650; }
    footer { padding-block: 1rem 2rem; border-top: 1px solid var(--line); color: var(--soft);
      font-size: .875rem; }
    footer p { margin: 0; }
    @media (min-width: 60rem) {
      .page:has(> aside) { grid-template-columns: minmax(0, 1fr) 14rem; gap: 3.5rem; }
      aside { margin: 0; padding: 0; border: 0; }
      aside h2:first-child { margin-top: 0; }
    }
    @media (max-width: 40rem) {
      .top, .page, footer { padding-inline: 1rem; }
      /* It leads where the first of the places leads. */
      .top .home { display: none; }
      .top nav { width: 100%; margin-inline: -.6rem; justify-content: space-between; }
      .top form { flex: 1 0 100%; }
    }

    """
}
