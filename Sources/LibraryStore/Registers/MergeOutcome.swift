/// What merging did with an operation.
enum MergeOutcome: UInt8 {
  /// It was stored before.
  case unchanged
  /// It is a winner or sibling now that was not stored before.
  case won
  case superseded
}
