import Replication

extension TextKeeping {
  /// What a report says that has no such field (Protocol 3.9).
  package static func implied(by wanted: [ContentHash]) -> TextKeeping {
    TextKeeping(wantsAll: wanted.count < Limits.wantedBodies)
  }

  /// Whether its wanted bodies are all that are lacking, and since when it keeps not every text.
  package func write(to writer: inout ByteWriter) {
    writer.number(wantsAll ? 1 : 0)
    writer.number(ceased ?? 0)
  }

  package init(from reader: inout ByteReader) throws(CodingError) {
    let offset = reader.offset
    let isComplete = try reader.number()
    guard isComplete <= 1 else { throw .outOfOrder(what: "keeping", offset: offset) }
    let ceased = try reader.number()
    self.init(wantsAll: isComplete == 1, ceased: ceased == 0 ? nil : ceased)
  }
}
