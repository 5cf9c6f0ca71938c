import Files
import Satchel

/// The file of this machine's settings: lines of `key = value`, and of `# comments`.
///
/// It is the user's and not the library's, whose folder may lie on a stick that two machines share.
struct SettingsFile {
  /// As they stand in the file, so that what a person wrote by hand stays.
  private(set) var lines: [String]

  /// `$XDG_CONFIG_HOME/satchel/config`, else `~/.config/satchel/config`.
  static var path: FilePath {
    let folder = FilePath.variable("XDG_CONFIG_HOME") ?? FilePath.home.pushing(".config")
    return folder.pushing("satchel/config")
  }

  /// Empty where there is no file.
  init() throws(LibraryError) {
    do throws(FileError) {
      let bytes = try InputFile.contents(of: SettingsFile.path, .named, limit: 1 << 16)
      lines = TextLines.of(String(decoding: bytes, as: UTF8.self))
      if lines.last == "" { lines.removeLast() }
    } catch {
      guard error.isMissing else { throw .fileNotRead(error) }
      lines = []
    }
  }

  /// What is set, and for each line that cannot be read why.
  var reading: (values: [SettingKey: String], problems: [String]) {
    var (values, problems): ([SettingKey: String], [String]) = ([:], [])
    for (index, line) in lines.enumerated() {
      guard let (name, value) = SettingsFile.parts(of: line) else { continue }
      let problem: String?
      if let key = SettingKey(rawValue: name) {
        problem = key.problem(with: value).map { "\($0)." }
        if problem == nil { values[key] = value }
      } else {
        problem = SettingKey.refusal(of: name)
      }
      if let problem { problems.append("line \(index + 1): \(problem)") }
    }
    return (values, problems)
  }

  /// Sets a value, or with nil takes it out. Returns whether that changed anything.
  mutating func set(_ key: SettingKey, to value: String?) -> Bool {
    let places = lines.indices.filter { SettingsFile.parts(of: lines[$0])?.name == key.rawValue }
    let new = value.map { "\(key.rawValue) = \($0)" }
    // Of several lines the last counts, and it alone stays.
    if let last = places.last, let value, SettingsFile.parts(of: lines[last])?.value == value {
      return false
    }
    guard !places.isEmpty || new != nil else { return false }
    if let last = places.last, let new { lines[last] = new }
    if places.isEmpty, let new { lines.append(new) }
    for place in (value == nil ? places : places.dropLast()).reversed() { lines.remove(at: place) }
    return true
  }

  func write() throws(LibraryError) {
    let path = SettingsFile.path
    do throws(FileError) {
      try Folder.make(path.folder)
      let text = lines.map { "\($0)\n" }.joined()
      try OutputFile.write(Array(text.utf8), to: path, .umask, .replacing, clearing: true)
    } catch {
      throw .fileNotWritten(error)
    }
  }

  /// Nil for a blank line and a comment.
  private static func parts(of line: String) -> (name: String, value: String)? {
    let text = trimmed(line[...])
    guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (trimmed(parts[0]), parts.count == 2 ? trimmed(parts[1]) : "")
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
