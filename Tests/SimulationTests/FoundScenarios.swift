import Testing

/// What the simulation found, by the fewest steps that showed it.
struct FoundScenarios {
  /// A twin that wrote its operations again no longer knew one that its own file in the place held, and
  /// did not read that file again.
  @Test func `a twin reads again what it no longer knows`() async throws {
    let scenario = Scenario(
      seed: 51, .cloning, machines: 3, healing: .exchange,
      steps: [
        Step(.clone, 7, 5, 0xb61_c868_6ebe_79a3),
        Step(.exchange, 3, 3, 0x9a28_8ea0_feeb_3b39),
        Step(.rename, 1, 2, 0xadc5_1c4b_9d99_80c0),
      ])
    #expect(try await Simulation.run(scenario).violation == nil)
  }

  /// Who found a twin amid a synchronization went on writing and rolling up under the old id.
  @Test func `a restored home that finds its later self in a place writes there as another`()
    async throws
  {
    let scenario = Scenario(
      seed: 83, .cloning, machines: 2, healing: .exchange,
      steps: [
        Step(.snapshot, 2, 6, 0xfe0d_d1f5_82fc_ddce),
        Step(.rename, 6, 1, 0xae12_8a9f_3fc6_4092),
        Step(.session, 5, 2, 0x44da_2aff_c468_0bbb),
        Step(.restoreHome, 7, 2, 0x6a88_7ae8_b9c8_894a),
      ])
    #expect(try await Simulation.run(scenario).violation == nil)
  }

  /// Bundles for an id pass over what either of its bearers knows; those for everybody do not.
  @Test func `a copy that has written nothing is told all by bundles for everybody`() async throws {
    let scenario = Scenario(
      seed: 1061, .restoring, machines: 5, healing: .bundles,
      steps: [Step(.copy, 2, 1, 0x4bf5_20e7_dea6_26b4)])
    #expect(try await Simulation.run(scenario).violation == nil)
  }

  /// What it had read as its old self in the same batch counted as read, and it no longer knew it.
  @Test func `who finds a twin reads again what it read before`() async throws {
    let scenario = Scenario(
      seed: 1963, .cloning, machines: 3, healing: .exchange,
      steps: [
        Step(.addText, 4, 2, 0xa744_3bf0_1cbd_b1d2),
        Step(.snapshot, 1, 0, 0xdab4_5437_31d9_74d7),
        Step(.setNote, 7, 1, 0x16f8_2cd4_1bfb_8b36),
        Step(.clone, 2, 1, 0xafb1_6135_0e4d_5196),
        Step(.session, 2, 5, 0xc315_e6f4_4555_7060),
        Step(.restoreHome, 0, 1, 0xe99e_486c_0256_04a3),
        Step(.clone, 1, 5, 0x28d5_2f19_4df5_5f9b),
      ])
    #expect(try await Simulation.run(scenario).violation == nil)
  }
}
