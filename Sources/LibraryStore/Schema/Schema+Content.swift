// What lies in the library: bodies, and the projections that are read.
extension Schema {
  /// Bodies lie in chunks, the payloads of bodies frames; `body` lists those that are whole and
  /// verified.
  static let bodies = """
    CREATE TABLE chunk(
      id INTEGER PRIMARY KEY,
      pieces INTEGER NOT NULL,
      deflated INTEGER NOT NULL,
      inflated INTEGER NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
    -- Where a body lies; chunk and position are NULL for one in several pieces.
    CREATE TABLE body(
      hash BLOB PRIMARY KEY CHECK(length(hash) = 32),
      length INTEGER NOT NULL,
      chunk INTEGER,
      position INTEGER
    ) STRICT, WITHOUT ROWID;
    -- Pieces of bodies in several, whether all have come or not. Those of one body do not overlap,
    -- and each lies in a chunk of its own.
    CREATE TABLE piece(
      hash BLOB NOT NULL CHECK(length(hash) = 32),
      start INTEGER NOT NULL,
      length INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY(hash, start)
    ) STRICT, WITHOUT ROWID;
    -- Bodies of which some pieces are here: how long the body is, and its pieces together.
    CREATE TABLE partial(
      hash BLOB PRIMARY KEY CHECK(length(hash) = 32),
      length INTEGER NOT NULL,
      held INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    """

  /// Projections of the registers for queries, kept in the same transaction as they are.
  static let articles = """
    \(ArticleColumn.table)
    CREATE INDEX article_by_site ON article(site, day);
    CREATE INDEX article_by_language ON article(language);
    CREATE INDEX article_by_added ON article(added);
    CREATE INDEX article_deleted ON article(id) WHERE deleted;
    -- What queries ask for that few articles are.
    CREATE INDEX article_read ON article(id) WHERE read;
    CREATE INDEX article_starred ON article(id) WHERE starred;
    CREATE INDEX article_archived ON article(id) WHERE archived;
    CREATE INDEX article_begun ON article(id) WHERE progress > 0;
    CREATE INDEX article_rated ON article(id) WHERE rating > 0;
    CREATE INDEX article_noted ON article(id) WHERE note IS NOT NULL;
    CREATE INDEX article_link ON article(id) WHERE body IS NULL;
    -- The newest that are neither archived nor deleted, which is what people look at.
    CREATE INDEX article_by_day ON article(day DESC, added DESC, key)
      WHERE NOT deleted AND NOT archived;
    CREATE TABLE article_tag(
      article INTEGER NOT NULL,
      tag TEXT NOT NULL,
      PRIMARY KEY(article, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX article_tag_by_tag ON article_tag(tag);
    -- Passages that were marked, each by its article's key: it may have come before the article.
    CREATE TABLE highlight(
      id INTEGER PRIMARY KEY,
      key BLOB NOT NULL,
      article BLOB NOT NULL,
      body BLOB,
      quote TEXT NOT NULL,
      prefix TEXT NOT NULL,
      suffix TEXT NOT NULL,
      -- In scalars of the plain text.
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      -- Of the rules of plain text.
      version INTEGER NOT NULL,
      color TEXT,
      note TEXT,
      added INTEGER NOT NULL,
      deleted INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX highlight_by_article ON highlight(article) WHERE NOT deleted;
    -- The revisions at which projections changed, or the presence of bodies they name, of articles
    -- with neighboring ids together: for whoever follows the library.
    CREATE TABLE article_change(
      revision INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      -- A database that was restored or copied has other changes under the same revisions.
      mark INTEGER NOT NULL DEFAULT (random()),
      PRIMARY KEY(revision, first)
    ) STRICT, WITHOUT ROWID;
    -- Which registers name which bodies, and whether those are not here: 1 where they are wanted, 2
    -- where they are left out by choice.
    CREATE TABLE body_use(
      entity INTEGER NOT NULL,
      field INTEGER NOT NULL,
      hash BLOB NOT NULL,
      missing INTEGER NOT NULL,
      PRIMARY KEY(entity, field)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX body_use_missing ON body_use(hash) WHERE missing;
    -- Deleted articles whose bodies are kept for a while, since when that is known here, and what their
    -- registers name.
    CREATE TABLE bin(
      article INTEGER PRIMARY KEY,
      since INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE bin_use(
      entity INTEGER NOT NULL,
      field INTEGER NOT NULL,
      hash BLOB NOT NULL,
      PRIMARY KEY(entity, field)
    ) STRICT, WITHOUT ROWID;
    -- What this machine keeps texts of, and by which operation it ceased to keep all; no row while it
    -- keeps all.
    CREATE TABLE keeping(
      id INTEGER PRIMARY KEY CHECK(id = 1),
      query TEXT,
      maximum INTEGER,
      replica INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      -- How many bodies are not kept and still here, since no other replica is known to hold them.
      waiting INTEGER NOT NULL DEFAULT 0,
      -- How many articles are in keeping_choice and have no room.
      crowded_out INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    -- Articles whose texts are kept, or not, whatever that says.
    CREATE TABLE keeping_choice(
      article INTEGER PRIMARY KEY,
      kept INTEGER NOT NULL
    ) STRICT;
    -- About how much room bodies took, or would have taken, that are left out.
    CREATE TABLE left_out(
      hash BLOB PRIMARY KEY CHECK(length(hash) = 32),
      bytes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Folders and repositories that were imported, how, and the commit that was imported whole: of
    -- this machine alone.
    CREATE TABLE import_source(
      id INTEGER PRIMARY KEY,
      place TEXT NOT NULL UNIQUE,
      manner TEXT NOT NULL,
      commit_name TEXT
    ) STRICT;
    -- Their pages, which article each brought (0 for none), and the name of the blob that was read.
    CREATE TABLE import_page(
      source INTEGER NOT NULL,
      page TEXT NOT NULL,
      article INTEGER NOT NULL,
      mark TEXT,
      gone INTEGER NOT NULL,
      PRIMARY KEY(source, page, article)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX import_page_by_article ON import_page(article);
    CREATE INDEX import_page_gone ON import_page(source) WHERE gone;
    -- Images that pages name, whether they are there or not.
    CREATE TABLE import_image(
      source INTEGER NOT NULL,
      page TEXT NOT NULL,
      image TEXT NOT NULL,
      PRIMARY KEY(source, page, image)
    ) STRICT, WITHOUT ROWID;
    -- Tags that came with articles.
    CREATE TABLE import_tag(
      article INTEGER NOT NULL,
      tag TEXT NOT NULL,
      PRIMARY KEY(article, tag)
    ) STRICT, WITHOUT ROWID;
    -- How much there is, kept as it changes.
    CREATE TABLE tally(
      id INTEGER PRIMARY KEY CHECK(id = 1),
      articles INTEGER NOT NULL DEFAULT 0,
      unread INTEGER NOT NULL DEFAULT 0,
      starred INTEGER NOT NULL DEFAULT 0,
      deleted INTEGER NOT NULL DEFAULT 0,
      bodies INTEGER NOT NULL DEFAULT 0,
      body_bytes INTEGER NOT NULL DEFAULT 0,
      chunk_bytes INTEGER NOT NULL DEFAULT 0,
      log_bytes INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO tally(id) VALUES (1);
    """
}
