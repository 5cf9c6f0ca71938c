import Satchel

/// What is set on this machine, read at most once and only by what asks for it.
///
/// Flags go before it, and it goes before what counts where nothing is said.
enum Settings {
  static var pager: String? { values[.pager] }

  static var color: GlobalOptions.ColorMode? {
    values[.color].flatMap(GlobalOptions.ColorMode.init(rawValue:))
  }

  static var listOrder: ListOrder? { values[.listSort].flatMap(ListOrder.init) }

  /// The view that a command shows when it is asked for nothing else, as a query.
  ///
  /// Throws where the library has none of that name: settings are not the library's.
  static func view(_ key: SettingKey, in library: Library) async throws -> [String] {
    guard let value = values[key] else { return [] }
    let name = value.hasPrefix("@") ? String(value.dropFirst()) : value
    guard try await library.view(named: name) != nil else {
      throw ErrorReport(
        code: ExitCode.notFound.rawValue,
        message: "\(key.rawValue) is set to @\(TerminalEscape.escaped(name)), a view that this "
          + "library does not have.",
        hint: "satchel view list shows them; satchel config set \(key.rawValue) takes the "
          + "setting back.")
    }
    return ["@\(name)"]
  }

  private static let values: [SettingKey: String] = {
    do throws(LibraryError) {
      let (values, problems) = try SettingsFile().reading
      for problem in problems { warn("\(SettingsFile.path.shown), \(problem)") }
      return values
    } catch {
      warn(error.message)
      return [:]
    }
  }()

  /// On stderr, as a message: a mistake in the settings keeps nobody from reading.
  private static func warn(_ line: String) {
    Console(rawArguments: Arguments.given).warn(
      "\(TerminalEscape.escaped(line)) It is passed over.")
  }
}
