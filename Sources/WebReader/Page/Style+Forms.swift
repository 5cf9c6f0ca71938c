extension Style {
  /// All that one types into or presses, as one hand made it.
  static let forms = """
    button, input, select, textarea { font: inherit; font-size: .9375rem; line-height: 1.4;
      color: inherit; }
    input:not([type="checkbox"], [type="radio"], [type="file"]), select, textarea {
      max-width: 100%; padding: .4rem .65rem; border: 1px solid var(--edge); border-radius: .45rem;
      background: var(--raised); }
    input::placeholder, textarea::placeholder { color: var(--soft); opacity: 1; }
    textarea { display: block; width: 100%; min-height: 6rem; resize: vertical; }
    input[type="checkbox"], input[type="radio"] { width: 1.15rem; height: 1.15rem; margin: 0;
      accent-color: var(--accent); }
    label { display: inline-flex; align-items: center; gap: .45rem; min-height: 1.75rem; }
    label > input:is([type="checkbox"], [type="radio"]) { flex: none; }
    main > form:not(.query, .rows) { max-width: 40rem; }
    ::file-selector-button { margin-inline-end: .8rem; padding: .35rem .8rem; color: inherit;
      font: inherit;
      border: 1px solid var(--edge); border-radius: .45rem; background: var(--raised);
      cursor: pointer; }
    fieldset { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; padding: .6rem 1rem 1rem;
      border: 1px solid var(--line); border-radius: .5rem; }
    legend { padding-inline: .4rem; font-weight: 600; }
    button { min-height: 2rem; min-width: 2rem; padding: .3rem .8rem; border: 1px solid var(--edge);
      border-radius: .45rem; background: var(--raised); cursor: pointer; }
    button:hover { border-color: var(--ink); }
    button[aria-pressed="true"] { border-color: var(--accent); color: var(--accent); }
    button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent);
      font-weight: 600; }
    button.danger { border-color: var(--alarm); color: var(--alarm); }
    button.quiet { border-color: transparent; background: transparent; color: var(--soft); }
    button.quiet:hover { border-color: var(--line); color: var(--ink); }
    summary { cursor: pointer; }
    .row { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .6rem; }
    .field { display: block; margin-bottom: .9rem; }
    .field > label, label.field { display: block; margin-bottom: .2rem; }
    .field > :is(input, select), label.field > :is(input, select) { width: 100%; }
    .bar, .news { z-index: 2; display: flex; gap: .3rem; padding: .4rem; background: var(--raised);
      border: 1px solid var(--edge); border-radius: .6rem; box-shadow: 0 .3rem 1.2rem #0003; }
    .bar { position: absolute; }
    .bar button { width: 2rem; padding: 0; border-radius: 50%; }
    .news { position: fixed; bottom: 1rem; inset-inline: 1rem; align-items: center; gap: 1rem;
      width: fit-content; margin-inline: auto; padding-inline-start: 1rem; }

    """
}
