import Coding
import Files
import Formats
import Foundation
import LibraryStore
import Replication
import Satchel
import Sealing
import SyncSession
import Testing
import Transports

/// Every error that a person can cause is a sentence.
struct ErrorTextTests {
  @Test func `every case of every error is tried below`() throws {
    let tried: [(file: String, type: String, errors: [any Error])] = [
      ("Replication/ReplicationError", "ReplicationError", ErrorTextTests.replication),
      ("Coding/CodingError", "CodingError", ErrorTextTests.coding),
      ("Sealing/SealingError", "SealingError", ErrorTextTests.sealing),
      ("Formats/Reading/SkipReason", "SkipReason", ErrorTextTests.skipped),
      ("LibraryStore/Database/StoreError", "StoreError", ErrorTextTests.store),
      ("Articles/Queries/FilterError", "Reason", ErrorTextTests.filter),
      ("Articles/Queries/QueryError", "QueryError", ErrorTextTests.query),
      ("SyncSession/SessionError", "SessionError", ErrorTextTests.session),
      ("Transports/ConnectionError", "ConnectionError", ErrorTextTests.connection),
      ("Transports/Bundle/BundleError", "BundleError", ErrorTextTests.bundle),
      ("Satchel/Git/GitProblem", "GitProblem", ErrorTextTests.git),
      ("Satchel/LibraryError", "LibraryError", ErrorTextTests.library),
    ]
    for (file, type, errors) in tried {
      let declared = try ErrorTextTests.cases(of: type, in: file)
      let names = Set(errors.map { ErrorTextTests.name(of: $0) })
      // A case without facts has no name that can be asked for at run time.
      let unnamed = errors.count { Mirror(reflecting: $0).children.isEmpty }
      #expect(names.subtracting([""]).isSubset(of: declared), "\(type)")
      #expect(names.subtracting([""]).count + unnamed == declared.count, "\(type)")
    }
  }

  @Test func `every error of a library says what happened in plain words`() {
    for error in ErrorTextTests.all {
      ErrorTextTests.expectPlain(error.message, "\(Mirror(reflecting: error))")
      #expect(error.errorDescription == error.message)
      #expect(error.recoverySuggestion == error.hint)
      #expect("\(error)".hasPrefix(error.message))
      if let hint = error.hint { ErrorTextTests.expectPlain(hint, error.message) }
    }
  }

  @Test func `what happens to a replica is told in plain words`() {
    let mismatches: [IdentityMismatch] = [
      .noEvidence, .outOfStep(issued: 12_000, found: 3), .outOfStep(issued: 5, found: 5),
    ]
    for mismatch in mismatches {
      ErrorTextTests.expectPlain(
        "\(Notice.freshIdentity(mismatch, old: ErrorTextTests.replica, new: ErrorTextTests.replica))"
      )
    }
  }

  @Test func `a library that holds all it should is not called a copy`() {
    let replica = ErrorTextTests.replica
    func text(_ found: UInt64) -> String {
      "\(Notice.freshIdentity(.outOfStep(issued: 5, found: found), old: replica, new: replica))"
    }
    #expect(!text(5).contains("copy, or") && !text(5).contains("older"))
    #expect(text(3).contains("copy, or"))
    for found in [3, 5] as [UInt64] {
      #expect(text(found).contains("was killed") && text(found).contains("satchel replica retire"))
    }
  }

  @Test func `the text of a Swift value would be found`() {
    for text in [
      "reservedBits(offset: 1).", "valueLength(5000001).", "it failed: NSCocoaErrorDomain.",
      "Error Domain=NSPOSIXErrorDomain Code=13.", "the value is Optional(3).",
      "The operation could not be completed. (Satchel.LibraryError error 1.)", "no full stop",
    ] {
      #expect(!ErrorTextTests.isPlain(text), "\(text)")
    }
  }
}

extension ErrorTextTests {
  private static func expectPlain(_ text: String, _ comment: String = "") {
    #expect(isPlain(text), "\(comment): \(text)")
  }

  /// Whether nothing in it is a name of the program's.
  private static func isPlain(_ text: String) -> Bool {
    let known = ["XDG_STATE_HOME", "SATCHEL_REMOTE", "SQLite"]
    let rest = known.reduce(text) { $0.replacingOccurrences(of: $1, with: "") }
    return text.hasSuffix(".") || text.hasSuffix("?")
      ? rest.firstMatch(of: /[a-z][A-Z]|\w\(|Error|Domain|Optional|\bnil\b|0x|\.\./) == nil
        && rest.firstMatch(of: /\b[A-Z][A-Za-z]+\.[a-zA-Z]/) == nil
      : false
  }

  private static func name(of error: any Error) -> String {
    Mirror(reflecting: error).children.first?.label ?? ""
  }

  /// The names of an enumeration's cases, as its source declares them.
  private static func cases(of type: String, in file: String) throws -> Set<String> {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let source = try String(
      contentsOf: root.appendingPathComponent("Sources/\(file).swift"), encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.contains("enum \(type): ") })
    let indent = lines[start].prefix { $0 == " " }
    return Set(
      lines[(start + 1)...].prefix { $0 != "\(indent)}" }
        .compactMap { $0.wholeMatch(of: /\s*(?:indirect )?case (\w+).*/).map { String($0.1) } })
  }
}

