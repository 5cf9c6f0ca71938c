import Foundation
import Satchel

extension LibraryError {
  /// The documented exit codes.
  var exitCode: Int32 {
    switch self {
    case .store(let error): error.exitCode
    case .bundle(_, let error), .bundleNotWritten(_, let error),
      .folderNotSynchronised(_, let error):
      error.exitCode
    case .connection(_, let error): error.exitCode
    case .session(_, let error): error.exitCode
    case .sealing, .secretOfAnotherLibrary, .secretUnreadable: 12
    case .secretInTheWay: 1
    case .folderUnwritable: 18
    case .noSuchArticle, .ambiguousArticle, .noSuchReplica, .noSuchRemote, .noSuchTag,
      .noSuchOperation:
      4
    case .importUnreadable: 1
    case .query: 64
    case .cancelled: 130
    case .invalid: 64
    }
  }

  /// What happened and what was kept; then what to do.
  var explanation: (message: String, hint: String?) {
    switch self {
    case .store(let error): error.explanation
    case .bundle(let path, let error): error.explanation(of: path)
    case .bundleNotWritten(let path, let error):
      ("cannot write \(path): \(error.reason). No unfinished file is left.", nil)
    case .folderNotSynchronised(let path, let error):
      ("cannot synchronise with \(path): \(error.reason). What was merged stays.", nil)
    case .connection(let target, let error): error.explanation(of: target)
    case .session(let target, let error): error.explanation(of: target)
    case .noSuchRemote(let name):
      ("no remote is called \(name).", "satchel remote list shows them.")
    case .sealing(let error):
      ("the code or secret cannot be used: \(error). Nothing was changed.", "Copy it again.")
    case .secretUnreadable(let path, let reason):
      (
        "cannot read the library's secret at \(path): \(reason).",
        "Restore it from another replica with satchel invite there."
      )
    case .secretOfAnotherLibrary(let path):
      (
        "the secret in \(path) belongs to another library than its database.",
        "Put the right secret file back."
      )
    case .secretInTheWay(let path):
      (
        "\(path) is a library's secret without its database. Nothing was changed.",
        "satchel join \(path) makes a new replica of that library; or take another folder."
      )
    case .folderUnwritable(let path, let reason):
      ("cannot write \(path): \(reason). Nothing was changed.", nil)
    case .noSuchArticle(let name):
      ("no article is called \(name).", "satchel list shows ids; a URL names an article too.")
    case .ambiguousArticle(let name, let candidates):
      ("\(name) names several articles: \(candidates.joined(separator: ", ")).", "Type more of it.")
    case .noSuchReplica(let name, let candidates) where candidates.isEmpty:
      ("no replica is called \(name).", "satchel replica list shows them.")
    case .noSuchReplica(let name, let candidates):
      (
        "\(name) names several replicas: \(candidates.joined(separator: ", ")).",
        "Use the beginning of the id."
      )
    case .noSuchOperation(let what):
      ("there is no \(what). Nothing was changed.", "satchel log and satchel conflicts list them.")
    case .noSuchTag(let name): ("no article bears the tag \(name).", "satchel tag list shows them.")
    case .importUnreadable(let path, let reason):
      ("cannot import \(path): \(reason). Nothing was imported.", nil)
    case .query(let failure): failure.explanation
    case .cancelled: ("interrupted. What was committed stays; run it again to go on.", nil)
    case .invalid(let reason): ("\(reason). Nothing was changed.", nil)
    }
  }
}

