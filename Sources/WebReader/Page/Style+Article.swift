extension Style {
  /// What stands around an article's text: the way back and on, what its reader says of it, and what
  /// was marked in it.
  static let article = """
    .trail { margin-bottom: .5rem; font-size: .875rem; }
    .trail a { color: var(--soft); text-decoration: none; }
    .trail a:hover { text-decoration: underline; }
    article > header { margin-bottom: 1.8rem; }
    article > header .facts { margin: 0; }
    article > header .facts a { color: inherit; }
    .missing { padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .5rem;
      background: var(--raised); }
    .missing > :last-child { margin-bottom: 0; }
    nav.neighbors { display: grid; gap: .8rem; margin-block: 2.5rem 1.5rem;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); }
    nav.neighbors a { display: block; padding: .7rem 1rem; border: 1px solid var(--line);
      border-radius: .5rem; color: var(--ink); line-height: 1.4; text-decoration: none; }
    nav.neighbors a:hover { border-color: var(--edge); }
    nav.neighbors .hint { display: block; }
    nav.parts { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1rem;
      margin-block: 2rem; padding-block: .6rem; border-block: 1px solid var(--line); }
    #state form { margin-bottom: 1rem; }
    #state .conflict a, .highlights .conflict { color: var(--alarm); }
    #state .tags { gap: .4rem; margin-bottom: .6rem; }
    #state .tags li { display: inline-flex; align-items: center; }
    #state .tags button { min-width: 1.5rem; min-height: 1.5rem; padding: 0; }
    #rate fieldset { gap: 0; padding: 0; border: 0; }
    #rate legend { padding: 0; }
    #rate button { min-width: 1.9rem; padding: .1rem; border-color: transparent;
      background: transparent; color: var(--accent); font-size: 1.25rem; }
    #rate button.quiet { padding-inline: .5rem; color: var(--soft); font-size: .875rem; }
    #rate button:hover { border-color: var(--edge); }
    #tag { gap: .4rem; }
    #tag label, #state .field > label, #rate legend { flex: 1 0 100%; min-height: 0; font-weight: 400;
      font-size: .8125rem; color: var(--soft); }
    #tag input { flex: 1; min-width: 0; }
    .field > button { margin-top: .5rem; }
    .note { padding-inline-start: .8rem; border-inline-start: .2rem solid var(--accent);
      white-space: pre-line; }
    details > summary { padding-block: .2rem; color: var(--soft); }
    details[open] > summary { margin-bottom: .5rem; }
    #highlights { margin-top: 2.5rem; padding-top: .5rem; border-top: 1px solid var(--line); }
    .highlights { padding: 0; list-style: none; }
    .highlights > li { padding-block: .6rem; }
    .highlights blockquote { margin-bottom: .4rem; padding: .5rem .9rem; border: 0;
      border-radius: .4rem; }
    .highlights blockquote a { color: var(--ink); text-decoration: none; }
    .highlights blockquote a:hover { text-decoration: underline; }
    .highlights .orphan blockquote { border: 1px dashed var(--edge); background: transparent; }
    .highlights p { margin-bottom: .4rem; }
    .highlights :is(details, form) { display: inline-block; margin: 0 .8rem 0 0; vertical-align: top; }
    .highlights details[open], .highlights details form { display: block; }
    .highlights button.quiet { min-height: 1.75rem; padding: .1rem .4rem; font-size: .9375rem; }
    @media (min-width: 60rem) {
      #mark { flex-direction: column; align-items: stretch; }
      #state { position: sticky; top: 0; align-self: start; max-height: 100vh; padding-block: .3rem;
        padding-inline: .3rem; overflow-y: auto; }
    }

    """
}
