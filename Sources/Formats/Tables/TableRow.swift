/// A row of a table.
struct TableRow: Equatable {
  /// What its cells say, or why it cannot be read.
  let cells: Result<[String], SkipReason>
  /// The number of the line in which it begins, from 1.
  let line: Int
  /// How many bytes it takes, with what stands before it and is no row.
  let length: Int
}
