import Foundation
import Testing

/// Whatever may take a while says how far it is, of a total that is true.
@Suite(.ownThreads)
struct ProgressStories {
  @Test func `Each step counts up to its total`() throws {
    let world = try World()
    let a = try world.laptopWithMuch(megabytes: 1)
    let b = try world.joined("b", to: a)
    let bundle = world.path("all.satchel")
    for (laptop, command, steps) in [
      (a, ["check", "--deep"], ["Checking"]), (a, ["compact"], ["Compacting"]),
      (a, ["bundle", "create", bundle], ["Writing", "Reading back"]),
      (a, ["bundle", "verify", bundle], ["Verifying"]), (b, ["merge", bundle, "-n"], ["Checking"]),
      (b, ["merge", bundle], ["Checking", "Merging"]), (b, ["search", "page"], ["Indexing"]),
      (a, ["mark", "read", "--query", "page", "-y"], ["Indexing"]),
    ] {
      let result = try laptop.run(command + ["--progress", "plain"]).expect(0)
      let lines = result.messages.split(separator: "\n").map(String.init)
      for step in steps {
        let counts = try lines.filter { $0.hasPrefix("\(step): ") }.map { try Count($0) }
        let last = try #require(counts.last, "\(command) \(result)")
        #expect(last.done == last.total && last.percent == 100, "\(command) \(result)")
        #expect(counts.allSatisfy { $0.total == last.total }, "\(command) \(result)")
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0.percent < $1.percent })
      }
      let found = Set(lines.filter { $0.contains(" %") }.map { $0.prefix { $0 != ":" } })
      #expect(found == Set(steps.map { $0[...] }), "\(command) \(result)")
    }
  }

  /// `Checking: 3 of 40 frames, 7 %`.
  private struct Count {
    let done: String
    let total: String
    let percent: Int

    init(_ line: String) throws {
      let match = try #require(line.wholeMatch(of: /[^:]+: (.+) of (.+?)(?: [a-z]+)?, (\d+) %/))
      (done, total) = (String(match.1), String(match.2))
      percent = try #require(Int(match.3))
    }
  }
}
