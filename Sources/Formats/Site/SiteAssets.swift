/// The style and the script of a site.
enum SiteAssets {
  static let titlesPerFile = 2_000

  static let style = """
    :root { color-scheme: light dark; --ink: #1c1c1a; --paper: #fdfcf9; --soft: #66645e;
      --line: #e2dfd6; --link: #0b5a8a; --mark: #fff3c4; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e3da; --paper: #171716; --soft: #a19d92; --line: #35332e; --link: #86bfe4;
        --mark: #3d3620; }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.65 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC",
        "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
    nav, main { max-width: 43rem; margin: 0 auto; padding: 0 1.1rem; overflow-wrap: anywhere; }
    nav { display: flex; flex-wrap: wrap; gap: 0 1.1rem; padding-top: .8rem; padding-bottom: .6rem;
      border-bottom: 1px solid var(--line); font-size: .95rem; }
    nav .home { font-weight: 600; margin-inline-end: auto; }
    main { padding-bottom: 4rem; }
    a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
    nav a, ul.articles a, ul.names a { text-decoration: none; }
    a:hover { text-decoration: underline; }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: 1.6rem 0 .6rem; }
    article h1:not(:first-child) { font-size: 1.35rem; }
    h2 { font-size: 1.15rem; line-height: 1.35; margin: 1.8rem 0 .5rem; }
    h2.day { font-size: .95rem; color: var(--soft); margin: 1.4rem 0 .1rem; }
    h3, h4, h5, h6 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
    p, ul, ol, pre, table, figure, blockquote { margin: 0 0 1rem; }
    .facts { color: var(--soft); font-size: .9rem; }
    p.facts { margin-bottom: .6rem; }
    #found p.facts { margin-top: .8rem; }
    .tags a { display: inline-block; margin: 0 .4rem .3rem 0; padding: 0 .6rem; font-size: .85rem;
      border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; }
    ul.articles, ul.names { list-style: none; padding: 0; }
    ul.articles { margin: 0; }
    ul.articles li { padding: .3rem 0; }
    ul.articles li.read a { color: var(--soft); }
    ul.names { columns: 14rem; column-gap: 2rem; }
    ul.names li { break-inside: avoid; padding: .15rem 0; }
    img { max-width: 100%; height: auto; }
    figure { margin-inline: 0; }
    figcaption { color: var(--soft); font-size: .9rem; }
    pre { overflow-x: auto; white-space: pre-wrap; font-size: .9rem; padding: .8rem;
      border: 1px solid var(--line); border-radius: .3rem; }
    table { display: block; overflow-x: auto; border-collapse: collapse; overflow-wrap: normal; }
    td, th { padding: .3rem .6rem; border: 1px solid var(--line); text-align: start;
      vertical-align: top; }
    blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid
      var(--line); }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
    .marks { border-top: 1px solid var(--line); margin-top: 2rem; }
    .marks blockquote { background: var(--mark); padding: .5rem 1rem; border: 0; border-radius: .3rem; }
    .marks blockquote p:last-child { margin: 0; }
    #words { width: 100%; font: inherit; color: inherit; background: transparent; padding: .5rem .7rem;
      border: 1px solid var(--soft); border-radius: .4rem; }

    """