// One of each.
extension ErrorTextTests {
  private static let replica = ReplicaID(Identifier(high: 1, low: 2))
  private static let path = "/media/usb/a.satchel"

  static let replication: [ReplicationError] = [
    .stampsExhausted, .fieldLength(0), .fieldLength(2_000), .valueLength(5_000_001),
    .valueNotCanonical, .sequenceOutOfRange(0), .contextCoversItself, .contextTooLarge(20_000),
  ]

  static let coding: [CodingError] = [
    .endsEarly(offset: 1), .trailingBytes(offset: 1, count: 2), .malformedNumber(offset: 3),
    .tooLarge(what: "replicas", count: 70_000, limit: 16_384),
    .outOfOrder(what: "sequences", offset: 4), .unknownIndex(what: "field", offset: 5),
    .invalidOperation(.valueLength(5_000_001), offset: 6),
    .frameTooLarge(declared: 9 << 20, limit: 8 << 20), .checksumDiffers,
    .inflateFailed(declared: 7), .deflateFailed, .reservedBits(offset: 1),
  ]

  static let sealing: [SealingError] =
    [
      .wrongLength(.libraryKey, expected: 32, found: 31),
      .unreadableText(.invitation, .checksum), .unknownInvitationVersion(9),
      .labelTooLong(byteCount: 99), .malformedLabel, .notAnAgeFile, .headerTooLong(limit: 1),
      .malformedHeader(.notAStanza, offset: 1), .notForThisKey, .headerNotAuthentic,
      .damagedChunk(index: 1, offset: 2), .truncated(offset: 3), .trailingData(offset: 4),
      .emptyLastChunk(offset: 5),
    ]
    + [try? AgeRecipient(bytes: Array(repeating: 9, count: 32))].compactMap { $0 }
    .map { .unusableRecipient($0) }

  static let skipped: [SkipReason] = [
    .notAPage(name: "a.pdf", looks: "a PDF"), .missing, .unreadable(reason: "Permission denied"),
    .tooLarge(limit: 16 << 20), .empty, .binary(offset: 1), .notUTF8(offset: 2, likely: "gb18030"),
    .malformed(encoding: "big5", offset: 2),
    .noDecoder(encoding: "big5"),
    .noArticle, .noBook, .ofItsOwn(format: "bookmarks"), .noAddress, .notJSON, .cutOff,
    .unclosedQuotation(column: 2), .notSaved(reason: "an entry of a feed"),
    .archive(reason: "it is damaged"),
    .noAddressColumn(columns: ["a", "b"]), .noSuchColumn(name: "c", columns: ["a"]),
  ]

  static let store: [StoreError] =
    [
      .noLibrary(path: path), .libraryExists(path: path),
      .unusableBackup(path: path, reason: "is damaged"), .busy(waitedMilliseconds: 5_000),
      .cannotRead(path: path, reason: "Permission denied"), .cannotWrite(reason: "disk full"),
      .cannotIndex(reason: "disk full"), .cannotRecord(path: path, reason: "Permission denied"),
      .newerVersion, .damaged("a peer's row is malformed"), .tooManyReplicas(limit: 16_384),
      .database(code: 1, message: "no such table"),
    ] + replication.map { .refused($0) } + coding.map { .unreadable($0) }

  static let filter: [FilterError.Reason] = [
    .unknownField("sit", guess: "site"), .noValue, .unknownState("unred", guess: nil), .notADay,
    .notANumber(maximum: 5), .openQuotation, .openParenthesis, .emptyParentheses,
    .strayOperator("OR"), .notAViewName, .tooLong,
  ]

  static let query: [QueryError] = [
    .noSuchView("morning"), .loop(view: "morning"),
    .unreadable(view: "morning", FilterError(reason: .notADay, text: "since:x", place: 6..<7)),
    .noWords, .asksForTexts,
  ]

  static let session: [SessionError] =
    [
      .outOfTurn("content"),
      .noCommonVersion(
        ours: SessionVersions(version: 2, minimum: 2),
        theirs: SessionVersions(version: 1, minimum: 1)),
    ] + coding.map { .malformed($0) }
    + (0...4).compactMap { Refusal.Reason(rawValue: $0) }.map { .refused(Refusal($0, "disk full")) }

