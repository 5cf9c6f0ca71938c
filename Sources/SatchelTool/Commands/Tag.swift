import ArgumentParser
import Satchel

struct Tag: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Put tags on articles, take them off, list or rename them.",
    subcommands: [AddTag.self, RemoveTag.self, ListTags.self, RenameTag.self])

  /// `ID ... TAG ...`: the words that name articles come first. A word that could be either is
  /// refused, and `--tag` says which is which.
  struct Target: ParsableArguments {
    @Argument(
      help: "Ids or addresses, then tags; with --query only tags.", completion: .articlesAndTags)
    var words: [String]
    @Option(
      help: "A tag, whatever it looks like; may be given several times.", completion: .tags)
    var tag: [String] = []
    @OptionGroup var choice: Choice

    func validate() throws {
      guard words.count >= (tag.isEmpty && choice.query == nil ? 2 : 1) else {
        throw ValidationError("Name an article and a tag.")
      }
    }

    func resolve(
      _ library: Library, _ dryRun: DryRun, _ options: GlobalOptions
    ) async throws -> (ids: [ArticleID], tags: [String]) {
      if choice.query != nil {
        return (try await choice.ids(of: [], in: library, dryRun, options), words + tag)
      }
      if !tag.isEmpty { return (try await library.ids(of: words), tag) }
      let known = Set(try await library.tags().map(\.name))
      var (ids, tags) = (try await library.ids(of: [words[0]]), [String]())
      for (position, word) in words.enumerated().dropFirst() {
        let id = try await article(named: word, library)
        // The first is an article and the last a tag; between, an article that is no tag too.
        let isTag = id == nil || known.contains(word) || position == words.count - 1
        guard id == nil || !isTag, isTag || tags.isEmpty else {
          throw LibraryError.invalid(
            "\(word) names an article and stands where a tag may: --tag says which are tags")
        }
        if isTag { tags.append(word) } else if let id { ids.append(id) }
      }
      return (ids, tags)
    }

    private func article(named word: String, _ library: Library) async throws -> ArticleID? {
      do {
        return try await library.articleToChange(word).id
      } catch .invalid, .noSuchArticle {
        return nil
      }
    }
  }

  struct AddTag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Put tags on articles.")
    @OptionGroup var target: Target
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let (ids, tags) = try await target.resolve(library, dryRun, options)
      let change = try await library.tag(ids, tags)
      try await options.tell(dryRun, library, done: "Tagged", would: "Would tag", change)
    }
  }

  struct RemoveTag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rm", abstract: "Take tags off articles.")
    @OptionGroup var target: Target
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let (ids, tags) = try await target.resolve(library, dryRun, options)
      let change = try await library.tag(ids, tags, present: false)
      try await options.tell(dryRun, library, done: "Untagged", would: "Would untag", change)
    }
  }

  struct ListTags: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the tags in use.",
      discussion: "Tags that only look alike are named beside, with the command that joins them.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let tags = try await options.open().tags()
      let alike = AlikeTags.among(tags)
      if options.json {
        return options.console.json(
          Summary(
            tags: tags.map { Entry(name: $0.name, count: $0.count) },
            alike: alike.map { [$0.kept] + $0.others.map(\.name) }))
      }
      var table = Table(columns: [.right, .left])
      for tag in tags { table.append([Text.number(tag.count), tag.name]) }
      for line in table.lines(options.console) { options.console.print(line) }
      if !options.quiet { tell(alike) }
    }

    private func tell(_ alike: [AlikeTags]) {
      for tags in alike {
        for other in tags.others {
          options.console.warn(
            TerminalEscape.escaped("\(other.name) looks like \(tags.kept): satchel tag rename ")
              + "\(ShellText.quoted(other.name)) \(ShellText.quoted(tags.kept))")
        }
      }
    }

    private struct Summary: Encodable {
      let tags: [Entry]
      /// Of each group the one to keep comes first.
      let alike: [[String]]
    }

    private struct Entry: Encodable {
      let name: String
      let count: Int
    }
  }

  struct RenameTag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Rename a tag on every article.")
    @Argument(help: "The tag.", completion: .tags) var old: String
    @Argument(help: "Its new name.", completion: .tags) var new: String
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let change = try await library.renameTag(old, to: new)
      try await options.tell(dryRun, library, done: "Retagged", would: "Would retag", change)
    }
  }
}
