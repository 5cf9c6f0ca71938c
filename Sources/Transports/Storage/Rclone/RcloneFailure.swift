import Files
import Foundation
import Processes

/// Why rclone did not do what it was asked.
enum RcloneFailure: Error, Equatable {
  /// There is no rclone, or none that starts.
  case notStarted(reason: String)
  /// What was to be listed is not there yet: it ended with 3.
  case nothingThere
  /// It ended with another status, with its complaint and the number of the HTTP answer in it, and
  /// with what it complained of single files.
  case failed(String, http: Int?, files: [String: String] = [:])
  /// A signal ended it that was not ours.
  case killed(signal: Int32)
  /// Nothing moved for so long.
  case silent(Duration)
  /// It listed more than anybody could have written.
  case tooLong
  case cancelled

  init(_ outcome: ProgramRun.Outcome) {
    switch outcome.ending {
    case .exited(3): self = .nothingThere
    case .killed(let signal): self = .killed(signal: signal)
    case .exited(let status):
      let complaint = RcloneLog.complaint(outcome.messages)
      self = .failed(
        complaint.isEmpty ? "rclone ended with status \(status)" : complaint,
        http: RcloneFailure.httpStatus(in: complaint),
        files: RcloneLog.complaintsOfFiles(outcome.messages))
    }
  }

  /// What running `program` threw.
  init(_ error: any Error, of program: String) {
    switch error {
    case let error as RcloneFailure: self = error
    case let error as ChildProcessError:
      self = .notStarted(
        reason: error.isNotFound
          ? """
          \(program) is not installed here; get it from your system's packages (apt-get install rclone, \
          brew install rclone) and add the place with rclone config
          """
          : "\(program) does not start: \(error.reason)")
    case ProgramRun.Failure.silent(let patience): self = .silent(patience)
    case ProgramRun.Failure.tooLong: self = .tooLong
    default: self = .cancelled
    }
  }

  /// A number from 400 to 599 that stands alone, unlike a port.
  static func httpStatus(in text: String) -> Int? {
    guard let match = text.firstMatch(of: #/(?:^|[ (])([45][0-9]{2})(?:$|[ ,:;)])/#) else {
      return nil
    }
    return Int(match.1)
  }

  /// Whether the same may succeed a little later.
  var mayPass: Bool {
    switch self {
    case .failed(_, let status?, _):
      // Too early, too many, or not well itself: all but "never" and "full".
      [408, 425, 429].contains(status) || status >= 500 && ![501, 505, 507].contains(status)
    case .killed: true
    default: false
    }
  }

  /// Whether the store understood and does not let us, or has no room.
  private var isRefusal: Bool {
    guard case .failed(let complaint, let status, _) = self else { return false }
    if let status { return [401, 402, 403, 405, 407, 413, 423, 507].contains(status) }
    // Not rclone's words but the system's there, which it passes on.
    return [EACCES, EPERM, ENOSPC, EDQUOT, EROFS].contains { code in
      complaint.lowercased().contains(String(cString: strerror(code)).lowercased())
    }
  }

  /// Whether the store answered for what it did not hand out, so that it is worth going on.
  var isAnswer: Bool {
    switch self {
    case .nothingThere: true
    case .failed(_, let status, _): status != nil || isRefusal
    default: false
    }
  }

  /// What it says of the file of this name, which did not come.
  func failure(of name: String) -> RcloneFailure {
    guard case .failed(let complaint, let status, let files) = self else { return self }
    guard let own = files[name] else {
      // Others were complained of, and this one is not there.
      return files.isEmpty && status != 404 ? .failed(complaint, http: status) : .nothingThere
    }
    let ownStatus = RcloneFailure.httpStatus(in: own)
    return ownStatus == 404 ? .nothingThere : .failed(own, http: ownStatus)
  }

  /// What to do, where the store's own code says it.
  private var hint: String {
    guard case .failed(let complaint, _, _) = self else { return "" }
    if complaint.contains("RequestTimeTooSkewed") {
      return "set this machine's clock, which the store says is wrong; "
    }
    return complaint.contains("NoSuchBucket")
      ? "there is no such bucket, which rclone mkdir makes; " : ""
  }

  /// The error for the file at `path`.
  func fileError(_ path: FilePath) -> FileError {
    switch self {
    case .notStarted(let reason): FileError(path, .store(.unreachable, reason))
    case .nothingThere: FileError(path, .system(ENOENT))
    case .failed(let complaint, _, _):
      FileError(
        path,
        .store(isRefusal ? .refused : .unreachable, "\(hint)rclone: \(complaint)"))
    case .killed(let signal):
      FileError(path, .store(.other, "rclone was ended by signal \(signal)"))
    case .silent(let patience):
      FileError(
        path,
        .store(.unreachable, "nothing moved for \(patience.components.seconds) seconds"))
    case .tooLong: FileError(path, .store(.other, "the store lists more than can be read"))
    case .cancelled: FileError(path, .system(ECANCELED))
    }
  }
}
