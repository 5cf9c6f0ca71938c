/// Where in a table's rows the parts of an article stand.
struct TableColumns: Sendable {
  let profile: TableProfile
  private let places: [ImportColumn: Int]

  /// Of several columns with one meaning the first counts.
  ///
  /// - Parameters:
  ///   - header: the names in the first row.
  ///   - named: those of columns whose meaning the caller says.
  init(_ header: [String], named: [ImportColumn: String] = [:]) throws(SkipReason) {
    profile = TableProfile(header: header)
    var places: [ImportColumn: Int] = [:]
    for (column, name) in named {
      let exact = header.firstIndex(of: name)
      let key = ImportColumn.key(of: name)
      guard let place = exact ?? header.firstIndex(where: { ImportColumn.key(of: $0) == key })
      else { throw .noSuchColumn(name: name, columns: header) }
      places[column] = place
    }
    let taken = Set(places.values)
    for (place, name) in header.enumerated() where !taken.contains(place) {
      guard let column = ImportColumn(header: name), places[column] == nil else { continue }
      places[column] = place
    }
    guard places[.url] != nil || places[.text] != nil else {
      throw .noAddressColumn(columns: header)
    }
    self.places = places
  }

  /// What a row says in a column, without white space at its ends; nil where it says nothing.
  func text(_ column: ImportColumn, in cells: [String]) -> String? {
    guard let place = places[column], place < cells.count else { return nil }
    let text = cells[place].trimmed
    return text.isEmpty ? nil : text
  }

  /// How many columns of a table are known by their names.
  static func known(_ header: [String]) -> Int {
    Set(header.compactMap { ImportColumn(header: $0) }).count
  }
}
