import TestSupport
import Testing

@testable import Documents

/// How the work of reading and showing a page grows with its length: counted, not timed.
@Suite struct WorkTests {
  /// The steps of reading Markdown and laying it out for a terminal.
  private func steps(_ source: String) throws -> Int {
    let receiver = TextBlocks(handingOverTo: TerminalPage(width: 40, color: true))
    var (builder, steps) = MarkdownReader.read(
      Array(source.utf8)[...], into: DocumentBuilder(handingOverTo: receiver))
    var page = try #require(builder.finishHandingOver() as? TextBlocks<TerminalPage>).receiver
    page.endBlock()
    return steps + builder.steps + page.steps
  }

  /// Work that grows with the square of the length costs eight times as much for each byte here.
  private func expectLinear(_ shape: HostileShape, _ place: String) throws {
    let short = try Double(steps(shape.text(bytes: 1 << 9))) / Double(1 << 9)
    let long = try Double(steps(shape.text(bytes: 1 << 12))) / Double(1 << 12)
    #expect(long <= 2 * short + 8, "\(place): \(short) and \(long) steps a byte")
    #expect(long <= 80, "\(place)")
  }

  @Test func `the shapes are all there`() {
    #expect(HostileShapes.all.count >= 327)
  }

  @Test(arguments: HostileShapes.all)
  func `a byte of a long page is as much work as one of a short page`(shape: HostileShape) throws {
    try expectLinear(shape, "\(shape)")
  }

  /// Units of marks at random, so that what nobody thought of is met too.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `so it is with marks at random`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let marks = Array("[]()*_`<>\"'\\! \na=&-|:/")
    for _ in 0..<(Effort.isLong ? 12 : 5) {
      let count = Int.random(in: 2...8, using: &random)
      let unit = (0..<count).map { _ in marks[Int.random(in: marks.indices, using: &random)] }
      let shape = HostileShape(unit: String(unit))
      try expectLinear(shape, "seed \(seed): \(shape)")
    }
  }
}
