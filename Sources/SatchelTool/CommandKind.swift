import ArgumentParser

/// What becomes of a command that is cut short, or whose output cannot be written.
enum CommandKind: Sendable {
  /// It only answers, so it may be ended anywhere.
  case query
  /// It says what it would change.
  case rehearsal
  case change

  init(_ command: any ParsableCommand) {
    self = (command as? any KindedCommand)?.kind ?? .change
  }

  /// What became of a command whose answer was lost.
  var whatWasDone: String {
    switch self {
    case .query, .rehearsal: "Nothing was changed."
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
protocol RehearsedCommand: KindedCommand {
  var dryRun: DryRun { get }
}

extension RehearsedCommand {
  var kind: CommandKind { dryRun.dryRun ? .rehearsal : .change }
}

extension Conflicts: QueryCommand {}
extension InspectBundle: QueryCommand {}
extension List: QueryCommand {}
extension Log: QueryCommand {}
extension Replica.ListReplicas: QueryCommand {}
extension Search: QueryCommand {}
extension Remote.ListRemotes: QueryCommand {}
extension Show: QueryCommand {}
extension Status: QueryCommand {}
extension Tag.ListTags: QueryCommand {}
extension VerifyBundle: QueryCommand {}

extension Add: RehearsedCommand {}
extension Compact: RehearsedCommand {}
extension CreateBundle: RehearsedCommand {}
extension Import: RehearsedCommand {}
extension Init: RehearsedCommand {}
extension Join: RehearsedCommand {}
extension MarkCommand: RehearsedCommand {}
extension Merge: RehearsedCommand {}
extension ProgressCommand: RehearsedCommand {}
extension Rate: RehearsedCommand {}
extension Remote.AddRemote: RehearsedCommand {}
extension Remote.RemoveRemote: RehearsedCommand {}
extension Remove: RehearsedCommand {}
extension Replica.Rename: RehearsedCommand {}
extension Replica.Retire: RehearsedCommand {}
extension Replica.Unretire: RehearsedCommand {}
extension Restore: RehearsedCommand {}
extension Sync: RehearsedCommand {}
extension Tag.AddTag: RehearsedCommand {}
extension Tag.RemoveTag: RehearsedCommand {}
extension Tag.RenameTag: RehearsedCommand {}
extension TitleCommand: RehearsedCommand {}

extension Check: KindedCommand {
  var kind: CommandKind { repair ? dryRun.dryRun ? .rehearsal : .change : .query }
}

extension Note: KindedCommand {
  var kind: CommandKind {
    let writes = message != nil || file != nil || edit
    return writes ? dryRun.dryRun ? .rehearsal : .change : .query
  }
}

extension Completions: KindedCommand {
  var kind: CommandKind { install ? dryRun.dryRun ? .rehearsal : .change : .query }
}
