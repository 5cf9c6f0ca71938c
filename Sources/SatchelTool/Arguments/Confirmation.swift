import Foundation
import Satchel

/// A question before much is changed, which is put on a terminal only.
struct Confirmation {
  private let isPossible: Bool

  /// - Parameter yes: whether the answer was given before.
  init(yes: Bool, _ options: GlobalOptions) {
    isPossible =
      !yes && !options.noInput && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
  }

  /// Whether to go on; nil where nobody can be asked, or need be.
  func answer(to question: String) -> Bool? {
    guard isPossible else { return nil }
    Output.tell("satchel: \(question) [y/N] ")
    let answer = Interruption.reading { readLine() }
    return ["y", "yes"].contains(answer?.lowercased() ?? "")
  }
}
