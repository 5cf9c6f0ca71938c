import Replication

extension StoreError: CustomStringConvertible {
  /// What happened, as one clause for people.
  public var description: String {
    switch self {
    case .noLibrary(let path): "there is no library in \(path)"
    case .libraryExists(let path): "there is a library in \(path) already"
    case .unusableBackup(let path, let reason): "\(path) \(reason)"
    case .busy(let waited):
      "the library is busy: another process has been writing for \(waited / 1_000) seconds"
    case .cannotRead(let path, let reason): "cannot read the library at \(path): \(reason)"
    case .cannotWrite(let reason): "the library cannot be written: \(reason)"
    case .cannotIndex(let reason): "the search index cannot be written: \(reason)"
    case .cannotRecord(let path, let reason):
      "the state folder \(path) cannot be written: \(reason)"
    case .newerVersion: "a newer satchel made this library"
    case .damaged(let what): "the library is damaged: \(what)"
    case .refused(let rule): "the rules refuse this: \(rule)"
    case .unreadable(let error): "bytes of the library do not read: \(error)"
    case .tooManyReplicas(let limit):
      "the library has \(Wording.count(limit, "replica")) already, and no more are allowed"
    case .database(let code, let message): "SQLite reports error \(code): \(message)"
    }
  }

  /// What to do about it.
  package var remedy: String? {
    switch self {
    case .noLibrary: "satchel init makes one; -L names another folder."
    case .busy: "Try again when it is done."
    case .cannotRead: "Check the medium, and the permissions of the file and its folder."
    case .cannotWrite, .cannotIndex: "Free some space or check the folder's permissions."
    case .cannotRecord: "XDG_STATE_HOME names another place; check its permissions."
    case .newerVersion: "Update satchel here."
    case .damaged, .unreadable: "satchel check --deep says where."
    case .tooManyReplicas: "satchel replica list shows them."
    case .unusableBackup: "satchel backup FILE makes one."
    case .libraryExists, .refused, .database: nil
    }
  }
}