  static let connection: [ConnectionError] =
    [
      .unreachable(address: "a:1", reason: "Connection refused"), .silent(seconds: 60), .notAMember,
      .closed, .damaged, .cannotListen(address: "a:1", reason: "Address in use"),
      .command("ssh", reason: "No such file or directory"), .chatter(beginning: "Welcome"),
    ] + coding.map { .malformed($0) }
    + [1, 10, 11, 12, 18, 127, 255].map { .commandEnded("ssh", status: $0) }

  static let bundle: [BundleError] =
    [
      .notABundle, .truncated(frame: 3, of: 4), .truncated(frame: 1, of: nil),
      .malformed("bytes follow the trailer"), .newerVersion(9), .foreignLibrary([1]),
      .notForThisLibrary, .signatureRefused, .sealedWithoutSecret, .partTooSmall(needed: 5_000),
      .file(FileError(FilePath(path), .system(28))), .changed(frame: 3, of: 9),
    ] + coding.map { .damaged(frame: 3, of: 4, $0) } + sealing.map { .sealDamaged($0) }

  private static let git: [GitProblem] = [
    .noGit, .notAFolder, .notARepository, .noCommit, .silent, .failed(reason: "bad object"),
  ]

  static let library: [LibraryError] = [
    .store(.newerVersion), .bundle(path: path, .notABundle),
    .bundleNotRead(path: path, .notABundle), .noBundles(paths: ["/media/usb"]),
    .bundleNotWritten(path: path, .notABundle), .folderNotSynchronized(path: path, .notABundle),
    .placeEmptied(path: path), .placeOfAnotherLibrary(path: path),
    .connection(target: "a:1", .closed), .session(target: "a:1", .outOfTurn("content")),
    .sealing(.malformedLabel), .secretMissing(path: path),
    .secretUnreadable(path: path, reason: "Permission denied"),
    .secretOfAnotherLibrary(path: path), .backupWithoutSecret(path: path),
    .backupOfAnotherLibrary(path: path), .secretInTheWay(path: path),
    .folderUnwritable(path: path, reason: "Permission denied"),
    .fileNotRead(FileError(FilePath(path), .system(13))),
    .fileNotWritten(FileError(FilePath(path), .system(17))), .noSuchArticle("abcdef"),
    .ambiguousArticle("abcdef", candidates: ["abcdefgh", "abcdefgi"]),
    .noSuchReplica("attic", candidates: []), .noSuchRemote("attic"),
    .noSuchOperation("conflict 3"), .noSuchTag("tea"), .query(.noWords),
    .noSuchHighlight("abcdef"),
    .ambiguousHighlight("abcdef", candidates: ["abcdefgh", "abcdefgi"]),
    .textMissing("7kq2m9xd"), .noSuchPassage("7kq2m9xd"), .ambiguousPassage(count: 3),
    .deletedArticle("7kq2m9xd"), .nothingToUndo, .actedSince, .nothingMatches,
    .programMissing("curl"),
    .filter(FilterError(reason: .openQuotation, text: "\"tea", place: 0..<1)),
    .importUnreadable(path: path, .missing), .cancelled,
    .repository(path: path, .notARepository), .sourceEmptied(path: path, pages: 14_500),
    .endedEarly(.cancelled, .merged(operations: 21_000, bodies: 1)),
    .endedEarly(.cancelled, .exported(articles: 1)),
    .invalid("a rating is 0 to 5"), .unexpected(reason: "the system gave no reason"),
  ]

  /// What every layer's errors become.
  static var all: [LibraryError] {
    var all = library
    all += store.map { .store($0) }
    all += bundle.flatMap { error -> [LibraryError] in
      [
        .bundle(path: path, error), .bundleNotRead(path: path, error),
        .bundleNotWritten(path: path, error), .folderNotSynchronized(path: path, error),
      ]
    }
    all += connection.map { .connection(target: "a:1", $0) }
    all += session.map { .session(target: "a:1", $0) }
    all += sealing.map { .sealing($0) }
    all += query.map { .query($0) }
    all += skipped.map { .importUnreadable(path: path, $0) }
    all += git.map { .repository(path: path, $0) }
    all.append(.noSuchReplica("attic", candidates: ["aaaa", "aabb"]))
    for committed in [
      Committed.imported(added: 6_558, changed: 0), .merged(operations: 1, bodies: 2),
      .fetched(pictures: 1), .fetched(pictures: 1_200),
    ] {
      all.append(.endedEarly(.store(.cannotWrite(reason: "disk full")), committed))
    }
    return all
  }
}
