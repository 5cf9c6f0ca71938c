extension Style {
  /// Rows of articles, tags, choices of a list, and other quiet rows.
  static let lists = """
    ol.articles, ul.names { margin: 0; padding: 0; list-style: none; }
    ol.articles > li { display: flow-root; padding: .8rem 0; border-bottom: 1px solid var(--line); }
    ol.articles h2 { margin: 0; font-size: 1.0625rem; font-weight: 450; line-height: 1.4;
      text-wrap: pretty; overflow-wrap: anywhere; }
    ol.articles h2 a { color: var(--soft); text-decoration: none; }
    ol.articles h2 a:hover { text-decoration: underline; }
    ol.articles > .unread h2 { font-weight: 600; }
    ol.articles > .unread h2 a { color: var(--ink); }
    ol.articles > .selected { box-shadow: -.45rem 0 0 var(--paper), -.65rem 0 0 var(--accent); }
    ol.articles p { margin: .2rem 0 0; }
    ol.articles .facts { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .8rem; }
    ol.articles .facts a { color: inherit; text-decoration: none; }
    ol.articles .facts a:hover { text-decoration: underline; }
    ol.articles .facts progress { width: 4rem; height: .4rem; margin-inline-end: -.4rem; }
    .star, .rating { color: var(--accent); }
    .facts .conflict, .missing, .gone { color: var(--alarm) !important; }
    .actions { display: flex; flex-wrap: wrap; gap: .1rem; }
    ol.articles .actions { margin-inline-start: -.6rem; }
    .actions button { padding: .2rem .6rem; border-color: transparent; background: transparent;
      color: var(--soft); font-size: .875rem; }
    .actions button:hover { border-color: var(--edge); color: var(--ink); }
    @media (min-width: 50rem) {
      ol.articles > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 1.5rem; }
      ol.articles > li > * { grid-column: 1; }
      ol.articles > li > .actions { grid-area: 1 / 2 / span 4; align-self: start; margin: -.25rem 0 0; }
    }
    .snippet { color: var(--soft); font-size: .9375rem; overflow-wrap: anywhere; }
    .tags { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem; margin: .35rem 0 0; padding: 0;
      list-style: none; font-size: .8125rem; }
    .tags a, .tag { display: inline-block; padding: .1rem .6rem; border: 1px solid var(--line);
      border-radius: 1rem; color: var(--soft); text-decoration: none; overflow-wrap: anywhere; }
    .tags a:hover { border-color: var(--edge); color: var(--ink); }
    nav.pages { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1rem;
      margin-top: 1.5rem; }
    .names { columns: 13rem; column-gap: 2.5rem; }
    .names li { break-inside: avoid; padding: .2rem 0; }
    .empty { padding: 3rem 1rem; color: var(--soft); text-align: center; }
    .notice, .problem { margin-bottom: 1rem; padding: .7rem 1rem; border: 1px solid var(--line);
      border-inline-start: .25rem solid var(--accent); border-radius: .4rem; background: var(--raised); }
    .problem { border-inline-start-color: var(--alarm); }
    :is(.notice, .problem) > :last-child { margin-bottom: 0; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.2rem; }
    dt { color: var(--soft); }
    dd { margin: 0; }
    progress { width: 100%; accent-color: var(--accent); }

    """
}
