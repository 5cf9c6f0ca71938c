/// What a page says, as a tree: blocks that hold blocks, and text that holds styled text.
///
/// Readers yield one tree for what looks the same. Neighboring texts are one text, and neighbors
/// of one style share it; styles stand inside each other in the order link, strong, emphasis, code;
/// white space is collapsed but in code. So trees that differ also look different.
public struct Document: Sendable, Hashable {
  public var blocks: [Block]

  /// Quotes and lists that nest deeper are read as this deep, so that no page makes a tree that is
  /// too deep to walk.
  public static let deepestNesting = 16

  public init(_ blocks: [Block] = []) { self.blocks = blocks }
}
