import Articles
import Transports

extension Library {
  /// Brings the pictures that articles name by an address of the web, each once, with the user's curl,
  /// and keeps them as images of these articles. What came before the work is given up stays.
  ///
  /// This is the one verb that asks hosts of the web. Throws `programMissing` where there is no curl.
  ///
  /// - Parameters:
  ///   - filter: whose pictures; archived articles count too.
  ///   - options: which addresses may be asked.
  public func fetchPictures(
    of filter: ArticleFilter = .everything, options: PictureOptions = PictureOptions()
  ) -> Work<PictureSummary> {
    var fetcher = PictureFetcher()
    if options.allowsPrivateAddresses { fetcher.allows = { _ in true } }
    return fetchPictures(of: filter, options: options, by: fetcher)
  }

  /// The same by a fetcher that may look up hosts elsewhere.
  package func fetchPictures(
    of filter: ArticleFilter, options: PictureOptions, by fetcher: PictureFetcher
  ) -> Work<PictureSummary> {
    Work { progress in
      // Words in the query bring the index up to date first.
      let ids = try await store.articleIDs(
        ArticleQuery(filter, includingArchived: true), today: today
      ) { progress(WorkProgress(.articles, done: $0, total: $1, .indexing)) }
      var run = PictureRun(self, options, fetcher)
      return try await run.run(ids, progress: progress)
    }
  }
}
