import Files
import Foundation
import Processes

/// The user's own rclone, with the user's own configuration: one run of it a verb.
///
/// Its failures all end it with 1, so what happened is told by the number of an HTTP answer where its
/// message holds one, and never by its words.
package struct Rclone: Sendable {
  /// Found in the search path.
  package var program = "rclone"
  /// How long nothing may move before rclone gives up: while it is asked, and while it sends a file.
  /// Of a file that is sent, more is under way on a slow line than rclone can see.
  package var patienceSeconds = (asking: 60, sending: 300)
  /// How long to wait before each further try, where trying again may help.
  package var waits: [Duration] = [.seconds(1), .seconds(4), .seconds(10)]

  package init() {}

  enum Verb: String {
    case list = "lsjson"
    case get = "copy"
    case put = "copyto"
    case delete = "deletefile"
    case remotes = "listremotes"
  }

  /// Runs a verb until it succeeds or trying again is no use; returns what it printed.
  ///
  /// - Parameter beforeNextTry: is called with what kept it from succeeding.
  func run(
    _ verb: Verb, _ flags: [String] = [], _ places: [String] = [],
    beforeNextTry: (RcloneFailure) -> Void = { _ in }
  ) async throws(RcloneFailure) -> [UInt8] {
    for wait in waits {
      do {
        return try await runOnce(verb, flags, places)
      } catch {
        guard error.mayPass else { throw error }
        beforeNextTry(error)
        do {
          try await Task.sleep(for: wait * Double.random(in: 0.8...1.2))
        } catch {
          throw .cancelled
        }
      }
    }
    return try await runOnce(verb, flags, places)
  }

  private func runOnce(
    _ verb: Verb, _ flags: [String], _ places: [String]
  ) async throws(RcloneFailure) -> [UInt8] {
    let seconds = verb == .put ? patienceSeconds.sending : patienceSeconds.asking
    var program = ProgramRun(
      program, [verb.rawValue] + flags + Rclone.flags(silenceSeconds: seconds) + ["--"] + places)
    program.withoutVariables = Rclone.withheld
    // rclone gives up first, and says why.
    program.patience = .seconds(seconds) + .seconds(seconds) / 4
    program.measure = RcloneLog.bytesMoved
    do {
      let outcome = try await program.run()
      guard outcome.ending == .exited(0) else { throw RcloneFailure(outcome) }
      return outcome.output
    } catch {
      throw RcloneFailure(error, of: self.program)
    }
  }

  /// One try each, so that waiting is ours; never a question; messages and progress as JSON. The
  /// rest keeps stores from being asked more than they must be.
  private static func flags(silenceSeconds: Int) -> [String] {
    [
      "--retries", "1", "--low-level-retries", "1", "--contimeout", "15s",
      "--timeout", "\(silenceSeconds)s", "--ask-password=false",
      "--use-json-log", "--log-level", "NOTICE", "--stats", "1s", "--stats-log-level", "NOTICE",
      "--multi-thread-streams", "0", "--ignore-checksum",
      "--s3-no-check-bucket", "--s3-no-head", "--sftp-set-modtime=false",
    ]
  }

  /// The first breaks rclone's S3 (1.60.1: "LoadCustomCABundleError"); the others change what it
  /// prints, or have it do nothing.
  private static let withheld: Set<String> = [
    "AWS_CA_BUNDLE", "RCLONE_LOG_FILE", "RCLONE_LOG_LEVEL", "RCLONE_QUIET", "RCLONE_VERBOSE",
    "RCLONE_PROGRESS", "RCLONE_DRY_RUN", "RCLONE_INTERACTIVE",
  ]
}
