/// Takes the blocks of Markdown as they end, in reading order.
protocol MarkdownReceiver {
  /// A container that is to be opened.
  mutating func newContainer(_ kind: Container.Kind) -> Container

  /// Says which containers are open from here on, outermost first.
  mutating func setContainers(_ containers: [Container])

  mutating func beginItem(_ marker: ListMarker)
  mutating func endItem()

  mutating func appendParagraph(_ text: ArraySlice<UInt8>)
  mutating func appendHeading(_ level: Int, _ text: ArraySlice<UInt8>)
  mutating func appendRule()
  mutating func appendTableRow(_ line: ArraySlice<UInt8>, isFirst: Bool)
  mutating func appendHTML(_ source: ArraySlice<UInt8>)

  mutating func beginCode()
  mutating func appendCode(spaces: Int, _ line: ArraySlice<UInt8>)
  mutating func endCode()

  mutating func define(_ definition: LinkDefinition)
}