  /// - Parameters:
  ///   - entries: how many titles there are.
  ///   - shardDigits: by how many digits the files of words are named.
  static func script(entries: Int, shardDigits: Int) -> String {
    let files = (entries + titlesPerFile - 1) / titlesPerFile
    return """
      "use strict";
      // Looks for words in titles and texts. Browsers fetch nothing from a disk but scripts, so what is
      // looked through lies in scripts.
      const titleFiles = \(files), shardDigits = \(shardDigits), titlesPerFile = \(titlesPerFile);
      const most = 200, titles = [], shards = new Map(), loading = new Map();

      function satchelTitles(number, list) {
        list.forEach((entry, place) => { titles[number * titlesPerFile + place] = entry; });
      }
      function satchelWords(name, words) { shards.set(name, words); }

      function load(path) {
        if (!loading.has(path)) {
          loading.set(path, new Promise((done) => {
            const script = document.createElement("script");
            script.src = path;
            script.onload = script.onerror = done;
            document.head.append(script);
          }));
        }
        return loading.get(path);
      }

      function isWide(value) {
        return value >= 0x2e80 && value <= 0x9fff || value >= 0xac00 && value <= 0xd7af
          || value >= 0xf900 && value <= 0xfaff || value >= 0x20000 && value <= 0x3ffff;
      }

      function hash(word) {
        let value = 2166136261;
        for (let place = 0; place < word.length; place += 1) {
          value = Math.imul(value ^ word.charCodeAt(place), 16777619);
        }
        return (value >>> 0).toString(16).padStart(8, "0");
      }

      // The numbers of the words of a question; of one wide letter there are none.
      function numbers(text) {
        const found = new Set();
        let word = "", previous = "";
        const take = () => { if (word) { found.add(hash(word)); } word = ""; };
        for (const letter of text) {
          const wide = isWide(letter.codePointAt(0));
          if (!/[\\p{L}\\p{M}\\p{N}]/u.test(letter)) { take(); previous = ""; continue; }
          if (!wide) { word += letter.toLowerCase(); previous = ""; continue; }
          take();
          if (previous) { found.add(hash(previous + letter)); }
          previous = letter;
        }
        take();
        return [...found];
      }

      async function withWords(text) {
        const wanted = numbers(text);
        if (wanted.length === 0) { return []; }
        await Promise.all(
          wanted.map((number) => load(`search/words-${number.slice(0, shardDigits)}.js`)));
        let all = null;
        for (const number of wanted) {
          const list = (shards.get(number.slice(0, shardDigits)) || {})[number];
          if (!list) { return []; }
          let article = 0;
          const set = new Set(list.split(" ").map((step) => (article += Number(step))));
          all = all === null ? set : new Set([...all].filter((one) => set.has(one)));
        }
        return [...all];
      }

      async function search(text) {
        const files = [];
        for (let number = 0; number < titleFiles; number += 1) {
          files.push(load(`search/titles-${number}.js`));
        }
        await Promise.all(files);
        const words = text.toLowerCase().split(/\\s+/).filter((word) => word);
        const found = new Set();
        titles.forEach((entry, place) => {
          const title = entry[1].toLowerCase();
          if (words.every((word) => title.includes(word))) { found.add(place); }
        });
        (await withWords(text)).forEach((place) => found.add(place));
        return [...found];
      }

      function show(found) {
        const list = document.createElement("ul");
        list.className = "articles";
        for (const place of found.slice(0, most)) {
          const [id, title, day, site] = titles[place];
          const item = document.createElement("li"), link = document.createElement("a");
          link.href = `articles/${id}.html`;
          link.dir = "auto";
          link.textContent = title;
          const facts = document.createElement("span");
          facts.className = "facts";
          facts.textContent = ` ${day}${site ? ` · ${site}` : ""}`;
          item.append(link, facts);
          list.append(item);
        }
        const count = document.createElement("p");
        count.className = "facts";
        count.textContent = found.length > most
          ? `${most} of ${found.length} articles` : `${found.length} found`;
        document.getElementById("found").replaceChildren(count, list);
      }

      let asked = 0;
      async function ask() {
        const text = document.getElementById("words").value.trim();
        const turn = asked += 1;
        document.getElementById("newest").hidden = text !== "";
        if (text === "") { return document.getElementById("found").replaceChildren(); }
        const found = await search(text);
        if (turn === asked) { show(found); }
      }

      const form = document.getElementById("search");
      form.hidden = false;
      form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
      document.getElementById("words").addEventListener("input", ask);
      const linked = decodeURIComponent(location.hash.slice(1));
      if (linked) {
        document.getElementById("words").value = linked;
        ask();
      }

      """
  }
}
