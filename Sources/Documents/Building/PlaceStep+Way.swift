extension PlaceStep {
  /// The way from open places to a block.
  ///
  /// - Parameters:
  ///   - place: where the block stands.
  ///   - marker: the marker of the item that begins with the block; nil if none does.
  ///   - open: the steps that the blocks before have taken.
  /// - Returns: how many of the open steps are shared, and those that follow them.
  static func way(
    to place: [PlaceStep], marker: ListMarker?, from open: some Sequence<PlaceStep>
  ) -> (shared: Int, steps: ArraySlice<PlaceStep>) {
    if place.isEmpty && marker == nil { return (0, []) }
    var shared = zip(open, place).prefix { $0.isSame(as: $1) }.count
    let place = marked(place, marker, shared: &shared)
    return (shared, place[shared...])
  }

  /// The place with the marker on the item that begins, and on none that is inside that one.
  private static func marked(
    _ place: [PlaceStep], _ marker: ListMarker?, shared: inout Int
  ) -> [PlaceStep] {
    var place = place
    guard let marker else {
      // What an item would begin with came before, in a list that shows it instead.
      for index in place.indices[shared...] where place[index].isItem {
        place[index].kind = .item(nil)
      }
      return place
    }
    let begins = place.indices[shared...].last { place[$0].isItem && place[$0].id > 0 }
    if let begins {
      place[begins].kind = .item(marker)
    } else if let index = place.lastIndex(where: \.isItem) {
      place[index] = PlaceStep(.item(marker), id: PlaceStep.noID)
      shared = min(shared, index)
    } else {
      place.append(PlaceStep(.list, id: PlaceStep.noID))
      place.append(PlaceStep(.item(marker), id: PlaceStep.noID))
    }
    return place
  }
}
