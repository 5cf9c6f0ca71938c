import ArgumentParser

struct Bundle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "Create, inspect and verify bundles.",
    subcommands: [CreateBundle.self, InspectBundle.self, VerifyBundle.self])
}
