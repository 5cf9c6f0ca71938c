import Satchel

/// Has very long texts and pictures read one at a time: each takes some times its length while it
/// is read, and the server's memory is one.
actor LongTexts {
  private var isBusy = false
  /// Those who wait, in the order in which they came.
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// From how many bytes on one is very long.
  static let bytes = 1 << 20

  /// Does something with a body, alone where that is very long.
  func read<Result: Sendable>(
    bytes: Int, _ body: @Sendable () async throws(LibraryError) -> Result
  ) async throws(LibraryError) -> Result {
    guard bytes >= LongTexts.bytes else { return try await body() }
    if isBusy {
      await withCheckedContinuation { waiting.append($0) }
    } else {
      isBusy = true
    }
    defer { leave() }
    return try await body()
  }

  /// Hands on to who waits first.
  private func leave() {
    if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
  }
}
