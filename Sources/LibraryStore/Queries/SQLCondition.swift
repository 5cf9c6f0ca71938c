import GRDB

/// A condition on a row of `article`, with the values that are bound in it. It is never NULL.
struct SQLCondition: Sendable {
  var sql: String
  var arguments: [DatabaseValue] = []

  init(_ sql: String, _ arguments: (any DatabaseValueConvertible)...) {
    self.sql = sql
    self.arguments = arguments.map(\.databaseValue)
  }

  static let always = SQLCondition("1")

  /// Those that all of these mean; always so where there are none.
  static func all(_ conditions: [SQLCondition]) -> SQLCondition {
    conditions.isEmpty ? .always : joined(conditions, by: " AND ")
  }

  /// Those that one of these means; never so where there are none.
  static func any(_ conditions: [SQLCondition]) -> SQLCondition {
    conditions.isEmpty ? SQLCondition("0") : joined(conditions, by: " OR ")
  }

  private static func joined(_ conditions: [SQLCondition], by word: String) -> SQLCondition {
    var joined = SQLCondition(conditions.map { "(\($0.sql))" }.joined(separator: word))
    joined.arguments = conditions.flatMap(\.arguments)
    return joined
  }

  var negated: SQLCondition {
    var condition = self
    condition.sql = "NOT (\(sql))"
    return condition
  }
}
