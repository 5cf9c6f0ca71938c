import Files

extension SkipReason {
  /// Why a file cannot be read.
  package init(_ error: FileError) {
    self =
      switch error.problem {
      case _ where error.isMissing: .missing
      case .tooLarge(let limit): .tooLarge(limit: limit)
      default: .unreadable(reason: error.reason)
      }
  }

  /// Runs what throws ``FileError``.
  static func wrapping<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(SkipReason) -> Result {
    do {
      return try body()
    } catch {
      throw SkipReason(error)
    }
  }
}
