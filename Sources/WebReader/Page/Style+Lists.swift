extension Style {
  /// Rows of articles, tags, choices of a list, and other quiet rows.
  static let lists = """
    form.query { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: .75rem; }
    form.query input { flex: 1 1 14rem; }
    .position { margin-bottom: .25rem; color: var(--soft); font-size: .875rem; }
    .articles, .names, .remotes { margin: 0 0 1rem; padding: 0; list-style: none; }
    .articles > li { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .9rem;
      padding: .75rem 0; border-bottom: 1px solid var(--line); }
    .articles h2, .articles .snippet, .articles .actions { flex: 1 0 100%; }
    .articles h2 { margin: 0; font-size: 1.0625rem; font-weight: 450; line-height: 1.4;
      text-wrap: pretty; }
    .articles h2 a { color: var(--soft); text-decoration: none; }
    .articles h2 a:hover { text-decoration: underline; }
    .articles > .unread h2 { font-weight: 600; }
    .articles > .unread h2 a { color: var(--ink); }
    .articles > .selected { box-shadow: -.45rem 0 0 var(--paper), -.65rem 0 0 var(--accent); }
    .articles :is(p, .tags) { margin: 0; }
    .articles .facts { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .8rem; }
    .articles .facts a { padding-block: .15rem; color: inherit; text-decoration: none; }
    .articles .facts a:hover { text-decoration: underline; }
    .articles progress { width: 4rem; height: .4rem; margin-inline-end: -.4rem; }
    .star, .rating { color: var(--accent); }
    .facts :is(.conflict, .missing, .gone) { color: var(--alarm); }
    .actions { display: flex; flex-wrap: wrap; gap: .1rem; }
    .articles .actions { margin-inline-start: -.6rem; }
    .articles .actions button { padding: .2rem .6rem; border-color: transparent;
      background: transparent; color: var(--soft); font-size: .875rem; }
    .articles .actions button:hover { border-color: var(--edge); color: var(--ink); }
    @media (min-width: 50rem) {
      .articles > li { display: grid; grid-template-columns: max-content minmax(0, 1fr) auto; }
      .articles > li > :is(h2, .snippet) { grid-column: 1 / 3; }
      .articles > li > .facts { max-width: 34rem; }
      .articles > li > .actions { grid-area: 1 / 3 / span 3; align-self: start;
        margin: -.25rem 0 0; }
    }
    .snippet { color: var(--soft); font-size: .9375rem; overflow-wrap: anywhere; }
    .tags { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem; margin: .35rem 0 0;
      padding: 0; list-style: none; font-size: .8125rem; }
    .tags a { display: inline-block; padding: .1rem .6rem; border: 1px solid var(--line);
      border-radius: 1rem; color: var(--soft); text-decoration: none; overflow-wrap: anywhere; }
    .tags a:hover { border-color: var(--edge); color: var(--ink); }
    nav.pages { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1rem;
      margin-top: 1.5rem; }
    .names { columns: 16rem; column-gap: 3rem; }
    .names li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .6rem;
      break-inside: avoid; padding: .3rem 0; border-bottom: 1px solid var(--line); }
    .names li > a:first-child { flex: 1; color: var(--ink); text-decoration: none; }
    .names li > a:first-child:hover { text-decoration: underline; }
    .names :is(.rename, .archived) { padding-block: .25rem; color: var(--soft); font-size: .8125rem; }
    tbody .mark { color: var(--soft); font-size: .875rem; }
    .history > li { padding: .3rem 0; }
    article.conflict { margin-bottom: 1.5rem; padding: 1rem 1.25rem; border: 1px solid var(--line);
      border-radius: .6rem; background: var(--raised); }
    article.conflict h2 { margin: 0 0 .2rem; }
    article.conflict h3 { margin: 0 0 .4rem; font-weight: 600; }
    .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
      gap: 1rem; margin-bottom: 1rem; }
    .sides > section { padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .4rem;
      background: var(--paper); }
    .sides blockquote { margin: 0; padding: 0; border: 0; }
    form.choice { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }
    .queries code { white-space: nowrap; }
    .difference { margin-bottom: 1rem; padding: .8rem 1rem; border: 1px solid var(--line);
      border-radius: .4rem; background: var(--paper); }
    .empty { padding: 3rem 1rem; color: var(--soft); text-align: center; }
    .problem { margin-bottom: 1rem; padding: .7rem 1rem; border: 1px solid var(--line);
      border-inline-start: .25rem solid var(--accent); border-radius: .4rem;
      background: var(--raised); }
    .problem { border-inline-start-color: var(--alarm); }
    .problem > :last-child { margin-bottom: 0; }
    progress { width: 100%; accent-color: var(--accent); }

    """
}
