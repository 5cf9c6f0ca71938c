import ArgumentParser
import Files

/// The command line's words. The system gives bytes; those that are no UTF-8 are kept in the words'
/// text, from which only paths take them back.
enum Arguments {
  /// Without the program's name.
  static var given: [String] {
    CommandLine.unsafeArgv.words.dropFirst().map(PathText.text)
  }

  /// The command as it is called later: without the library's folder and what only says how it is told,
  /// words with spaces or signs of the shell in quotation marks.
  static var shown: String {
    var words: [String] = []
    var rest = given[...]
    while let word = rest.popFirst() {
      if word == "--" { return (words + [word] + rest).map(quoted).joined(separator: " ") }
      if ArgumentOrder.takesValue.contains(word) {
        _ = rest.popFirst()
      } else if !tellingFlags.contains(word), !word.hasPrefix("--library="),
        !word.hasPrefix("--color="), !word.hasPrefix("--progress=")
      {
        words.append(word)
      }
    }
    return words.map(quoted).joined(separator: " ")
  }

  private static let tellingFlags: Set = [
    "--json", "-q", "--quiet", "-v", "--verbose", "--no-input", "-y", "--yes", "-n", "--dry-run",
  ]

  private static func quoted(_ word: String) -> String {
    let word = PathText.shown(word)
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "-_./:@=,+%".unicodeScalars.contains(scalar)
    }
    return isPlain && !word.isEmpty ? word : "'\(word)'"
  }

  /// Throws for bytes that are no UTF-8 where `command` takes text and no path.
  static func check(_ command: any ParsableCommand, parsedFrom arguments: [String]) throws {
    guard arguments.contains(where: PathText.holdsEscapes),
      let word = firstText(in: Mirror(reflecting: command))
    else { return }
    throw ValidationError("'\(PathText.shown(word))' is no UTF-8, and only paths may be that.")
  }

  private static func firstText(in mirror: Mirror) -> String? {
    for (_, value) in mirror.children {
      if value is FilePath || value is PlaceArgument { continue }
      if let text = value as? String {
        if PathText.holdsEscapes(text) { return text }
      } else if let found = firstText(in: Mirror(reflecting: value)) {
        return found
      }
    }
    return nil
  }
}

// swift-format-ignore: AvoidRetroactiveConformances
extension FilePath: @retroactive ExpressibleByArgument {
  /// Takes the bytes back that are no UTF-8.
  public init?(argument: String) { self.init(text: argument) }
}

/// A word that may be a path and may be something else: a remote's name, an address, a format.
struct PlaceArgument: ExpressibleByArgument {
  /// Holds bytes that are no UTF-8.
  let text: String

  init(argument: String) { text = argument }

  var path: FilePath { FilePath(text: text) }

  /// For people.
  var shown: String { PathText.shown(text) }
}

extension UnsafeMutablePointer<UnsafeMutablePointer<Int8>?> {
  /// The bytes of each word up to the nil that ends them.
  fileprivate var words: [[UInt8]] {
    var words: [[UInt8]] = []
    while let word = self[words.count] {
      var bytes: [UInt8] = []
      while word[bytes.count] != 0 { bytes.append(UInt8(bitPattern: word[bytes.count])) }
      words.append(bytes)
    }
    return words
  }
}
