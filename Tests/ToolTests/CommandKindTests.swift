import ArgumentParser
import Testing

@testable import SatchelTool

/// What a command is cut short as follows from its kind, so each has one.
struct CommandKindTests {
  @Test func `Every command that takes -n says so by its kind, and none that changes is a query`() {
    let changes = ["Invite", "Open", "Serve", "Web"]
    for command in leaves(of: SatchelCommand.self) {
      let takesDryRun = command.helpMessage().contains("--dry-run")
      #expect(takesDryRun || command is any QueryCommand.Type || changes.contains("\(command)"))
      #expect(!takesDryRun || command is any KindedCommand.Type, "\(command)")
      #expect(!takesDryRun || !(command is any QueryCommand.Type), "\(command)")
    }
  }

  private func leaves(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    let children =
      command.configuration.subcommands
      + command.configuration.groupedSubcommands.flatMap(\.subcommands)
    return children.isEmpty ? [command] : children.flatMap { leaves(of: $0) }
  }
}
