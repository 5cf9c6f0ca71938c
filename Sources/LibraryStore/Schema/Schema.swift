import GRDB

/// The database's tables, as Protocol 6 explains them. A released migration is never edited.
enum Schema {
  /// `PRAGMA application_id`: "Stch".
  static let applicationID = 0x5374_6368

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: replication + bodies + articles)
    }
    return migrator
  }

  /// Whether the database is a library's.
  static func isLibrary(_ db: Database) throws -> Bool {
    try CachedStatement(db, "PRAGMA application_id")
      .first { $0.integer(0) == applicationID } ?? false
  }

  enum Age {
    case older, current, newer
  }

  /// Which migrations were applied, beside those this version knows.
  static func age(_ db: Database) throws -> Age {
    let known = migrator.migrations
    let applied = try CachedStatement(db, "SELECT identifier FROM grdb_migrations")
      .all { $0.text(0) }
    guard applied.allSatisfy(known.contains) else { return .newer }
    return applied.count == known.count ? .current : .older
  }

  /// The log, the registers, and what is known. Identifiers are interned to integers.
  private static let replication = """
    CREATE TABLE replica(
      id INTEGER PRIMARY KEY,
      key BLOB NOT NULL UNIQUE CHECK(length(key) = 16)
    ) STRICT;
    CREATE TABLE entity(
      id INTEGER PRIMARY KEY,
      kind INTEGER NOT NULL,
      key BLOB NOT NULL CHECK(length(key) = 16),
      UNIQUE(kind, key)
    ) STRICT;
    CREATE TABLE field(
      id INTEGER PRIMARY KEY,
      name BLOB NOT NULL UNIQUE
    ) STRICT;
    -- The winners, packed: neighboring ones in a row, none of them before the row's key. In them
    -- is counted which have authored operations beside (table sibling).
    CREATE TABLE register_run(
      entity INTEGER NOT NULL,
      field INTEGER NOT NULL,
      registers BLOB NOT NULL,
      PRIMARY KEY(entity, field)
    ) STRICT, WITHOUT ROWID;
    -- Authored operations that no other supersedes; digest is the fingerprint's.
    CREATE TABLE sibling(
      entity INTEGER NOT NULL,
      field INTEGER NOT NULL,
      digest BLOB NOT NULL,
      stamp INTEGER NOT NULL,
      replica INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      value BLOB NOT NULL,
      context BLOB NOT NULL,
      PRIMARY KEY(entity, field, digest)
    ) STRICT, WITHOUT ROWID;
    -- Authored text that was replaced by one who had read it: of this machine alone, and for a while.
    CREATE TABLE replaced(
      id INTEGER PRIMARY KEY,
      entity INTEGER NOT NULL,
      field INTEGER NOT NULL,
      stamp INTEGER NOT NULL,
      replica INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      -- When it was, by this machine's wall clock.
      time INTEGER NOT NULL,
      length INTEGER NOT NULL,
      value BLOB NOT NULL,
      UNIQUE(entity, field, replica, sequence, stamp)
    ) STRICT;
    CREATE INDEX replaced_by_time ON replaced(time, length);
    -- What was written here, one command an action, so that it can be undone: of this machine alone, the
    -- newest. Transactions of one command bear one token.
    CREATE TABLE action(
      id INTEGER PRIMARY KEY,
      token INTEGER NOT NULL UNIQUE,
      -- By this machine's wall clock.
      time INTEGER NOT NULL,
      command TEXT NOT NULL,
      registers INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;
    -- Which operations are the action's.
    CREATE TABLE action_dot(
      action INTEGER NOT NULL,
      replica INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      PRIMARY KEY(action, replica, first)
    ) STRICT, WITHOUT ROWID;
    -- What its registers showed before; NULL where they were never written.
    CREATE TABLE action_register(
      action INTEGER NOT NULL,
      entity INTEGER NOT NULL,
      field INTEGER NOT NULL,
      value BLOB,
      PRIMARY KEY(action, entity, field)
    ) STRICT, WITHOUT ROWID;
    -- Entities that it made, in whose place no register is noted.
    CREATE TABLE action_entity(
      action INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      PRIMARY KEY(action, first)
    ) STRICT, WITHOUT ROWID;
    -- The log: frames as they go on the wire. `sequences` is NULL where all of first...last are
    -- held.
    CREATE TABLE frame(
      id INTEGER PRIMARY KEY,
      replica INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      operations INTEGER NOT NULL,
      sequences BLOB,
      deflated INTEGER NOT NULL,
      inflated INTEGER NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX frame_by_replica ON frame(replica, first);
    -- An estimate of how many of a frame's operations are no longer needed. Beside the frame, since
    -- changing a row writes all of it anew.
    CREATE TABLE superseded(
      frame INTEGER PRIMARY KEY,
      operations INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE knowledge(
      replica INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      PRIMARY KEY(replica, first)
    ) STRICT, WITHOUT ROWID;
    -- Statements whose basis or carried operations have not all arrived, each with one operation
    -- that it lacks: until that is known, it need not be read.
    CREATE TABLE waiting(
      id INTEGER PRIMARY KEY,
      replica BLOB NOT NULL CHECK(length(replica) = 16),
      sequence INTEGER NOT NULL,
      statement BLOB NOT NULL
    ) STRICT;
    -- What each peer last said it knows, and by its own clock when.
    CREATE TABLE peer(
      replica INTEGER PRIMARY KEY,
      clock INTEGER NOT NULL,
      heard INTEGER NOT NULL,
      knowledge BLOB NOT NULL,
      fingerprint BLOB NOT NULL,
      wanted BLOB NOT NULL,
      -- What it says of the texts it holds: whether it wants all that it lacks, and since which
      -- operation of its own it keeps not every text; 0 while it does.
      wants_all INTEGER NOT NULL,
      ceased INTEGER NOT NULL
    ) STRICT;
    -- Peers that were last heard to know the same and to hold another result, and since when.
    CREATE TABLE divergence(
      replica INTEGER PRIMARY KEY,
      since INTEGER NOT NULL
    ) STRICT;
    -- Bundles that were merged whole or written here, by the SHA-256 of their headers' payloads.
    CREATE TABLE known_bundle(
      header BLOB PRIMARY KEY CHECK(length(header) = 32),
      noted INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- What the last bundle for a replica said of this one, as a digest.
    CREATE TABLE told(
      receiver BLOB PRIMARY KEY CHECK(length(receiver) = 16),
      digest BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Files of exchanges by their names, wherever they lie. What was read or written whole, and what
    -- could not be read at some length.
    CREATE TABLE exchange_file(
      name TEXT NOT NULL PRIMARY KEY,
      length INTEGER,
      carried BLOB,
      part INTEGER NOT NULL DEFAULT 1,
      parts INTEGER NOT NULL DEFAULT 1,
      passed_over INTEGER NOT NULL DEFAULT 0,
      checked INTEGER NOT NULL DEFAULT 0,
      unreadable_length INTEGER,
      unreadable_since INTEGER,
      unreadable_tried INTEGER,
      replaced INTEGER,
      header BLOB,
      bodies BLOB,
      -- What its writer knew, and this replica does not yet.
      lacking BLOB
    ) STRICT;
    -- Names of damaged files, as replicas name them, and since when that is known here.
    CREATE TABLE exchange_damage(
      name BLOB NOT NULL PRIMARY KEY CHECK(length(name) = 16),
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Bodies that a peer wants and that were put into a place since it first wanted them.
    CREATE TABLE exchange_answer(
      peer INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK(length(hash) = 32),
      place TEXT NOT NULL,
      PRIMARY KEY(peer, hash, place)
    ) STRICT, WITHOUT ROWID;
    -- Places that were exchanged with.
    CREATE TABLE exchange_place(
      place TEXT NOT NULL PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    -- How long frames should be over lines that broke, and when that was last used.
    CREATE TABLE line(
      name TEXT NOT NULL PRIMARY KEY,
      longest_frame INTEGER NOT NULL,
      used INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Addresses that gave no picture, and until when they are not asked again.
    CREATE TABLE failed_picture(
      address TEXT NOT NULL PRIMARY KEY,
      reason TEXT NOT NULL,
      until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE remote(
      name TEXT NOT NULL PRIMARY KEY,
      target TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- The ids this database has written as: what it last gave out, which has to be what the
    -- machine's evidence says; and the highest sequence of each that anything from elsewhere showed.
    CREATE TABLE identity(
      replica INTEGER PRIMARY KEY,
      issued INTEGER NOT NULL,
      file INTEGER NOT NULL,
      token BLOB NOT NULL CHECK(length(token) = 16),
      shown INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE state(
      id INTEGER PRIMARY KEY CHECK(id = 1),
      library BLOB NOT NULL CHECK(length(library) = 32),
      replica INTEGER NOT NULL,
      clock INTEGER NOT NULL,
      fingerprint BLOB NOT NULL CHECK(length(fingerprint) = 16),
      -- No register bears a greater one.
      highest_stamp INTEGER NOT NULL,
      -- Counts transactions.
      revision INTEGER NOT NULL
    ) STRICT;

    """
}