extension StoreError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .noLibrary: 10
    case .busy: 11
    case .newerVersion: 14
    case .damaged, .unreadable: 15
    case .cannotWrite, .cannotIndex: 18
    case .libraryExists, .refused, .tooManyReplicas, .database: 1
    }
  }

  fileprivate var explanation: (message: String, hint: String?) {
    switch self {
    case .noLibrary(let path):
      ("there is no library in \(path).", "satchel init makes one; -L names another folder.")
    case .libraryExists(let path):
      ("there is a library in \(path) already. Nothing was changed.", nil)
    case .busy(let waited):
      (
        "the library is busy: another process has been writing for \(waited / 1_000) seconds. "
          + "Nothing was changed.", "Try again when it is done."
      )
    case .cannotWrite(let reason):
      (
        "the library cannot be written: \(reason). What was committed before stays.",
        "Free some space or check the folder's permissions."
      )
    case .cannotIndex(let reason):
      (
        "the search index cannot be written: \(reason). The library is as it was.",
        "Free some space or check the folder's permissions."
      )
    case .newerVersion:
      ("a newer satchel made this library. Nothing was changed.", "Update satchel here.")
    case .damaged(let what):
      ("the library is damaged: \(what).", "satchel check --deep says where.")
    case .refused(let rule): ("the rules refuse this: \(rule). Nothing was changed.", nil)
    case .unreadable(let error):
      ("bytes of the library do not read: \(error).", "satchel check --deep says where.")
    case .tooManyReplicas(let limit):
      ("the library has \(limit) replicas already, and no more are allowed.", nil)
    case .database(let code, let message): ("SQLite reports error \(code): \(message).", nil)
    }
  }
}

extension SearchQuery.Failure {
  fileprivate var explanation: (message: String, hint: String?) {
    switch self {
    case .noWords:
      ("there is no word to search for.", "satchel help search shows what can be asked.")
    case .onlyExclusions:
      ("a search that only excludes would find almost everything.", "Add a word to search for.")
    case .tooManyTerms:
      ("a search has at most \(SearchQuery.greatestTermCount) words and phrases.", "Use fewer.")
    }
  }
}

extension BundleError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .notABundle, .truncated, .damaged, .malformed, .sealDamaged: 13
    case .newerVersion: 14
    case .foreignLibrary, .notForThisLibrary, .signatureRefused, .sealedWithoutSecret: 12
    case .partTooSmall: 64
    case .file(_, let code, _): [ENOSPC, EROFS, EDQUOT, EACCES, EPERM].contains(code) ? 18 : 1
    }
  }

  private static let copyAgain =
    "Copy the file again, or take what is whole with merge --salvage."

  fileprivate func explanation(of path: String) -> (message: String, hint: String?) {
    let hint: String? =
      switch self {
      case .truncated, .damaged, .malformed, .sealDamaged: BundleError.copyAgain
      case .newerVersion: "Update satchel here."
      case .notForThisLibrary, .foreignLibrary:
        "Merge is for members; ask for an invitation to its library."
      case .signatureRefused: "Get the file again from its maker."
      default: nil
      }
    return ("cannot use \(path): \(reason). Nothing of it was merged.", hint)
  }

  /// In words, without the path.
  var reason: String {
    switch self {
    case .notABundle: "it is not a bundle"
    case .truncated(let frame, let total): "it ends within frame \(BundleError.place(frame, total))"
    case .damaged(let frame, let total, .checksumDiffers):
      "frame \(BundleError.place(frame, total)) is damaged (checksum differs)"
    case .damaged(let frame, let total, let error):
      "frame \(BundleError.place(frame, total)) is damaged (\(error))"
    case .malformed(let what): "it is damaged: \(what)"
    case .newerVersion(let version): "it needs a satchel that reads version \(version)"
    case .foreignLibrary: "it belongs to another library"
    case .notForThisLibrary: "it is sealed for another library"
    case .signatureRefused: "its signature is not this library's"
    case .sealDamaged(let error): "its seal is damaged or cut short (\(error))"
    case .sealedWithoutSecret: "it is sealed, and there is no secret to open it"
    case .partTooSmall(let needed): "its parts must be allowed at least \(needed) bytes"
    case .file(_, _, let reason): reason
    }
  }

  private static func place(_ frame: Int, _ total: Int?) -> String {
    total.map { "\(frame) of \($0)" } ?? "\(frame)"
  }
}
