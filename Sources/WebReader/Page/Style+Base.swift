extension Style {
  /// Sizes, faces, links, and what has the focus.
  static let base = """
    *, ::before, ::after { box-sizing: border-box; }
    html {
      -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem;
      --plain: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", "PingFang SC",
        "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
      --book: "Iowan Old Style", Charter, "Bitstream Charter", "Source Serif 4", "Noto Serif",
        Cambria, Georgia, "DejaVu Serif", serif;
    }
    html.small { font-size: 93.75%; }
    html.large { font-size: 115%; }
    html.huge { font-size: 135%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--plain);
      overflow-wrap: anywhere; font-synthesis-style: none; text-autospace: normal;
    }
    h1, h2, h3, h4, h5, h6 { line-height: 1.3; text-wrap: balance; margin: 1.6em 0 .5em; }
    h1 { font-size: 1.5rem; margin-top: .2em; }
    h2 { font-size: 1.15rem; }
    h3, h4, h5, h6 { font-size: 1rem; }
    p, ul, ol, dl, pre, table, figure, blockquote, form, fieldset { margin: 0 0 1rem; }
    a { color: var(--link); text-decoration-thickness: .07em; text-underline-offset: .18em; }
    a:hover { text-decoration-thickness: .14em; }
    :focus-visible { outline: .16rem solid var(--accent); outline-offset: .14rem;
      border-radius: .2rem; }
    main:focus { outline: none; }
    [dir="auto"] { unicode-bidi: plaintext; }
    img { max-width: 100%; height: auto; }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
    .facts, .hint, .remarks, figcaption, time { color: var(--soft); font-size: .875rem; }
    .skip { position: absolute; inset-inline-start: .5rem; top: -4rem; z-index: 3;
      padding: .5rem 1rem; background: var(--raised); }
    .skip:focus { top: .5rem; }
    form.query > label { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    [hidden] { display: none !important; }

    """
}
