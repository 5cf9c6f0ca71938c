import Files
import Foundation
import Satchel

/// How the tool ends (Protocol 9.1).
enum ExitCode: Int32, CaseIterable {
  case ok = 0
  case failed = 1
  case someSkipped = 3
  case notFound = 4
  case noLibrary = 10
  case busy = 11
  case notAMember = 12
  case damagedInput = 13
  case newerVersion = 14
  case damagedLibrary = 15
  case operationsMissing = 16
  case unreachable = 17
  case cannotReadOrWrite = 18
  case usage = 64
  case interrupted = 130
}

extension ExitCode {
  /// For `help exit-codes`.
  var meaning: String {
    switch self {
    case .ok: "done"
    case .failed: "failed, for a reason that has no code of its own"
    case .someSkipped: "done, and some inputs or targets were left out, which are listed"
    case .notFound:
      "no such article, highlight, tag, replica, remote or file, or no bundle in a folder"
    case .noLibrary: "no library here"
    case .busy: "the library is busy"
    case .notAMember: "the wrong key, not a member, or a signature that is refused"
    case .damagedInput: "a damaged bundle or stream"
    case .newerVersion: "made by a newer version"
    case .damagedLibrary: "the library is damaged"
    case .operationsMissing: "applied, but operations are still missing, which are named"
    case .unreachable: "a peer or place that is unreachable, not mounted, or timed out"
    case .cannotReadOrWrite: "cannot read or write there: full, read-only, no permission"
    case .usage: "the command line does not read"
    case .interrupted: "interrupted; what was committed stays"
    }
  }
}

extension LibraryError {
  var exitCode: Int32 { code.rawValue }
  var isInterruption: Bool { code == .interrupted }

  private var code: ExitCode {
    switch self {
    case .store(let error): error.code
    case .bundle(_, let error), .bundleNotRead(_, let error): error.code(ofMissing: .notFound)
    // A place that is not there is a stick that is not mounted.
    case .bundleNotWritten(_, let error), .folderNotSynchronized(_, let error):
      error.code(ofMissing: .unreachable)
    case .connection(_, let error): error.code
    case .session(_, let error): error.code
    case .placeEmptied, .sourceEmptied: .unreachable
    case .repository(_, let problem): problem.code
    case .sealing, .secretOfAnotherLibrary, .secretMissing, .placeOfAnotherLibrary,
      .backupOfAnotherLibrary:
      .notAMember
    case .secretUnreadable, .folderUnwritable: .cannotReadOrWrite
    case .fileNotRead(let error): ExitCode(error, ofMissing: .notFound, ofAnotherKind: .failed)
    case .fileNotWritten(let error):
      ExitCode(error, ofMissing: .unreachable, ofAnotherKind: .failed)
    case .noSuchArticle, .ambiguousArticle, .noSuchHighlight, .ambiguousHighlight, .textMissing,
      .noSuchPassage, .noSuchReplica, .noSuchRemote, .noSuchTag, .noSuchOperation, .noBundles,
      .nothingMatches, .importUnreadable(_, .missing), .query(.noSuchView):
      .notFound
    case .importUnreadable(_, .unreadable): .cannotReadOrWrite
    case .deletedArticle: .notFound
    case .nothingToUndo, .actedSince, .secretInTheWay, .importUnreadable, .programMissing,
      .unexpected,
      .query(.loop), .query(.unreadable):
      .failed
    case .filter, .query(.noWords), .query(.asksForTexts), .invalid, .backupWithoutSecret,
      .ambiguousPassage:
      .usage
    case .cancelled: .interrupted
    case .endedEarly(let error, _): error.code
    }
  }
}

extension GitProblem {
  fileprivate var code: ExitCode {
    switch self {
    case .notARepository, .noCommit, .notAFolder: .notFound
    case .silent: .unreachable
    case .noGit, .failed: .failed
    }
  }
}

extension ExitCode {
  /// - Parameters:
  ///   - missing: what it is when nothing lies there.
  ///   - other: what it is when something lies there that is no file, or too large a one.
  init(_ error: FileError, ofMissing missing: ExitCode, ofAnotherKind other: ExitCode) {
    switch error.problem {
    case .system(let code): self.init(system: code, ofMissing: missing)
    case .danglingLink, .noFolder, .anotherFolder: self = missing
    case .taken: self = .failed
    case .notAFile, .tooLarge: self = other
    case .store(.unreachable, _): self = .unreachable
    case .store(.refused, _): self = .cannotReadOrWrite
    case .store(.other, _): self = .failed
    }
  }

  /// Of an error the system gave for a file.
  ///
  /// - Parameter missing: what it is when nothing lies there.
  fileprivate init(system code: Int32, ofMissing missing: ExitCode) {
    switch code {
    case ENOENT, ENOTDIR: self = missing
    case ENOSPC, EROFS, EDQUOT, EACCES, EPERM, EFBIG, EIO, EBADF, EISDIR, EMFILE, ENFILE:
      self = .cannotReadOrWrite
    case ESTALE, ENODEV, ENXIO, ENOTCONN, ETIMEDOUT: self = .unreachable
    default: self = .failed
    }
  }
}

extension StoreError {
  fileprivate var code: ExitCode {
    switch self {
    case .noLibrary: .noLibrary
    case .busy: .busy
    case .newerVersion: .newerVersion
    case .damaged, .unreadable: .damagedLibrary
    case .unusableBackup: .damagedInput
    case .cannotRead, .cannotWrite, .cannotIndex, .cannotRecord: .cannotReadOrWrite
    case .libraryExists, .refused, .tooManyReplicas, .database: .failed
    }
  }
}

extension BundleError {
  fileprivate func code(ofMissing missing: ExitCode) -> ExitCode {
    switch self {
    case .notABundle, .truncated, .damaged, .malformed, .sealDamaged, .changed: .damagedInput
    case .newerVersion: .newerVersion
    case .foreignLibrary, .notForThisLibrary, .signatureRefused, .sealedWithoutSecret: .notAMember
    case .partTooSmall: .usage
    case .file(let error):
      ExitCode(error, ofMissing: missing, ofAnotherKind: .damagedInput)
    }
  }
}

extension ConnectionError {
  fileprivate var code: ExitCode {
    switch self {
    case .unreachable, .silent, .closed, .command: .unreachable
    case .notAMember: .notAMember
    case .damaged, .malformed, .chatter: .damagedInput
    case .cannotListen: .failed
    case .commandEnded(_, let status):
      // What satchel said of itself there is as true here.
      [11, 12, 18].contains(status) ? ExitCode(rawValue: status) ?? .unreachable : .unreachable
    }
  }
}

extension SessionError {
  fileprivate var code: ExitCode {
    switch self {
    case .malformed, .outOfTurn: .damagedInput
    case .noCommonVersion: .newerVersion
    case .refused(let refusal):
      switch refusal.reason {
      case .failed: .failed
      case .version: .newerVersion
      case .malformed: .damagedInput
      case .busy: .busy
      case .cannotWrite: .cannotReadOrWrite
      }
    }
  }
}
