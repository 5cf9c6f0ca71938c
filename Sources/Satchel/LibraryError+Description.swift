import Foundation
import Replication

extension LibraryError: CustomStringConvertible, LocalizedError {
  /// What happened, what was kept, what to do.
  public var description: String { [message, hint].compactMap { $0 }.joined(separator: " ") }

  /// What happened and what was kept.
  public var message: String { [event, kept].compactMap { $0 }.joined(separator: " ") }

  public var errorDescription: String? { message }
  public var recoverySuggestion: String? { hint }

  /// What happened.
  private var event: String {
    switch self {
    case .store(let error): "\(error)."
    case .bundle(let path, let error): "cannot merge \(path): \(error)."
    case .bundleNotRead(let path, let error): "cannot read \(path): \(error)."
    case .bundleNotWritten(let path, let error): "cannot write \(path): \(error)."
    case .noBundles(let paths): "no bundle lies in \(paths.joined(separator: ", "))."
    case .folderNotSynchronized(let path, let error): "cannot synchronize with \(path): \(error)."
    case .placeEmptied(let path):
      "nothing of this library lies in \(path), where it was before: "
        + (LibraryError.isStore(path)
          ? "it was emptied, or its name leads elsewhere now."
          : "nothing is mounted there, it was emptied, or it is another stick.")
    case .placeOfAnotherLibrary(let path):
      "\(path) holds files of another library, and none of this one."
    case .connection(_, .cannotListen(let address, let reason)):
      "cannot listen on \(address): \(reason)."
    case .connection(let target, let error): "cannot synchronize with \(target): \(error)."
    case .session(let target, let error): "cannot synchronize with \(target): \(error)."
    case .sealing(let error): "the code or secret cannot be used: \(error)."
    case .secretMissing(let path): "the library's secret is not at \(path)."
    case .secretUnreadable(let path, let reason):
      "cannot read the library's secret at \(path): \(reason)."
    case .secretOfAnotherLibrary(let path):
      "the secret in \(path) belongs to another library than its database."
    case .backupWithoutSecret(let path): "the library's secret is not in \(path)."
    case .backupOfAnotherLibrary(let path):
      "the invitation is to another library than \(path) is of."
    case .secretInTheWay(let path): "\(path) is a library's secret without its database."
    case .folderUnwritable(let path, let reason): "cannot write \(path): \(reason)."
    case .fileNotWritten(let error): "cannot write \(error)."
    case .fileNotRead(let error): "cannot read \(error)."
    case .noSuchArticle(let name): "no article is called \(name)."
    case .ambiguousArticle(let name, let candidates):
      "\(name) names several articles: \(candidates.joined(separator: ", "))."
    case .noSuchReplica(let name, let candidates) where candidates.isEmpty:
      "no replica is called \(name)."
    case .noSuchReplica(let name, let candidates):
      "\(name) names several replicas: \(candidates.joined(separator: ", "))."
    case .noSuchRemote(let name): "no remote is called \(name)."
    case .noSuchOperation(let what): "there is no \(what)."
    case .noSuchHighlight(let name): "no highlight is called \(name)."
    case .ambiguousHighlight(let name, let candidates):
      "\(name) names several highlights: \(candidates.joined(separator: ", "))."
    case .textMissing(let name): "the text of \(name) is missing here."
    case .noSuchPassage(let name): "the passage does not stand in the text of \(name)."
    case .ambiguousPassage(1): "the passage stands in the text only once."
    case .ambiguousPassage(let count): "the passage stands in the text \(count) times."
    case .deletedArticle(let name): "\(name) was deleted."
    case .nothingMatches: "no articles match."
    case .nothingToUndo: "there is nothing to undo."
    case .actedSince: "something was done since the action that was to be undone."
    case .noSuchTag(let name, _): "no article bears the tag \(name)."
    case .filter(let error): "\(error)."
    case .query(let error): "\(error)."
    case .importUnreadable(let path, .unreadable(let reason)): "cannot read \(path): \(reason)."
    case .importUnreadable(let path, let reason): "cannot take in \(path): \(reason)."
    case .repository(let path, let problem): "cannot import git:\(path): \(problem)."
    case .sourceEmptied(let path, let pages):
      "\(path) shows no page any more, and had \(pages): it was emptied, or nothing is mounted there."
    case .programMissing(let name): "\(name) is not installed here."
    case .cancelled: "interrupted."
    case .endedEarly(let error, _): error.event
    case .invalid(let reason): "\(reason)."
    case .unexpected(let reason): "something unforeseen went wrong: \(reason)."
    }
  }

