import ArgumentParser
import Satchel

struct Tag: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Put tags on articles, take them off, list or rename them.",
    subcommands: [AddTag.self, RemoveTag.self, ListTags.self, RenameTag.self])

  /// `ID ... TAG ...`: the words that name articles come first.
  struct Target: ParsableArguments {
    @Argument(help: "Ids or addresses, then tags.") var words: [String]

    func validate() throws {
      guard words.count >= 2 else { throw ValidationError("Name an article and a tag.") }
    }

    /// The first word is an article; later ones are while they name one, and the last is a tag.
    func resolve(_ library: Library) async throws -> (ids: [ArticleID], tags: [String]) {
      var ids = [try await library.article(words[0]).id]
      var rest = words.dropFirst()
      while rest.count > 1, let word = rest.first {
        guard let row = try? await library.article(word) else { break }
        ids.append(row.id)
        rest.removeFirst()
      }
      return (ids, Array(rest))
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
      let (ids, tags) = try await target.resolve(library)
      let count = try await library.tag(ids, tags)
      options.tell(dryRun, done: "Tagged", would: "Would tag", count)
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
      let (ids, tags) = try await target.resolve(library)
      let count = try await library.tag(ids, tags, present: false)
      options.tell(dryRun, done: "Untagged", would: "Would untag", count)
    }
  }

  struct ListTags: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the tags in use.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let tags = try await options.open().tags()
      if options.json {
        return options.console.json(["tags": tags.map { Entry(name: $0.name, count: $0.count) }])
      }
      for tag in tags {
        options.console.print(
          "\(String(tag.count).padded(toColumns: 7, .right))  \(TerminalEscape.escaped(tag.name))")
      }
    }

    private struct Entry: Encodable {
      let name: String
      let count: Int
    }
  }

  struct RenameTag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Rename a tag on every article.")
    @Argument(help: "The tag.") var old: String
    @Argument(help: "Its new name.") var new: String
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let count = try await library.renameTag(old, to: new)
      options.tell(dryRun, done: "Retagged", would: "Would retag", count)
    }
  }
}
