import ArgumentParser

/// What becomes of a command that is cut short, or whose output cannot be written.
enum CommandKind: Sendable {
  /// It only answers, so it may be ended anywhere.
  case query
  /// It says what it would change.
  case plan
  case change

  init(_ command: any ParsableCommand) {
    self = (command as? any KindedCommand)?.kind ?? .change
  }

  /// What became of a command whose answer was lost.
  var whatWasDone: String {
    switch self {
    case .query, .plan: "Nothing was changed."
    case .change: "What was asked for was done; only the report of it is lost."
    }
  }
}

/// A command that is not always a change.
protocol KindedCommand: ParsableCommand {
  var kind: CommandKind { get }
}

protocol QueryCommand: KindedCommand {}

extension QueryCommand {
  var kind: CommandKind { .query }
}

/// A command that takes `-n`.
protocol DryRunCommand: KindedCommand {
  var dryRun: DryRun { get }
}

extension DryRunCommand {
  var kind: CommandKind { dryRun.dryRun ? .plan : .change }
}

extension Config.GetSetting: QueryCommand {}
extension Config.ListSettings: QueryCommand {}
extension Conflicts: QueryCommand {}
extension HighlightCommand.ListHighlights: QueryCommand {}
extension InspectBundle: QueryCommand {}
extension List: QueryCommand {}
extension Log: QueryCommand {}
extension Replica.ListReplicas: QueryCommand {}
extension Search: QueryCommand {}
extension Remote.ListRemotes: QueryCommand {}
extension Share: QueryCommand {}
extension Show: QueryCommand {}
extension Stats: QueryCommand {}
extension Status: QueryCommand {}
extension Tag.ListTags: QueryCommand {}
extension VerifyBundle: QueryCommand {}
extension View.ListViews: QueryCommand {}

extension Add: DryRunCommand {}
extension Backup: DryRunCommand {}
extension Compact: DryRunCommand {}
extension Config.SetSetting: DryRunCommand {}
extension CreateBundle: DryRunCommand {}
extension Evict: DryRunCommand {}
extension Export: DryRunCommand {}
extension Fetch: DryRunCommand {}
extension HighlightCommand.AddHighlight: DryRunCommand {}
extension HighlightCommand.RemoveHighlight: DryRunCommand {}
extension Import: DryRunCommand {}
extension Init: DryRunCommand {}
extension Join: DryRunCommand {}
extension MarkCommand: DryRunCommand {}
extension Next: DryRunCommand {}
extension Merge: DryRunCommand {}
extension ProgressCommand: DryRunCommand {}
extension Rate: DryRunCommand {}
extension Remote.AddRemote: DryRunCommand {}
extension Remote.RemoveRemote: DryRunCommand {}
extension Remove: DryRunCommand {}
extension Replica.Rename: DryRunCommand {}
extension Replica.Retire: DryRunCommand {}
extension Replica.Unretire: DryRunCommand {}
extension Restore: DryRunCommand {}
extension Sync: DryRunCommand {}
extension Tag.AddTag: DryRunCommand {}
extension Tag.RemoveTag: DryRunCommand {}
extension Tag.RenameTag: DryRunCommand {}
extension TitleCommand: DryRunCommand {}
extension View.AddView: DryRunCommand {}
extension View.RemoveView: DryRunCommand {}

extension Check: KindedCommand {
  var kind: CommandKind { repair ? dryRun.dryRun ? .plan : .change : .query }
}

extension HighlightCommand.NoteHighlight: KindedCommand {
  var kind: CommandKind { source.isGiven ? dryRun.dryRun ? .plan : .change : .query }
}

extension Keep: KindedCommand {
  var kind: CommandKind { isChange ? dryRun.dryRun ? .plan : .change : .query }
}

extension Note: KindedCommand {
  var kind: CommandKind { source.isGiven ? dryRun.dryRun ? .plan : .change : .query }
}

extension Undo: KindedCommand {
  var kind: CommandKind { list ? .query : dryRun.dryRun ? .plan : .change }
}

extension Completions: KindedCommand {
  var kind: CommandKind { install ? dryRun.dryRun ? .plan : .change : .query }
}
