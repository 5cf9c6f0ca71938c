extension Style {
  /// An article: a column in which one does not lose the line, in the face of its language.
  static let reading = """
    main:has(> #text), main:has(> article > #text) { width: 100%; max-width: 38.25rem;
      margin-inline: auto; }
    main:has(#text:is(:lang(zh), :lang(ja), :lang(ko))) { max-width: 42.75rem; }
    main:has(#text) h1 { margin: 0 0 .5rem; font: 700 1.9rem/1.28 var(--book);
      overflow-wrap: anywhere; }
    #text { font: 1.125rem/1.65 var(--book); line-break: strict; overflow-wrap: anywhere;
      hanging-punctuation: allow-end; }
    :is(#text, h1):is(:lang(zh), :lang(ja), :lang(ko)) { --book: "PingFang SC", "Noto Sans CJK SC",
      "Source Han Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
    :is(#text, h1):is(:lang(zh-Hant), :lang(zh-TW), :lang(zh-HK)) { --book: "PingFang TC",
      "Noto Sans CJK TC", "Microsoft JhengHei", system-ui, sans-serif; }
    :is(#text, h1):lang(ja) { --book: "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic", sans-serif;
      }
    :is(#text, h1):lang(ko) { --book: "Apple SD Gothic Neo", "Noto Sans CJK KR", sans-serif; }
    #text:is(:lang(zh), :lang(ja), :lang(ko)) { line-height: 1.8; }
    #text h2 { font-size: 1.3em; }
    #text h3 { font-size: 1.1em; }
    #text p { margin-bottom: 1.1em; hyphens: auto; }
    #text :is(p, li):lang(zh) { hyphens: none; text-align: justify; }
    #text li { margin-bottom: .35em; }
    #text :is(ul, ol) { padding-inline-start: 1.6em; }
    #text blockquote { color: var(--soft); }
    #text figure, #text p > img:only-child { margin: 1.6em auto; text-align: center; }
    #text img { display: block; max-height: 80vh; width: auto; margin-inline: auto;
      border-radius: .25rem; }
    #text p img:not(:only-child) { display: inline; max-height: 1.6em; vertical-align: middle; }
    #text figcaption { margin-top: .5em; font: .8em/1.5 var(--plain); }
    #text table { display: block; overflow-x: auto; width: fit-content; max-width: 100%;
      font: .84em/1.5 var(--plain); overflow-wrap: normal; }
    #text a:visited { color: var(--visited); }
    blockquote { margin-inline: 0; padding-inline-start: 1.1em;
      border-inline-start: .2em solid var(--line); }
    blockquote > :last-child { margin-bottom: 0; }
    pre { overflow-x: auto; padding: .8em 1em; border: 1px solid var(--line); border-radius: .4rem;
      background: var(--raised); overflow-wrap: normal; tab-size: 4; }
    code, kbd, pre { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
      "Noto Sans Mono CJK SC", monospace; }
    pre code { font-size: 1em; }
    :not(pre) > code, kbd { padding: .1em .35em; border-radius: .25rem; background: var(--line);
      color: var(--ink); overflow-wrap: anywhere; }
    kbd { min-width: 1.7em; display: inline-block; text-align: center;
      border: 1px solid var(--edge);
      background: var(--raised); }
    table { border-collapse: collapse; }
    th, td { padding: .45em .9em .45em 0; border-bottom: 1px solid var(--line); text-align: start;
      vertical-align: top; font-weight: inherit; }
    thead th, #text th { border-bottom-color: var(--edge); font-weight: 600; }
    #text :is(th, td) { padding-inline: .8em; }
    :is(:lang(zh), :lang(ja), :lang(ko)) em { font-style: normal; text-emphasis: dot var(--soft);
      text-emphasis-position: under right; }
    mark, .color, .highlights blockquote { background: var(--mark, var(--yellow)); }
    .yellow { --mark: var(--yellow); }
    .green { --mark: var(--green); }
    .blue { --mark: var(--blue); }
    .pink { --mark: var(--pink); }
    .purple { --mark: var(--purple); }
    mark { padding-block: .08em; border-radius: .12em; color: var(--ink);
      box-decoration-break: clone; -webkit-box-decoration-break: clone; }
    mark:target { outline: .16rem solid var(--accent); outline-offset: .1rem; }
    ins { background: var(--added); text-decoration-thickness: .07em; text-underline-offset: .2em; }
    del { background: var(--gone); }

    """
}