  /// What was kept; nil where nothing was to change.
  private var kept: String? {
    switch self {
    case .store(.noLibrary), .store(.cannotRead), .bundleNotRead, .filter, .query, .secretMissing,
      .secretUnreadable, .secretOfAnotherLibrary:
      nil
    case .store(.cannotIndex): "The library is as it was."
    case .bundle: "Nothing was merged."
    // Whoever breaks off may have sent something.
    case .connection(_, .silent), .connection(_, .closed), .connection(_, .damaged),
      .connection(_, .malformed), .connection(_, .commandEnded), .session,
      .folderNotSynchronized:
      "Nothing was changed here."
    case .bundleNotWritten, .nothingMatches: "Nothing was written."
    case .importUnreadable, .repository: "Nothing was added."
    case .endedEarly(_, let committed): "\(committed)"
    default: "Nothing was changed."
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .store(let error): error.remedy
    case .folderNotSynchronized(_, let error):
      error.remedy
        ?? (error.mayBeOfWriting
          ? "If only writing is refused there, satchel sync --pull takes what others wrote." : nil)
    case .bundle(_, let error), .bundleNotRead(_, let error), .bundleNotWritten(_, let error):
      error.remedy
    case .placeEmptied(let path):
      LibraryError.isStore(path)
        ? "Look where rclone's remote leads, or say that it is meant: satchel sync --here."
        : "Mount it, or say that it is meant: satchel sync --here."
    case .placeOfAnotherLibrary:
      "Name the right place, or say that both share this one: satchel sync --here."
    case .noBundles: "satchel bundle create writes one on another replica."
    case .connection(_, let error): error.remedy
    case .session(_, let error): error.remedy
    case .sealing: "Copy it again."
    case .secretMissing, .secretOfAnotherLibrary:
      "Put it back from a backup, or write satchel invite of another replica into that file."
    case .backupWithoutSecret:
      "Give an invitation: --code CODE, which satchel invite prints on any replica."
    case .backupOfAnotherLibrary: "satchel invite prints one on a replica of the backup's library."
    case .secretUnreadable, .folderUnwritable: "Check the permissions."
    case .secretInTheWay(let path):
      "satchel join \(path) makes a new replica of that library; or take another folder."
    case .noSuchArticle: "satchel list shows ids; a URL names an article too."
    case .ambiguousArticle: "Type more of it."
    case .noSuchReplica(_, let candidates):
      candidates.isEmpty ? "satchel replica list shows them." : "Use the beginning of the id."
    case .noSuchRemote: "satchel remote list shows them."
    case .noSuchOperation: "satchel log and satchel conflicts list them."
    case .noSuchHighlight: "satchel highlight list shows their ids."
    case .ambiguousHighlight: "Type more of it."
    case .textMissing(let name): "satchel show \(name) says where it lies."
    case .noSuchPassage(let name):
      "Copy it from satchel show \(name): letters count as they are, white space does not."
    case .ambiguousPassage(1): "Leave --nth out."
    case .ambiguousPassage(let count): "Say which is meant: --nth 1 to --nth \(count)."
    case .deletedArticle(let name): "satchel restore \(name) brings it back."
    case .nothingMatches: "satchel list with the same query shows what matches."
    case .nothingToUndo: "Merges are not undone, and only the last 50 actions are kept."
    case .actedSince: "satchel undo --list shows what."
    case .noSuchTag(_, let nearest):
      (nearest.map { "Did you mean \($0)? " } ?? "") + "satchel tag list shows them."
    case .filter(let error): error.remedy
    case .query(let error): error.remedy
    case .endedEarly(.cancelled, _), .cancelled: "Run it again to go on."
    case .endedEarly(let error, _): error.hint ?? "Run it again to go on."
    case .repository(_, .noGit), .repository(_, .notARepository):
      "Without git: before it, the folder itself is imported."
    case .sourceEmptied: "Mount it; what is to go all the same, satchel rm puts into the bin."
    case .programMissing(let name): "Install \(name) and run it again."
    case .fileNotRead, .fileNotWritten, .importUnreadable, .repository, .invalid, .unexpected: nil
    }
  }
}

extension LibraryError {
  /// Whether a place is a store, where nothing is mounted; folders are absolute.
  private static func isStore(_ path: String) -> Bool { path.hasPrefix("rclone:") }
}

extension BundleError {
  /// Whether reading may go where this failed: full, read-only, no permission.
  fileprivate var mayBeOfWriting: Bool {
    guard case .file(let error) = self else { return false }
    return switch error.problem {
    case .system(let code): [ENOSPC, EDQUOT, EROFS, EACCES, EPERM].contains(code)
    case .store(.refused, let reason): !reason.contains("TMPDIR")
    default: false
    }
  }
}
