extension Style {
  /// An article: a column that one reads without losing the line, in the face of its language.
  static let reading = """
    article { max-width: 38em; margin-inline: auto; font: 1.125rem/1.65 var(--book);
      line-break: strict; overflow-wrap: anywhere; hanging-punctuation: allow-end; }
    article:not(:lang(zh), :lang(ja)) { max-width: 34em; }
    article:lang(zh), article:lang(ja), article:lang(ko) { line-height: 1.8;
      font-family: "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei",
        var(--plain); }
    article:is(:lang(zh-Hant), :lang(zh-TW), :lang(zh-HK)) {
      font-family: "PingFang TC", "Noto Sans CJK TC", "Microsoft JhengHei", var(--plain); }
    article:lang(ja) { font-family: "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic", var(--plain); }
    article h1 { font-size: 1.85em; line-height: 1.25; margin: 0 0 .4em; }
    article h2 { font-size: 1.3em; }
    article h3 { font-size: 1.1em; }
    article p { margin-bottom: 1.1em; hyphens: auto; }
    article :is(p, li, blockquote):lang(zh) { hyphens: none; text-align: justify; }
    article li { margin-bottom: .35em; }
    article :is(ul, ol) { padding-inline-start: 1.6em; }
    article blockquote { margin-inline: 0; padding-inline-start: 1.1em; color: var(--soft);
      border-inline-start: .2em solid var(--line); }
    article figure, article p > img:only-child { margin: 1.6em auto; text-align: center; }
    article img { display: block; max-height: 80vh; width: auto; margin-inline: auto; border-radius: .25rem; }
    article p img:not(:only-child) { display: inline; max-height: 1.6em; vertical-align: middle; }
    article figcaption { margin-top: .5em; font: .8em/1.5 var(--plain); }
    article .facts { font: .78em/1.5 var(--plain); text-align: start; }
    article pre { overflow-x: auto; padding: .8em 1em; border: 1px solid var(--line); border-radius: .4rem;
      background: var(--raised); line-height: 1.5; overflow-wrap: normal; tab-size: 4; }
    code, kbd, pre { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
      "Noto Sans Mono CJK SC", monospace; }
    pre code { font-size: 1em; }
    :not(pre) > code, kbd { padding: .1em .3em; border-radius: .25rem; background: var(--line); }
    article table { display: block; overflow-x: auto; width: fit-content; max-width: 100%;
      border-collapse: collapse; font: .84em/1.5 var(--plain); overflow-wrap: normal; }
    th, td { padding: .4em .8em; border-bottom: 1px solid var(--line); text-align: start;
      vertical-align: top; }
    th { border-bottom-color: var(--edge); }
    :is(:lang(zh), :lang(ja), :lang(ko)) em { font-style: normal; text-emphasis: dot var(--soft);
      text-emphasis-position: under right; }
    mark { background: var(--yellow); color: var(--ink); border-radius: .12em; padding-block: .08em;
      box-decoration-break: clone; -webkit-box-decoration-break: clone; }
    mark.green { background: var(--green); }
    mark.blue { background: var(--blue); }
    mark.pink { background: var(--pink); }
    mark.purple { background: var(--purple); }
    mark:target { outline: .16rem solid var(--accent); outline-offset: .1rem; }
    ins { background: var(--added); text-decoration-thickness: .07em; text-underline-offset: .2em; }
    del { background: var(--gone); }

    """
}
