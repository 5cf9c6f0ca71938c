import Coding
import Replication
import Testing

struct ChunkGatheringTests {
  private let text = Array(String(repeating: "七座桥，一条河。", count: 4_000).utf8)
  private let image = [UInt8](repeating: 0xff, count: 50_000)

  @Test func `texts and images go into chunks of their own, in order`() throws {
    var gathering = ChunkGathering()
    var (texts, images): ([ContentHash], [ContentHash]) = ([], [])
    for number in 0..<40 {
      let isText = number % 3 < 2
      let body = (isText ? text : image) + Array("\(number)".utf8)
      let hash = ContentHash(of: body)
      if isText { texts.append(hash) } else { images.append(hash) }
      gathering.append(body, of: hash, isText: isText)
    }
    let length = gathering.length
    let chunks = gathering.take()
    #expect(chunks.reduce(0) { $0 + $1.length } == length)
    #expect(chunks.flatMap { $0.entries.map(\.hash) } == texts + images)
    #expect(chunks.allSatisfy { $0.length <= Limits.chunkTargetBytes })
    for chunk in chunks {
      let isRecoded = chunk.payload.count < chunk.length
      #expect(isRecoded == texts.contains(chunk.entries[0].hash))
    }
    #expect(gathering.length == 0 && gathering.take().isEmpty)
  }

  @Test func `a large body is gathered in its pieces`() throws {
    var gathering = ChunkGathering()
    let body = [UInt8](repeating: 0xff, count: Limits.pieceBytes + 1)
    gathering.append(body, of: ContentHash(of: body), isText: false)
    let entries = gathering.take().flatMap(\.entries)
    #expect(entries.map(\.offset) == [0, Limits.pieceBytes])
    #expect(entries.allSatisfy { $0.bodyLength == body.count && !$0.isWhole })
  }
}
