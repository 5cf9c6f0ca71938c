import ArgumentParser
import Files
import Foundation
import Satchel

/// What may stand in a place of the command line, looked up in the library that the words before name.
extension CompletionKind {
  static let articles = names { _ in .articles }
  static let tags = names { _ in .tags }
  static let sites = names { _ in .sites }
  static let replicas = names { _ in .replicas }
  static let remotes = names { _ in .remotes }
  static let viewNames = names { _ in .views }
  /// Words of a query: of these, views are the names.
  static let query = names(behind: "@") { _ in .views }
  /// `ID ... TAG ...`, or tags alone behind a query.
  static let articlesAndTags = names { $0.beginsWithArticle ? .articles : .tags }

  /// Remotes, and folders where a path has begun.
  static let remotesAndFolders = custom { words, _, typed in
    guard typed.contains("/") else {
      return CompletedWords(words, upTo: 0).names(.remotes, beginning: typed, behind: "")
    }
    return CompletedWords.folders(beginning: typed)
  }

  /// - Parameters:
  ///   - sign: what stands before such a name.
  ///   - choose: says which names, by the words before the one that is completed.
  private static func names(
    behind sign: String = "", _ choose: @escaping @Sendable (CompletedWords) -> LibraryNames
  ) -> CompletionKind {
    custom { words, place, typed in
      let before = CompletedWords(words, upTo: place)
      return before.names(choose(before), beginning: typed, behind: sign)
    }
  }
}

/// The words of a command line that is being typed, as a shell hands them over: with their quotation
/// marks.
private struct CompletedWords {
  private let all: [String]
  private let place: Int

  init(_ all: [String], upTo place: Int) {
    (self.all, self.place) = (all, place)
  }

  /// Whether the word in its place can be the first that names what is to be tagged.
  var beginsWithArticle: Bool {
    let before = all.prefix(place).drop { $0 != "tag" }.dropFirst(2)
    return !before.contains { !$0.hasPrefix("-") } && !before.contains("--query")
  }

  /// Names that every shell takes as they are. None where there is no library, or it cannot be read:
  /// whoever presses a key is owed no error.
  func names(_ kind: LibraryNames, beginning typed: String, behind sign: String) -> [String] {
    guard typed.hasPrefix(sign) || typed.isEmpty else { return [] }
    let names = (try? kind.names(beginning: String(typed.dropFirst(sign.count)), in: folder)) ?? []
    return names.filter(CompletedWords.isPlain).map { CompletedWords.spelt(sign + $0) }
  }

  /// Of the paths that go on so.
  static func folders(beginning typed: String) -> [String] {
    guard let slash = typed.lastIndex(of: "/") else { return [] }
    let (shown, begun) = (typed[...slash], typed[typed.index(after: slash)...])
    let folder = path(String(shown))
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.shown)) ?? []
    return names.sorted().filter { name in
      let kind = try? FileStatus(of: folder.appending(name), followingLinks: true).kind
      return name.hasPrefix(begun) && kind == .folder && isPlain(name)
    }.map { "\(shown)\($0)/" }
  }

  /// The library that `-L` names, else the usual one.
  private var folder: FilePath {
    for (index, word) in all.enumerated() {
      if word.hasPrefix("--library=") {
        return CompletedWords.path(String(word.dropFirst("--library=".count)))
      }
      guard ["-L", "--library"].contains(word), index + 1 < all.count else { continue }
      return CompletedWords.path(all[index + 1])
    }
    return GlobalOptions.folder(named: nil)
  }

  /// The path that a word means, without the marks that a shell takes away.
  private static func path(_ word: String) -> FilePath {
    let plain = word.filter { !"'\"\\".contains($0) }
    if plain == "~" || plain.hasPrefix("~/") {
      return FilePath.home.pushing(FilePath(String(plain.dropFirst(2))))
    }
    return FilePath(text: plain).absolute
  }

  /// A shell may run what stands in other names, and members of the library can write any.
  private static func isPlain(_ name: String) -> Bool {
    !name.hasPrefix("-")
      && name.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || scalar.properties.generalCategory == .nonspacingMark
          || "-_./:@=,+% ".unicodeScalars.contains(scalar)
      }
  }

  /// In zsh a colon parts a word from its description.
  private static func spelt(_ name: String) -> String {
    CompletionShell.requesting == .zsh ? name.replacing(":", with: "\\:") : name
  }
}
