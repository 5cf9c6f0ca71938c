import Files
import Foundation
import Processes

/// A folder in a git repository, which is only read (`Protocol/formats.md`).
struct GitRepository: Sendable {
  /// Its path without links.
  let folder: FilePath

  /// Throws ``GitProblem`` for what is no folder, and `missing` where nothing lies there.
  init(at path: FilePath) throws {
    let real = try path.real()
    guard real.isFolder else { throw GitProblem.notAFolder }
    folder = real
  }

  /// The name of the commit that is checked out.
  func head() async throws -> String {
    let outcome = try await run(["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])
    guard outcome.ending == .exited(0) else {
      // It says nothing where HEAD names no commit.
      throw outcome.messages.isEmpty ? GitProblem.noCommit : problem(outcome)
    }
    return String(decoding: outcome.output.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// One entry of a commit's tree.
  struct Entry: Sendable {
    let kind: Kind
    /// The blob's name.
    let name: String
    /// Below the folder.
    let path: FilePath

    enum Kind: Sendable {
      case file, link, submodule
    }
  }

  /// All files of a commit in the folder and below it.
  func entries(of commit: String) async throws -> [Entry] {
    let outcome = try await run(["ls-tree", "-r", "-z", commit])
    guard outcome.ending == .exited(0) else { throw problem(outcome) }
    return outcome.output.split(separator: 0).compactMap(Entry.init)
  }

  /// Starts a program that reads blobs.
  func blobs() throws -> GitBlobs {
    do {
      return GitBlobs(
        try AnsweringProgram(
          "git", GitRepository.settings(folder) + ["cat-file", "--batch"],
          withoutVariables: GitRepository.withheld, variables: GitRepository.variables))
    } catch {
      throw GitRepository.problem(error)
    }
  }
}

extension GitRepository.Entry {
  /// `100644 blob NAME<tab>PATH`; nil for anything else.
  fileprivate init?(_ line: ArraySlice<UInt8>) {
    guard let tab = line.firstIndex(of: 0x09) else { return nil }
    let words = line[..<tab].split(separator: 0x20)
    guard words.count == 3 else { return nil }
    switch String(decoding: words[0], as: UTF8.self) {
    case "100644", "100755": kind = .file
    case "120000": kind = .link
    case "160000": kind = .submodule
    default: return nil
    }
    name = String(decoding: words[2], as: UTF8.self)
    path = FilePath(bytes: line[(tab + 1)...])
  }
}

extension GitRepository {
  private func run(_ arguments: [String]) async throws -> ProgramRun.Outcome {
    var program = ProgramRun("git", GitRepository.settings(folder) + arguments)
    program.withoutVariables = GitRepository.withheld
    program.variables = GitRepository.variables
    // A million paths and more.
    program.outputLimit = 1 << 28
    do {
      return try await program.run()
    } catch let error as ChildProcessError {
      throw GitRepository.problem(error)
    } catch let error as ProgramRun.Failure {
      switch error {
      case .silent: throw GitProblem.silent
      case .tooLong: throw GitProblem.failed(reason: "more files than can be listed")
      }
    }
  }

  /// Nothing that the repository's owner has set up runs, and nothing is written.
  private static func settings(_ folder: FilePath) -> [String] {
    let settings = [
      "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat",
      // Nothing of the repository's own is run, so whose it is does not matter.
      "safe.directory=*",
    ]
    return ["--no-pager", "--no-replace-objects", "--no-optional-locks"]
      + settings.flatMap { ["-c", $0] } + ["-C", folder.text]
  }

  /// No line is opened, a partial clone's to its origin included, and nobody is asked anything.
  private static let variables = [
    "GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
  ]

  /// Whatever would lead git to another repository than the one that was named.
  private static var withheld: Set<String> {
    Set(ProcessInfo.processInfo.environment.keys.filter { $0.hasPrefix("GIT_") })
      .subtracting(["GIT_EXEC_PATH"])
  }

  private static func problem(_ error: ChildProcessError) -> GitProblem {
    error.isNotFound ? .noGit : .failed(reason: error.reason)
  }

  private func problem(_ outcome: ProgramRun.Outcome) -> GitProblem {
    let lines = outcome.messages.map { String(decoding: $0, as: UTF8.self) }
    if lines.contains(where: { $0.contains("not a git repository") }) { return .notARepository }
    let line = lines.last { !$0.isEmpty } ?? "nothing, and ended with \(outcome.ending.status)"
    return .failed(reason: line.hasPrefix("fatal: ") ? String(line.dropFirst(7)) : line)
  }
}
