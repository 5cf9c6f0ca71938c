import ArgumentParser
import Files
import Foundation
import Satchel

struct Completions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print what completes satchel's commands in a shell, or install it.")

  @Argument(help: "Which shell.") var shell: Shell
  @Flag(help: "Write it where the shell looks for it.") var install = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish
  }

  func run() async throws {
    let script = SatchelCommand.completionScript(for: shell.parser) + shell.ending
    guard install else { return options.console.print(script) }
    let place = shell.place
    if !dryRun.dryRun { try write(script, to: place) }
    if options.json {
      return options.console.json(Summary(path: place.shown, shell: shell.rawValue))
    }
    let verb = dryRun.dryRun ? "Would write" : "Wrote"
    options.console.say("\(verb) \(TerminalEscape.escaped(place.shown)).   Next: \(shell.next)")
  }

  private func write(_ script: String, to place: FilePath) throws(LibraryError) {
    do throws(FileError) {
      try Folder.make(place.folder)
      try OutputFile.write(Array("\(script)\n".utf8), to: place, .umask, .replacing)
    } catch {
      throw .fileNotWritten(error)
    }
  }

  private struct Summary: Encodable {
    let type = "summary"
    let path: String
    let shell: String
  }
}

extension Completions.Shell {
  fileprivate var parser: CompletionShell {
    switch self {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }

  /// What follows the parser's script.
  fileprivate var ending: String {
    guard self == .bash else { return "" }
    // Bash cuts words at `@`, `:` and `=` too, of which names hold some, and takes the last piece alone
    // for the word; and it would write `\@` for a view, as in the name of a file.
    return #"""

      _satchel_words() {
          local -r line="${COMP_LINE:0:COMP_POINT}"
          [[ "${line}" == *[\'\"\\]* ]] && { _satchel "${@}"; return; }
          local -a COMP_WORDS
          IFS=$' \t' read -ra COMP_WORDS <<<"${line}"
          [[ "${line}" == *[[:space:]] ]] && COMP_WORDS+=('')
          local -ri COMP_CWORD="$((${#COMP_WORDS[@]} - 1))"
          local -r word="${COMP_WORDS[COMP_CWORD]}"
          _satchel "${1}" "${word}" "${COMP_WORDS[COMP_CWORD - 1]}"
          [[ "${COMPREPLY[0]-}" == @* ]] && compopt +o filenames 2>/dev/null
          if [[ "${word}" == *[:=]* && "${COMP_WORDBREAKS}" == *:* ]]; then
              COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*[:=]}"}"}")
          fi
      }
      complete -o filenames -F _satchel_words satchel
      """#
  }

  /// Where a user's own completions lie.
  fileprivate var place: FilePath {
    let home = FilePath.home
    let data = FilePath.variable("XDG_DATA_HOME") ?? home.appending(".local").appending("share")
    let configuration = FilePath.variable("XDG_CONFIG_HOME") ?? home.appending(".config")
    return switch self {
    case .bash: data.pushing("bash-completion/completions/satchel")
    case .zsh: data.pushing("zsh/site-functions/_satchel")
    case .fish: configuration.pushing("fish/completions/satchel.fish")
    }
  }

  fileprivate var next: String {
    switch self {
    case .bash: "open a new shell that has bash-completion"
    case .zsh: "fpath+=(\(place.folder.shown)) before compinit in .zshrc, and a new shell"
    case .fish: "open a new shell"
    }
  }
}
