/// A link of a list, as it is written.
struct LinkEntry: Sendable {
  var url = ""
  var title = ""
  /// The attributes of the link by their names in small letters.
  var attributes: [String: String] = [:]
  /// What stands below the link.
  var description = ""
  /// The names of the folders around it, from the outermost on.
  var folders: [String] = []
  /// The heading above its list.
  var heading = ""
}
