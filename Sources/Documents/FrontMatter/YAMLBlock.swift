import Yams

/// Reads the YAML of front matter, and what is meant as such.
///
/// Plain lines of keys and texts are read at once, and Yams reads what else is YAML and small. What
/// is not YAML, such as `title: Boats: a history`, and what could cost too much is read line by line.
enum YAMLBlock {
  /// Nil if the block is no mapping.
  static func properties(of block: ArraySlice<UInt8>) -> FrontMatterProperties? {
    YAMLTextLines.properties(of: block) ?? parsed(block)
  }

  /// What Yams makes of the block, or else its lines.
  static func parsed(_ block: ArraySlice<UInt8>) -> FrontMatterProperties? {
    guard YAMLBounds.allow(block), let root = root(of: block) else {
      return YAMLLines.properties(of: block)
    }
    // Without any property the block is text between two rules.
    guard case .mapping(let mapping) = root else { return nil }
    var properties = FrontMatterProperties()
    for (key, value) in mapping {
      if let name = key.scalar?.string { properties.add(YAMLBlock.value(of: value), to: name) }
    }
    return properties.isEmpty ? nil : properties
  }
}

extension YAMLBlock {
  /// Nil if the block is no YAML.
  private static func root(of block: ArraySlice<UInt8>) -> Node? {
    let text = String(decoding: block, as: UTF8.self)
    // The encoding is named, since Yams would ask the environment for it.
    return try? compose(yaml: text, .basic, .default, .utf8) ?? .scalar(.init(""))
  }

  private static func value(of node: Node) -> FrontMatterProperties.Value {
    switch node {
    case .sequence(let sequence): .list(sequence.compactMap(text))
    default: .text(text(of: node) ?? "")
    }
  }

  /// The text of a scalar, the name of `{name: Ana}`, and an inner list as it was written: without
  /// quotes `[[Ana]]` is a list in a list.
  private static func text(of node: Node) -> String? {
    switch node {
    case .scalar(let scalar): scalar.style == .plain ? YAMLText.plain(scalar.string) : scalar.string
    case .sequence(let sequence): "[" + sequence.compactMap(text).joined(separator: ", ") + "]"
    case .mapping(let mapping): mapping["name"]?.scalar?.string
    case .alias: nil
    }
  }
}
